"""``trtstudio demo``: the whole way on the bundled sample, with everything it found kept in a
folder. Needs neither a GPU nor a display, and says what it does instead.
"""

import importlib.util
import json
import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trtstudio import assets
from trtstudio.cli.answer_text import answer_text
from trtstudio.cli.build import build_json
from trtstudio.cli.inspect import tensor_json
from trtstudio.cli.output import Phases, Report, plain, say, table
from trtstudio.engine.build.build import build
from trtstudio.engine.measure.benchmark import benchmark
from trtstudio.engine.run.opening import open_session
from trtstudio.engine.run.session import Session
from trtstudio.engine.runtime import installation
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.profile import suggest_profile
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.files import whole_file
from trtstudio.model.formats import read
from trtstudio.model.graph import Graph, format_shape
from trtstudio.model.measure.bench import BenchRequest
from trtstudio.model.measure.bench_export import bench_json
from trtstudio.model.quantities import format_bytes
from trtstudio.model.run import LoadRequest
from trtstudio.model.runtime import Installation
from trtstudio.model.words import sayable
from trtstudio.vision.answer_words import answer_json
from trtstudio.vision.drawing.annotate import annotate
from trtstudio.vision.drawing.latency_plot import latency_plot
from trtstudio.vision.picture import read_picture, write_picture
from trtstudio.vision.picture_model import recognize

_TARGET = "sm_86"  # what is built for where no GPU is
_DURATION_S = 2.0
_SNAPSHOT = "trtstudio.gui.snapshot"
_SNAPSHOT_PATIENCE_S = 180


@dataclass(slots=True)
class _Demo:
    """The story so far: its lines, its figures, and where its files go."""

    out: Path
    cancelled: Callable[[], bool]
    lines: list[str] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

    def tell(self, words: str) -> None:
        """A line of the story; also where the demo can be stopped."""
        self.lines.append(words)
        if self.cancelled():
            raise Cancelled("stopped")


def demo(options: Namespace, cancelled: Callable[[], bool]) -> Report:
    """Inspect, build, run, measure and take a picture of the window.

    Raises StudioError where the folder cannot be written or the sample is missing.
    """
    _make_folder(options.out)
    story = _Demo(options.out, cancelled)
    graph = _inspect(story)
    found = installation()
    plan = _build(story, graph, found)
    with closing(_open(story, plan, found)) as session:
        _run(story, session)
        _measure(story, session)
    _picture_window(story)
    with whole_file(story.out / "demo.json") as file:
        text = json.dumps(plain(story.figures), ensure_ascii=False, indent=2)
        file.write(sayable(text).encode())
    story.lines.append(f"All of it is in {story.out}, the figures in demo.json.")
    return Report(0, story.figures, "\n".join(story.lines))


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudioError(
            f"The folder {out} cannot be made: {error.strerror}.",
            hint="Choose another with --out.",
        ) from error


def _inspect(story: _Demo) -> Graph:
    model = read(assets.SAMPLE_MODEL)
    graph = model.graph
    if graph is None:
        raise StudioError("The bundled sample is missing.", hint="Install trtstudio again.")
    (given,), (answered,) = graph.input_tensors, graph.output_tensors
    story.figures["model"] = {
        "file": model.path.name,
        "size_bytes": model.size_bytes,
        "layers": len(graph.layers),
        "inputs": [tensor_json(given)],
        "outputs": [tensor_json(answered)],
    }
    story.tell(
        f"{model.path.name} has {len(graph.layers)} layers; it takes {given.name} "
        f"({format_shape(given.shape)}) and gives {answered.name} ({format_shape(answered.shape)})."
    )
    return graph


def _build(story: _Demo, graph: Graph, found: Installation) -> Path | None:
    """The plan, None where it could not be built, which is told."""
    targets = () if found.devices or not found.runtime else (_TARGET,)
    request = BuildRequest(
        model=str(assets.SAMPLE_MODEL),
        plan=str(story.out / "efficientnet_lite0.plan"),
        profiles=(suggest_profile(graph),),
        targets=targets,
    )
    try:
        result = build(
            request, on_progress=Phases(), on_log=lambda _: None, cancelled=story.cancelled
        )
    except Cancelled:
        raise
    except StudioError as error:
        story.figures["build"] = {"skipped": error.message}
        story.tell(f"No engine was built: {error.text}")
        return None
    story.figures["build"] = build_json(result)
    layers = f", {len(result.engine.layers)} layers after fusion" if result.engine else ""
    story.tell(
        f"{result.runtime} built an engine for {', '.join(result.targets)} in "
        f"{result.build_seconds:.1f} s: {format_bytes(result.plan_bytes)}{layers}."
    )
    return Path(result.plan)


def _open(story: _Demo, plan: Path | None, found: Installation) -> Session:
    """The engine on the GPU, else the model on ONNX Runtime."""
    if plan is not None and found.devices:
        try:
            return open_session(LoadRequest(str(plan)), 0, Phases())
        except StudioError as error:
            story.tell(f"The engine cannot run here: {error.text}")
    elif plan is not None:
        story.tell("There is no NVIDIA GPU here to run it; ONNX Runtime runs the model instead.")
    return open_session(LoadRequest(str(assets.SAMPLE_MODEL)), 0, Phases())


def _run(story: _Demo, session: Session) -> None:
    info = session.info
    model = recognize(info, read(assets.SAMPLE_MODEL).metadata)
    if model is None:
        raise StudioError("The bundled sample is damaged.", hint="Install trtstudio again.")
    rows, results = [], []
    for path in assets.sample_pictures():
        picture = read_picture(path)
        inputs, placement = model.feed(picture)
        result = session.run(inputs)
        answer = model.answer(result.outputs, placement)
        if answer is not None:
            write_picture(story.out / f"{path.stem}.png", annotate(picture.pixels, answer))
            results.append({"source": path.name, "task": answer.task, **answer_json(answer)})
            rows.append((path.name, answer_text(answer)))
    story.figures["run"] = {"runtime": info.runtime, "device": info.device, "results": results}
    story.tell(f"{info.runtime} on {info.device} says what is in the pictures:\n")
    story.tell(table(rows) + "\n")


def _measure(story: _Demo, session: Session) -> None:
    say(f"Measuring for {_DURATION_S:g} s ...")
    request = BenchRequest(session=0, duration_s=_DURATION_S)
    result = benchmark(session, request, on_samples=lambda _: None, cancelled=story.cancelled)
    write_picture(story.out / "latency.png", latency_plot(result))
    story.figures["bench"] = bench_json(result)
    times = result.latency_ms
    story.tell(
        f"One picture takes {times.median:.3f} ms (median of {result.iterations:,}; "
        f"99 % take at most {times.p99:.3f} ms): latency.png."
    )


def _picture_window(story: _Demo) -> None:
    say("Taking a picture of the window ...")
    problem = _snapshot(story.out / "window.png")
    story.figures["window"] = {"skipped": problem} if problem else "window.png"
    story.tell(f"No picture of the window: {problem}" if problem else "The window: window.png.")


def _snapshot(out: Path) -> str:
    """Have a process of its own picture the window without a display; why not, or nothing."""
    if getattr(sys, "frozen", False):
        return "the packaged program has no interpreter to start for it."
    if importlib.util.find_spec("PySide6") is None:
        return "PySide6 is not installed."
    command = [sys.executable, "-m", _SNAPSHOT, str(assets.SAMPLE_MODEL)]
    command += [str(assets.sample_pictures()[0]), str(out)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=_SNAPSHOT_PATIENCE_S
        )
    except subprocess.TimeoutExpired:
        return f"it was not there after {_SNAPSHOT_PATIENCE_S} s."
    if done.returncode or not out.exists():
        return (done.stderr.strip().splitlines() or ["its process failed."])[-1]
    return ""

"""From dropping a picture to its painted answer, in the real window. Prints JSON.

    python benchmarks/picture_answer.py [--runs 100] [--plan PLAN]

On a GPU the sample is built first (or PLAN is taken) and TensorRT answers; elsewhere ONNX Runtime.
The peer in the same run is the same work without a window, in one process: decode, preprocess, run,
classify.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from event_loop import Heartbeat


def without_window(path: Path, pictures: list[Path]) -> list[float]:
    """Seconds for each picture by direct calls."""
    from trtstudio.engine.run.opening import open_session
    from trtstudio.model import formats
    from trtstudio.model.run import LoadRequest
    from trtstudio.vision.picture import read_picture
    from trtstudio.vision.picture_model import recognize

    session = open_session(LoadRequest(str(path)), 1, lambda _: None)
    model = recognize(session.info, formats.read(path).metadata)
    assert model is not None
    seconds = []
    for picture in pictures:
        started = time.perf_counter()
        feed, placement = model.feed(read_picture(picture))
        model.answer(session.run(feed).outputs, placement)
        seconds.append(time.perf_counter() - started)
    session.close()
    return seconds


def in_window(path: Path, pictures: list[Path]) -> tuple[list[float], Any]:
    """Seconds for each picture, dropped one after another, and the last run."""
    from PySide6.QtCore import QEvent, QObject

    from trtstudio.gui.app import start

    app, window = start([str(path)])
    workspace, runs = window.workspace, window.runs
    heartbeat = Heartbeat()
    heartbeat.watch(lambda: workspace.installation is not None and workspace.current is not None)
    heartbeat.watch_for(2)
    document = workspace.current
    window.show_page("run")
    heartbeat.watch(lambda: runs.sessions.loaded(document) is not None)
    page = window.page("run")
    page.prepare()

    class Painted(QObject):
        """When the picture view was last painted with the newest run."""

        at = 0.0

        def eventFilter(self, _target: QObject, event: QEvent) -> bool:
            history = runs.history(document)
            if event.type() == QEvent.Type.Paint and history and page.result.run is history[-1]:
                Painted.at = time.perf_counter()
            return False

    watch = Painted()
    page.result.picture.installEventFilter(watch)
    seconds = []
    for number, picture in enumerate(pictures, start=1):
        started = time.perf_counter()
        workspace.open([picture])
        heartbeat.watch(lambda n=number: len(runs.history(document)) == n)
        heartbeat.watch(lambda s=started: Painted.at > s)
        seconds.append(Painted.at - started)
        heartbeat.watch_for(0.1)
    run = runs.history(document)[-1]
    if run.problem is not None:
        sys.exit(run.problem.message)
    window.close()
    app.quit()
    return seconds, run


def build_sample(folder: Path) -> Path:
    from trtstudio import assets
    from trtstudio.engine.build.build import build
    from trtstudio.engine.runtime import has_gpu
    from trtstudio.model.build.build import BuildRequest, ShapeRange

    if not has_gpu():
        return assets.SAMPLE_MODEL
    shape = (1, 3, 224, 224)
    plan = folder / "sample.plan"
    profile = {"images": ShapeRange(shape, shape, shape)}
    build(
        BuildRequest(str(assets.SAMPLE_MODEL), str(plan), (profile,)),
        on_progress=lambda _: None,
        on_log=lambda _: None,
        cancelled=lambda: False,
    )
    return plan


def figures(seconds: list[float]) -> dict[str, float]:
    values = sorted(s * 1e3 for s in seconds[1:])
    return {
        "first_ms": round(seconds[0] * 1e3, 1),
        "median_ms": round(statistics.median(values), 2),
        "p90_ms": round(values[int(len(values) * 0.9)], 2),
        "max_ms": round(values[-1], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--plan", type=Path)
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from trtstudio import assets

    samples = assets.sample_pictures()
    pictures = [samples[i % len(samples)] for i in range(args.runs)]
    with tempfile.TemporaryDirectory() as scratch:
        path = args.plan or build_sample(Path(scratch))
        direct = figures(without_window(path, pictures))
        seconds, run = in_window(path, pictures)
    report = {
        "window": figures(seconds),
        "direct_calls": direct,
        "window_costs_ms": round(figures(seconds)["median_ms"] - direct["median_ms"], 2),
        "ran_on": run.runtime,
        "inference_ms": round(run.timing.latency_ms, 3),
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()

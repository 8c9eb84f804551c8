"""From dropping a picture to its painted answer, in the real window. Prints JSON.

    python benchmarks/picture_answer.py [--runs 100] [--large 30] [--plan PLAN]

On a GPU the sample is built first (or PLAN is taken) and TensorRT answers; elsewhere ONNX Runtime.
The peer in the same run is the same work without a window, in one process: decode, preprocess, run,
classify. The same for a photograph of 12 megapixels (JPEG, 4:2:0), step by step, against nothing
but ``cv2.imdecode`` of its bytes in turns with them; ``in_window`` is of the window's own clocks,
and ``rest_ms`` what is left of the time from the drop to the paint: the pipe, waiting, painting.
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
from sample import sample_model

STEPS = ("decode", "preprocess", "inference", "postprocess")


def make_photograph(folder: Path) -> Path:
    """12 megapixels with edges, surfaces and grain."""
    import cv2
    import numpy as np

    from trtstudio import assets

    width, height = 4000, 3000
    small = cv2.imread(str(assets.sample_pictures()[0]))
    large = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    grain = np.random.default_rng(0).normal(0, 4, (height, width, 1))
    pixels = np.clip(large + grain, 0, 255).astype(np.uint8)
    path = folder / "photograph.jpg"
    sampling = (cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420)
    cv2.imwrite(str(path), pixels, (cv2.IMWRITE_JPEG_QUALITY, 85, *sampling))
    return path


def without_window(path: Path, pictures: list[Path]) -> list[dict[str, float]]:
    """Milliseconds of each step for each picture by direct calls, and of OpenCV's bare decoding."""
    import cv2
    import numpy as np

    from trtstudio.engine.run.opening import open_session
    from trtstudio.model import formats
    from trtstudio.model.run import LoadRequest
    from trtstudio.vision.picture import read_picture
    from trtstudio.vision.picture_model import recognize

    session = open_session(LoadRequest(str(path)), 1, lambda _: None)
    model = recognize(session.info, formats.read(path).metadata)
    assert model is not None
    found = []
    for file in pictures:
        times = [time.perf_counter()]
        picture = read_picture(file)
        times.append(time.perf_counter())
        feed, placement = model.feed(picture)
        times.append(time.perf_counter())
        outputs = session.run(feed).outputs
        times.append(time.perf_counter())
        model.answer(outputs, placement)
        times.append(time.perf_counter())
        steps = dict(zip(STEPS, 1e3 * np.diff(times), strict=True))
        buffer = np.frombuffer(file.read_bytes(), np.uint8)
        started = time.perf_counter()
        cv2.imdecode(buffer, cv2.IMREAD_COLOR)
        found.append({**steps, "bare_imdecode": 1e3 * (time.perf_counter() - started)})
    session.close()
    return found


def in_window(path: Path, pictures: list[Path]) -> tuple[list[float], list[Any]]:
    """Seconds for each picture, dropped one after another, and the runs."""
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
    for _ in page.prepare():
        pass

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
    seconds, found = [], []
    runs.run_added.connect(lambda _, run: found.append(run))
    for number, picture in enumerate(pictures, start=1):
        started = time.perf_counter()
        workspace.open([picture])
        heartbeat.watch(lambda n=number: len(found) == n)
        heartbeat.watch(lambda s=started: Painted.at > s)
        seconds.append(Painted.at - started)
        heartbeat.watch_for(0.1)
    problems = [run.problem for run in found if run.problem is not None]
    if problems:
        sys.exit(problems[0].message)
    window.close()
    app.quit()
    return seconds, found


def figures(seconds: list[float]) -> dict[str, float]:
    values = sorted(s * 1e3 for s in seconds[1:])
    return {
        "first_ms": round(seconds[0] * 1e3, 1),
        "median_ms": round(statistics.median(values), 2),
        "p90_ms": round(values[int(len(values) * 0.9)], 2),
        "max_ms": round(values[-1], 2),
    }


def by_step(steps: list[dict[str, float]]) -> dict[str, float]:
    """The median of each step after the first picture, and the best of all without inference."""
    later = steps[1:]
    report = {
        f"{name}_ms": round(statistics.median(s[name] for s in later), 2) for name in later[0]
    }
    own = [s["decode"] + s["preprocess"] + s["postprocess"] for s in later]
    report["decode_preprocess_postprocess_ms"] = round(statistics.median(own), 2)
    report["best_of_those_ms"] = round(min(own), 2)
    report["best_bare_imdecode_ms"] = round(min(s["bare_imdecode"] for s in later), 2)
    return report


def of_window(seconds: list[float], runs: list[Any]) -> dict[str, float]:
    """The window's own clocks, and what is left of the time until the paint."""
    steps = [
        {
            "decode": run.feed.decode_ms,
            "preprocess": run.feed.preprocess_ms,
            "inference": run.timing.latency_ms,
            "until_answer": run.total_ms,
            "until_paint": 1e3 * second,
            "rest": 1e3 * second
            - (run.feed.decode_ms + run.feed.preprocess_ms + run.timing.latency_ms),
        }
        for second, run in zip(seconds[1:], runs[1:], strict=True)
    ]
    return {f"{name}_ms": round(statistics.median(s[name] for s in steps), 2) for name in steps[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--large", type=int, default=30, help="so often the 12 megapixels")
    parser.add_argument("--plan", type=Path)
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from trtstudio import assets

    samples = assets.sample_pictures()
    pictures = [samples[i % len(samples)] for i in range(args.runs)]
    with tempfile.TemporaryDirectory() as scratch:
        path = args.plan or sample_model(Path(scratch), most=1)
        photograph = make_photograph(Path(scratch))
        pictures += [photograph] * args.large
        steps = without_window(path, pictures)
        seconds, runs = in_window(path, pictures)
        megabytes = photograph.stat().st_size / 1e6
    direct = figures([sum(s[name] for name in STEPS) / 1e3 for s in steps[: args.runs]])
    window = figures(seconds[: args.runs])
    report = {
        "window": window,
        "direct_calls": direct,
        "window_costs_ms": round(window["median_ms"] - direct["median_ms"], 2),
        "ran_on": runs[-1].runtime,
        "inference_ms": round(runs[-1].timing.latency_ms, 3),
        "12_megapixels": {
            "file_mb": round(megabytes, 2),
            "direct_calls": by_step(steps[args.runs :]),
            "in_window": of_window(seconds[args.runs :], runs[args.runs :]),
        },
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()

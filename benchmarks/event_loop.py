"""The largest gap of the window's event loop while it works, in the real application. Prints JSON.

python benchmarks/event_loop.py [--megabytes 600] [--pictures 200]

A heartbeat timer ticks every 5 ms in the main thread; a gap is the time between two ticks.
Measured while a large model is opened and scrolled, the sample is built, and pictures are run.
The idle window of the same run is the peer: what the machine itself does to a heartbeat.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

BEAT_MS = 5
LIMIT_S = 120


def make_large_model(path: Path, megabytes: int, nodes: int = 1000) -> None:
    """A chain of Conv and Relu whose weights take ``megabytes``."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    convs = nodes // 2
    channels = int((megabytes * 2**20 / convs / 4 / 9) ** 0.5)
    values = np.random.default_rng(0).standard_normal((channels, channels, 3, 3), np.float32)
    layers, weights, name = [], [], "x"
    for i in range(convs):
        weights.append(numpy_helper.from_array(values, f"w{i}"))
        layers.append(
            helper.make_node("Conv", [name, f"w{i}"], [f"c{i}"], f"conv_{i}", pads=[1] * 4)
        )
        layers.append(helper.make_node("Relu", [f"c{i}"], [f"r{i}"], f"relu_{i}"))
        name = f"r{i}"
    shape = ["N", channels, 56, 56]
    graph = helper.make_graph(
        layers,
        "large",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)],
        weights,
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), path)


class Heartbeat:
    """Ticks in the main thread and keeps the time between two ticks, and how long the thread itself
    worked meanwhile: other programs make only the first longer.
    """

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last = 0.0
        self._gaps: list[float] = []
        self._worked_s = 0.0
        self._own: list[float] = []
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self._gaps.append(now - self._last)
        self._last = now
        worked_s = time.thread_time()
        self._own.append(worked_s - self._worked_s)
        self._worked_s = worked_s

    def watch_for(self, seconds: float) -> dict[str, float]:
        """The same for a fixed time."""
        until = time.perf_counter() + seconds
        return self.watch(lambda: time.perf_counter() > until)

    def watch(self, done: Callable[[], bool]) -> dict[str, float]:
        """Let the window work until ``done``; the figures of that time, in ms."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        poll = QTimer(interval=20)
        poll.timeout.connect(lambda: loop.quit() if done() else None)
        started = self._last = time.perf_counter()
        self._gaps, self._own, self._worked_s = [], [], time.thread_time()
        QTimer.singleShot(LIMIT_S * 1000, loop.quit)
        poll.start()
        loop.exec()
        if not done():
            sys.exit(f"not done after {LIMIT_S} s")
        gaps = np.array(self._gaps) * 1e3
        return {
            "largest_gap_ms": round(float(gaps.max()), 1),
            "p50_gap_ms": round(float(np.percentile(gaps, 50)), 1),
            "p99_gap_ms": round(float(np.percentile(gaps, 99)), 1),
            "largest_own_ms": round(max(self._own) * 1e3, 1),
            "seconds": round(time.perf_counter() - started, 2),
        }


def measure(large: Path, pictures: int, folder: Path) -> dict[str, object]:
    from trtstudio import assets
    from trtstudio.gui.app import start
    from trtstudio.model.build.build import BuildRequest
    from trtstudio.model.build.profile import suggest_profile

    app, window = start([])
    workspace, builds, runs = window.workspace, window.builds, window.runs
    heartbeat = Heartbeat()
    heartbeat.watch(lambda: workspace.installation is not None)
    heartbeat.watch_for(3)
    report: dict[str, object] = {"idle": heartbeat.watch_for(3)}

    workspace.open([large])
    report["open_large_model"] = heartbeat.watch(lambda: workspace.current is not None)
    report["after_opening"] = heartbeat.watch_for(2)

    workspace.open([assets.SAMPLE_MODEL])
    heartbeat.watch(lambda: workspace.current.path == assets.SAMPLE_MODEL)
    document = workspace.current
    for page in ("build", "run", "measure"):
        window.show_page(page)
        report[f"first_show_of_{page}"] = heartbeat.watch_for(1)

    window.show_page("build")
    gpus = workspace.installation.devices
    request = BuildRequest(
        str(document.path),
        str(folder / "sample.plan"),
        profiles=(suggest_profile(document.graph),),
        targets=() if gpus else ("sm_86",),
    )
    builds.start(document, request)
    report["build_sample"] = heartbeat.watch(lambda: not builds.is_building(document))
    error = builds.build(document).error
    if error is not None:
        sys.exit(error.message)

    window.show_page("run")
    many = [assets.sample_pictures()[i % 4] for i in range(pictures)]
    runs.run_paths(document, many)
    report["run_pictures"] = heartbeat.watch(lambda: len(runs.history(document)) >= pictures)
    report["pictures"] = pictures
    report["ran_on"] = runs.history(document)[-1].runtime
    window.close()
    app.quit()
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=600)
    parser.add_argument("--pictures", type=int, default=200)
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as scratch:
        large = Path(scratch, "large.onnx")
        make_large_model(large, args.megabytes)
        report = measure(large, args.pictures, Path(scratch))
        report["large_model_megabytes"] = large.stat().st_size // 2**20
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()

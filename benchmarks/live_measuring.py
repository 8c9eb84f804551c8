"""What live views cost: the gaps of the window's event loop while something is measured with each
tab of the Measure page in sight, and the throughput with and without a window. Prints JSON.

python benchmarks/live_measuring.py [MODEL] [--seconds 4] [--rounds 4]

A heartbeat timer ticks every 5 ms in the main thread; a gap is the time between two ticks. Other
programs lengthen it, and so does ONNX Runtime, which takes all cores: ``own`` is how long the main
thread itself worked between two ticks. The peer of the gaps is the same heartbeat in a program that
does nothing else, at the same time; the peer of the throughput is the same engine process asked by
nobody's window, in turns with it.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from event_loop import Heartbeat

_MOST_GAP_MS, _LEAST_HZ = 50.0, 20.0


def measure_tabs(model: Path, seconds: float) -> dict[str, object]:
    """The gaps for every tab, and how often the plots were drawn."""
    from trtstudio.gui.app import start

    app, window = start([])
    workspace, heartbeat = window.workspace, Heartbeat()
    heartbeat.watch(lambda: workspace.installation is not None)
    workspace.open([model])
    heartbeat.watch(lambda: workspace.current is not None)
    document = workspace.current
    window.show_page("measure")
    page = window.page("measure")
    measurements = page.measurements
    heartbeat.watch(lambda: window.runs.sessions.loaded(document) is not None)
    form = page.show_view("benchmark").form(document)
    form.duration.setValue(seconds)
    heartbeat.watch_for(3)
    report: dict[str, object] = {"idle": heartbeat.watch_for(3)}
    for key in page._entries:
        view = page.show_view(key)
        report[f"first_show_of_{key}"] = heartbeat.watch_for(1)
        own = key in ("benchmark", "sweep", "layers") or (
            key == "why" and not measurements.why_one_loop(document)
        )
        if key == "sweep":
            view.form(document).seconds.setValue(seconds / 4)
        view.start() if own else measurements.start(document, measurements.settings(document))
        heartbeat.watch(lambda: measurements.is_measuring(document))
        drawn = _Drawn(view) if key == "benchmark" else None
        peer = _start_peer()
        figures = heartbeat.watch(lambda: not measurements.is_measuring(document))
        figures["peer_largest_gap_ms"] = _end_peer(peer)
        report[key] = {"measures": key if own else "benchmark", **figures}
        if drawn is not None:
            report["plots_per_second"] = round(drawn.count / figures["seconds"], 1)
    found = measurements.measurement(document)
    report["ran_on"] = f"{found.result.runtime}, {found.result.device}"
    window.close()
    app.quit()
    return report


_PEER = """
import sys, threading, time
from PySide6.QtCore import QCoreApplication, QTimer, Qt
app, gaps, last = QCoreApplication([]), [], time.perf_counter()
def tick():
    global last
    now = time.perf_counter()
    gaps.append(now - last)
    last = now
timer = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
timer.timeout.connect(tick)
timer.start()
threading.Thread(target=lambda: (sys.stdin.read(), app.quit()), daemon=True).start()
app.exec()
print(max(gaps[1:]) * 1e3)
"""


def _start_peer() -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", _PEER], stdin=pipe, stdout=pipe, text=True)


def _end_peer(peer: subprocess.Popen[str]) -> float:
    answer, _ = peer.communicate()
    return round(float(answer), 1)


class _Drawn:
    """How often the plot of a benchmark got new values."""

    def __init__(self, view: object) -> None:
        self.count = 0
        self._show = view._show_measurement
        view._show_measurement = self._counted

    def _counted(self, measurement: object) -> None:
        self.count += 1
        self._show(measurement)


def measure_cost(model: Path, seconds: float, rounds: int) -> dict[str, object]:
    """The throughput with the window's plots in sight by that of an engine process alone."""
    from trtstudio.gui.app import start
    from trtstudio.host.engines import Engines
    from trtstudio.model.measure.bench import BenchRequest
    from trtstudio.model.run import LoadRequest

    app, window = start([])
    workspace, heartbeat = window.workspace, Heartbeat()
    heartbeat.watch(lambda: workspace.installation is not None)
    workspace.open([model])
    heartbeat.watch(lambda: workspace.current is not None)
    document = workspace.current
    window.show_page("measure")
    measurements = window.page("measure").measurements
    heartbeat.watch(lambda: window.runs.sessions.loaded(document) is not None)
    heartbeat.watch_for(2)
    engines = Engines()
    session = engines.submit(LoadRequest(str(model))).future.result().session
    request = BenchRequest(session, duration_s=seconds)
    live: list[float] = []
    alone: list[float] = []
    for _ in range(rounds):
        measurements.start(document, request)
        heartbeat.watch(lambda: not measurements.is_measuring(document))
        live.append(measurements.measurement(document).result.throughput_qps)
        alone.append(engines.submit(request).future.result().throughput_qps)
    engines.close()
    window.close()
    app.quit()
    return {
        "live_qps": [round(qps, 1) for qps in live],
        "alone_qps": [round(qps, 1) for qps in alone],
        "ratio_of_best": round(max(live) / max(alone), 4),
        "ratio_of_medians": round(float(np.median(live) / np.median(alone)), 4),
    }


def main() -> None:
    from trtstudio import assets

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, nargs="?", default=assets.SAMPLE_MODEL)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--only", choices=("tabs", "cost"))
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    report: dict[str, object] = {}
    if args.only != "cost":
        report = measure_tabs(args.model.absolute(), args.seconds)
        tabs = [tab for tab in report.values() if isinstance(tab, dict)]
        for figure in ("largest_gap_ms", "largest_own_ms"):
            report[f"{figure}_below_50"] = max(tab[figure] for tab in tabs) < _MOST_GAP_MS
        report["at_least_20_hz"] = report["plots_per_second"] >= _LEAST_HZ
    else:
        report = measure_cost(args.model.absolute(), args.seconds, args.rounds)
    json.dump(report, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()

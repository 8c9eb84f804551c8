"""The window with a model of 100,000 layers: the gaps of its event loop while the model is opened
and its table scrolled, and the time from a keystroke in the filter to its answer. Prints JSON.

    python benchmarks/inspect_window.py [--megabytes 600] [--nodes 100000]

Beside each gap, and each answer, stands how long the main thread itself worked meanwhile: what else
a busy machine does to the window is not its fault.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from event_loop import Heartbeat
from inspect_large import QUERIES, make_model

SCROLL_MS = 8
SCROLL_S = 4.0


def measure(large: Path) -> dict[str, object]:
    """Open, scroll and filter this file as a user does."""
    from trtstudio import assets
    from trtstudio.gui.app import start

    _, window = start([])
    workspace, heartbeat = window.workspace, Heartbeat()
    opened: list[object] = []
    workspace.document_opened.connect(opened.append)
    heartbeat.watch(lambda: workspace.installation is not None)
    workspace.open([assets.SAMPLE_MODEL])
    heartbeat.watch(lambda: len(opened) == 1)
    heartbeat.watch_for(3)
    report: dict[str, object] = {"idle": heartbeat.watch_for(3)}
    large.read_bytes()  # warms the file cache
    workspace.open([large])
    report["open"] = heartbeat.watch(lambda: len(opened) == 2)
    report["names_read"] = heartbeat.watch_for(4)
    page: Any = window.page("model")
    bar = page.table.verticalScrollBar()
    ways: dict[str, Callable[[int], int]] = {
        "scroll_by_lines": lambda step: step * 60,
        "scroll_by_pages": lambda step: step * bar.pageStep(),
        "scroll_anywhere": lambda step: step * 38_347,
    }
    for name, way in ways.items():
        report[name] = _scroll(heartbeat, bar, way)
    report["filter_ms"] = {text: _median_answer(page, text) for text in QUERIES}
    window.close()
    return report


def _scroll(heartbeat: Heartbeat, bar: Any, way: Callable[[int], int]) -> dict[str, float]:
    from PySide6.QtCore import QTimer

    steps = iter(range(10**6))
    timer = QTimer(interval=SCROLL_MS)
    timer.timeout.connect(lambda: bar.setValue(way(next(steps)) % bar.maximum()))
    timer.start()
    figures = heartbeat.watch_for(SCROLL_S)
    timer.stop()
    return figures


def _median_answer(page: Any, text: str) -> dict[str, float]:
    answers = np.median([_answer(page, text) for _ in range(5)], axis=0) * 1e3
    return dict(zip(("answered", "own"), answers.round(1).tolist(), strict=True))


def _answer(page: Any, text: str) -> tuple[float, float]:
    """From the last character of a query until its rows have been painted, in seconds; and how long
    the main thread worked for it.
    """
    from PySide6.QtCore import QCoreApplication

    model, edit = page.table.graph_model, page.filter.edit
    page.filter.regex.setChecked(text.startswith("/"))
    edit.setText(text[:-1])
    while model.is_filtering:
        QCoreApplication.processEvents()
    QCoreApplication.processEvents()
    began, used = time.perf_counter(), time.thread_time()
    edit.setText(text)
    while model.is_filtering:
        QCoreApplication.processEvents()
    page.table.viewport().repaint()
    return time.perf_counter() - began, time.thread_time() - used


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=600)
    parser.add_argument("--nodes", type=int, default=100_000)
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as scratch:
        for kind in ("CONFIG", "DATA", "CACHE"):  # the user's own settings stay as they are
            os.environ[f"XDG_{kind}_HOME"] = scratch
        large = Path(scratch, "large.onnx")
        make_model(large, args.nodes, args.megabytes)
        print(json.dumps(measure(large), indent=2))


if __name__ == "__main__":
    main()

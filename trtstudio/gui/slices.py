"""Long work of the main thread, a few ms at a time between other events. Main thread only."""

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

_SLICE_S = 0.004
_PAUSE_MS = 4


def in_slices(parent: QObject, steps: Iterator[object], done: Callable[[], None]) -> None:
    """Go through the steps, which work as they are asked for, then call ``done``."""
    timer = QTimer(parent, interval=_PAUSE_MS)

    def do_some() -> None:
        began = perf_counter()
        for _ in steps:
            if perf_counter() - began > _SLICE_S:
                return
        timer.stop()
        timer.deleteLater()
        done()

    timer.timeout.connect(do_some)
    timer.start()

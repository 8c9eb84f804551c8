"""Long work of the main thread, a few ms at a time between other events. Main thread only."""

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_SLICE_S = 0.004
_PAUSE_MS = 4


def in_slices(
    parent: QObject, steps: Iterator[object], done: Callable[[], None] = lambda: None
) -> None:
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


def polished(page: QWidget) -> Iterator[None]:
    """Style what is in a page ahead of time, which is most of what its first showing takes."""
    for widget in page.findChildren(QWidget):
        if isValid(widget):  # others come and go meanwhile
            widget.ensurePolished()
        yield

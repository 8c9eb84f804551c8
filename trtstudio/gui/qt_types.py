"""Qt's classes in Python, made ahead of time. Main thread only."""

from collections.abc import Callable
from time import perf_counter

from PySide6 import QtCore, QtGui, QtWidgets

_SLICE_S = 0.004
_PAUSE_MS = 4


def make_types(parent: QtCore.QObject, done: Callable[[], None]) -> None:
    """Make all of them, a few between other events, then call ``done``.

    PySide makes a class with its enums when it is first asked for, and where two threads ask for
    the same one at the same time the process crashes. The import of pyqtgraph asks for every one
    there is: in a worker it is safe only after this.
    """
    names = ((module, name) for module in (QtCore, QtGui, QtWidgets) for name in dir(module))
    timer = QtCore.QTimer(parent, interval=_PAUSE_MS)

    def make_some() -> None:
        began = perf_counter()
        for module, name in names:
            getattr(module, name, None)
            if perf_counter() - began > _SLICE_S:
                return
        timer.stop()
        timer.deleteLater()
        done()

    timer.timeout.connect(make_some)
    timer.start()

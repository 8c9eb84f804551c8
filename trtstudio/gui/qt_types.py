"""Qt's classes in Python, made ahead of time. Main thread only."""

from collections.abc import Iterator

from PySide6 import QtCore, QtGui, QtWidgets


def make_types() -> Iterator[None]:
    """Make them all, one at a step.

    PySide makes a class with its enums when it is first asked for, and pyqtgraph asks for every one
    there is as it is imported.
    """
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            getattr(module, name, None)
            yield

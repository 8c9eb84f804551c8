"""What takes the main thread long, in pieces: between two of them the window paints and answers.
Main thread only.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

Step = Callable[[], None]
_PAUSE_MS = 15
"""Long enough to paint what a step has shown."""


class Turns(QObject):
    """Does steps one after another, each in a turn of the event loop of its own."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []
        self._next: tuple[Step, ...] = ()
        self._timer = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._do_one)

    def do(self, *steps: Step) -> None:
        """Do these soon: after those that are under way, instead of any that wait for that. So the
        newest come at last, and none of those under way is ever left out.
        """
        self._next = steps
        if not self._timer.isActive():
            self._timer.start()

    @property
    def is_idle(self) -> bool:
        """Whether all is done."""
        return not self._timer.isActive()

    def stop(self) -> None:
        """Forget those that are left."""
        self._steps, self._next = [], ()
        self._timer.stop()

    def _do_one(self) -> None:
        if not self._steps:
            self._steps, self._next = list(self._next), ()
        if self._steps:
            self._steps.pop(0)()
        if self._steps or self._next:
            self._timer.start()

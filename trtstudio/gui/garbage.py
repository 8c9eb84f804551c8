"""Python's cyclic garbage collector, kept in the main thread. Main thread only.

Run in a worker it would destroy Qt objects on the wrong thread; run at Python's own moments it
would stop the window for as long as a large model has objects. So it is off, and a timer runs it
here, the youngest objects often and the oldest rarely.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1000
FULL_EVERY = 60
MANY = 50_000
"""So many new objects within a second belong to a large model: to look at them all takes longer
than a frame, and they will live long."""


class GarbageCollector(QObject):
    """Collects garbage between two events of the window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._ticks = 0
        timer = QTimer(self, interval=INTERVAL_MS)
        timer.timeout.connect(self._collect)
        timer.start()

    def keep_all(self) -> None:
        """What is alive now will live long (a model has been opened): look at it no more."""
        gc.freeze()

    def _collect(self) -> None:
        self._ticks += 1
        if gc.get_count()[0] > MANY:
            self.keep_all()
            return
        gc.collect(2 if self._ticks % FULL_EVERY == 0 else 1)

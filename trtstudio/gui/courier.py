"""Brings what other threads found to the main thread, and the thread that reads files. Main thread
only.
"""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from trtstudio.gui.outcome import tell
from trtstudio.model.core_words import core_error
from trtstudio.model.errors import Cancelled, StudioError, without_frames

DELIVERY_S = 0.008


class Courier(QObject):
    """Brings the outcome of a future from whichever thread it finished in to the main thread.

    Outcomes are delivered by a timer and a few ms at a time: delivered as posted events, a stream
    of quick answers would keep Qt from ever looking at its timers and at the user's input.
    """

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outcomes: deque[Callable[[], None]] = deque()
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._deliver)
        self._arrived.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)
        self._is_stopped = False

    def stop(self) -> None:
        """Deliver nothing from now on: the window is going."""
        self._is_stopped = True

    def watch(
        self,
        future: Future[Any],
        done: Callable[[Any], None],
        failed: Callable[[StudioError], None],
    ) -> None:
        """Later and in the main thread, call ``done`` with the result or ``failed`` with the
        error."""

        def deliver() -> None:
            if future.cancelled():
                tell(failed, Cancelled("Stopped."))
                return
            error = future.exception()
            if error is None:
                tell(done, future.result())
            else:
                tell(failed, core_error(without_frames(error)))

        def arrive(_: Future[Any]) -> None:
            if self._is_stopped:  # this object may be gone
                return
            self._outcomes.append(deliver)
            self._arrived.emit()

        future.add_done_callback(arrive)

    def _deliver(self) -> None:
        began = time.perf_counter()
        try:
            while self._outcomes and time.perf_counter() - began < DELIVERY_S:
                deliver = self._outcomes.popleft()
                if not self._is_stopped:
                    deliver()
        finally:
            if self._outcomes:
                self._timer.start()


class IoThread(ThreadPoolExecutor):
    """The one thread that reads files and pictures: the main thread never waits for a disk."""

    def __init__(self) -> None:
        super().__init__(1, "io")
        self._open: set[Future[Any]] = set()
        self._kept: set[Future[Any]] = set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As usual; once the window is going, a future that was cancelled."""
        try:
            future = super().submit(fn, *args, **kwargs)
        except RuntimeError:
            future = Future()
            future.cancel()
        return _listed(future, self._open)

    def keep(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Write what its user would miss: it is done even where the window is closed before."""
        return _listed(self.submit(fn, *args, **kwargs), self._kept)

    def close(self) -> None:
        """Drop what waits, except for what is to be kept; take nothing more."""
        self.shutdown(wait=False)
        for future in self._open.copy() - self._kept.copy():
            future.cancel()

    def finish(self, timeout_s: float) -> None:
        """Wait for what is to be kept."""
        wait(self._kept.copy(), timeout_s)


def _listed(future: Future[Any], open_ones: set[Future[Any]]) -> Future[Any]:
    """Among these until it is done."""
    open_ones.add(future)
    future.add_done_callback(open_ones.discard)
    return future

"""What was asked of an engine process, and how far it is. Any thread; made for being polled."""

import itertools
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, Protocol, TypeVar

from trtstudio.model.build.build import LogLine, Progress
from trtstudio.model.measure.bench import ClockSample, Samples

Result = TypeVar("Result")
T = TypeVar("T")
_numbers = itertools.count(1)


class ProcessLife(Protocol):
    """The life of the process that a job was sent to; what it loaded is there until it ends."""

    @property
    def is_over(self) -> bool: ...


class Job(Generic[Result]):
    """A request under way. Its arrays must not change before ``future`` has its result.

    ``future`` fails with ``Cancelled``, ``EngineDied`` or the ``StudioError`` of the work itself;
    its callbacks run in a thread of the client and must not wait. ``progress`` is the newest there
    is, ``started_at`` in seconds of ``time.monotonic()``.
    """

    def __init__(self, request: object, cancel: Callable[["Job[Any]", float], None]) -> None:
        self.id = next(_numbers)
        self.request = request
        self.future: Future[Result] = Future()
        self.future.set_running_or_notify_cancel()  # only ``cancel`` below stops it
        self.progress: Progress | None = None
        self.started_at = time.monotonic()
        # For the client, which alone changes them.
        self.is_sent = False
        self.is_cancelled = False
        self.life: ProcessLife | None = None
        self.log: deque[LogLine] = deque()
        self.samples: deque[Samples] = deque()
        self.clocks: deque[ClockSample] = deque()
        self.parts: deque[Any] = deque()
        self._cancel = cancel

    def take_log(self) -> list[LogLine]:
        """The lines that came since the last call."""
        return _take_all(self.log)

    def take_samples(self) -> list[Samples]:
        """The inferences of a benchmark that came since the last call."""
        return _take_all(self.samples)

    def take_clocks(self) -> list[ClockSample]:
        """The GPU's states while a benchmark ran that came since the last call."""
        return _take_all(self.clocks)

    def take_parts(self) -> list[Any]:
        """The parts of the answer, of the kind in ``host.messages.PARTS``, that came since then."""
        return _take_all(self.parts)

    def cancel(self, grace_s: float = 0.7) -> None:
        """Ask the work to stop; where it has not after ``grace_s``, end its process.

        Ending it takes everything with it that the process works on or has loaded.
        """
        self._cancel(self, grace_s)


def _take_all(queue: deque[T]) -> list[T]:
    return [queue.popleft() for _ in range(len(queue))]

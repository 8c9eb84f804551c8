"""Work that is begun before its turn, as far as there is room for what comes of it."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")

ROOM_BYTES = 1 << 30
"""For decoded pictures that wait for a network, and once more for those that wait for an answer."""

_TASK_S = 0.008


def ahead(
    pool: ThreadPoolExecutor,
    function: Callable[[T], U],
    items: Iterable[T],
    depth: Callable[[], int],
) -> Iterator[U]:
    """``function`` of every item, in order, always begun for the next ``depth()`` of them."""
    pending: deque[Future[U]] = deque()
    for item in items:
        pending.append(pool.submit(function, item))
        while len(pending) >= depth():
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()


class Room:
    """How many pictures may wait at once: ``most``, or as many as there is memory for, if all are
    as large as the largest so far. Before that is known, two.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._largest = 0
        self._lock = threading.Lock()

    def take(self, size_bytes: int) -> None:
        """Hear of a picture; any thread."""
        with self._lock:
            self._largest = max(self._largest, size_bytes, 1)

    def depth(self) -> int:
        """As many as that."""
        known = ROOM_BYTES // self._largest if self._largest else 2
        return max(1, min(self._most, known))


class Pace:
    """How many small pieces of work are given to a thread at once: about 8 ms of them, since a
    thread takes its time to begin. One while nobody knows how long they take. Any thread.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._seconds = _TASK_S

    def take(self, seconds: float) -> None:
        """Hear of one piece of work."""
        self._seconds = seconds

    def size(self) -> int:
        """So many."""
        return max(1, min(self._most, int(_TASK_S / max(self._seconds, 1e-9))))

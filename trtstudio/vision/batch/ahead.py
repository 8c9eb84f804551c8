"""Work that is begun before its turn, as far as there is room for what comes of it."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from time import perf_counter
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
    """How much may wait at once: ``most`` pieces of work, or as many as there is memory for, if all
    pictures are as large as the largest so far. Before that is known, two.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._largest = 0
        self._lock = threading.Lock()

    def take(self, size_bytes: int) -> None:
        """Hear of a picture; any thread."""
        with self._lock:
            self._largest = max(self._largest, size_bytes, 1)

    def pictures(self) -> int:
        """For so many there is memory."""
        return max(1, ROOM_BYTES // self._largest) if self._largest else 2

    def depth(self, together: int = 1) -> int:
        """So many pieces of work may wait, if each is of so many pictures."""
        return max(1, min(self._most, self.pictures() // together))


class Pace:
    """How many small pieces of work are given to a thread at once: about 8 ms of them, since a
    thread takes its time to begin, but no more than ``most()``. One while nobody knows how long
    they take. Any thread.
    """

    def __init__(self, most: Callable[[], int]) -> None:
        self._most = most
        self._seconds = _TASK_S

    def timing(self, function: Callable[[T], U]) -> Callable[[list[T]], list[U]]:
        """``function`` of each of several, while this watches how long one takes."""

        def of_each(items: list[T]) -> list[U]:
            began = perf_counter()
            found = [function(item) for item in items]
            self._seconds = (perf_counter() - began) / len(items)
            return found

        return of_each

    def parts(self, items: Iterable[T]) -> Iterator[list[T]]:
        """The same in lists of so many."""
        left = iter(items)
        while part := list(islice(left, self.size())):
            yield part

    def size(self) -> int:
        """So many."""
        return max(1, min(self._most(), int(_TASK_S / max(self._seconds, 1e-9))))

"""Work that is begun before its turn, as far as there is room for what comes of it."""

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from itertools import islice
from queue import SimpleQueue
from time import perf_counter
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")
Begin = Callable[[Callable[[T], U], T], "Future[U]"]
"""Such as ``ThreadPoolExecutor.submit``."""

ROOM_BYTES = 1 << 30
"""For decoded pictures that wait for a network, and once more for those that wait for an answer."""


def ahead(
    begin: Begin[T, U],
    function: Callable[[T], U],
    items: Iterable[T],
    depth: Callable[[], int],
    *,
    is_eager: bool = False,
) -> Generator[U, None, None]:
    """``function`` of every item, in order; ``begin`` always has begun with the next ``depth()`` of
    them. Where ``is_eager``, what is done is given before the next item is waited for.
    """
    pending: deque[Future[U]] = deque()
    for item in items:
        pending.append(begin(function, item))
        while pending and (len(pending) >= depth() or (is_eager and pending[0].done())):
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()


def taken_ahead(
    begin: Begin[T, U], function: Callable[[T], U], items: Iterable[T], depth: Callable[[], int]
) -> Generator[U, None, None]:
    """The same, where a thread of its own takes the items, so that whoever takes the results does
    not wait for later items meanwhile: the frames of a video are decoded in that thread. What the
    items raise is raised at once.
    """
    line: _Line[U] = _Line(depth)
    thread = threading.Thread(
        target=line.fill, args=[begin, function, iter(items)], name="taken ahead", daemon=True
    )
    thread.start()
    try:
        yield from line.results()
    finally:
        line.close()
        thread.join()


class _Line(Generic[U]):
    """Work that one thread begins and another one waits for."""

    def __init__(self, depth: Callable[[], int]) -> None:
        self._depth = depth
        self._begun: SimpleQueue[Future[U] | None] = SimpleQueue()
        self._changed = threading.Condition()
        self._waiting = 0
        self._is_closed = False
        self._problem: BaseException | None = None

    def fill(self, begin: Begin[T, U], function: Callable[[T], U], items: Iterator[T]) -> None:
        """Begin with each item when there is room, until there are no more or nobody wants them."""
        try:
            while self._wait_for_room():
                self._begun.put(begin(function, next(items)))
        except StopIteration:
            pass
        except BaseException as error:
            self._problem = error
        self._begun.put(None)

    def _wait_for_room(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._waiting < self._depth())
            self._waiting += 1
        return not self._is_closed

    def results(self) -> Iterator[U]:
        """In order, until the items raise something, which is raised at once."""
        for future in iter(self._begun.get, None):
            if self._problem is not None:
                break
            with self._changed:
                self._waiting -= 1
                self._changed.notify()
            yield future.result()
        if self._problem is not None:
            raise self._problem

    def close(self) -> None:
        """Nobody wants them any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()


class Room:
    """How much may wait at once: ``most`` pieces of work, or as many as there is memory for, if all
    pictures are as large as the largest so far, whose pixels take ``decoded_bytes``, and each of
    ``workers`` threads decodes another one. Before that is known, two.
    """

    def __init__(self, most: int, workers: int) -> None:
        self._most, self._workers = most, workers
        self.decoded_bytes = self._held_bytes = 0
        self._lock = threading.Lock()

    def take(self, decoded_bytes: int, held_bytes: int) -> None:
        """Hear how large a picture is, and what is held of it; any thread."""
        with self._lock:
            self.decoded_bytes = max(self.decoded_bytes, decoded_bytes, 1)
            self._held_bytes = max(self._held_bytes, held_bytes, 1)

    def pictures(self) -> int:
        """For so many there is memory."""
        with self._lock:
            decoded_bytes, held_bytes = self.decoded_bytes, self._held_bytes
        if not decoded_bytes:
            return 2
        decoding = min(ROOM_BYTES // decoded_bytes, self._workers)
        waiting = (ROOM_BYTES - self._workers * decoded_bytes) // held_bytes
        return max(1, decoding, waiting)

    def depth(self, together: int = 1) -> int:
        """So many pieces of work may wait, if each is of so many pictures."""
        return max(1, min(self._most, self.pictures() // together))


class Pace:
    """How many small pieces of work are given to a thread at once: about ``task_s`` of them, since
    a thread takes its time to begin, but no more than ``most()``. One while nobody knows how long
    they take. Any thread.
    """

    def __init__(self, most: Callable[[], int], task_s: float = 0.008) -> None:
        self._most = most
        self._seconds = self._task_s = task_s

    def timing(self, function: Callable[[list[T]], list[U]]) -> Callable[[list[T]], list[U]]:
        """The same for several, while this watches how long one takes."""

        def watched(items: list[T]) -> list[U]:
            began = perf_counter()
            found = function(items)
            self._seconds = (perf_counter() - began) / len(items)
            return found

        return watched

    def parts(self, items: Iterable[T]) -> Iterator[list[T]]:
        """The same in lists of so many."""
        left = iter(items)
        while part := list(islice(left, self.size())):
            yield part

    def is_shorter(self, seconds: float) -> bool:
        """Whether one takes less than that, as far as is known."""
        return self._seconds < seconds

    def unless_shorter(self, seconds: float, begin: Begin[T, U]) -> Begin[T, U]:
        """``begin``, or do it at once, where one takes so short that a thread is not worth it."""

        def begun(function: Callable[[T], U], item: T) -> "Future[U]":
            return (_at_once if self.is_shorter(seconds) else begin)(function, item)

        return begun

    def size(self) -> int:
        """So many."""
        return max(1, min(self._most(), int(self._task_s / max(self._seconds, 1e-9))))


class Seats:
    """Lets as many threads work as are ``wanted()``; the others wait and are in nobody's way. Any
    thread.
    """

    def __init__(self, wanted: Callable[[], int]) -> None:
        self._wanted = wanted
        self._free: SimpleQueue[None] = SimpleQueue()
        self._lock = threading.Lock()
        self._is_closed = False
        self._count = 0
        self._fit(0)

    def seated(self, function: Callable[[T], U]) -> Callable[[T], U]:
        """The same, by who has a seat. Raises ``CancelledError`` once they are closed."""

        def work(item: T) -> U:
            self._free.get()
            try:
                if self._is_closed:
                    raise CancelledError
                return function(item)
            finally:
                self._fit(1)

        return work

    def _fit(self, left: int) -> None:
        """As many seats are free as were ``left``, or more, or fewer, so that as many as wanted are
        there."""
        with self._lock:
            more = self._wanted() - self._count
            free = max(0, left + more)
            self._count += free - left
        for _ in range(free):
            self._free.put(None)

    def close(self) -> None:
        """Who waits is sent away."""
        self._is_closed = True
        self._free.put(None)  # each who is sent away leaves it to the next


def _at_once(function: Callable[[T], U], item: T) -> "Future[U]":
    future: Future[U] = Future()
    try:
        future.set_result(function(item))
    except Exception as error:
        future.set_exception(error)
    return future

"""A number that is found by trying which one brings most."""

from collections.abc import Callable, Generator, Iterable, Iterator
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")

_WINDOW_S = 0.15
_ROUNDS = 12  # of all threads, which may end together
_PAUSE_S = 1.0  # who waits so long for the next was waiting for something else
_GAIN = 1.03  # less than that may be chance
_LONGEST_HOLD = 64
_FEW = 4


class Climb:
    """How many threads to have at work, at most ``most``: that ``size`` with which most pictures
    come through. Belongs to one thread; any may ask for the size.

    OpenCV and NumPy work without Python's lock, but each of their calls ends with taking it, and
    the more threads wait for it, the longer each waits: on 16 cores seven threads bring 2,400
    pictures of 640 x 480 a second and fifteen 1,300, while those of 1080p need eleven and more. So
    sizes a little larger and smaller are tried now and then, ever less often while none is better
    (hill climbing). Where there are few threads, they do not stand in each other's way.
    """

    def __init__(self, start: Callable[[], int], most: int) -> None:
        """``start`` is asked for the size to begin with when the first picture is through; until
        then all are at work."""
        self.size = most
        self._start, self._most = start, most
        self._tries: Generator[int, float, None] | None = None
        self._last_s = perf_counter()
        self._begin_s = 0.0
        self._seen = 0

    def watched(self, items: Iterable[T]) -> Iterator[T]:
        """The same; how quickly they come says what a size brings."""
        for item in items:
            self._take(perf_counter())
            yield item

    def _take(self, now_s: float) -> None:
        if self._most <= _FEW:
            return
        if self._tries is None:
            self._tries = _tries(max(1, min(self._start(), self._most)), self._most)
            self.size = next(self._tries)
        if now_s - self._last_s > _PAUSE_S:
            self._seen = 0
        self._last_s = now_s
        self._seen += 1
        count = self._seen - self.size  # those before were begun with another size
        if count <= 0:
            self._begin_s = now_s
            return
        seconds = now_s - self._begin_s
        if count >= _ROUNDS * self.size and seconds >= _WINDOW_S:
            self.size, self._seen = self._tries.send(count / seconds), 0


def _tries(size: int, most: int) -> Generator[int, float, None]:
    """The next size to try; is sent how many a second it brought."""
    rate, hold = (yield size), 1
    while True:
        is_better = False
        for step in (-1, 1):
            while (other := _beside(size, step, most)) != size:
                found = yield other
                if found < rate * _GAIN:
                    break
                size, rate, is_better = other, found, True
        hold = 1 if is_better else min(_LONGEST_HOLD, 2 * hold)
        for _ in range(hold):
            rate = yield size


def _beside(size: int, step: int, most: int) -> int:
    """A sixth less or a fifth more, as far as that goes."""
    other = size * 5 // 6 if step < 0 else max(size + 1, size * 6 // 5)
    return max(1, min(most, other))

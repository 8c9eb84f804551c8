"""How many pictures to prepare at once, against machines whose best number is known."""

from collections.abc import Callable, Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trtstudio.vision.batch import climb as module
from trtstudio.vision.batch.climb import Climb


class Machine:
    """Pictures that take as long as ``per_s`` of the size says; a clock of its own."""

    def __init__(self, climb: Climb, per_s: Callable[[int], float]) -> None:
        self.climb, self.per_s = climb, per_s
        self.now = 0.0

    def pictures(self, seconds: float) -> Iterator[float]:
        end = self.now + seconds
        while self.now < end:
            self.now += 1 / self.per_s(self.climb.size)
            yield self.now

    def rate(self, seconds: float) -> float:
        """Pictures a second."""
        begin = self.now
        count = sum(1 for _ in self.climb.watched(self.pictures(seconds)))
        return count / (self.now - begin)


def start(
    patch: pytest.MonkeyPatch, per_s: Callable[[int], float], first: int = 10, most: int = 30
) -> Machine:
    patch.setattr(module, "perf_counter", lambda: 0.0)
    machine = Machine(Climb(lambda: first, most), per_s)
    patch.setattr(module, "perf_counter", lambda: machine.now)
    return machine


TOP = 500.0


def peak(best: int, top: float = TOP) -> Callable[[int], float]:
    """As measured: up to the best size all threads work, beyond it they stand in their way."""
    return lambda size: top * (size / best if size <= best else (best / size) ** 0.8)


@settings(max_examples=30)
@given(best=st.integers(1, 30), seed=st.integers(0, 99))
def test_it_comes_near_the_best_and_stays_there(best: int, seed: int) -> None:
    random, steady = Random(seed), peak(best)
    with pytest.MonkeyPatch.context() as patch:
        machine = start(patch, lambda size: steady(size) * random.uniform(0.8, 1.2))
        machine.rate(5)
        assert machine.rate(20) > 0.85 * TOP


def test_a_machine_that_changes_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    best = [12]
    machine = start(monkeypatch, lambda size: peak(best[0])(size))
    assert machine.rate(20) > 0.85 * TOP
    best[0] = 4
    machine.rate(25)
    assert machine.rate(10) > 0.85 * TOP


def test_few_threads_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = start(monkeypatch, peak(1), 2, 4)
    machine.rate(3)
    assert machine.climb.size == 4


def test_slow_pictures_and_pauses_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = start(monkeypatch, lambda _: 0.5)
    machine.rate(500)
    assert machine.climb.size == 10


def test_where_all_sizes_bring_the_same_it_seldom_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    machine = start(monkeypatch, lambda size: sizes.append(size) or 500.0)
    machine.rate(60)
    assert sizes.count(10) > 0.85 * len(sizes)

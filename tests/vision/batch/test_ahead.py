"""Work that is begun before its turn: its order, and for how much there is room."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from trtstudio.vision.batch import ahead as module
from trtstudio.vision.batch.ahead import Pace, Room, Seats, ahead


def test_ahead_keeps_the_order_of_slow_and_quick_work() -> None:
    def work(number: int) -> int:
        time.sleep(0.01 if number % 3 == 0 else 0)
        return number * number

    with ThreadPoolExecutor(3) as pool:
        assert list(ahead(pool.submit, work, range(20), lambda: 5)) == [n * n for n in range(20)]


def test_what_is_done_is_given_before_the_next_item_is_waited_for() -> None:
    given: list[int] = []

    def items() -> Iterator[int]:
        for number in range(3):
            assert given == list(range(number)), "though there is room for more"
            yield number

    class AtOnce(ThreadPoolExecutor):
        def submit(self, function, item):  # type: ignore[override, no-untyped-def]
            future = super().submit(function, item)
            wait([future])
            return future

    with AtOnce(1) as pool:
        for each in ahead(pool.submit, lambda number: number, items(), lambda: 5, is_eager=True):
            given.append(each)  # noqa: PERF402
    assert given == [0, 1, 2]


def test_there_is_room_for_fewer_when_they_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROOM_BYTES", 1000)
    room = Room(8, 2)
    assert room.depth() == 2, "before any is known"
    steps = ((0, 0, 8), (100, 100, 8), (300, 100, 4), (200, 200, 2), (400, 50, 2), (5000, 1, 1))
    for decoded, held, depth in steps:
        room.take(decoded, held)
        assert room.depth() == depth
    assert Room(1, 2).depth() == 1


def test_the_first_picture_may_be_heard_of_while_somebody_asks_for_room() -> None:
    room, asked = Room(8, 2), list[int]()

    class Bytes(int):
        """Compared while they are noted."""

        def __gt__(self, other: int) -> bool:
            asker = threading.Thread(target=lambda: asked.append(room.depth()))
            asker.start()
            asker.join(0.1)  # it may have to wait
            askers.append(asker)
            return int(self) > other

    askers: list[threading.Thread] = []
    room.take(100, Bytes(100))
    for asker in askers:
        asker.join(30)
    assert asked == [8]


def test_of_what_is_done_together_fewer_wait() -> None:
    room = Room(8, 2)
    room.take(module.ROOM_BYTES // 100, module.ROOM_BYTES // 49)
    assert (room.pictures(), room.depth(4), room.depth(12), room.depth(99)) == (48, 8, 4, 1)


def test_small_work_is_done_together_and_large_work_side_by_side(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr(module, "perf_counter", lambda: now)
    pace = Pace(lambda: 8)

    def work(seconds: list[float]) -> list[float]:
        nonlocal now
        now += sum(seconds)
        return seconds

    assert pace.size() == 1, "before it is known"
    for seconds, size in ((0.0, 8), (0.0005, 8), (0.003, 2), (0.02, 1), (10.0, 1)):
        assert pace.timing(work)([seconds] * 3) == [seconds] * 3
        assert pace.size() == size


def test_what_is_short_takes_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(module, "perf_counter", lambda: now)

    def work(seconds: list[float]) -> str:
        nonlocal now
        now += sum(seconds)
        return threading.current_thread().name

    def where(seconds: float) -> str:
        return begin(pace.timing(lambda items: [work(items)] * 2), [seconds] * 2).result()[0]

    pace = Pace(lambda: 8)
    here = threading.current_thread().name
    with ThreadPoolExecutor(1, "pool") as pool:
        begin = pace.unless_shorter(0.002, pool.submit)
        assert where(0.001).startswith("pool"), "before it is known"
        assert where(0.003) == here
        assert where(0.001).startswith("pool"), "the last one took long"
        assert where(0.001) == here
        failed = begin(lambda _: 1 // 0, [0.0])
        assert isinstance(failed.exception(), ZeroDivisionError)


def test_parts_are_as_large_as_the_pace_says_when_they_are_made() -> None:
    pace = Pace(lambda: 3)
    parts = pace.parts(range(8))
    assert next(parts) == [0]
    pace.timing(lambda part: part)([0])
    assert [*parts] == [[1, 2, 3], [4, 5, 6], [7]]


def test_as_many_threads_work_as_are_wanted() -> None:
    wanted, at_work = 3, 0
    lock = threading.Lock()
    found: list[int] = []

    def work(barrier: threading.Barrier) -> None:
        nonlocal at_work
        with lock:
            at_work += 1
            found.append(at_work)
        barrier.wait(30)  # for as many others
        with lock:
            at_work -= 1

    seats = Seats(lambda: wanted)
    with ThreadPoolExecutor(8) as pool:
        for wanted in (3, 6, 1, 8):
            list(pool.map(seats.seated(time.sleep), [0.001] * 16))  # those before go
            barrier = threading.Barrier(wanted)
            list(pool.map(seats.seated(work), [barrier] * 4 * wanted))
            assert max(found) == wanted
            found.clear()


def test_who_waits_for_a_seat_goes_when_they_are_closed() -> None:
    seats = Seats(lambda: 1)
    begun, go_on, left = threading.Event(), threading.Event(), threading.Semaphore(0)

    def work(_: int) -> bool:
        begun.set()
        return go_on.wait(30)

    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(seats.seated(work), number) for number in range(4)]
        for each in futures:
            each.add_done_callback(lambda _: left.release())
        assert begun.wait(30)
        seats.close()
        assert all(left.acquire(timeout=30) for _ in range(3))
        go_on.set()
    assert sorted(each.exception() is None for each in futures) == [False, False, False, True]

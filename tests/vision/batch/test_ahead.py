"""Work that is begun before its turn: its order, and for how much there is room."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from trtstudio.vision.batch import ahead as module
from trtstudio.vision.batch.ahead import Room, ahead


def test_ahead_keeps_the_order_of_slow_and_quick_work() -> None:
    def work(number: int) -> int:
        time.sleep(0.01 if number % 3 == 0 else 0)
        return number * number

    with ThreadPoolExecutor(3) as pool:
        assert list(ahead(pool, work, range(20), lambda: 5)) == [n * n for n in range(20)]


def test_there_is_room_for_fewer_when_they_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROOM_BYTES", 1000)
    room = Room(8)
    assert room.depth() == 2, "before any is known"
    for size_bytes, depth in ((0, 8), (100, 8), (300, 3), (100, 3), (5000, 1)):
        room.take(size_bytes)
        assert room.depth() == depth
    assert Room(1).depth() == 1

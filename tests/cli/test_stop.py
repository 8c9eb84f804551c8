"""Work in a thread that Ctrl+C stops, whenever it comes."""

import threading
from collections.abc import Callable

import pytest

from trtstudio.cli.stop import stoppable
from trtstudio.model.errors import Cancelled


def test_the_result_and_the_problem_of_the_work_are_its_own() -> None:
    assert stoppable(lambda cancelled: cancelled()) is False
    with pytest.raises(ZeroDivisionError):
        stoppable(lambda _: 1 // 0)


def test_control_c_while_the_thread_begins_stops_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    start, was_told = threading.Thread.start, threading.Event()

    def start_and_interrupt(thread: threading.Thread) -> None:
        start(thread)
        raise KeyboardInterrupt

    def work(cancelled: Callable[[], bool]) -> None:
        while not cancelled():
            was_told.wait(0.001)
        was_told.set()

    monkeypatch.setattr(threading.Thread, "start", start_and_interrupt)
    monkeypatch.setattr("trtstudio.cli.stop._PATIENCE_S", 30.0)
    with pytest.raises((Cancelled, KeyboardInterrupt)) as caught:
        stoppable(work)
    assert caught.type is Cancelled
    assert was_told.is_set()

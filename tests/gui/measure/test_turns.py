"""Steps are done one after another, and the newest at last."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from trtstudio.gui.measure.turns import Turns


def test_steps_are_done_later_and_in_their_order(qtbot: QtBot) -> None:
    parent, done = QObject(), list[str]()
    turns = Turns(parent)
    turns.do(lambda: done.append("a"), lambda: done.append("b"))
    assert done == [] and not turns.is_idle
    qtbot.waitUntil(lambda: turns.is_idle)
    assert done == ["a", "b"]


def test_what_is_under_way_is_ended_and_of_those_that_wait_the_newest_done(qtbot: QtBot) -> None:
    parent, done = QObject(), list[str]()
    turns = Turns(parent)

    def begin() -> None:
        done.append("a")
        turns.do(lambda: done.append("never"))
        turns.do(lambda: done.append("c"))

    turns.do(lambda: done.append("never either"))
    turns.do(begin, lambda: done.append("b"))
    qtbot.waitUntil(lambda: turns.is_idle)
    assert done == ["a", "b", "c"]


def test_a_stop_forgets_what_is_left(qtbot: QtBot) -> None:
    parent, done = QObject(), list[str]()
    turns = Turns(parent)
    steps: list[Callable[[], None]] = [turns.stop, lambda: done.append("never")]
    turns.do(*steps)
    qtbot.waitUntil(lambda: turns.is_idle)
    turns.do(lambda: done.append("again"))
    qtbot.waitUntil(lambda: turns.is_idle)
    assert done == ["again"]

"""Long work between other events."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.qt_types import make_types
from trtstudio.gui.slices import in_slices


def test_it_is_told_once_and_other_events_come_between(qtbot: QtBot, qapp: QApplication) -> None:
    parent, told, ticks = QObject(qapp), [], []
    timer = QTimer(parent, interval=0)
    timer.timeout.connect(lambda: ticks.append(len(told)))
    timer.start()

    in_slices(parent, make_types(), lambda: told.append(len(ticks)))
    assert not told, "nothing waits for it"
    qtbot.waitUntil(lambda: bool(told))
    assert told[0] > 0, "other events were handled meanwhile"
    after = len(ticks)
    qtbot.waitUntil(lambda: len(ticks) > after + 20)
    assert len(told) == 1
    assert parent.findChildren(QTimer) == [timer]
    parent.deleteLater()

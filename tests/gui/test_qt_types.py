"""Qt's classes are made between other events."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.qt_types import make_types


def test_all_are_made_before_it_is_told_once(qtbot: QtBot, qapp: QApplication) -> None:
    parent, told, ticks = QObject(qapp), [], []
    timer = QTimer(parent, interval=0)
    timer.timeout.connect(lambda: ticks.append(len(told)))
    timer.start()
    make_types(parent, lambda: told.append(len(ticks)))
    assert not told, "nothing waits for it"
    qtbot.waitUntil(lambda: bool(told))
    assert told[0] > 0, "other events were handled meanwhile"
    after = len(ticks)
    qtbot.waitUntil(lambda: len(ticks) > after + 20)
    assert len(told) == 1
    assert parent.findChildren(QTimer) == [timer]
    parent.deleteLater()

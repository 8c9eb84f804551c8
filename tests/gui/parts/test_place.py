"""A hidden widget that keeps its place."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.parts.place import keep_place


def test_nothing_moves_when_it_is_hidden(qtbot: QtBot) -> None:
    row, first, last = QWidget(), QPushButton("first"), QPushButton("last")
    qtbot.addWidget(row)
    layout = QHBoxLayout(row)
    layout.addWidget(first)
    layout.addWidget(last)
    row.show()
    before = last.geometry()
    keep_place(first)
    first.hide()
    layout.activate()
    assert last.geometry() == before

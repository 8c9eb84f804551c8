"""A control tells what it does, or why it cannot be used."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.parts.enabling import enable_unless


@pytest.mark.parametrize("make", [QPushButton, QAction])
def test_it_tells_what_it_does_or_why_it_cannot(
    qtbot: QtBot, make: type[QPushButton | QAction]
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    control = make(parent)
    enable_unless("Nothing is loaded.", control, "Run")
    assert (control.isEnabled(), control.toolTip()) == (False, "Nothing is loaded.")
    enable_unless("", control, "Run")
    assert (control.isEnabled(), control.toolTip()) == (True, "Run")

"""What the style sheet gives to all widgets of a kind."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox
from pytestqt.qtbot import QtBot

from trtstudio.gui.theme import theme


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("kind", [QSpinBox, QDoubleSpinBox])
def test_numbers_are_entered_at_the_right(
    qtbot: QtBot, kind: type[QSpinBox | QDoubleSpinBox]
) -> None:
    theme().apply("light")
    box = kind()
    qtbot.addWidget(box)
    box.ensurePolished()
    assert box.alignment() == Qt.AlignmentFlag.AlignRight
    assert box.lineEdit().alignment() == Qt.AlignmentFlag.AlignRight

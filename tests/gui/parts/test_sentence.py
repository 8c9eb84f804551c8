"""A sentence is never cut, whenever its words or its width come."""

import pytest
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.parts.sentence import Sentence

WORDS = "How inferences follow each other, in a sentence that takes several lines. " * 3


@pytest.mark.parametrize("width", [120, 260, 900])
def test_it_has_the_height_that_its_words_need(qtbot: QtBot, width: int) -> None:
    area = QScrollArea(widgetResizable=True)
    qtbot.addWidget(area)
    inner, nested = QWidget(), QWidget()
    outer, column = QVBoxLayout(inner), QVBoxLayout(nested)
    sentence = Sentence()
    column.addWidget(sentence)
    outer.addWidget(nested)
    outer.addStretch()
    area.setWidget(inner)
    area.resize(width, 200)
    area.show()

    def is_whole() -> bool:
        return sentence.height() >= sentence.heightForWidth(sentence.width())

    sentence.setText(WORDS)
    qtbot.waitUntil(is_whole)
    area.setStyleSheet("QLabel { font-size: 22px }")
    qtbot.waitUntil(is_whole)
    area.resize(width // 2 + 60, 200)
    qtbot.waitUntil(is_whole)
    area.resize(width + 300, 200)
    qtbot.waitUntil(lambda: sentence.height() == sentence.heightForWidth(sentence.width()))

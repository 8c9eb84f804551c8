"""The answer beside a run's picture: its rows and what is said of it."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.run.answer_page import AnswerPage
from trtstudio.gui.run.answer_view import AnswerView
from trtstudio.gui.run.doctor_card import DoctorCard
from trtstudio.gui.run.run import Run
from trtstudio.vision.answer import Answer, Label, Raster, Regions

BOX = (0.0, 0.0, 4.0, 4.0)


def test_what_is_not_painted_has_no_colour_in_the_list(qtbot: QtBot) -> None:
    view = AnswerView()
    qtbot.addWidget(view)
    top = (Label("background", 0.9, 0), Label("cat", 0.1, 7))
    regions = Regions(Raster(np.zeros((4, 4), np.uint8), BOX), unpainted=0)
    view.show_answer(Answer("semantic-segmentation", top=top, regions=regions))
    series = [view.item(row).data(Qt.ItemDataRole.UserRole + 1) for row in range(2)]
    assert series == [-1, 7]


def test_a_painted_picture_is_told_by_its_size(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    page = AnswerPage(around)
    painted = Raster(np.zeros((20, 30, 3), np.uint8), BOX)
    page.show_run(Run(None, answer=Answer("image-to-image", picture=painted)), (), "")
    assert page.message.text() == "A picture of 30 x 20"


def test_the_only_answer_of_a_card_is_not_cut(qtbot: QtBot) -> None:
    short = "espresso 94 %, cup 2 %"
    cards = [
        DoctorCard("RGB", [answer], None, None)
        for answer in (short, f"{short}, soup bowl 1 %, coffee mug < 1 %")
    ]
    pictures = []
    for card in cards:
        qtbot.addWidget(card)
        card.resize(card.sizeHint())
        pictures.append(card.grab().toImage())
    line = cards[0].fontMetrics().height()
    below = pictures[0].rect().adjusted(104, 10 + 2 * line, -8, -20)
    assert pictures[0].copy(below) != pictures[1].copy(below), "its end is in the next line"

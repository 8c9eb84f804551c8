"""Answers in the window's language."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from trtstudio.gui.batch.rows import row_of
from trtstudio.gui.picture.answer_words import surest_words
from trtstudio.gui.picture.class_names import class_name, mark_of
from trtstudio.gui.run.pointing import words_at
from trtstudio.vision.answer import Answer, Detection, Label, Raster
from trtstudio.vision.batch.records import Record
from trtstudio.vision.batch.sources import Source

BOX = (0.0, 0.0, 1.0, 1.0)
CHAIRS = tuple(Detection("class 56", score, BOX, 56) for score in (0.94, 0.5, 0.4, 0.3))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            Answer("classification", (Label("cat", 0.41, 3), Label("class 7", 0.004, 7))),
            "cat 41 %, class 7 < 1 %",
        ),
        (
            Answer("detection", detections=CHAIRS),
            "class 56 94 %, class 56 50 %, class 56 40 % and 1 more",
        ),
        (Answer("detection"), ""),
        (
            Answer("text-detection", detections=(Detection("text", 0.9, BOX, 0, text="Bus 7"),)),
            "Bus 7 90 %",
        ),
        (Answer("text-recognition", text="Bus 7"), "Bus 7"),
        (Answer("depth", heat=Raster(np.float32([[-1, 2.5]]), BOX)), "from -1 to 2.5"),
        (
            Answer("image-to-image", picture=Raster(np.zeros((2, 3, 3), np.uint8), BOX)),
            "a picture of 3 x 2",
        ),
        (Answer("embedding", embedding=np.zeros(48, np.float32)), "a vector of 48 numbers"),
    ],
)
def test_an_answer_in_words(answer: Answer, words: str) -> None:
    assert surest_words(answer) == words


@pytest.mark.usefixtures("chinese")
def test_classes_without_names_are_told_in_the_window_s_language() -> None:
    answer = Answer("detection")
    assert class_name("class 62", answer) == "类别 62"
    assert mark_of(CHAIRS[0], answer) == "类别 56 94 %"
    assert surest_words(Answer("detection", detections=CHAIRS[:1])) == "类别 56 94 %"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    "name", ["cat", "", "class", "class 062", "class x", "class " + "9" * 5000]
)
def test_names_stay_as_they_are(name: str) -> None:
    assert class_name(name, Answer("detection")) == name


class Shouting(QTranslator):
    """Any other language."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, *_: object) -> str:
        return text.upper() if context == "ClassNames" else ""


@pytest.fixture
def shouting(qapp: QApplication) -> Iterator[None]:
    translator = Shouting()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.usefixtures("shouting")
@pytest.mark.parametrize("word", ["face", "text", "foreground"])
def test_words_of_this_program_are_translated_and_those_of_a_model_stay(word: str) -> None:
    found = Detection(word, 0.9, BOX, 0)
    for is_own, shown in ((True, word.upper()), (False, word)):
        objects = Answer("detection", detections=(found,), has_own_words=is_own)
        assert class_name(word, objects) == shown
        assert mark_of(found, objects) == surest_words(objects) == f"{shown} 90 %"
        assert words_at(objects, 0.5, 0.5).endswith(f"{shown} 90.0 % (1 x 1)")
        regions = Answer("saliency", (Label(word, 0.9, 1),), has_own_words=is_own)
        assert surest_words(regions) == f"{shown} 90 %"
        assert row_of(1, -1, Record(Source(Path("a.jpg")), answer=objects)).classes == (shown,)
    named = Answer("detection", has_own_words=True)
    assert class_name("cat", named) == "cat"

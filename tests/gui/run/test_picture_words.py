"""Answers of several ways of feeding, a line each."""

import numpy as np
import pytest

from trtstudio.gui.run.picture_words import answer_words
from trtstudio.vision.answer import Answer, Detection, Label, Raster

BOX = (0.0, 0.0, 1.0, 1.0)
CHAIRS = tuple(Detection("chair", score, BOX, 56) for score in (0.92, 0.5, 0.4, 0.3))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "No answer"),
        (Answer("detection"), "Nothing found"),
        (Answer("detection", detections=CHAIRS[:1]), "1 object: chair 92 %"),
        (
            Answer("detection", detections=CHAIRS),
            "4 objects: chair 92 %, chair 50 %, chair 40 % and 1 more",
        ),
        (Answer("classification", (Label("cat", 0.41, 3),)), "cat 41 %"),
        (Answer("text-recognition", text="Bus 7"), "Bus 7"),
        (Answer("text-recognition"), "Nothing found"),
        (Answer("depth", heat=Raster(np.float32([[-1, 2.5]]), BOX)), "from -1 to 2.5"),
    ],
)
def test_an_answer_in_a_line(answer: Answer | None, words: str) -> None:
    assert answer_words(answer) == words

"""The words beside the earlier runs of a model: what came of each."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from trtstudio.gui.run.history import RunHistory
from trtstudio.gui.run.run import Run
from trtstudio.model.errors import StudioError
from trtstudio.model.run import Timing
from trtstudio.vision.answer import Answer, Raster

BOX = (0.0, 0.0, 1.0, 1.0)


@pytest.fixture
def history(qtbot: QtBot) -> RunHistory:
    made = RunHistory()
    qtbot.addWidget(made)
    return made


def run(name: str, answer: Answer | None) -> Run:
    return Run(Path(name), answer=answer, timing=Timing(latency_ms=2.5))


def embedded(name: str, degrees: float) -> Run:
    angle = np.radians(degrees)
    vector = np.float32([np.cos(angle), np.sin(angle), 0])
    return run(name, Answer("embedding", embedding=vector))


def texts(history: RunHistory) -> list[str]:
    return [history.item(row).text() for row in range(history.count())]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer("depth", heat=Raster(np.float32([[-1, 2.5]]), BOX)), "from -1 to 2.5"),
        (
            Answer("image-to-image", picture=Raster(np.zeros((2, 3, 3), np.uint8), BOX)),
            "a picture of 3 x 2",
        ),
        (Answer("text-recognition", text="Bus 7"), "Bus 7"),
        (Answer("text-recognition"), "Nothing found"),
        (Answer("detection"), "0 objects"),
        (None, "2.50 ms"),
    ],
)
def test_what_came_of_a_run_is_told(history: RunHistory, answer: Answer | None, words: str) -> None:
    history.add(run("a.jpg", answer), 10)
    assert texts(history) == [f"{words}\na.jpg"]


def test_an_embedding_is_compared_with_the_one_before(history: RunHistory) -> None:
    runs = [embedded("a.jpg", 0), embedded("b.jpg", 60), embedded("b.jpg", 60)]
    expected = ["a vector of 3 numbers\nb.jpg", "50.0 % alike\nb.jpg"]
    expected.append("a vector of 3 numbers\na.jpg")
    history.show_runs(runs, runs[0])
    assert texts(history) == expected, "and not with itself"
    history.show_runs([], None)
    for each in runs:
        history.add(each, 10)
    assert texts(history) == expected
    assert "Compared with a.jpg" in history.item(1).toolTip()
    assert history.item(2).toolTip() == "a.jpg"


def test_what_is_read_anew_is_compared_anew(history: RunHistory) -> None:
    runs = [embedded("a.jpg", 0), embedded("b.jpg", 60), embedded("c.jpg", 45)]
    history.show_runs(runs, runs[2])
    history.revise(runs[1], replace(runs[1], answer=embedded("", 0).answer))
    assert texts(history)[:2] == ["70.7 % alike\nc.jpg", "100.0 % alike\nb.jpg"]
    failed = replace(runs[1], answer=None, problem=StudioError("It broke."))
    history.show_runs([runs[0], failed, runs[2]], failed)
    assert texts(history)[:2] == ["a vector of 3 numbers\nc.jpg", "failed\nb.jpg"]

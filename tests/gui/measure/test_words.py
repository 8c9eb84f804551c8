"""What every measurement says of itself until it has an answer."""

from types import SimpleNamespace
from typing import Any

import pytest

from trtstudio.gui.measure.words import end_words, state_words
from trtstudio.gui.sessions.work import SessionWork
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import Cancelled, StudioError


def job(phase: str | None = None) -> Any:
    return SimpleNamespace(progress=None if phase is None else Progress(phase))


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (SessionWork(), "Loading the model ..."),
        (SessionWork(job=job()), "Starting ..."),
        (SessionWork(job=job("")), "Starting ..."),
        (SessionWork(job=job("Loop 2 of 9")), "Loop 2 of 9"),
        (SessionWork(job=job("Loop 2 of 9"), is_stopping=True), "Stopping ..."),
        (SessionWork(job=job(), error=StudioError("No.", hint="Try less.")), "No. Try less."),
        (SessionWork(job=job(), is_stopping=True, error=Cancelled("Ended.")), "Stopped."),
    ],
)
def test_state(work: SessionWork, words: str) -> None:
    assert state_words(work) == words


def test_a_view_has_words_of_its_own() -> None:
    assert state_words(SessionWork(job=job()), "Kept.", "Warming up ...") == "Warming up ..."
    assert state_words(SessionWork(job=job("Busy")), "Kept.", "Warming up ...") == "Busy"
    assert state_words(SessionWork(error=Cancelled("Ended.")), "Kept.") == "Kept."
    assert end_words(StudioError("No.", hint="Try less."), "Kept.") == "No. Try less."

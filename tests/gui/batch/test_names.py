"""Whose names two models that are compared have."""

from pathlib import Path
from typing import Any

import pytest

from trtstudio.gui.batch.batches import _alike
from trtstudio.gui.batch.files import is_many
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.vision.network import Network
from trtstudio.vision.picture_model import PictureModel
from trtstudio.vision.preprocess import Preprocess

OWN, YOURS, COCO = ("a", "b"), ("x", "y"), ("person", "bicycle")
NOTHING: Any = None
GUESSED, SURE = True, False


def loaded(labels: tuple[str, ...] | None, *, is_guess: bool = False) -> Loaded:
    network = Network((4, 6), ())
    model = PictureModel(
        "x", 1, Preprocess((4, 6)), network, labels=labels, has_guessed_labels=is_guess
    )
    return Loaded(NOTHING, NOTHING, model)


@pytest.mark.parametrize(
    ("first", "other", "expected"),
    [
        ((YOURS, SURE), (COCO, GUESSED), (YOURS, SURE)),
        ((YOURS, SURE), (None, SURE), (YOURS, SURE)),
        ((YOURS, SURE), ((), SURE), (YOURS, SURE)),
        ((YOURS, SURE), (OWN, SURE), (OWN, SURE)),
        (((), SURE), (COCO, GUESSED), ((), SURE)),
        ((None, SURE), (COCO, GUESSED), (None, SURE)),
        ((COCO, GUESSED), (None, SURE), (COCO, GUESSED)),
    ],
)
def test_both_have_the_names_that_somebody_gave(
    first: tuple[tuple[str, ...] | None, bool],
    other: tuple[tuple[str, ...] | None, bool],
    expected: tuple[tuple[str, ...] | None, bool],
) -> None:
    given = loaded(other[0], is_guess=other[1])
    found = _alike(given, loaded(first[0], is_guess=first[1]), is_same=False).pictures
    assert found is not None
    assert (found.labels, found.has_guessed_labels) == expected


def test_the_same_model_is_read_as_the_first_one() -> None:
    first = loaded(YOURS)
    assert _alike(loaded(COCO, is_guess=True), first, is_same=True).pictures is first.pictures


def test_what_stands_for_many_pictures(tmp_path: Path) -> None:
    for name in ("clip.mp4", "list.txt", "moving.gif", "MOVING.GIF"):
        assert is_many(tmp_path / name)
    assert is_many(tmp_path) and not is_many(tmp_path / "cat.png")

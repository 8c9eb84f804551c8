"""Which head reads a detector's outputs is guessed, or chosen."""

from collections.abc import Callable
from typing import get_args

import numpy as np
import pytest

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.vision.answer import Answer
from trtstudio.vision.head_names import HeadName
from trtstudio.vision.heads import HEADS, find_head
from trtstudio.vision.network import Network

Read = Callable[..., Answer]
SIZE = (64, 96)
CELLS = 8 * 12 + 4 * 6 + 2 * 3


def test_every_head_has_a_name_and_a_form() -> None:
    assert sorted(head.name for head in HEADS) == sorted(get_args(HeadName))
    assert all(head.form and head.title for head in HEADS)


def _rows(columns: int) -> np.ndarray:
    """One box, of 16 x 16 pixels around (48, 32) as a YOLO in pixels has it."""
    rows = np.zeros((1, CELLS, columns), np.float32)
    rows[0, 40, :4] = 48, 32, 16, 16
    rows[0, 40, 4:6] = 0.9
    return rows


def test_the_chosen_head_reads(read: Read) -> None:
    """79 classes of YOLOX, or the 80 of an Ultralytics head with its axes exchanged."""
    outputs = {"y": _rows(84)}
    network = Network(SIZE, (Tensor("y", "float32", (1, CELLS, 84)),))
    found = find_head(network)
    assert found is not None
    assert found[0].name == "ultralytics"
    guessed = read("detection", outputs, SIZE)
    turned = read("detection", outputs, SIZE, head="ultralytics")
    assert turned.detections == guessed.detections
    assert [found.score for found in guessed.detections] == pytest.approx([0.9])
    other = read("detection", outputs, SIZE, head="yolox")
    assert [found.score for found in other.detections] == pytest.approx([0.81])


def test_the_users_labels_say_what_fits(read: Read) -> None:
    """Without a word of it, 20 classes with exchanged axes look like the 19 of YOLOX."""
    outputs, names = {"y": _rows(24)}, tuple(f"class {i}" for i in range(20))
    with pytest.raises(StudioError, match="not those of YOLOv8"):
        read("detection", outputs, SIZE, head="ultralytics")
    found = read("detection", outputs, SIZE, head="ultralytics", labels=names)
    assert [each.score for each in found.detections] == pytest.approx([0.9])


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.name)
def test_a_head_that_does_not_fit_says_what_it_needs(read: Read, head) -> None:
    with pytest.raises(StudioError) as caught:
        read("detection", {"y": np.zeros((1, 5), np.float32)}, SIZE, head=head.name)
    assert f"(1, 5) are not those of {head.title}" in caught.value.message
    assert head.form in caught.value.hint

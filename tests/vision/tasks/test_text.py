from collections.abc import Callable
from itertools import groupby

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.errors import StudioError
from trtstudio.vision.answer import Answer, Detection
from trtstudio.vision.placement import letterbox
from trtstudio.vision.tasks.text_detection import straightened
from trtstudio.vision.tasks.text_recognition import decode

SIZE = (320, 480)
LETTERS = ("", "a", "b", "c", " ")
Read = Callable[..., Answer]


def _map(center: tuple[float, float], size: tuple[float, float], angle: float) -> np.ndarray:
    """A probability map with one turned rectangle, as a DB detector draws the core of a text."""
    canvas = np.full(SIZE, 0.02, np.float32)
    corners = cv2.boxPoints((center, size, angle))
    cv2.fillPoly(canvas, [np.round(corners).astype(np.int32)], (0.9,))
    return canvas[None, None]


@pytest.mark.parametrize("angle", [0, 12, -30])
def test_a_text_is_found_with_its_own_outline(read: Read, angle: float) -> None:
    width, height = 200.0, 20.0
    (found,) = read(
        "text-detection", {"m": _map((240, 160), (width, height), angle)}, SIZE
    ).detections
    assert found.score == pytest.approx(0.9, abs=0.08)  # the outline is a cell wider
    polygon = np.array(found.polygon)
    np.testing.assert_allclose(polygon.mean(axis=0), (240, 160), atol=1.5)
    sides = np.linalg.norm(np.roll(polygon, -1, axis=0) - polygon, axis=1)
    grown = 2 * (width * height * 1.6) / (2 * (width + height))
    # Drawing and dilation add a cell or two, which the widening then multiplies.
    np.testing.assert_allclose(sides, [width + grown, height + grown] * 2, atol=8)
    direction = polygon[1] - polygon[0]
    assert np.degrees(np.arctan2(direction[1], direction[0])) == pytest.approx(angle, abs=1)
    signed = np.cross(np.append(direction, 0), np.append(polygon[2] - polygon[1], 0))[2]
    assert signed > 0  # clockwise, since y counts down


def test_a_map_of_fewer_cells_and_a_letterbox_are_undone(read: Read) -> None:
    cells = np.zeros((1, 1, 80, 120), np.float32)
    cells[0, 0, 20:30, 40:80] = 0.9
    placement = letterbox((640, 960), SIZE, centered=False)  # half, so a cell is 8 pixels
    (found,) = read("text-detection", {"m": cells}, SIZE, placement=placement).detections
    left, top, right, bottom = found.box
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((480, 200), abs=8)


def test_doubtful_and_tiny_texts_are_left_out(read: Read) -> None:
    cells = _map((240, 160), (200, 20), 0)
    cells[0, 0, 10:12, 10:11] = 0.9
    answer = read("text-detection", {"m": cells}, SIZE)
    assert len(answer.detections) == 1 and answer.has_own_words
    assert read("text-detection", {"m": cells}, SIZE, threshold=0.95).detections == ()
    assert read("text-detection", {"m": cells * 0.1}, SIZE).detections == ()


def test_a_text_is_straightened() -> None:
    picture = np.zeros((200, 300, 3), np.uint8)
    corners = cv2.boxPoints(((150, 100), (120, 40), 20))
    cv2.fillPoly(picture, [np.round(corners).astype(np.int32)], (255, 255, 255))
    by_x = corners[np.argsort(corners[:, 0])]
    left, right = (side[np.argsort(side[:, 1])] for side in (by_x[:2], by_x[2:]))
    polygon = tuple((float(x), float(y)) for x, y in (left[0], right[0], right[1], left[1]))
    flat = straightened(picture, Detection("text", 1, (0, 0, 300, 200), 0, polygon=polygon))
    assert flat.shape == (40, 120, 3)
    assert flat.mean() > 235
    upright = ((10.0, 10.0), (30.0, 10.0), (30.0, 90.0), (10.0, 90.0))
    turned = straightened(picture, Detection("text", 1, (10, 10, 30, 90), 0, polygon=upright))
    assert turned.shape == (20, 80, 3)


@given(st.lists(st.integers(0, 4), max_size=30))
def test_the_greedy_rule(path: list[int]) -> None:
    scores = np.full((len(path), 5), 0.05, np.float32)
    scores[np.arange(len(path)), path] = 0.8
    text, score = decode(scores, LETTERS)
    assert text == "".join(LETTERS[index] for index, _ in groupby(path))
    assert score == pytest.approx(0.8 if text else 0)


def test_logits_become_probabilities(read: Read) -> None:
    scores = np.full((1, 3, 5), -10, np.float32)
    scores[0, [0, 1, 2], [2, 0, 1]] = 10
    answer = read("text-recognition", {"y": scores}, SIZE, metadata={"character": "a\nb\nc"})
    assert answer.text == "ba"
    assert answer.top[0].score == pytest.approx(1)


@pytest.mark.parametrize("count", [3, 4, 5])
def test_lists_with_and_without_blank_and_space(read: Read, count: int) -> None:
    scores = np.zeros((1, 2, count), np.float32)
    scores[0, :, 1] = 1
    answer = read("text-recognition", {"y": scores}, SIZE, metadata={"character": "a\nb\nc"})
    assert answer.text == ("b" if count == 3 else "a")


def test_unknown_characters_are_told(read: Read) -> None:
    scores = np.zeros((1, 2, 9), np.float32)
    with pytest.raises(StudioError, match="not known"):
        read("text-recognition", {"y": scores}, SIZE)
    with pytest.raises(StudioError, match="3 characters"):
        read("text-recognition", {"y": scores}, SIZE, labels=("a", "b", "c"))

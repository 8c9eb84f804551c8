from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.vision.answer import Answer, Detection, Label
from trtstudio.vision.doctor import (
    SCALES,
    Trial,
    confidence,
    most_confident,
    scale_of,
    trial,
    variants,
)
from trtstudio.vision.preprocess import Preprocess

BASE = Preprocess((64, 64), "letterbox", color="BGR", source="guess")


def test_every_combination_is_tried_once() -> None:
    found = variants(BASE)
    assert len(found) == 2 * 4 * 3
    assert [v.is_current for v in found] == [True] + [False] * 23
    assert found[0].preprocess == BASE
    ways = {(v.color, v.scale, v.resize) for v in found}
    assert len(ways) == len(found)
    assert {v.scale for v in found} == set(SCALES)
    assert all(v.preprocess.size == BASE.size for v in found)


@given(
    st.sampled_from(["stretch", "center_crop", "letterbox", "longest_side", "height"]),
    st.sampled_from(["RGB", "BGR", "GRAY"]),
    st.sampled_from(["float32", "uint8"]),
    st.sampled_from([(0.0,), (127.0,), (50.0,)]),
)
def test_no_two_are_the_same(resize: str, color: str, dtype: str, mean: tuple[float]) -> None:
    base = Preprocess((8, 8), resize, color=color, dtype=dtype, mean=mean)
    found = [replace(v.preprocess, source="user") for v in variants(base)]
    assert all(one != other for i, one in enumerate(found) for other in found[:i])
    assert all(v.layout == base.layout and v.dtype == dtype for v in found)


def test_numbers_that_are_nearly_the_same_are_one_scale() -> None:
    lite = Preprocess((8, 8), mean=(127.0,), std=(128.0,))
    assert scale_of(lite) == "minus-one-to-one"
    assert scale_of(Preprocess((8, 8), mean=(10.0,), std=(20.0,))) == "own"
    scales = {(v.preprocess.mean, v.preprocess.std) for v in variants(lite)}
    assert ((127.5,), (127.5,)) not in scales and ((127.0,), (128.0,)) in scales


def test_whole_numbers_and_grey_have_fewer_ways() -> None:
    whole = variants(Preprocess((8, 8), dtype="uint8"))
    assert {v.scale for v in whole} == {"as-is"}
    grey = variants(Preprocess((8, 8), color="GRAY"))
    assert {(v.color, v.scale) for v in grey} == {
        ("GRAY", scale) for scale in ("as-is", "zero-to-one", "minus-one-to-one")
    }


def _boxes(*scores: float) -> Answer:
    found = tuple(Detection("cat", score, (0, 0, 1, 1), 0) for score in scores)
    return Answer("detection", detections=found)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (_boxes(0.9, 0.4), 0.9),
        (_boxes(), 0.0),
        (Answer("classification", top=(Label("a", 0.7, 0), Label("b", 0.2, 1))), 0.7),
        (Answer("text-recognition"), 0.0),
        (Answer("text-recognition", top=(Label("hello", 0.6, 0),), text="hello"), 0.6),
        (Answer("embedding", embedding=np.ones(3, np.float32)), None),
        (Answer("semantic-segmentation", top=(Label("sky", 0.99, 0),)), None),
    ],
)
def test_confidence_is_that_of_the_surest_statement(answer: Answer, expected: float | None) -> None:
    assert confidence(answer) == expected


def test_the_surest_is_found_over_several_pictures() -> None:
    first, second, third = variants(BASE)[:3]
    trials = [
        trial(first, [_boxes(0.9), _boxes(0.1)]),
        trial(second, [_boxes(0.7), None, _boxes(0.6)]),
        trial(third, [None, None]),
    ]
    assert [t.confidence for t in trials] == [pytest.approx(0.5), pytest.approx(0.65), None]
    assert most_confident(trials) is trials[1]
    assert most_confident([Trial(first, (), None)]) is None

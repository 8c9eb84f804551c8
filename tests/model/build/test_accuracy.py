"""Agreement of two models' outputs, against NumPy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from trtstudio.model.build.accuracy import Comparison
from trtstudio.model.errors import StudioError

SCORES = hnp.arrays(np.float32, (2, 5), elements=st.floats(-100, 100, width=32))


@given(st.lists(st.tuples(SCORES, SCORES), min_size=1, max_size=4))
def test_the_figures_against_numpy(pairs: list[tuple[np.ndarray, np.ndarray]]) -> None:
    comparison = Comparison("y")
    for expected, found in pairs:
        comparison.add(expected, found)
    result = comparison.result()
    same = [a.argmax(1) == b.argmax(1) for a, b in pairs]
    assert result.samples == len(pairs)
    assert result.same_top == pytest.approx(np.mean(same))
    if all(a.any() for a, _ in pairs):
        distances = [
            np.linalg.norm(a.astype(float) - b) / np.linalg.norm(a.astype(float)) for a, b in pairs
        ]
        assert result.worst_relative_l2 == pytest.approx(max(distances), rel=1e-5, abs=1e-9)
        assert result.relative_l2 == pytest.approx(np.mean(distances), rel=1e-5, abs=1e-9)


def test_equal_outputs_agree() -> None:
    comparison = Comparison("y")
    comparison.add(np.eye(3), np.eye(3))
    result = comparison.result()
    assert (result.relative_l2, result.same_top) == (0, 1)
    assert result.cosine == pytest.approx(1)


def test_a_tensor_that_is_no_scores_has_no_top() -> None:
    comparison = Comparison("boxes")
    comparison.add(np.ones((1, 3549, 85)), np.ones((1, 3549, 85)))
    assert comparison.result().same_top is None


def test_nan_on_one_side_is_infinitely_far() -> None:
    comparison = Comparison("y")
    comparison.add(np.ones((1, 3)), np.array([[1, np.nan, 1]]))
    assert math.isinf(comparison.result().worst_relative_l2)


def test_other_shapes_are_refused() -> None:
    with pytest.raises(StudioError):
        Comparison("y").add(np.ones((1, 3)), np.ones((1, 4)))

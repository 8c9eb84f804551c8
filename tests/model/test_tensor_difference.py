"""Differences of tensors against NumPy on the whole arrays."""

from math import isinf, isnan

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from trtstudio.model import tensor_summary
from trtstudio.model.errors import StudioError
from trtstudio.model.tensor_difference import difference, difference_steps, relative, subtract


@st.composite
def pairs(draw: st.DrawFn, elements: st.SearchStrategy[float]) -> tuple[np.ndarray, np.ndarray]:
    shape = draw(array_shapes(max_dims=4, max_side=6))
    a, b = (draw(arrays(np.float32, shape, elements=elements)) for _ in range(2))
    return a, b


@given(pairs(st.floats(-1e6, 1e6, width=32)), st.integers(1, 40))
def test_agrees_with_numpy(pair: tuple[np.ndarray, np.ndarray], piece: int) -> None:
    a, b = pair
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tensor_summary, "_PIECE", piece)
        found = difference(a, b, 1e-3, 1e-5)
    left, right = a.astype(np.float64), b.astype(np.float64)
    apart = np.abs(left - right)
    assert found.count == a.size and found.one_nan == 0
    assert found.max_abs == apart.max()
    assert found.max_at == np.unravel_index(apart.argmax(), apart.shape)
    assert found.mean_abs == pytest.approx(apart.mean())
    assert found.is_close == np.allclose(left, right, 1e-3, 1e-5)
    assert found.outside == (~np.isclose(left, right, 1e-3, 1e-5)).sum()
    norm = np.linalg.norm(right.ravel())
    if norm:
        assert found.relative_l2 == pytest.approx(np.linalg.norm(apart.ravel()) / norm)
    both = norm * np.linalg.norm(left.ravel())
    if both > 1e-100:
        assert found.cosine == pytest.approx(left.ravel() @ right.ravel() / both)


@given(pairs(st.floats(width=32)))
def test_nan_in_both_is_close_and_infinity_is_itself(
    pair: tuple[np.ndarray, np.ndarray],
) -> None:
    a, b = (array.astype(np.float64) for array in pair)
    found = difference(*pair)
    assert found.is_close == np.allclose(a, b, equal_nan=True)
    assert found.outside == (~np.isclose(a, b, equal_nan=True)).sum()
    assert found.one_nan == (np.isnan(a) != np.isnan(b)).sum()
    assert difference(a, a).is_close and difference(a, a).max_abs == 0


def test_the_first_of_the_largest_is_found() -> None:
    a, b = np.zeros((2, 3, 4)), np.zeros((2, 3, 4))
    a[0, 2, 1] = a[1, 0, 0] = -5
    assert difference(a, b).max_at == (0, 2, 1)
    assert isinf(difference(a, b).relative_l2) and isnan(difference(a, b).cosine)


def test_of_nothing() -> None:
    found = difference(np.zeros((0, 3)), np.ones((0, 3)))
    assert (found.count, found.max_at, found.max_abs, found.is_close) == (0, None, 0, True)
    scalar = difference(np.float32(3), np.float32(1))
    assert (scalar.max_at, scalar.max_abs) == ((), 2)


def test_other_types_and_refusal() -> None:
    half = np.array([1, 2, 3], ml_dtypes.bfloat16)
    assert difference(half, np.array([1, 2, 5], np.int64)).max_at == (2,)
    with pytest.raises(StudioError, match="cannot be compared"):
        next(difference_steps(half, half[:2]))


WIDE = [np.int64, np.uint64, np.int32, np.uint8]


@given(st.data(), st.sampled_from(WIDE), st.sampled_from(WIDE))
def test_integers_are_compared_exactly(data: st.DataObject, one: type, other: type) -> None:
    if 8 not in (np.dtype(one).itemsize, np.dtype(other).itemsize):
        one = np.int64
    a, b = (data.draw(arrays(kind, 5)) for kind in (one, other))
    near = data.draw(arrays(other, 5, elements=st.integers(0, 3)))
    if one == other:
        b = a ^ near
    exact = [int(x) - int(y) for x, y in zip(a, b, strict=True)]
    assert subtract(a, b).tolist() == [float(each) for each in exact]
    found = difference(a, b, 0, 0)
    assert found.outside == sum(each != 0 for each in exact)
    assert found.max_abs == float(max(map(abs, exact)))
    assert found.is_close == (exact == [0] * 5)
    assert (found.relative_l2 == 0) == found.is_close


def test_large_integers_that_differ_are_not_equal() -> None:
    found = difference(np.array([2**62 + 500]), np.array([2**62]), 0, 0)
    assert (found.max_abs, found.outside, found.is_close) == (500, 1, False)
    assert difference(np.array([2**62 + 500]), np.array([2**62])).is_close, "by the tolerance"


def test_values_apart() -> None:
    a, b = np.array([np.inf, 1, 0, 3]), np.array([np.inf, -1, 0, 0])
    assert subtract(a, b).tolist() == [0, 2, 0, 3]
    assert relative(a, b).tolist() == [0, 2, 0, np.inf]

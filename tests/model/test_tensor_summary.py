"""Figures over tensors against NumPy on the whole array."""

from functools import partial

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays, integer_dtypes

from trtstudio.model import tensor_summary
from trtstudio.model.tensor_summary import (
    BINS,
    TensorSummary,
    pieces_of,
    summarize,
    summary_steps,
)


def summarize_array(values: np.ndarray, bins: int = BINS) -> TensorSummary:
    return summarize(partial(pieces_of, values), bins)


FLOATS = arrays(np.float32, st.integers(1, 200), elements=st.floats(-1e6, 1e6, width=32))


@given(values=FLOATS, piece=st.integers(1, 50))
def test_agrees_with_numpy(values: np.ndarray, piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tensor_summary, "_PIECE", piece)
        found = summarize_array(values)
    exact = values.astype(np.float64)
    size = np.abs(exact).max() + 1
    assert (found.count, found.zeros) == (len(values), (values == 0).sum())
    assert (found.min, found.max) == (values.min(), values.max())
    assert found.mean == pytest.approx(exact.mean(), abs=1e-9 * size)
    assert found.variance == pytest.approx(exact.var(), abs=1e-9 * size**2)
    assert found.std == pytest.approx(exact.std(), abs=1e-4 * size)
    assert found.sum_abs == pytest.approx(np.abs(exact).sum())
    assert found.sad == pytest.approx(np.abs(np.diff(exact)).sum())
    assert sum(found.histogram) == len(values)
    assert found.distinct is None


def test_histogram_agrees_with_numpy() -> None:
    values = np.random.default_rng(0).standard_normal(10_000)
    assert summarize_array(values, 32).histogram == tuple(np.histogram(values, 32)[0])


@given(arrays(np.float64, st.integers(0, 30), elements=st.floats()))
def test_any_floats_have_a_summary(values: np.ndarray) -> None:
    found = summarize_array(values)
    finite = values[np.isfinite(values)]
    assert (found.nans, found.infs) == (np.isnan(values).sum(), np.isinf(values).sum())
    assert sum(found.histogram) == len(finite) == found.count - found.nans - found.infs
    assert found.min == (finite.min() if len(finite) else None)
    assert found.network_text.startswith("SumAbs=")


@given(arrays(integer_dtypes(endianness="="), st.integers(1, 80)), st.integers(1, 30))
def test_integers_are_told_apart(values: np.ndarray, piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tensor_summary, "_PIECE", piece)
        assert summarize_array(values).distinct == len(set(values.tolist()))


def test_too_many_integers_are_not_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensor_summary, "DISTINCT_LIMIT", 5)
    assert summarize_array(np.arange(5)).distinct == 5
    assert summarize_array(np.arange(6)).distinct is None


@pytest.mark.parametrize("name", ["bfloat16", "float8_e4m3fn", "float8_e5m2", "int4", "uint4"])
def test_small_types_count_as_what_they_stand_for(name: str) -> None:
    values = np.array([0, 1, 2, 3, 3, 0], getattr(ml_dtypes, name))
    found = summarize_array(values)
    assert (found.min, found.max, found.mean, found.zeros) == (0, 3, 1.5, 2)
    assert found.distinct == (4 if "int" in name else None)


@given(arrays(np.int32, array_shapes(max_dims=4)), st.integers(1, 7), st.integers(0, 99))
def test_pieces_are_in_c_order_whatever_the_layout(
    values: np.ndarray, piece: int, seed: int
) -> None:
    turned = values.transpose(np.random.default_rng(seed).permutation(values.ndim))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tensor_summary, "_PIECE", piece)
        pieces = list(pieces_of(turned))
    assert max(map(len, pieces)) <= piece
    np.testing.assert_array_equal(np.concatenate(pieces), turned.reshape(-1))


def test_work_is_done_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensor_summary, "_PIECE", 10)
    values = np.arange(35.0)
    *waits, last = summary_steps(partial(pieces_of, values))
    assert waits == [None] * 8 and last == summarize_array(values)


def test_all_the_same_is_one_bin() -> None:
    assert summarize_array(np.full(7, 3, np.int8)).histogram == (7,)


def test_writes_figures_as_network_printer() -> None:
    values = np.array([1.0, -2.0, 4.0], np.float32)
    want = f"SumAbs=7.00000e+00,Var={values.var():.5f},Max=4.00000,Min=-2.00000,SAD=9.00000"
    assert summarize_array(values).network_text == want

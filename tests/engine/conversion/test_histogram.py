"""Ranges for INT8 from magnitudes that come in pieces."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from trtstudio.engine.conversion.histogram import Histogram
from trtstudio.model.build.conversion import METHODS

VALUES = hnp.arrays(
    np.float32, st.integers(1, 50), elements=st.floats(-1e6, 1e6, width=32, allow_nan=False)
)


def histogram(*arrays: np.ndarray) -> Histogram:
    found = Histogram()
    for array in arrays:
        found.add(array)
    return found


@given(st.lists(VALUES, min_size=1, max_size=6))
def test_counts_everything_whatever_the_order_of_magnitudes(arrays: list[np.ndarray]) -> None:
    found, joined = histogram(*arrays), np.concatenate(arrays)
    assert found.counts.sum() == joined.size
    assert found.threshold("minmax") == np.abs(joined).max()


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_no_method_goes_beyond_the_largest(arrays: list[np.ndarray]) -> None:
    found = histogram(*arrays)
    assert all(0 <= found.threshold(method) <= found.largest for method in METHODS)


def test_percentile_against_numpy() -> None:
    random = np.random.default_rng(0)
    arrays = [random.standard_normal(50_000).astype(np.float32) for _ in range(4)]
    expected = np.quantile(np.abs(np.concatenate(arrays)), 0.9999)
    assert histogram(*arrays).threshold("percentile") == pytest.approx(expected, rel=0.02)


def test_entropy_cuts_a_long_tail_and_keeps_what_is_even() -> None:
    random = np.random.default_rng(0)
    even = random.uniform(-1, 1, 100_000).astype(np.float32)
    assert histogram(even).threshold("entropy") == pytest.approx(1, rel=0.05)
    tail = np.append(random.standard_normal(100_000), [100.0]).astype(np.float32)
    assert 2 < histogram(tail).threshold("entropy") < 20


@pytest.mark.parametrize("method", METHODS)
def test_what_is_nothing_but_zero_or_not_finite(method: str) -> None:
    assert histogram(np.zeros(9, np.float32)).threshold(method) == 0
    odd = np.array([np.nan, np.inf, -np.inf, 2.0], np.float32)
    assert histogram(odd).threshold(method) == 2

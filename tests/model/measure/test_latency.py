"""The summary of latencies against trtexec's definitions, worked out one by one."""

import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.measure.latency import percentile, summarize, variation

times = st.lists(st.floats(1e-3, 1e4), min_size=1, max_size=400)


def brute_force_percentile(samples: list[float], percent: float) -> float:
    """Drop that share of the samples from the top, one at a time, and take the largest left."""
    left = list(samples)
    share = np.float32(1) - np.float32(percent) / np.float32(100)
    for _ in range(int(share * np.float32(len(samples)))):
        left.remove(max(left))
    return max(left)


@given(times)
def test_summary_agrees_with_brute_force(samples: list[float]) -> None:
    summary = summarize(np.array(samples))
    assert (summary.min, summary.max) == (min(samples), max(samples))
    assert summary.mean == pytest.approx(statistics.fmean(samples))
    assert summary.median == pytest.approx(statistics.median(samples))
    for percent, found in ((90, summary.p90), (95, summary.p95), (99, summary.p99)):
        assert found == brute_force_percentile(samples, percent)


@given(times)
def test_a_summary_is_ordered(samples: list[float]) -> None:
    s = summarize(np.array(samples, np.float32))
    assert s.min <= s.median <= s.p90 <= s.p95 <= s.p99 <= s.max


@given(times, st.randoms())
def test_the_order_of_samples_does_not_matter(samples: list[float], random) -> None:
    shuffled = list(samples)
    random.shuffle(shuffled)
    assert summarize(np.array(shuffled)).p99 == summarize(np.array(samples)).p99


@pytest.mark.parametrize(
    ("percent", "count", "expected"),
    [
        (90, 1, 0),
        (90, 10, 8),
        (90, 15, 13),
        (90, 100, 89),
        (90, 1000, 899),
        (95, 100, 94),
        (95, 1000, 949),
        (99, 50, 49),
        (99, 100, 99),
        (99, 250, 247),
        (99, 1000, 990),
    ],
)
def test_the_index_is_trtexecs(percent: float, count: int, expected: int) -> None:
    """What its line answers that was compiled alone, in float32."""
    assert percentile(np.arange(count, dtype=float), percent) == expected


def test_no_samples_have_no_summary() -> None:
    with pytest.raises(ValueError, match="no samples"):
        summarize(np.array([]))


@given(times)
def test_variation_is_deviation_by_mean(samples: list[float]) -> None:
    expected = statistics.pstdev(samples) / statistics.fmean(samples)
    assert variation(np.array(samples)) == pytest.approx(expected, abs=1e-9)

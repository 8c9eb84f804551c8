import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.measure.bench import COLUMNS, BenchResult, Samples
from trtstudio.model.measure.latency import summarize
from trtstudio.vision.drawing.class_colors import PALETTE
from trtstudio.vision.drawing.latency_plot import latency_plot, nice_ticks


def _result(samples: np.ndarray) -> BenchResult:
    table = np.zeros((len(samples), len(COLUMNS)), np.float32)
    table[:, COLUMNS.index("latency_ms")] = samples
    parts = (summarize(samples), None, None, None, None)
    found = Samples(table)
    return BenchResult("Runtime 1.0", "Device", len(samples), 99.0, *parts, {}, samples=found)


@given(st.floats(1e-4, 1e6))
def test_ticks_are_few_even_and_reach_the_top(top: float) -> None:
    ticks = nice_ticks(top)
    assert ticks[0] == 0
    assert ticks[-1] >= top * (1 - 1e-6)
    assert 2 <= len(ticks) <= 7
    np.testing.assert_allclose(np.diff(ticks), ticks[1], rtol=1e-9)


def _row_of(pixels: np.ndarray, color: tuple[int, int, int]) -> float:
    """Where the line of this colour runs across the plot."""
    return float(np.nonzero((pixels == color).all(axis=2).sum(axis=1) > 500)[0].mean())


@pytest.mark.parametrize("count", [1, 2, 5000])
def test_any_number_of_samples_is_drawn(count: int) -> None:
    pixels = latency_plot(_result(np.full(count, 4.0, np.float32)))
    assert (pixels.shape, pixels.dtype) == ((540, 1080, 3), np.uint8)
    assert 84 < _row_of(pixels, PALETTE[0]) < 476


def test_a_slow_run_is_drawn_above_a_fast_one() -> None:
    samples = np.concatenate([np.full(90, 1.0), np.full(10, 9.0)]).astype(np.float32)
    pixels = latency_plot(_result(samples))
    median, p99 = (476 - _row_of(pixels, color) for color in PALETTE[:2])  # above the axis
    assert p99 / median == pytest.approx(9, rel=0.1)

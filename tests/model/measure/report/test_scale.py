"""Round numbers along an axis."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.measure.report.scale import Scale, round_step, tick_text, ticks

SIZES = st.floats(1e-4, 1e7)


@given(st.floats(-1e3, 1e3), SIZES)
def test_ticks_are_round_in_range_and_neither_few_nor_many(low: float, span: float) -> None:
    high = low + span
    found = ticks(low, high)
    step = round_step((high - low) / 5)
    slack = step * 1e-6
    assert 2 <= len(found) <= 6
    assert all(low - slack <= value <= high + slack for value in found)
    np.testing.assert_allclose(np.diff(found), step, rtol=1e-6)


@given(SIZES)
def test_a_step_is_round_and_not_too_large(least: float) -> None:
    step = round_step(least)
    assert least * (1 - 1e-6) <= step <= least * 2.5 * (1 + 1e-6)
    mantissa = step / 10 ** np.floor(np.log10(step * (1 + 1e-9)))
    assert min(abs(mantissa - m) for m in (1, 2, 2.5, 5)) < 1e-6


@given(st.integers(0, 50), SIZES)
def test_texts_tell_ticks_apart(number: int, least: float) -> None:
    step = round_step(least)
    here, next_one = tick_text(number * step, step), tick_text((number + 1) * step, step)
    assert here != next_one


def test_texts() -> None:
    assert [tick_text(v, 0.25) for v in (0, 0.25, 0.5, 1)] == ["0", "0.25", "0.5", "1"]
    assert [tick_text(v, 1000) for v in (0, 1000, 20000)] == ["0", "1,000", "20,000"]


def test_places() -> None:
    scale = Scale(1.0, 3.0, 100, 0)
    assert (scale.at(1.0), scale.at(2.0), scale.at(3.0)) == (100, 50, 0)
    np.testing.assert_allclose(scale.all_at(np.array([1.0, 3.0])), [100, 0])

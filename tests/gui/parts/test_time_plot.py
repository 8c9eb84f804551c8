"""Curves over time: nothing that could be seen is lost, the axis follows, clocks lie below."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.measure.bench_plots import axis_end_s
from trtstudio.gui.measure.clocks_plot import throttling, told
from trtstudio.gui.measure.samples import SampleLog
from trtstudio.gui.parts.time_plot import POINTS, TimePlot, in_view
from trtstudio.gui.theme import theme
from trtstudio.model.measure.bench import COLUMNS, HELD_DOWN, ClockSample, Samples


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    qapp.setStyle("Fusion")
    theme().apply("light")
    yield


@given(
    npst.arrays(np.float32, st.integers(0, 300), elements=st.floats(0, 1e3, width=32)),
    st.floats(-1, 4),
    st.floats(0, 4),
    st.integers(10, 80),
)
def test_what_is_in_view_keeps_its_peaks(
    values: np.ndarray, low: float, width: float, points: int
) -> None:
    times = np.arange(len(values)) / 100
    shown_times, shown = in_view(times, values, low, low + width, points)
    inside = (times >= low) & (times < low + width)
    assert len(shown) == len(shown_times) <= points + 4
    assert (np.diff(shown_times) >= 0).all()
    assert set(shown) <= set(values)
    if inside.any():
        assert shown.max() >= values[inside].max() and shown.min() <= values[inside].min()
        assert shown_times[0] <= times[inside][0] and len(shown_times)


def test_the_axis_follows_until_a_part_is_chosen(qtbot: QtBot) -> None:
    plot = TimePlot("ms", "s")
    qtbot.addWidget(plot)
    plot.resize(500, 200)
    plot.show()
    number = plot.add_series()
    times = np.linspace(0, 10, 50_000)
    plot.set_series(number, times, np.sin(times))
    plot.show_until(10)
    assert plot.range_s == (0, 10)
    curve = plot._series[number].curve
    assert len(curve.getOriginalDataset()[0]) <= POINTS + 4
    box = plot._item.getViewBox()
    box.setXRange(2, 2.1, padding=0)
    box.sigRangeChangedManually.emit([True, False])
    shown = curve.getOriginalDataset()[0]
    assert len(shown) == pytest.approx(500, abs=4), "every value of a small part"
    plot.show_until(20)
    assert plot.range_s == pytest.approx((2, 2.1))
    plot.show_all()
    assert plot.range_s == (0, 20)


def test_a_follower_shows_the_same_seconds(qtbot: QtBot) -> None:
    leader, follower = TimePlot("ms", "s"), TimePlot("W", "")
    for plot in (leader, follower):
        qtbot.addWidget(plot)
        plot.resize(500, 100)
        plot.add_series()
        plot.show()
    follower.follow(leader)
    times = np.linspace(0, 8, 100)
    for plot in (leader, follower):
        plot.set_series(0, times, times)
        plot.show_until(8)
    leader._item.getViewBox().setXRange(3, 4, padding=0)
    assert follower.range_s == pytest.approx((3, 4), abs=0.1)
    assert not follower._item.getAxis("bottom").isVisible()


@given(st.floats(0, 1e4), st.floats(0.1, 3600))
def test_the_axis_ends_at_or_after_the_last_and_grows_in_few_steps(
    end_s: float, whole_s: float
) -> None:
    shown = axis_end_s(end_s, whole_s)
    assert shown >= end_s
    assert shown <= max(end_s, whole_s)
    assert shown in (end_s, whole_s) or shown == 2 ** round(np.log2(shown))


# Samples that grow


@given(st.lists(st.integers(0, 5000), max_size=6))
def test_a_log_holds_all_batches_in_order(sizes: list[int]) -> None:
    log, rng = SampleLog(), np.random.default_rng(0)
    batches = [Samples(rng.random((n, len(COLUMNS)), np.float32)) for n in sizes]
    views = []
    for batch in batches:
        assert log.add([batch]) == bool(len(batch))
        views.append((log.column("gpu_ms"), log.column("gpu_ms").copy()))
    whole = np.concatenate([np.empty((0, len(COLUMNS)), np.float32), *(b.table for b in batches)])
    np.testing.assert_array_equal(log.samples().table, whole)
    assert len(log) == len(whole)
    np.testing.assert_array_equal(log.column("end_s", last=10), whole[-10:, 6])
    for view, copy in views:
        np.testing.assert_array_equal(view, copy)
    np.testing.assert_array_equal(SampleLog(Samples(whole)).samples().table, whole)


# Clocks

REASONS = st.lists(st.sampled_from([*HELD_DOWN, "sync boost", "display clocks"]), max_size=2)


@given(st.lists(REASONS, max_size=30))
def test_every_state_that_is_held_down_is_shaded(reasons: list[list[str]]) -> None:
    clocks = [ClockSample(0.1 * n, throttle=tuple(r)) for n, r in enumerate(reasons)]
    starts, ends, named = throttling(clocks)
    assert len(starts) == len(ends) and (starts[1:] > ends[:-1]).all()
    for clock, following in pairwise(clocks):
        middle = (clock.time_s + following.time_s) / 2
        is_shaded = bool(((starts <= middle) & (middle < ends)).any())
        assert is_shaded == bool(set(clock.throttle) & set(HELD_DOWN))
    assert set(named) == {r for each in reasons for r in each if r in HELD_DOWN}


def test_what_is_not_told_is_left_out() -> None:
    values = told([ClockSample(0, 1980), ClockSample(1)], "sm_mhz")
    assert values[0] == 1980 and np.isnan(values[1])

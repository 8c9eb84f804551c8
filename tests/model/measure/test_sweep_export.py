"""A sweep as a table and as curves."""

from collections.abc import Callable

import numpy as np

from trtstudio.model.measure.bench import BenchResult, SweepPoint
from trtstudio.model.measure.sweep_export import FIGURES, sweep_curves, sweep_rows

Measured = Callable[..., BenchResult]


def test_a_curve_for_every_value_of_the_other_axes(measured: Measured) -> None:
    points = [
        SweepPoint({"batch": b, "streams": s}, measured([b * 10.0 + s]))
        for s in (1, 2)
        for b in (4, 1, 2)
    ]
    points.append(SweepPoint({"batch": 8, "streams": 1}, problem="too large"))
    found = sweep_curves(("batch", "streams"), points, "latency")
    assert list(found) == ["streams 1", "streams 2"]
    x, y = found["streams 2"]
    np.testing.assert_allclose(x, [1, 2, 4])
    np.testing.assert_allclose(y, [12, 22, 42])
    _, rates = sweep_curves(("batch", "streams"), points, "throughput")["streams 1"]
    np.testing.assert_allclose(rates, 1000 / np.array([11, 21, 41]), rtol=1e-6)


def test_one_axis_has_one_curve_without_a_name(measured: Measured) -> None:
    points = [SweepPoint({"batch": 1}, measured([1.0]))]
    assert list(sweep_curves(("batch",), points, "latency")) == [""]
    assert sweep_curves(("batch",), [SweepPoint({"batch": 1}, problem="no")], "latency") == {}


def test_rows(measured: Measured) -> None:
    points = [
        SweepPoint({"batch": 1}, measured([1.0])),
        SweepPoint({"batch": 2}, problem="too large"),
    ]
    head, first, second = sweep_rows(("batch",), points)
    assert head == ["batch", *FIGURES, "problem"]
    assert first == ["1", "1000.0", "1.000", "1.000", "0.500", "", ""]
    assert second == ["2", "", "", "", "", "", "too large"]

"""A sweep's points as a table, as CSV, as JSON and as curves. Any thread."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

import numpy as np

from trtstudio.model.measure.bench import BenchResult, SweepPoint, point_words
from trtstudio.model.measure.bench_export import bench_json
from trtstudio.model.measure.sweep_axes import AxisValue, across, places, value_words
from trtstudio.model.run import Array

FIGURES = ("per second", "latency ms", "p99 ms", "gpu ms", "enqueue ms")


def figures(result: BenchResult | None) -> list[str]:
    """One cell for each of FIGURES, empty where it was not measured."""
    if result is None:
        return [""] * len(FIGURES)
    rest = (result.gpu_ms, result.enqueue_ms)
    return [
        f"{result.throughput_qps:.1f}",
        f"{result.latency_ms.median:.3f}",
        f"{result.latency_ms.p99:.3f}",
        *("" if summary is None else f"{summary.median:.3f}" for summary in rest),
    ]


def sweep_rows(axes: Iterable[str], points: Iterable[SweepPoint]) -> list[list[str]]:
    """A head and a row for each point."""
    names = list(axes)
    rows = [[*names, *FIGURES, "problem"]]
    for point in points:
        values = (value_words(point.values[name]) for name in names)
        rows.append([*values, *figures(point.result), point.problem])
    return rows


def points_json(points: Iterable[SweepPoint], *, samples: bool = False) -> list[dict[str, Any]]:
    """Every point; a result is null where there is none."""
    return [
        {
            "values": point.values,
            "problem": point.problem,
            "result": bench_json(point.result, samples=samples) if point.result else None,
        }
        for point in points
    ]


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Rows of cells as CSV, without a line break at the end."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().rstrip("\n")


def sweep_curves(
    axes: Sequence[str],
    points: Sequence[SweepPoint],
    quantity: Literal["latency", "throughput"],
    words: Callable[[AxisValue], str] = value_words,
) -> dict[str, tuple[Array, Array]]:
    """``latency`` (median in ms) or ``throughput`` (per second) over the axis ``across``, at the
    ``places`` of its values: a curve for every combination of values of the others, by their words.
    Points without a result are left out.
    """
    first = across(axes)
    rest = [axis for axis in axes if axis != first]
    place = places(first, [point.values for point in points])
    found: dict[str, list[tuple[float, float]]] = {}
    for point in points:
        if point.result is not None:
            name = point_words({axis: point.values[axis] for axis in rest}, words)
            latency, rate = point.result.latency_ms.median, point.result.throughput_qps
            value = latency if quantity == "latency" else rate
            found.setdefault(name, []).append((place[point.values[first]], value))
    return {name: _columns(sorted(curve)) for name, curve in found.items()}


def _columns(points: Sequence[tuple[float, float]]) -> tuple[Array, Array]:
    table = np.array(points, np.float64)
    return table[:, 0], table[:, 1]

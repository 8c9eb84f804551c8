"""A sweep's points as a table, as CSV and as JSON. Any thread."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from trtstudio.model.bench import BenchResult, SweepPoint
from trtstudio.model.bench_export import bench_json

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
        values = (str(point.values[name]) for name in names)
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

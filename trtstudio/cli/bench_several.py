"""``trtstudio bench`` with ``--why`` or ``--sweep``: several measurements in one table."""

import csv
import io
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from trtstudio.cli.output import Phases, Report, say, table
from trtstudio.engine.loop_comparison import compare_loops
from trtstudio.engine.session import Session
from trtstudio.engine.sweep import sweep
from trtstudio.model.bench import (
    BenchRequest,
    BenchResult,
    CompareLoopsRequest,
    LoopVariant,
    SweepPoint,
    SweepRequest,
    SweepResult,
)
from trtstudio.model.bench_export import bench_json, comparison_json
from trtstudio.model.errors import Cancelled
from trtstudio.model.sweep_file import about, read_points, write_points

_FIGURES = ("per second", "latency ms", "p99 ms", "gpu ms", "enqueue ms")


def why(
    session: Session, options: Namespace, request: BenchRequest, cancelled: Callable[[], bool]
) -> Report:
    """One loop after another, with what each change brings."""
    found = compare_loops(
        session, CompareLoopsRequest(request), cancelled=cancelled, on_progress=Phases()
    )
    if not found.complete:
        raise Cancelled("stopped")
    rows = [["loop", *_FIGURES, "ratio"], *map(_variant_row, found.variants)]
    if options.csv:
        return Report(0, {}, _csv(rows))
    causes = (f"{v.name}: {v.cause or v.problem}" for v in found.variants)
    text = "\n".join((f"{found.runtime} on {found.device}", "", _table(rows), "", *causes))
    return Report(0, comparison_json(found, samples=options.samples), text)


def _variant_row(variant: LoopVariant) -> list[str]:
    ratio = "" if variant.ratio is None else f"{variant.ratio:.2f}"
    return [variant.name, *_figures(variant.result), ratio]


def sweep_all(
    session: Session,
    options: Namespace,
    request: BenchRequest,
    axes: dict[str, tuple[int, ...]],
    cancelled: Callable[[], bool],
) -> Report:
    """Every point of the grid; those that are complete are kept where that is wanted."""
    kept = about(options.file, request)
    if options.keep:
        kept = replace(kept, points=read_points(options.keep, kept))
        say(f"{len(kept.points)} points are there already.")

    def keep(point: SweepPoint) -> None:
        nonlocal kept
        if options.keep:
            kept = replace(kept, points=(*kept.points, point))
            write_points(options.keep, kept)

    wanted = SweepRequest(request, axes, kept.points)
    found = sweep(session, wanted, cancelled=cancelled, on_point=keep, on_progress=Phases())
    if not found.complete:
        raise Cancelled("stopped")
    rows = [[*axes, *_FIGURES, "problem"], *map(_point_row, found.points)]
    if options.csv:
        return Report(0, {}, _csv(rows))
    text = f"{found.runtime} on {found.device}\n\n{_table(rows)}"
    code = 0 if any(point.result for point in found.points) else 1
    return Report(code, _sweep_json(found, options), text)


def _point_row(point: SweepPoint) -> list[str]:
    return [*map(str, point.values.values()), *_figures(point.result), point.problem]


def _sweep_json(found: SweepResult, options: Namespace) -> dict[str, Any]:
    return {
        "runtime": found.runtime,
        "device": found.device,
        "points": [
            {
                "values": point.values,
                "problem": point.problem,
                "result": _result_json(point.result, options),
            }
            for point in found.points
        ],
    }


def _result_json(result: BenchResult | None, options: Namespace) -> dict[str, Any] | None:
    return None if result is None else bench_json(result, samples=options.samples)


def _figures(result: BenchResult | None) -> list[str]:
    """One cell for each of _FIGURES, empty where it was not measured."""
    if result is None:
        return [""] * len(_FIGURES)
    rest = (result.gpu_ms, result.enqueue_ms)
    return [
        f"{result.throughput_qps:.1f}",
        f"{result.latency_ms.median:.3f}",
        f"{result.latency_ms.p99:.3f}",
        *("" if summary is None else f"{summary.median:.3f}" for summary in rest),
    ]


def _table(rows: Sequence[Sequence[str]]) -> str:
    numbers = [n for n, name in enumerate(rows[0]) if name not in ("loop", "problem")]
    return table(rows, right=numbers)


def _csv(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().rstrip("\n")

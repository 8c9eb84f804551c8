"""Kept benchmarks and sweeps for other programs: as JSON, and as CSV. Any thread."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from trtstudio.model.bench_export import bench_json
from trtstudio.model.bench_figures import FIGURES, batch_of, shapes_text
from trtstudio.model.bench_history import BenchmarkRun, KeptSamples, SweepRun
from trtstudio.model.history import Kept
from trtstudio.model.sweep_export import as_csv, points_json, sweep_rows

_HEAD = ("number", "when", "model", "file", "sha256", "runtime", "device", "driver")


def benchmark_json(kept: Kept[BenchmarkRun], found: KeptSamples | None = None) -> dict[str, Any]:
    """A benchmark with where it was made; its inferences and clocks too where they are given."""
    run = kept.entry
    result = run.result
    if found is not None:
        result = replace(result, samples=found.samples, clocks=found.clocks)
    return {
        "number": kept.id,
        "when": kept.added_at,
        "note": run.note,
        **asdict(run.subject),
        "warmup_ms": run.request.warmup_ms,
        "seed": run.request.seed,
        "clock_summary": asdict(run.clocks) if run.clocks else None,
        **bench_json(result, samples=found is not None),
    }


def sweep_json(kept: Kept[SweepRun]) -> dict[str, Any]:
    """A sweep with all that was measured."""
    run = kept.entry
    return {
        "number": kept.id,
        "when": kept.added_at,
        "note": run.note,
        **asdict(run.subject),
        "runtime": run.runtime,
        "device": run.device,
        "axes": run.axes,
        "complete": run.complete,
        "points": points_json(run.points),
    }


def benchmarks_csv(kept: Iterable[Kept[BenchmarkRun]]) -> str:
    """A row for each benchmark with all of FIGURES."""
    names = (f"{figure.name} ({figure.unit})" for figure in FIGURES)
    rows: list[Sequence[object]] = [(*_HEAD, "method", "batch", "shapes", *names, "note")]
    for each in kept:
        run, result = each.entry, each.entry.result
        about = run.subject
        values = (figure.of(result) for figure in FIGURES)
        rows.append(
            (
                each.id,
                each.added_at,
                about.model,
                about.file,
                about.sha256,
                result.runtime,
                result.device,
                about.driver,
                result.method,
                batch_of(run) or "",
                shapes_text(run),
                *("" if value is None else f"{value:.7g}" for value in values),
                run.note,
            )
        )
    return as_csv(rows)


def sweep_csv(run: SweepRun) -> str:
    """A row for each point."""
    return as_csv(sweep_rows(run.axes, run.points))

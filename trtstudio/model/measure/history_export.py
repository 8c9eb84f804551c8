"""Kept benchmarks and sweeps for other programs: as JSON, as CSV, and as an HTML page. Any
thread.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from trtstudio.model.errors import StudioError
from trtstudio.model.files import whole_file
from trtstudio.model.history import History, Kept
from trtstudio.model.language import ENGLISH, Language
from trtstudio.model.measure.bench import method
from trtstudio.model.measure.bench_export import bench_json
from trtstudio.model.measure.bench_figures import FIGURES, batch_of, part_text, shapes_text
from trtstudio.model.measure.bench_history import BenchmarkRun, KeptSamples, SweepRun, samples_of
from trtstudio.model.measure.sweep_export import as_csv, points_json, sweep_rows

ExportForm = Literal["html", "csv", "json", "samples"]
"""``samples`` is JSON with every single inference."""

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
        "part": asdict(run.part) if run.part else None,
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
        "method": method(run.base),
        "warmup_ms": run.base.warmup_ms,
        "duration_s": run.base.duration_s,
        "seed": run.base.seed,
        "axes": run.axes,
        "complete": run.complete,
        "points": points_json(run.points),
    }


def benchmarks_csv(kept: Iterable[Kept[BenchmarkRun]]) -> str:
    """A row for each benchmark with all of FIGURES."""
    names = (f"{figure.name} ({figure.unit})" for figure in FIGURES)
    rows: list[Sequence[object]] = [
        (*_HEAD, "method", "part of", "batch", "shapes", *names, "note")
    ]
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
                part_text(run.part),
                batch_of(result) or "",
                shapes_text(run),
                *("" if value is None else f"{value:.7g}" for value in values),
                run.note,
            )
        )
    return as_csv(rows)


def sweep_csv(run: SweepRun) -> str:
    """A row for each point."""
    return as_csv(sweep_rows(run.axes, run.points))


def write_export(
    history: History,
    path: Path,
    form: ExportForm,
    runs: Sequence[Kept[BenchmarkRun]],
    sweeps: Sequence[Kept[SweepRun]] = (),
    language: Language = ENGLISH,
) -> None:
    """Write these to a file; the first benchmark is what the others are compared with, and a page
    is in this language. Raises StudioError where it cannot be written, and where CSV would need
    several kinds of rows.
    """
    content = _content(history, form, runs, sweeps, language)
    with whole_file(path) as file:
        file.write(content)


def _content(
    history: History,
    form: ExportForm,
    runs: Sequence[Kept[BenchmarkRun]],
    sweeps: Sequence[Kept[SweepRun]],
    language: Language,
) -> bytes:
    if form == "html":
        return _html(history, runs, sweeps, language)
    if form == "csv":
        return f"{as_rows(runs, sweeps)}\n".encode()
    found = [samples_of(history, run.id) if form == "samples" else None for run in runs]
    data = {
        "benchmarks": [benchmark_json(*pair) for pair in zip(runs, found, strict=True)],
        "sweeps": [sweep_json(sweep) for sweep in sweeps],
    }
    return msgspec.json.format(msgspec.json.encode(data)) + b"\n"


def _html(
    history: History,
    runs: Sequence[Kept[BenchmarkRun]],
    sweeps: Sequence[Kept[SweepRun]],
    language: Language,
) -> bytes:
    from trtstudio.model.measure.report import Reported, report

    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    found = [Reported(run, samples_of(history, run.id)) for run in runs]
    return report(found, sweeps, now, language)


def as_rows(runs: Sequence[Kept[BenchmarkRun]], sweeps: Sequence[Kept[SweepRun]] = ()) -> str:
    """Benchmarks or one sweep as CSV; raises StudioError for anything else."""
    if len(sweeps) == 1 and not runs:
        return sweep_csv(sweeps[0].entry)
    if sweeps or not runs:
        raise StudioError(
            "CSV has the same columns in every row: it takes benchmarks, or one sweep.",
            hint="Choose those alone, or export JSON.",
        )
    return benchmarks_csv(runs)

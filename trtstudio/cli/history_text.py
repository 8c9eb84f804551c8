"""Entries of the history as people read them in a terminal."""

from collections.abc import Sequence
from pathlib import Path

from trtstudio.cli.output import table
from trtstudio.model.build.build_history import BuildRun
from trtstudio.model.build.profile_text import format_profile
from trtstudio.model.history import Kept, local_time
from trtstudio.model.measure.bench_export import figure_rows
from trtstudio.model.measure.bench_figures import (
    compared,
    facts,
    figure_text,
    part_text,
    ratio_text,
)
from trtstudio.model.measure.bench_history import BenchmarkRun, SweepRun
from trtstudio.model.measure.sweep_export import sweep_rows
from trtstudio.model.quantities import format_bytes, format_rate
from trtstudio.model.words import counted

Run = BenchmarkRun | SweepRun | BuildRun
_WIDEST = 40


def listing(found: Sequence[Kept[Run]]) -> str:
    """A row for each."""
    if not found:
        return "There is nothing yet: builds and benchmarks enter the history by themselves."
    head = ("N", "when", "what", "model", "runtime", "figures", "note")
    rows = [head, *((str(k.id), local_time(k.added_at), *_cells(k.entry)) for k in found)]
    return table(rows, right=(0,), widest=_WIDEST)


def entry_text(kept: Kept[Run]) -> str:
    """All about one."""
    run = kept.entry
    if isinstance(run, BenchmarkRun):
        what, text = "benchmark", _benchmark_text(run)
    elif isinstance(run, SweepRun):
        what, text = "sweep", _sweep_text(run)
    else:
        what, text = "build", _build_text(run)
    return f"{kept.id}: {what} of {local_time(kept.added_at)}\n\n{text}"


def _benchmark_text(run: BenchmarkRun) -> str:
    rows = figure_rows(run.result)
    rate = f"{run.result.throughput_qps:,.1f} per second"
    figures = table(rows, right=range(1, len(rows[0])))
    warnings = "\n".join(f"warning: {text}" for text in run.result.warnings)
    parts = (table(list(facts(run).items())), f"{rate}\n\n{figures}", warnings)
    return "\n\n".join(part for part in parts if part)


def _sweep_text(run: SweepRun) -> str:
    rows = sweep_rows(run.axes, run.points)
    state = "complete" if run.complete else "stopped before its end"
    figures = table(rows, right=range(len(rows[0]) - 1))
    return f"{run.subject.file}\n{run.runtime} on {run.device}, {state}\n\n{figures}"


def run_table(runs: Sequence[Kept[BenchmarkRun]]) -> str:
    """The figures of several benchmarks, and their ratios to the first."""
    rows = [["", *(str(run.id) for run in runs)]]
    for row in compared([run.entry.result for run in runs]):
        unit = row.figure.unit
        cells = [figure_text(row.values[0], unit)]
        for value, ratio in list(zip(row.values, row.ratios, strict=True))[1:]:
            cells.append(f"{figure_text(value, unit)} {ratio_text(ratio)}".strip())
        rows.append([f"{row.figure.name} {unit}", *cells])
    return table(rows, right=range(1, len(runs) + 1))


def _cells(run: Run) -> tuple[str, str, str, str, str]:
    """What it is, of which file, by what, its figures and its note."""
    if isinstance(run, BenchmarkRun):
        result = run.result
        figures = f"{result.latency_ms.median:.3f} ms, {format_rate(result.throughput_qps)}"
        what = part_text(run.part) or "benchmark"
        return what, Path(run.subject.file).name, result.runtime, figures, run.note
    if isinstance(run, SweepRun):
        figures = f"{counted(len(run.points), 'point')} over {', '.join(run.axes)}"
        return "sweep", Path(run.subject.file).name, run.runtime, figures, run.note
    outcome = f"{run.outcome} in {run.seconds:.1f} s"
    return "build", Path(run.request.model).name, run.runtime, outcome, ""


def _build_text(run: BuildRun) -> str:
    request = run.request
    rows = [
        ("model", request.model),
        ("plan", request.plan),
        ("precision", request.precision),
        ("for", ", ".join(request.targets)),
        *(("profile", " ".join(format_profile(profile))) for profile in request.profiles),
        ("flags", ", ".join(request.flags)),
        ("options", ", ".join(f"{name} = {value}" for name, value in request.options.items())),
        ("built by", run.runtime),
        ("outcome", f"{run.outcome} after {run.seconds:.1f} s"),
        ("problem", run.problem),
    ]
    if run.result is not None:
        rows += [("size", format_bytes(run.result.plan_bytes)), ("sha256", run.result.sha256)]
    return table([row for row in rows if row[1]])

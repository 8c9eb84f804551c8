"""The figures of several benchmarks beside each other, with their ratios to the first. Plain data
and functions; any thread.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from trtstudio.model.graph import format_shape
from trtstudio.model.language import Words
from trtstudio.model.measure.bench import BenchResult, method
from trtstudio.model.measure.bench_history import BenchmarkRun, Part, Subject, SweepRun
from trtstudio.model.measure.clock_summary import clock_words


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a benchmark, as ``latency p99`` in ``ms``; None where it was not measured."""

    name: str
    unit: str
    of: Callable[[BenchResult], float | None]
    more_is_better: bool = False


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of each benchmark, and its ratio to that of the first."""

    figure: Figure
    values: tuple[float | None, ...]
    ratios: tuple[float | None, ...]


def _time(name: str, quantity: str, statistic: str) -> Figure:
    def of(result: BenchResult) -> float | None:
        summary = getattr(result, quantity)
        return None if summary is None else float(getattr(summary, statistic))

    return Figure(f"{name} {statistic}", "ms", of)


def batch_of(result: BenchResult) -> int | None:
    """The first size where all inputs that have one agree on it."""
    sizes = {shape[0] for shape in result.shapes.values() if shape}
    return sizes.pop() if len(sizes) == 1 else None


def _items_per_second(result: BenchResult) -> float | None:
    batch = batch_of(result)
    return result.throughput_qps * batch if batch else None


FIGURES = (
    Figure("throughput", "1/s", lambda result: result.throughput_qps, more_is_better=True),
    Figure("items of batches", "1/s", _items_per_second, more_is_better=True),
    *(_time("latency", "latency_ms", s) for s in ("median", "mean", "p90", "p95", "p99", "max")),
    _time("compute", "gpu_ms", "median"),
    _time("copy in", "h2d_ms", "median"),
    _time("copy out", "d2h_ms", "median"),
    _time("enqueue", "enqueue_ms", "median"),
    _time("host", "host_ms", "median"),
)


def compared(results: Sequence[BenchResult]) -> list[FigureRow]:
    """A row for every figure that any of them has and that no other row repeats."""
    rows: list[FigureRow] = []
    for figure in FIGURES:
        values = tuple(figure.of(result) for result in results)
        is_repeated = any(row.values == values and row.figure.unit == "1/s" for row in rows)
        if any(value is not None for value in values) and not is_repeated:
            rows.append(FigureRow(figure, values, _ratios(values)))
    return rows


def _ratios(values: Sequence[float | None]) -> tuple[float | None, ...]:
    first = values[0]
    return tuple(value / first if first and value is not None else None for value in values)


def figure_text(value: float | None, unit: str) -> str:
    """``1.234`` for ms, ``1,234.5`` for a rate; empty where there is none."""
    if value is None:
        return ""
    return f"{value:.3f}" if unit == "ms" else f"{value:,.1f}"


def ratio_text(ratio: float | None) -> str:
    """``x 0.93``; empty where there is none."""
    return "" if ratio is None else f"x {ratio:.3g}" if ratio >= 10 else f"x {ratio:.2f}"


def shapes_text(run: BenchmarkRun) -> str:
    """``images 8x3x224x224``, of every input."""
    shapes = run.result.shapes.items()
    return ", ".join(f"{name} {'x'.join(map(str, shape)) or 'scalar'}" for name, shape in shapes)


def title_of(run: BenchmarkRun) -> str:
    """What ran, with its user's note."""
    name = Path(run.subject.file).name
    named = f"{name}, {run.part.name}" if run.part else name
    return f"{named} ({run.note})" if run.note else named


def part_text(part: Part | None) -> str:
    """``loops of 12: overlapped``, empty for a benchmark on its own."""
    return f"{part.of} of {part.first}: {part.name}" if part else ""


def facts(run: BenchmarkRun, words: Words = str) -> dict[str, str]:
    """How and where it was measured, by names that do not change; only what is known."""
    result = run.result
    found = {
        **_where(run.subject, result.runtime, result.device),
        "method": words(result.method),
        "part of": part_text(run.part),
        "shows": words(run.part.brings) if run.part else "",
        "shapes": ", ".join(f"{name} [{format_shape(s)}]" for name, s in result.shapes.items()),
        "loading": _loading(run.subject),
        "seed": str(run.request.seed),
        "warm-up": f"{run.request.warmup_ms:g} ms",
        "inferences": f"{result.iterations:,}",
        "duration": f"{result.seconds:.1f} s",
        "clocks": clock_words(run.clocks, words) if run.clocks else words(result.clocks_problem),
        "note": run.note,
    }
    return {name: text for name, text in found.items() if text}


def sweep_facts(run: SweepRun, words: Words = str) -> dict[str, str]:
    """The same of a sweep."""
    found = {
        **_where(run.subject, run.runtime, run.device),
        "method": words(method(run.base)),
        "loading": _loading(run.subject),
        "seed": str(run.base.seed),
        "warm-up": f"{run.base.warmup_ms:g} ms",
        "each point": f"{run.base.duration_s:g} s",
        "note": run.note,
    }
    return {name: text for name, text in found.items() if text}


def _where(subject: Subject, runtime: str, device: str) -> dict[str, str]:
    return {
        "file": subject.file,
        "model": subject.model if subject.model != subject.file else "",
        "sha256": subject.sha256,
        "runtime": runtime,
        "device": device,
        "driver": subject.driver,
        "system": subject.system,
    }


def _loading(subject: Subject) -> str:
    options = subject.options
    return ", ".join(f"{name} {getattr(options, name)}" for name in options.chosen())

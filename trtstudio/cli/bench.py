"""``trtstudio bench``."""

from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from typing import Any

from trtstudio.cli.output import Phases, Report, say, table
from trtstudio.engine.benchmark import benchmark
from trtstudio.engine.opening import open_session
from trtstudio.model.errors import Cancelled
from trtstudio.model.graph import format_shape
from trtstudio.model.run import Array, BenchRequest, BenchResult, LoadRequest, Summary

TIMES = ("latency_ms", "gpu_ms", "h2d_ms", "d2h_ms", "enqueue_ms")


def bench(options: Namespace, cancelled: Callable[[], bool]) -> Report:
    """Load, measure, and say what else than the GPU the figures depend on."""
    load = LoadRequest(str(options.file), options.runtime)
    with closing(open_session(load, 0, Phases())) as session:
        request = BenchRequest(
            session=0,
            shapes=dict(options.shape),
            warmup_ms=options.warmup,
            duration_s=options.duration,
            iterations=options.iterations,
        )
        say(f"Measuring for {options.duration:g} s ...")
        result = benchmark(session, request, on_samples=_ignore, cancelled=cancelled)
    if cancelled():
        raise Cancelled("stopped")
    for warning in result.warnings:
        say(f"warning: {warning}")
    return Report(0, bench_json(result), bench_text(result))


def _ignore(_samples_ms: Array) -> None:
    """Nothing is shown while measuring: a terminal that scrolls would disturb it."""


def bench_json(result: BenchResult) -> dict[str, Any]:
    """The result without the single samples; what was not measured is null."""
    summaries = {name: _summary(result, name) for name in TIMES}
    return {
        "runtime": result.runtime,
        "device": result.device,
        "iterations": result.iterations,
        "throughput_qps": result.throughput_qps,
        **{name: asdict(summary) if summary else None for name, summary in summaries.items()},
        "shapes": result.shapes,
        "warnings": result.warnings,
    }


def _summary(result: BenchResult, name: str) -> Summary | None:
    summary: Summary | None = getattr(result, name)
    return summary


def bench_text(result: BenchResult) -> str:
    """The times in ms as a table."""
    measured = [(name, s) for name in TIMES if (s := _summary(result, name)) is not None]
    columns = list(asdict(result.latency_ms))
    rows = [["ms", *columns]]
    for name, summary in measured:
        values = asdict(summary)
        rows.append([name.removesuffix("_ms"), *(f"{values[c]:.3f}" for c in columns)])
    shapes = ", ".join(f"{name} {format_shape(shape)}" for name, shape in result.shapes.items())
    return "\n".join(
        (
            f"{result.runtime} on {result.device}",
            f"{shapes}: {result.iterations} inferences, {result.throughput_qps:.1f} per second",
            "",
            table(rows, right=range(1, len(columns) + 1)),
        )
    )

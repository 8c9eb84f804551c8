"""A benchmark's figures as text and as JSON, to be pasted elsewhere or kept as files. Safe in any
thread.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from trtstudio.gui.measure.measurement import Measurement
from trtstudio.model.files import whole_file
from trtstudio.model.graph import format_shape
from trtstudio.model.measure.bench import BenchResult, LoopVariant, Samples, method
from trtstudio.model.measure.bench_export import bench_csv, bench_json, samples_csv

STATISTICS = ("median", "mean", "p90", "p95", "p99", "min", "max")
_MEDIANS = ("latency", "gpu", "h2d", "d2h", "enqueue")
ExportKind = Literal["json", "csv", "samples"]


def as_json(measurement: Measurement) -> str:
    """The keys are those of ``trtstudio bench --json``; fewer while there is no result."""
    if measurement.result is not None:
        data = bench_json(measurement.result)
    else:
        data = {
            "runtime": measurement.explanation,
            "method": method(measurement.request),
            "iterations": measurement.count,
            "throughput_qps": measurement.throughput_qps,
            **{name: asdict(summary) for name, summary in measurement.summaries().items()},
        }
    return json.dumps(data, indent=2)


def as_text(measurement: Measurement) -> str:
    """What ran where, a row for each statistic and a column for each quantity, in ms."""
    found, result = measurement.summaries(), measurement.result
    shapes = result.shapes if result else measurement.request.shapes
    lines = [measurement.explanation]
    lines += [f"{name}  [{format_shape(shape)}]" for name, shape in shapes.items()]
    lines.append(f"method  {result.method if result else method(measurement.request)}")
    lines.append(f"iterations  {measurement.count:,}")
    lines.append(f"throughput  {measurement.throughput_qps:,.1f} per second")
    lines.append("")
    lines.append(" " * 8 + "".join(f"{name:>12}" for name in found))
    for statistic in STATISTICS:
        cells = (f"{getattr(summary, statistic):12.4f}" for summary in found.values())
        lines.append(f"{statistic:<8}" + "".join(cells))
    if result is not None:
        lines += ["", *result.warnings]
    return "\n".join(lines)


def save_result(path: Path, result: BenchResult, samples: Samples, kind: ExportKind) -> None:
    """JSON with every inference, the table as CSV, or every inference as CSV. For the io thread;
    raises StudioError where it cannot be written.
    """
    with whole_file(path) as file:
        if kind == "json":
            file.write(json.dumps(bench_json(result, samples=True)).encode() + b"\n")
        elif kind == "csv":
            file.write(bench_csv(result).encode() + b"\n")
        else:
            file.writelines(line.encode() + b"\n" for line in samples_csv(samples))


def variant_figures(variant: LoopVariant) -> dict[str, str]:
    """What is shown of one loop: its throughput, the medians of its times in ms, and its ratio to
    the first; empty where it was not measured.
    """
    result = variant.result
    if result is None:
        return dict.fromkeys(("qps", *_MEDIANS, "ratio"), "")
    found = {name: getattr(result, f"{name}_ms") for name in _MEDIANS}
    medians = {name: f"{s.median:.3f}" if s is not None else "" for name, s in found.items()}
    ratio = f"{variant.ratio:.2f}" if variant.ratio is not None else ""
    return {"qps": f"{result.throughput_qps:,.1f}", **medians, "ratio": ratio}


def comparison_text(explanation: str, variants: list[LoopVariant]) -> str:
    """Every loop with its figures, and below it what it brings."""
    width = max((len(variant.name) for variant in variants), default=0)
    lines = [explanation, ""]
    times = ("latency ms", "compute ms", "copy in ms", "copy out ms", "enqueue ms")
    names = ("per second", *times, "ratio")
    lines.append(" " * width + "".join(f"{name:>12}" for name in names))
    for variant in variants:
        cells = "".join(f"{cell:>12}" for cell in variant_figures(variant).values())
        lines += [f"{variant.name:<{width}}{cells}", f"    {variant.cause or variant.problem}"]
    return "\n".join(lines)

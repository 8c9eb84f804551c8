"""A benchmark's figures as text and as JSON, to be pasted elsewhere. Safe in any thread."""

import json
from dataclasses import asdict
from typing import Any

from trtstudio.gui.measurements import Measurement
from trtstudio.model.bench import Summary
from trtstudio.model.graph import format_shape

STATISTICS = ("median", "mean", "p90", "p95", "p99", "min", "max")
COLUMNS = ("latency_ms", "gpu_ms", "h2d_ms", "d2h_ms", "enqueue_ms")


def summaries(measurement: Measurement) -> dict[str, Summary]:
    """What was measured, by the names of ``BenchResult``; the latency first."""
    result, latency = measurement.result, measurement.latency
    if result is None:
        return {"latency_ms": latency} if latency is not None else {}
    found = {name: getattr(result, name) for name in COLUMNS}
    return {name: summary for name, summary in found.items() if summary is not None}


def as_json(measurement: Measurement) -> str:
    """The keys are those of ``trtstudio bench --json``."""
    result = measurement.result
    data: dict[str, Any] = {
        "runtime": result.runtime if result else measurement.explanation,
        "device": result.device if result else None,
        "iterations": measurement.count,
        "throughput_qps": measurement.throughput_qps,
        **{name: asdict(summary) for name, summary in summaries(measurement).items()},
        "warnings": list(result.warnings) if result else [],
    }
    return json.dumps(data, indent=2)


def as_text(measurement: Measurement) -> str:
    """What ran where, a row for each statistic and a column for each quantity, in ms."""
    found = summaries(measurement)
    shapes = measurement.result.shapes if measurement.result else measurement.request.shapes
    lines = [measurement.explanation]
    lines += [f"{name}  [{format_shape(shape)}]" for name, shape in shapes.items()]
    lines.append(f"iterations  {measurement.count}")
    lines.append(f"throughput  {measurement.throughput_qps:.2f} inferences/s")
    lines.append("")
    lines.append(" " * 8 + "".join(f"{name:>12}" for name in found))
    for statistic in STATISTICS:
        cells = (f"{getattr(summary, statistic):12.4f}" for summary in found.values())
        lines.append(f"{statistic:<8}" + "".join(cells))
    if measurement.result is not None:
        lines += ["", *measurement.result.warnings]
    return "\n".join(lines)

"""A benchmark's result for other programs: as data for JSON, and as CSV. Any thread."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from trtstudio.model.measure.bench import (
    COLUMNS,
    TIMES,
    BenchResult,
    LoopComparison,
    Samples,
    Summary,
)


def bench_json(result: BenchResult, *, samples: bool = False) -> dict[str, Any]:
    """The result; what was not measured is null. With ``samples``, a list for each column."""
    found: dict[str, Any] = {
        "runtime": result.runtime,
        "device": result.device,
        "method": result.method,
        "loop": asdict(result.loop),
        "iterations": result.iterations,
        "seconds": result.seconds,
        "throughput_qps": result.throughput_qps,
        **{name: asdict(s) if s else None for name, s in summaries(result).items()},
        "shapes": result.shapes,
        "streams": [asdict(stream) for stream in result.streams],
        "clocks": [asdict(clock) for clock in result.clocks],
        "clocks_problem": result.clocks_problem,
        "warnings": result.warnings,
    }
    if samples and result.samples is not None:
        columns = {name: result.samples.column(name).tolist() for name in COLUMNS}
        found["samples"] = columns | {"stream": [int(n) for n in columns["stream"]]}
    return found


def summaries(result: BenchResult) -> dict[str, Summary | None]:
    """The distributions by the names in TIMES."""
    return {name: getattr(result, name) for name in TIMES}


def figure_rows(result: BenchResult) -> list[list[str]]:
    """The times in ms with a head: a row for each quantity that was measured."""
    columns = list(asdict(result.latency_ms))
    rows = [["ms", *columns]]
    for name, summary in summaries(result).items():
        if summary is not None:
            values = asdict(summary)
            rows.append([name.removesuffix("_ms"), *(f"{values[c]:.3f}" for c in columns)])
    return rows


def bench_csv(result: BenchResult) -> str:
    """The same table."""
    return "\n".join(",".join(row) for row in figure_rows(result))


def samples_csv(samples: Samples) -> Iterator[str]:
    """A head and a line for each inference, with all digits of a float32."""
    yield ",".join(COLUMNS)
    stream = COLUMNS.index("stream")
    for row in samples.table:
        values = [f"{value:.9g}" for value in row]
        values[stream] = str(int(row[stream]))
        yield ",".join(values)


def comparison_json(found: LoopComparison, *, samples: bool = False) -> dict[str, Any]:
    """Every loop; a result is null where there is none."""
    return {
        "runtime": found.runtime,
        "device": found.device,
        "variants": [
            {
                "name": variant.name,
                "loop": asdict(variant.loop),
                "against": variant.against,
                "ratio": variant.ratio,
                "cause": variant.cause,
                "problem": variant.problem,
                "result": bench_json(variant.result, samples=samples) if variant.result else None,
            }
            for variant in found.variants
        ],
    }

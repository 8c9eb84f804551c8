"""A benchmark's result as JSON and CSV: nothing is lost, what was not measured is null."""

import csv
import io
import json

import numpy as np

from trtstudio.model.measure.bench import (
    COLUMNS,
    BenchResult,
    LoopComparison,
    LoopVariant,
    Samples,
    Summary,
)
from trtstudio.model.measure.bench_export import bench_csv, bench_json, comparison_json, samples_csv
from trtstudio.model.measure.latency import summarize
from trtstudio.model.measure.loop import Loop

TABLE = np.random.default_rng(0).random((40, len(COLUMNS)), np.float32)
TABLE[:, COLUMNS.index("stream")] = np.arange(40) % 3


def result(gpu: Summary | None = None) -> BenchResult:
    times = TABLE[:, 0]
    return BenchResult(
        "TensorRT",
        "GPU",
        40,
        100.0,
        summarize(times),
        gpu,
        None,
        None,
        None,
        {"x": (1, 2)},
        samples=Samples(TABLE),
    )


def test_every_sample_comes_back() -> None:
    rows = list(csv.reader(samples_csv(Samples(TABLE))))
    assert tuple(rows[0]) == COLUMNS
    np.testing.assert_array_equal(np.array(rows[1:], np.float32), TABLE)
    data = json.loads(json.dumps(bench_json(result(), samples=True)))
    read = np.array([data["samples"][name] for name in COLUMNS], np.float32).T
    np.testing.assert_array_equal(read, TABLE)
    assert "samples" not in bench_json(result())


def test_what_was_not_measured_is_null_and_has_no_row() -> None:
    data = json.loads(json.dumps(bench_json(result())))
    assert data["gpu_ms"] is None and data["latency_ms"]["p99"] == result().latency_ms.p99
    rows = list(csv.DictReader(io.StringIO(bench_csv(result()))))
    assert [row["ms"] for row in rows] == ["latency"]
    with_gpu = list(csv.DictReader(io.StringIO(bench_csv(result(summarize(TABLE[:, 1]))))))
    assert [row["ms"] for row in with_gpu] == ["latency", "gpu"]


def test_a_loop_without_a_result_keeps_its_reason() -> None:
    found = LoopComparison(
        "TensorRT",
        "GPU",
        (LoopVariant("a", Loop(), result(), 1.0), LoopVariant("b", Loop(), problem="No memory.")),
    )
    first, second = json.loads(json.dumps(comparison_json(found)))["variants"]
    assert first["result"]["iterations"] == 40
    assert second["result"] is None and second["problem"] == "No memory."

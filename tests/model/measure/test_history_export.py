"""Kept benchmarks and sweeps as files that other programs read."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from trtstudio.model.errors import StudioError
from trtstudio.model.history import History
from trtstudio.model.measure.bench import BenchRequest, BenchResult, SweepPoint
from trtstudio.model.measure.bench_history import (
    Subject,
    SweepRun,
    benchmarks,
    remember_benchmark,
    remember_sweep,
    sweeps,
)
from trtstudio.model.measure.history_export import as_rows, write_export

ABOUT = Subject("/models/net.onnx", "/models/a, b.plan", "ab" * 32)


@pytest.fixture
def history(tmp_path: Path, measured: Callable[..., BenchResult]) -> History:
    """Two benchmarks and a sweep of two points, one of which failed."""
    history = History(tmp_path / "history.sqlite3")
    for latencies, note in (([1.0, 3.0], "first"), ([2.0, 2.0], "")):
        remember_benchmark(history, ABOUT, BenchRequest(0), measured(latencies), note)
    points = (
        SweepPoint({"batch": 1, "streams": 2}, measured([1.0])),
        SweepPoint({"batch": 2, "streams": 2}, problem="too large, by far"),
    )
    axes = {"batch": (1, 2), "streams": (2,)}
    remember_sweep(history, SweepRun(ABOUT, BenchRequest(0), axes, points, "TensorRT", "GPU"))
    return history


def test_csv_has_a_row_for_each_benchmark(history: History) -> None:
    rows = list(csv.DictReader(io.StringIO(as_rows(benchmarks(history)))))
    assert [row["file"] for row in rows] == [ABOUT.file] * 2
    assert [float(row["latency median (ms)"]) for row in rows] == [2.0, 2.0]
    assert [float(row["latency max (ms)"]) for row in rows] == [2.0, 3.0]
    assert [row["note"] for row in rows] == ["", "first"]
    assert rows[0]["enqueue median (ms)"] == ""


def test_csv_of_a_sweep_has_a_row_for_each_point(history: History) -> None:
    rows = list(csv.DictReader(io.StringIO(as_rows((), sweeps(history)))))
    assert [(row["batch"], row["streams"]) for row in rows] == [("1", "2"), ("2", "2")]
    assert rows[1]["problem"] == "too large, by far"
    assert (rows[0]["latency ms"], rows[1]["latency ms"]) == ("1.000", "")


def test_csv_of_both_is_refused(history: History) -> None:
    with pytest.raises(StudioError, match="same columns"):
        as_rows(benchmarks(history), sweeps(history))
    with pytest.raises(StudioError, match="same columns"):
        as_rows([])


def test_json_holds_all_of_them(history: History, tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    write_export(history, path, "json", benchmarks(history), sweeps(history))
    found = json.loads(path.read_text("utf-8"))
    newest, oldest = found["benchmarks"]
    assert "samples" not in newest
    assert (oldest["note"], oldest["sha256"], oldest["iterations"]) == ("first", "ab" * 32, 2)
    assert oldest["clock_summary"]["sm_mhz"]["low"] == 1755
    (sweep,) = found["sweeps"]
    assert [point["problem"] for point in sweep["points"]] == ["", "too large, by far"]
    assert (sweep["method"], sweep["warmup_ms"], sweep["duration_s"]) == ("studio", 200, 3)


def test_json_with_every_inference(history: History, tmp_path: Path) -> None:
    path = tmp_path / "samples.json"
    write_export(history, path, "samples", benchmarks(history))
    oldest = json.loads(path.read_text("utf-8"))["benchmarks"][1]
    np.testing.assert_array_equal(oldest["samples"]["latency_ms"], [1.0, 3.0])
    assert [clock["throttle"] for clock in oldest["clocks"]] == [[], ["power cap"]]

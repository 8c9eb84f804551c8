"""Benchmarks and sweeps in the history: what was measured comes back, thinned where it is much."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.history import History
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.measure.bench import COLUMNS, BenchRequest, BenchResult, Samples, SweepPoint
from trtstudio.model.measure.bench_history import (
    Subject,
    SweepRun,
    annotate,
    benchmarks,
    remember_benchmark,
    remember_sweep,
    samples_of,
    subject,
    sweeps,
    thinned,
)
from trtstudio.model.runtime import Device

Measured = Callable[..., BenchResult]
ABOUT = Subject("/models/net.onnx", "/models/net.plan", "ab" * 32, LoadOptions(device=1))
REQUEST = BenchRequest(17, {"x": (1, 3)}, seed=5)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history.sqlite3")


def test_a_benchmark_comes_back_with_its_inferences_apart(
    history: History, measured: Measured
) -> None:
    result = measured([1.0, 2.0, 4.0])
    number = remember_benchmark(history, ABOUT, REQUEST, result, "first")
    (kept,) = benchmarks(history, ABOUT.model)
    run = kept.entry
    assert (kept.id, run.subject, run.note) == (number, ABOUT, "first")
    assert run.request == replace(REQUEST, session=0)
    assert run.result.samples is None and run.result.samples_ms.size == 0 and not run.result.clocks
    assert run.result == replace(result, samples=None, clocks=())
    assert run.clocks is not None and run.clocks.sm_mhz is not None
    assert (run.clocks.sm_mhz.low, run.clocks.sm_mhz.high) == (1755, 1980)
    assert run.clocks.throttle == {"power cap": 0.5}
    found = samples_of(history, number)
    assert found is not None and result.samples is not None
    np.testing.assert_array_equal(found.samples.table, result.samples.table)
    assert found.clocks == result.clocks


def test_a_benchmark_without_inferences(history: History, measured: Measured) -> None:
    number = remember_benchmark(history, ABOUT, REQUEST, measured([1.0], samples=None, clocks=()))
    assert samples_of(history, number) is None
    assert benchmarks(history)[0].entry.clocks is None


@given(st.integers(1, 60), st.integers(2, 20), st.data())
def test_thinning_keeps_the_order_and_the_extremes(
    count: int, most: int, data: st.DataObject
) -> None:
    table = np.zeros((count, len(COLUMNS)), np.float32)
    times = data.draw(st.lists(st.floats(0, 100, width=32), min_size=count, max_size=count))
    table[:, COLUMNS.index("latency_ms")] = times
    table[:, COLUMNS.index("end_s")] = np.arange(count)
    kept = thinned(Samples(table), most)
    assert min(count, most) <= len(kept) <= max(most + 2, min(count, most))
    ends = kept.column("end_s")
    assert (np.diff(ends) > 0).all()
    assert (kept.column("latency_ms").min(), kept.column("latency_ms").max()) == (
        min(map(np.float32, times)),
        max(map(np.float32, times)),
    )
    np.testing.assert_array_equal(kept.table, table[ends.astype(int)])


def test_a_note_is_changed(history: History, measured: Measured) -> None:
    bench = remember_benchmark(history, ABOUT, REQUEST, measured([1.0]))
    swept = remember_sweep(history, SweepRun(ABOUT, REQUEST, {"batch": (1, 2)}))
    annotate(history, bench, " fast ")
    annotate(history, swept, "grid")
    annotate(history, swept + 1, "nothing")
    assert benchmarks(history)[0].entry.note == "fast"
    assert samples_of(history, bench) is not None
    assert sweeps(history)[0].entry.note == "grid"


def test_a_sweep_grows_in_its_place(history: History, measured: Measured) -> None:
    done = SweepPoint({"batch": 1}, measured([1.0, 2.0]))
    run = SweepRun(ABOUT, REQUEST, {"batch": (1, 2)}, (done,), "TensorRT 11", "GPU")
    number = remember_sweep(history, run)
    failed = SweepPoint({"batch": 2}, problem="too large")
    assert remember_sweep(history, replace(run, points=(done, failed)), number) == number
    (kept,) = sweeps(history, ABOUT.model)
    assert kept.entry.base.session == 0
    first, second = kept.entry.points
    assert first.result is not None and first.result.samples is None
    assert first.result.latency_ms == done.result.latency_ms  # type: ignore[union-attr]
    assert second == failed
    history.remove([number])
    assert remember_sweep(history, run, number) != number, "one that was removed is kept anew"


def test_the_subject_has_the_hash_of_what_ran_now(tmp_path: Path) -> None:
    model, plan = tmp_path / "net.onnx", tmp_path / "net.plan"
    plan.write_bytes(b"one")
    devices = (Device("GPU", driver="575"), Device("GPU", driver="575"))
    found = subject(model, plan, LoadOptions(), devices)
    assert found.sha256 == hashlib.sha256(b"one").hexdigest()
    assert (found.model, found.file, found.driver) == (str(model), str(plan), "575")
    plan.write_bytes(b"another")
    assert subject(model, plan).sha256 == hashlib.sha256(b"another").hexdigest()
    plan.unlink()
    assert subject(model, plan).sha256 == ""

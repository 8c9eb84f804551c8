"""Figures beside each other: values, ratios, and how a benchmark was made."""

from collections.abc import Callable

from trtstudio.model.load_options import LoadOptions
from trtstudio.model.measure.bench import BenchRequest, BenchResult
from trtstudio.model.measure.bench_figures import (
    batch_of,
    compared,
    facts,
    figure_text,
    ratio_text,
    title_of,
)
from trtstudio.model.measure.bench_history import BenchmarkRun, Subject

Measured = Callable[..., BenchResult]


def test_ratios_are_to_the_first(measured: Measured) -> None:
    slow, fast = measured([4.0, 4.0]), measured([1.0, 1.0])
    rows = {row.figure.name: row for row in compared([slow, fast])}
    assert rows["latency median"].values == (4.0, 1.0)
    assert rows["latency median"].ratios == (1.0, 0.25)
    assert rows["throughput"].ratios == (1.0, 4.0)
    assert rows["compute median"].ratios == (1.0, 0.25)
    assert rows["throughput"].figure.more_is_better
    assert not rows["latency p99"].figure.more_is_better
    assert "enqueue median" not in rows, "what none has measured has no row"


def test_what_only_one_has_measured_is_left_empty(measured: Measured) -> None:
    rows = {r.figure.name: r for r in compared([measured([1.0], gpu_ms=None), measured([1.0])])}
    assert rows["compute median"].values == (None, 0.5)
    assert rows["compute median"].ratios == (None, None)


def test_items_count_where_batches_differ(measured: Measured) -> None:
    names = [row.figure.name for row in compared([measured([1.0]), measured([1.0])])]
    assert "items of batches" not in names, "it would repeat the throughput"
    rows = {r.figure.name: r for r in compared([measured([1.0]), measured([2.0], batch=8)])}
    assert rows["throughput"].ratios == (1.0, 0.5)
    assert rows["items of batches"].ratios == (1.0, 4.0)


def test_a_batch_is_what_all_inputs_agree_on(measured: Measured) -> None:
    assert batch_of(measured([1.0], batch=8)) == 8
    assert batch_of(measured([1.0], shapes={"x": (8, 3), "scalar": ()})) == 8
    assert batch_of(measured([1.0], shapes={"x": (8, 3), "y": (4,)})) is None
    assert batch_of(measured([1.0], shapes={})) is None


def test_texts() -> None:
    assert (figure_text(1.23456, "ms"), figure_text(1234.56, "1/s")) == ("1.235", "1,234.6")
    assert (figure_text(None, "ms"), ratio_text(None)) == ("", "")
    assert (ratio_text(0.934), ratio_text(12.34)) == ("x 0.93", "x 12.3")


def test_facts_say_only_what_is_known(measured: Measured) -> None:
    options = LoadOptions(device=1, cuda_graphs="disabled")
    about = Subject("/m/net.onnx", "/m/net.plan", "ab", options)
    run = BenchmarkRun(about, BenchRequest(0), measured([1.0], seconds=3.0), note="best")
    found = facts(run)
    assert (found["file"], found["model"]) == ("/m/net.plan", "/m/net.onnx")
    assert found["shapes"] == "x [1 x 3]"
    assert found["loading"] == "device 1, cuda_graphs disabled"
    assert (found["inferences"], found["duration"]) == ("1", "3.0 s")
    assert "driver" not in found and "clocks" not in found
    assert title_of(run) == "net.plan (best)"
    same = BenchmarkRun(Subject("/m/net.onnx", "/m/net.onnx"), BenchRequest(0), measured([1.0]))
    assert "model" not in facts(same) and "loading" not in facts(same)

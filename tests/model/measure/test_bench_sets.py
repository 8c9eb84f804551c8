"""Benchmarks that belong together in the history."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from trtstudio.model.history import History
from trtstudio.model.measure.bench import BenchRequest, BenchResult, LoopComparison, LoopVariant
from trtstudio.model.measure.bench_figures import facts, part_text, title_of
from trtstudio.model.measure.bench_history import Part, Subject, benchmarks, samples_of
from trtstudio.model.measure.bench_sets import of_one_set, remember_comparison, remember_parallel
from trtstudio.model.measure.history_export import as_rows, benchmark_json, write_export
from trtstudio.model.measure.loop import Loop
from trtstudio.model.measure.parallel import ParallelResult, parallel_json, parallel_rows

ABOUT = Subject("/m/net.onnx", "/m/net.plan", "ab" * 32)
REQUEST = BenchRequest(3, {"x": (1, 3)})
Measured = Callable[..., BenchResult]


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history.sqlite3")


def test_every_loop_with_a_result_is_kept(history: History, measured: Measured) -> None:
    loops = (Loop(pinned=False), Loop(), Loop(streams=2))
    variants = (
        LoopVariant("one by one, pageable memory", loops[0], measured([4.0]), 1.0),
        LoopVariant("one by one", loops[1], measured([2.0]), 2.0, cause="Copies are faster."),
        LoopVariant("2 streams, overlapped", loops[2], problem="No memory."),
    )
    found = LoopComparison("TensorRT", "GPU", variants)
    numbers = remember_comparison(history, ABOUT, REQUEST, found)
    kept = list(reversed(benchmarks(history)))
    assert [run.id for run in kept] == numbers and len(numbers) == 2
    assert [run.entry.request.loop for run in kept] == list(loops[:2])
    parts = [run.entry.part for run in kept]
    assert parts == [
        Part("loops", "one by one, pageable memory", "", numbers[0]),
        Part("loops", "one by one", "Copies are faster.", numbers[0]),
    ]
    assert of_one_set(parts) == numbers[0] and of_one_set([*parts, None]) is None
    assert samples_of(history, numbers[1]) is not None
    assert part_text(parts[1]) == f"loops of {numbers[0]}: one by one"
    assert title_of(kept[1].entry) == "net.plan, one by one"
    assert facts(kept[1].entry)["shows"] == "Copies are faster."


def test_gpus_are_kept_with_what_they_come_to(history: History, measured: Measured) -> None:
    alone = replace(measured([2.0]), throughput_qps=100.0)
    together = {n: replace(measured([2.5]), throughput_qps=95.0) for n in (1, 0)}
    found = ParallelResult(alone, together, tuple(together))
    assert (found.throughput_qps, found.factor) == (190.0, 1.9)
    assert [row[0] for row in parallel_rows(found)[1:]] == ["1", "0"]
    assert [each["index"] for each in parallel_json(found)["devices"]] == [1, 0]
    numbers = remember_parallel(history, ABOUT, REQUEST, found)
    kept = list(reversed(benchmarks(history)))
    assert [run.entry.part.name for run in kept if run.entry.part] == [
        "GPU 1 alone", "GPU 1, 2 at once", "GPU 0, 2 at once",
    ]  # fmt: skip
    assert [run.entry.subject.options.device for run in kept] == [1, 1, 0]
    assert "1.90 times" in facts(kept[2].entry)["shows"]
    assert {run.entry.part.first for run in kept if run.entry.part} == {numbers[0]}


def test_parts_are_exported(history: History, measured: Measured, tmp_path: Path) -> None:
    found = ParallelResult(measured([2.0]), {0: measured([2.0]), 1: measured([2.0])}, (0, 1))
    remember_parallel(history, ABOUT, REQUEST, found)
    kept = benchmarks(history)
    assert "GPU 0 alone" in as_rows(kept)
    assert benchmark_json(kept[0])["part"]["of"] == "gpus"
    write_export(history, tmp_path / "page.html", "html", kept)
    assert b"GPU 1, 2 at once" in (tmp_path / "page.html").read_bytes()


def test_a_part_keeps_fewer_inferences(history: History, measured: Measured) -> None:
    many = measured([1.0 + n % 7 for n in range(50_000)])
    (first, *_) = remember_parallel(history, ABOUT, REQUEST, ParallelResult(many, {0: many}, (0,)))
    found = samples_of(history, first)
    assert found is not None and len(found.samples) <= 20_002

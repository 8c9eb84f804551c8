"""Benchmarks, comparisons and sweeps on a real GPU: the figures hang together, and whatever the
loop, the answers are those of a single inference.
"""

import gc
import json
import os
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from trtstudio.cli import main
from trtstudio.engine import cuda
from trtstudio.engine.measure.benchmark import benchmark, unheard
from trtstudio.engine.measure.loop_comparison import STEPS, compare_loops
from trtstudio.engine.measure.sweep import sweep
from trtstudio.engine.run.flight import Flight
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.engine.run.tensorrt_session import TensorrtSession
from trtstudio.engine.runtime import gpus
from trtstudio.model.measure.bench import (
    BenchRequest,
    BenchResult,
    ClockSample,
    CompareLoopsRequest,
    Samples,
    SweepPoint,
    SweepRequest,
    from_preset,
)
from trtstudio.model.measure.loop import Loop
from trtstudio.model.measure.sweep_axes import Axes
from trtstudio.model.measure.sweep_precisions import Precisions
from trtstudio.model.run import Array

pytestmark = pytest.mark.gpu
NO_GRAPH = "Without a CUDA graph"


def never() -> bool:
    return False


def pictures(count: int, seed: int = 0) -> Array:
    return np.random.default_rng(seed).random((count, 3, 32, 32), np.float32)


def measured(session: TensorrtSession, loop: Loop, batch: int = 8, **changes: float) -> BenchResult:
    request = BenchRequest(7, {"images": (batch, 3, 32, 32)}, duration_s=0.3, iterations=20)
    request = replace(request, loop=loop, **changes)
    return benchmark(session, request, on_samples=unheard, cancelled=never)


def run_in_turns(flights: Sequence[Flight], given: Sequence[Array]) -> list[Array]:
    """The scores of each picture, with every flight kept busy."""
    found: list[Array] = []
    under_way: deque[Flight] = deque()

    def land() -> None:
        flight = under_way.popleft()
        flight.wait()
        found.append(flight.context.arrays()["scores"])

    for turn, picture in enumerate(given):
        if len(under_way) == len(flights):
            land()
        flight = flights[turn % len(flights)]
        np.copyto(flight.context.inputs[0].view, picture)
        flight.enqueue()
        under_way.append(flight)
    while under_way:
        land()
    return found


@pytest.mark.parametrize("graph", [False, True])
@pytest.mark.parametrize(
    "loop",
    [
        Loop(),
        Loop(overlap=True),
        Loop(streams=4),
        Loop(streams=4, overlap=True),
        Loop(pinned=False),
    ],
)
def test_every_loop_gives_the_answers_of_a_single_inference(
    on_gpu: TensorrtSession, loop: Loop, graph: bool
) -> None:
    given = [pictures(2, seed) for seed in range(24)]
    expected = [on_gpu.run({"images": picture}).outputs["scores"] for picture in given]
    with on_gpu.flights(replace(loop, cuda_graph=graph), {"images": given[0]}) as flights:
        if graph and (problems := {flight.capture() for flight in flights}) != {""}:
            pytest.skip(str(problems))
        found = run_in_turns(flights, given)
    for one, other in zip(found, expected, strict=True):
        # Kernels are specialized while a plan runs, so they agree as TF32 does, not to the bit.
        np.testing.assert_allclose(one, other, rtol=1e-2, atol=1e-3)
    assert not np.allclose(found[0], found[1], rtol=1e-2, atol=1e-3), "the pictures differ"


def test_benchmark_measures_all_parts(on_gpu: TensorrtSession) -> None:
    result = measured(on_gpu, Loop())
    assert result.iterations == len(result.samples_ms) >= 20
    parts = (result.gpu_ms, result.h2d_ms, result.d2h_ms, result.enqueue_ms, result.host_ms)
    for part in parts:
        assert part is not None
        assert 0 < part.min <= part.median <= part.max
    assert result.host_ms is not None
    assert result.host_ms.median >= result.latency_ms.median * 0.99
    assert result.throughput_qps <= 1000 / result.latency_ms.min


def test_a_graph_is_captured_and_started_quickly(on_gpu: TensorrtSession) -> None:
    plain, graph = (measured(on_gpu, Loop(cuda_graph=on)) for on in (False, True))
    if said := [warning for warning in graph.warnings if NO_GRAPH in warning]:
        pytest.skip(said[0])
    assert plain.enqueue_ms is not None
    assert graph.enqueue_ms is not None
    assert graph.loop.cuda_graph
    assert graph.enqueue_ms.median < plain.enqueue_ms.median


def test_overlap_brings_at_least_the_serial_throughput(on_gpu: TensorrtSession) -> None:
    serial, overlapped = (
        max(measured(on_gpu, Loop(overlap=on)).throughput_qps for _ in range(3))
        for on in (False, True)
    )
    assert overlapped >= serial


def test_without_transfers_there_are_none(on_gpu: TensorrtSession) -> None:
    result = measured(on_gpu, Loop(transfers=False, overlap=True))
    assert result.h2d_ms is result.d2h_ms is None
    assert result.gpu_ms is not None
    assert result.latency_ms.median == pytest.approx(result.gpu_ms.median)


def test_pageable_memory_is_measured_and_said(on_gpu: TensorrtSession) -> None:
    result = measured(on_gpu, Loop(pinned=False))
    assert result.h2d_ms is not None
    assert any("pageable" in warning for warning in result.warnings)


def test_presets_run_and_are_named(on_gpu: TensorrtSession) -> None:
    for name in ("studio", "trtexec-10", "trtexec-11"):
        request = replace(from_preset(name), duration_s=0.2)
        result = benchmark(on_gpu, request, on_samples=unheard, cancelled=never)
        assert result.method.startswith(name)


def test_four_streams_all_work(on_gpu: TensorrtSession) -> None:
    result = measured(on_gpu, Loop(streams=4, overlap=True))
    assert [stream.stream for stream in result.streams] == [0, 1, 2, 3]
    counts = [stream.iterations for stream in result.streams]
    assert max(counts) - min(counts) <= 1
    assert sum(counts) == result.iterations


def test_clocks_are_told_while_it_runs(on_gpu: TensorrtSession) -> None:
    heard: list[ClockSample] = []
    batches: list[Samples] = []
    request = BenchRequest(7, duration_s=1.0, warmup_ms=50)
    result = benchmark(
        on_gpu, request, on_samples=batches.append, cancelled=never, on_clock=heard.append
    )
    if result.clocks_problem:
        pytest.skip(result.clocks_problem)
    assert list(result.clocks) == heard
    assert len(heard) >= 3
    assert all(0 <= clock.time_s <= result.seconds + 0.2 for clock in heard)
    assert all(clock.sm_mhz and clock.sm_mhz > 100 for clock in heard)
    assert all(clock.temperature_c and 10 < clock.temperature_c < 120 for clock in heard)
    assert sum(map(len, batches)) == result.iterations


def test_the_comparison_is_complete(on_gpu: TensorrtSession) -> None:
    base = BenchRequest(7, duration_s=0.2, warmup_ms=50)
    found = compare_loops(on_gpu, CompareLoopsRequest(base), cancelled=never)
    assert found.complete
    assert [variant.name for variant in found.variants] == [step.name for step in STEPS]
    for variant in found.variants:
        assert variant.problem == ""
        assert variant.ratio is not None
        assert variant.cause


def test_a_sweep_goes_on_where_it_was_stopped(on_gpu: TensorrtSession) -> None:
    base = BenchRequest(7, duration_s=0.1, warmup_ms=20)
    told: list[SweepPoint] = []
    axes = {"batch": (1, 8, 9), "streams": (1, 2)}
    stopped = sweep(
        on_gpu,
        SweepRequest(base, axes),
        cancelled=lambda: len(told) >= 3,
        on_point=told.append,
    )
    assert len(stopped.points) == 3
    whole = sweep(on_gpu, SweepRequest(base, axes, stopped.points), cancelled=never)
    assert whole.complete
    assert whole.points[:3] == stopped.points
    assert ["outside" in point.problem for point in whole.points] == [False] * 4 + [True] * 2


def memory_bytes() -> tuple[int, int]:
    """What the process takes of the host, and what is free on the GPU."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    error, free, _total = cuda.cudart().cudaMemGetInfo()
    cuda.check((error,))
    return pages * os.sysconf("SC_PAGE_SIZE"), int(free)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_many_inferences_take_no_more_memory(on_gpu: TensorrtSession) -> None:
    loop = Loop(streams=2, overlap=True)
    inputs = {"images": pictures(1)}
    with on_gpu.flights(loop, inputs) as flights:

        def run(count: int) -> None:
            for flight in flights:
                flight.enqueue()
            for turn in range(count):
                flight = flights[turn % len(flights)]
                flight.wait()
                flight.enqueue()
            for flight in flights:
                flight.wait()

        run(2000)
        host, free = memory_bytes()
        run(20_000)
        later_host, later_free = memory_bytes()
    assert later_host - host < 4 << 20
    assert free - later_free < 4 << 20


def test_precisions_are_built_once_and_measured(make_model: Callable[..., Path]) -> None:
    model = make_model(height=32, width=32)
    request = BenchRequest(1, warmup_ms=0, duration_s=0.1, iterations=5)
    axes: Axes = {"batch": (1, 4), "precision": ("keep", "fp16")}
    wanted = SweepRequest(request, axes, precisions=Precisions(runtime="tensorrt"))
    session = OnnxSession(str(model), 1, unheard)
    found = sweep(session, wanted, cancelled=never)
    assert found.complete and not [point.problem for point in found.points if point.problem]
    assert all(p.result and p.result.runtime.startswith("TensorRT") for p in found.points)
    plans = {path: path.stat().st_mtime_ns for path in model.parent.glob("*-sweep.plan")}
    assert len(plans) == 2
    assert sweep(session, wanted, cancelled=never).complete
    assert {path: path.stat().st_mtime_ns for path in plans} == plans, "they were not built again"
    session.close()


def test_two_gpus_do_more_than_one(
    make_model: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    if len(gpus()[0]) < 2:
        pytest.skip("this machine has no second GPU")
    model = make_model(height=32, width=32)
    plan = model.with_suffix(".plan")
    assert main(["build", str(model), "-o", str(plan)]) == 0
    capsys.readouterr()
    words = ["bench", str(plan), "--devices", "0,1", "--duration", "2", "--json"]
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["index"] for each in told["devices"]] == [0, 1]
    assert told["factor"] > 1.2, "they work at the same time"

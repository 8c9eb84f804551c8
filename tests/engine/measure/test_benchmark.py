"""Benchmarks: the method on a session whose times are known, and the real thing on the CPU."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trtstudio.engine.measure import benchmark_loop
from trtstudio.engine.measure.benchmark import benchmark
from trtstudio.engine.run.opening import open_session
from trtstudio.engine.run.session import Session
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.measure.bench import BenchRequest, Samples, from_preset
from trtstudio.model.measure.latency import summarize
from trtstudio.model.measure.loop import PRESETS, Loop
from trtstudio.model.run import Array, LoadRequest, SessionInfo, Timing

X = Tensor("x", "float32", (-1, 3), "input")
SIZES = Tensor("sizes", "int64", (2,), "input", "HOST")
QUICK = BenchRequest(1, warmup_ms=10, duration_s=0.0, iterations=20)


class Clock:
    """Time that passes only when the work says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class TimedSession(Session):
    """Takes as long as it is told, on a clock of its own."""

    def __init__(self, clock: Clock, timings: list[Timing]) -> None:
        shapes = {"x": (2, 3), "sizes": (2,)}
        self.info = SessionInfo(
            1, "p", "TensorRT 1", "GPU", (X, SIZES), (), shapes, warnings=("w",)
        )
        self.clock = clock
        self.timings = cycle(timings)
        self.steps: list[Timing] = []
        self.bound: dict[str, Array] = {}

    def values_for(self, _shapes: Mapping[str, Shape]) -> Mapping[str, Array]:
        return {"sizes": np.array([7, 9])}

    def bind(self, inputs: Mapping[str, Array]) -> None:
        self.bound = dict(inputs)

    def step(self) -> Timing:
        self.steps.append(next(self.timings))
        self.clock.seconds += self.steps[-1].latency_ms / 1e3
        return self.steps[-1]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(benchmark_loop, "perf_counter", clock)
    return clock


def never() -> bool:
    return False


def ignore(_said: object) -> None:
    """Nobody listens."""


def on_gpu(gpu_ms: float = 1.0, **others: float) -> Timing:
    parts = {"h2d_ms": 0.25, "d2h_ms": 0.25, "enqueue_ms": 0.5} | others
    return Timing(gpu_ms + parts["h2d_ms"] + parts["d2h_ms"], gpu_ms, **parts)


def test_the_warm_up_is_not_measured(clock: Clock) -> None:
    session = TimedSession(clock, [on_gpu()])
    result = benchmark(session, QUICK, on_samples=ignore, cancelled=never)
    assert result.iterations == 20
    assert len(session.steps) == 20 + 7  # 1.5 ms each: the seventh passes the 10 ms
    assert result.throughput_qps == pytest.approx(1000 / 1.5)


def test_duration_and_iterations_are_both_reached(clock: Clock) -> None:
    session = TimedSession(clock, [on_gpu()])
    longer = BenchRequest(1, warmup_ms=0, duration_s=0.3, iterations=20)
    result = benchmark(session, longer, on_samples=ignore, cancelled=never)
    assert result.iterations in (200, 201)
    more = BenchRequest(1, warmup_ms=0, duration_s=0.001, iterations=33)
    assert benchmark(session, more, on_samples=ignore, cancelled=never).iterations == 33


def test_every_part_is_summarized(clock: Clock) -> None:
    timings = [on_gpu(1.0 + i / 10, h2d_ms=0.1 + i, enqueue_ms=0.2 * i) for i in range(20)]
    session = TimedSession(clock, timings)
    result = benchmark(session, BenchRequest(1, {}, 0, 0, 20), on_samples=ignore, cancelled=never)
    assert result.host_ms is None
    for name in ("latency_ms", "gpu_ms", "h2d_ms", "d2h_ms", "enqueue_ms"):
        assert getattr(result, name) == summarize(np.array([getattr(t, name) for t in timings]))
    np.testing.assert_allclose(result.samples_ms, [t.latency_ms for t in timings], rtol=1e-6)


def test_samples_are_handed_out_once_and_often(clock: Clock) -> None:
    session = TimedSession(clock, [on_gpu(float(i % 7 + 1)) for i in range(7)])
    batches: list[Samples] = []
    times: list[float] = []

    def take(samples: Samples) -> None:
        batches.append(samples)
        times.append(clock())

    request = BenchRequest(1, warmup_ms=0, duration_s=1.0)
    result = benchmark(session, request, on_samples=take, cancelled=never)
    assert all(batch.table.dtype == np.float32 for batch in batches)
    assert result.samples is not None
    table = np.concatenate([batch.table for batch in batches])
    np.testing.assert_array_equal(table, result.samples.table)
    np.testing.assert_array_equal(result.samples.column("latency_ms"), result.samples_ms)
    ends = np.cumsum(result.samples_ms, dtype=np.float64) / 1e3
    np.testing.assert_allclose(result.samples.column("end_s"), ends, rtol=1e-4)
    assert all(later - earlier < 0.06 for earlier, later in pairwise([0.0, *times]))
    assert len(batches) == pytest.approx(20, abs=3)


@pytest.mark.parametrize("after", [0, 1, 5])
def test_being_cancelled_keeps_what_was_measured(clock: Clock, after: int) -> None:
    asked: Iterator[bool] = iter([False] * after + [True] * 1000)
    session = TimedSession(clock, [on_gpu()])
    request = BenchRequest(1, warmup_ms=0, duration_s=60)
    result = benchmark(session, request, on_samples=ignore, cancelled=lambda: next(asked))
    assert result.iterations == after + 1
    assert result.warnings[0] == "w"
    assert "Stopped early" in result.warnings[-1]


def test_being_cancelled_while_warming_up_measures_once(clock: Clock) -> None:
    session = TimedSession(clock, [on_gpu()])
    request = BenchRequest(1, warmup_ms=1e6, duration_s=60)
    result = benchmark(session, request, on_samples=ignore, cancelled=lambda: True)
    assert result.iterations == len(session.steps) == 1


def test_shapes_are_those_asked_for_and_values_those_known_to_be_good(clock: Clock) -> None:
    session = TimedSession(clock, [on_gpu()])
    request = BenchRequest(1, {"x": (5, 3)}, 0, 0, 1)
    result = benchmark(session, request, on_samples=ignore, cancelled=never)
    assert result.shapes == {"x": (5, 3), "sizes": (2,)}
    assert session.bound["x"].shape == (5, 3)
    np.testing.assert_array_equal(session.bound["sizes"], [7, 9])


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        ({"z": (1, 3)}, 'no input called "z"'),
        ({"x": (1, 4)}, "wrong size"),
        ({"x": (3,)}, "1 dimensions instead of 2"),
        ({"x": (-1, 3)}, "negative size"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(clock: Clock, shapes: Any, words: str) -> None:
    with pytest.raises(StudioError, match=words) as caught:
        benchmark(
            TimedSession(clock, [on_gpu()]),
            BenchRequest(1, shapes),
            on_samples=ignore,
            cancelled=never,
        )
    assert caught.value.hint


def test_on_a_cpu_only_the_latency_is_known(light_models: tuple[Path, ...]) -> None:
    path = next(p for p in light_models if "squeezenet" in p.name)
    session = open_session(LoadRequest(str(path)), 1, ignore)
    seen: list[Samples] = []
    request = BenchRequest(1, warmup_ms=0, duration_s=0.05, iterations=5)
    result = benchmark(session, request, on_samples=seen.append, cancelled=never)
    session.close()
    assert result.runtime == session.info.runtime
    assert result.iterations == len(result.samples_ms) == sum(map(len, seen)) >= 5
    assert result.gpu_ms is result.h2d_ms is result.d2h_ms is result.enqueue_ms is None
    assert 0 < result.latency_ms.min <= result.latency_ms.median <= result.latency_ms.max
    # One after another, so the inferences cannot take less time than they were measured to take.
    assert result.throughput_qps <= 1000 / result.latency_ms.mean * 1.0001
    assert "CPU" in result.warnings[0]


def test_the_method_is_named_and_the_seed_decides(clock: Clock) -> None:
    session = TimedSession(clock, [on_gpu()])
    bound = []
    for seed in (0, 1, 0):
        request = replace(from_preset("trtexec-10"), warmup_ms=0, duration_s=0, seed=seed)
        result = benchmark(session, request, on_samples=ignore, cancelled=never)
        bound.append(session.bound["x"])
        assert result.method == "trtexec-10 with 0 ms warm-up, 0 s duration"
        assert result.loop == PRESETS["trtexec-10"].loop
    assert not np.array_equal(bound[0], bound[1])
    np.testing.assert_array_equal(bound[0], bound[2])


def test_a_graph_that_cannot_be_captured_is_said(clock: Clock) -> None:
    request = replace(QUICK, loop=Loop(cuda_graph=True))
    session = TimedSession(clock, [on_gpu()])
    result = benchmark(session, request, on_samples=ignore, cancelled=never)
    assert "Without a CUDA graph: this runtime has none." in result.warnings
    assert result.loop == Loop()
    assert len(session.steps) == 20 + 7


@pytest.mark.usefixtures("no_nvml")
def test_a_graph_that_only_some_inferences_can_have_is_none(
    open_fake: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _, gpu = open_fake()
    end = gpu.cudaStreamEndCapture

    def end_capture(stream: int) -> tuple[int, Any]:
        gpu.can_capture = gpu.kinds().count("capture") == 1
        return end(stream)

    monkeypatch.setattr(gpu, "cudaStreamEndCapture", end_capture)
    loop = Loop(streams=2, cuda_graph=True)
    request = BenchRequest(1, warmup_ms=0, duration_s=0, iterations=40, loop=loop)
    result = benchmark(session, request, on_samples=ignore, cancelled=never)
    assert gpu.kinds().count("capture") == 2
    assert "launch" not in gpu.kinds()
    assert not result.loop.cuda_graph
    assert any(said.startswith("Without a CUDA graph") for said in result.warnings)


@pytest.mark.usefixtures("no_nvml")
@pytest.mark.parametrize(("rows", "factor"), [(2, 3), (8, 4)])
def test_values_are_those_of_the_profile_that_takes_the_shapes(
    open_fake: Callable[..., Any], rows: int, factor: int
) -> None:
    session, (context, *_), _ = open_fake("factor")
    request = BenchRequest(1, {"x": (rows, 3)}, warmup_ms=0, duration_s=0, iterations=1)
    benchmark(session, request, on_samples=ignore, cancelled=never)
    assert context.get_tensor_shape("y") == (rows * factor, 3)


@pytest.mark.parametrize("streams", [0, 65])
def test_so_many_streams_are_refused(clock: Clock, streams: int) -> None:
    request = replace(QUICK, loop=Loop(streams=streams))
    with pytest.raises(StudioError, match="streams cannot be measured"):
        benchmark(TimedSession(clock, [on_gpu()]), request, on_samples=ignore, cancelled=never)


@pytest.mark.usefixtures("no_nvml")
@pytest.mark.parametrize("streams", [1, 2, 4])
@pytest.mark.parametrize("overlap", [False, True])
def test_streams_are_measured_side_by_side(
    open_fake: Callable[..., Any], streams: int, overlap: bool
) -> None:
    session, contexts, gpu = open_fake()
    loop = Loop(streams=streams, overlap=overlap)
    request = BenchRequest(1, warmup_ms=0, duration_s=0, iterations=40, loop=loop)
    result = benchmark(session, request, on_samples=ignore, cancelled=never)
    assert result.iterations == 40
    assert result.samples is not None
    counts = np.bincount(result.samples.column("stream").astype(int))
    assert counts.tolist() == [40 // streams] * streams
    if streams > 1:
        assert [stream.iterations for stream in result.streams] == counts.tolist()
        total = sum(stream.throughput_qps for stream in result.streams)
        assert total == pytest.approx(result.throughput_qps)
    assert result.host_ms is not None
    assert result.clocks == ()
    assert "not known" in result.clocks_problem
    assert len(contexts) == streams
    assert len(gpu.memory) == 4, "what only the benchmark needed is freed"


def test_a_cpu_says_what_it_cannot_measure(light_models: tuple[Path, ...]) -> None:
    path = next(p for p in light_models if "squeezenet" in p.name)
    session = open_session(LoadRequest(str(path)), 1, ignore)
    request = replace(from_preset("trtexec-11"), warmup_ms=0, duration_s=0, iterations=2)
    result = benchmark(session, request, on_samples=ignore, cancelled=never)
    session.close()
    assert result.loop == Loop()
    (said,) = [w for w in result.warnings if "cannot measure with" in w]
    assert "CUDA graph" in said
    assert result.clocks_problem == ""
    assert result.clocks == ()

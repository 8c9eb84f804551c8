"""Inferences under way, on a GPU of Python: their order, their data, their graphs, their memory."""

import os
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest

from trtstudio.engine.measure.benchmark_loop import run_loop
from trtstudio.engine.run import tensorrt_session
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.measure.loop import Loop
from trtstudio.model.run import Timing

OpenFake = Callable[..., Any]


def ramp(rows: int, start: int = 0) -> np.ndarray:
    return np.arange(start, start + rows * 3, dtype=np.float32).reshape(rows, 3)


def test_overlapping_parts_have_streams_of_their_own_and_wait_for_each_other(
    open_fake: OpenFake,
) -> None:
    session, _, gpu = open_fake()
    with session.flights(Loop(overlap=True), {"x": ramp(2)}) as (first, second):
        before = len(gpu.journal)
        first.enqueue()
        second.enqueue()
        steps = gpu.journal[before:]
    upload = ["record", "h2d", "record"]
    compute, download = ["await", "execute", "record"], ["await", "d2h", "record"]
    assert [step[0] for step in steps] == [*upload, *compute, *download] * 2
    streams = {kind: {s[1] for s in steps if s[0] == kind} for kind in ("h2d", "execute", "d2h")}
    assert all(len(used) == 1 for used in streams.values()), "both flights share their streams"
    assert len(set.union(*streams.values())) == 3
    uploaded, computed = steps[2][2], steps[5][2]
    assert steps[3][1:] == (streams["execute"].pop(), uploaded)
    assert steps[6][1:] == (streams["d2h"].pop(), computed)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("streams", [1, 3])
def test_every_order_that_streams_allow_gives_the_right_answers(
    open_fake: OpenFake, seed: int, streams: int
) -> None:
    session, _, _ = open_fake(lazy=Random(seed))
    with session.flights(Loop(streams=streams, overlap=True), {"x": ramp(2)}) as flights:
        assert [flight.number for flight in flights] == [*range(streams)] * 2
        under_way: deque[tuple[Any, np.ndarray]] = deque()
        for turn in range(30):
            if len(under_way) == len(flights):
                flight, given = under_way.popleft()
                flight.wait()
                np.testing.assert_array_equal(flight.context.arrays()["y"], given * 2)
            flight, given = flights[turn % len(flights)], ramp(2, start=turn)
            np.copyto(flight.context.inputs[0].view, given)
            flight.enqueue()
            under_way.append((flight, given))
        for flight, _ in under_way:
            flight.wait()
    np.testing.assert_array_equal(session.run({"x": ramp(4)}).outputs["y"], ramp(4) * 2)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("transfers", [True, False])
@pytest.mark.parametrize("streams", [1, 2])
def test_times_are_asked_of_what_is_over_only(
    open_fake: OpenFake, streams: int, transfers: bool, seed: int
) -> None:
    session, _, _ = open_fake(lazy=Random(seed))
    timings: list[Timing] = []
    loop = Loop(streams=streams, overlap=True, transfers=transfers)
    with session.flights(loop, {"x": ramp(2)}) as flights:
        for count in (5, 8, 3, 7):  # the first of a loop may be that which was the last of another
            run_loop(
                flights,
                transfers=transfers,
                goes_on=lambda begun, _, most=count: begun < most,
                take=lambda timing, *_: timings.append(timing),
            )
    assert all(timing.gpu_ms > 0 for timing in timings)


@pytest.mark.parametrize(
    ("also", "options", "wanted"),
    [
        ((), LoadOptions(), 1),
        (("factor",), LoadOptions(), 1),
        (("positive",), LoadOptions(), 2),  # its memory is asked for in the middle of an inference
        ((), LoadOptions(cuda_graphs="whole_graph_capture"), 2),  # TensorRT keeps addresses
    ],
)
def test_the_two_inferences_of_a_stream_share_a_context_where_they_can(
    open_fake: OpenFake, also: tuple[str, ...], options: LoadOptions, wanted: int
) -> None:
    session, contexts, gpu = open_fake(*also, options=options)
    inputs = {"x": ramp(2)} | dict(session.shape_values)
    with session.flights(Loop(overlap=True), inputs) as flights:
        assert len(contexts) == wanted
        for start in (1, 9):
            for flight in flights:
                np.copyto(flight.context.inputs[0].view, ramp(2, start=start + flight.number))
                flight.enqueue()
                flight.wait()
                given = flight.context.inputs[0].view * 2
                found = flight.context.arrays()["y"]
                np.testing.assert_array_equal(found, np.resize(given, found.shape))
    before = len(gpu.journal)
    session.bind(inputs)
    session.step()
    np.testing.assert_array_equal(session.outputs()["y"][:2], ramp(2) * 2)
    executed = [entry for entry in gpu.journal[before:] if entry[0] == "execute"]
    assert all(address in gpu.memory for address in executed[0][2].values())


def test_the_parts_are_timed_one_by_one(open_fake: OpenFake) -> None:
    session, _, _ = open_fake()
    with session.flights(Loop(overlap=True), {"x": ramp(2)}) as (flight, _):
        flight.enqueue()
        timing = flight.wait()
    assert (timing.h2d_ms, timing.gpu_ms, timing.d2h_ms, timing.latency_ms) == (2, 3, 3, 8)
    assert timing.host_ms > timing.enqueue_ms > 0


def test_a_part_begins_where_its_input_is_there_and_its_stream_is_free(
    open_fake: OpenFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _, gpu = open_fake()
    at: dict[int, float] = {}
    monkeypatch.setattr(
        gpu, "cudaEventElapsedTime", lambda begin, end: (0, at.get(end, 0.0) - at.get(begin, 0.0))
    )
    # start, uploaded, computed, done: of the second, compute and copy back wait for the first's.
    moments = [0.0, 2.0, 10.0, 24.0, 2.0, 4.0, 20.0, 25.0]
    with session.flights(Loop(overlap=True), {"x": ramp(2)}) as flights:
        begin = len(gpu.journal)
        for flight in flights:
            flight.enqueue()
        events = [entry[2] for entry in gpu.journal[begin:] if entry[0] == "record"]
        at.update(zip(events, moments, strict=True))
        first, second = (flight.wait() for flight in flights)
    assert (first.h2d_ms, first.gpu_ms, first.d2h_ms) == (2, 8, 14)
    assert (second.h2d_ms, second.gpu_ms, second.d2h_ms) == (2, 20 - 10, 25 - 24)


def test_inputs_are_on_the_gpu_where_nothing_is_transferred(open_fake: OpenFake) -> None:
    session, _, gpu = open_fake()
    with session.flights(Loop(transfers=False, overlap=True), {"x": ramp(2)}) as (flight, _):
        before = len(gpu.journal)
        flight.enqueue(transfers=False)
        timing = flight.wait()
        assert gpu.kinds()[before:] == ["record", "execute", "record", "wait"]
        assert timing.latency_ms == timing.gpu_ms == 2
        context = gpu.memory[flight.context.outputs[0].address]
        found = np.frombuffer(context, np.float32, 6).reshape(2, 3)
        np.testing.assert_array_equal(found, ramp(2) * 2)


@pytest.mark.parametrize("transfers", [True, False])
@pytest.mark.parametrize("spin", [True, False])
def test_waiting_spins_only_where_that_is_asked_for(
    open_fake: OpenFake, spin: bool, transfers: bool
) -> None:
    session, _, gpu = open_fake()
    with session.flights(Loop(spin=spin), {"x": ramp(2)}) as (flight,):
        before = len(gpu.journal)
        flight.enqueue(transfers=transfers)
        flight.wait()
        assert ("spin" in gpu.kinds()[before:]) == spin
        assert ("wait" in gpu.kinds()[before:]) != spin


def test_pageable_memory_is_none_of_cudas(open_fake: OpenFake) -> None:
    session, _, gpu = open_fake()
    session.run({"x": ramp(2)})
    with session.flights(Loop(pinned=False), {"x": ramp(2)}) as (flight,):
        assert len(gpu.memory) == 2, "on the GPU only"
        flight.enqueue()
        flight.wait()
        np.testing.assert_array_equal(flight.context.arrays()["y"], ramp(2) * 2)
    np.testing.assert_array_equal(session.run({"x": ramp(2)}).outputs["y"], ramp(2) * 2)
    assert len(gpu.memory) == 4


def test_contexts_are_kept_until_they_are_released(open_fake: OpenFake) -> None:
    session, contexts, gpu = open_fake()
    for streams in (4, 2, 4):
        with session.flights(Loop(streams=streams), {"x": ramp(2)}) as flights:
            assert len({id(flight.context) for flight in flights}) == streams
    assert len(contexts) == 4
    session.release()
    session.run({"x": ramp(2)})
    assert len(gpu.memory) == 4, "the first context's two tensors, on both sides"


def test_kernels_that_would_still_change_are_not_measured(open_fake: OpenFake) -> None:
    session, contexts, _ = open_fake("specializing")
    assert contexts[0].options.kernel_specialization is None
    with session.flights(Loop(streams=2), {"x": ramp(2)}) as flights:
        assert [contexts.index(flight.context.raw) for flight in flights] == [1, 2]
    assert [c.options.kernel_specialization for c in contexts[1:]] == ["eager", "eager"]


def test_what_its_user_chose_is_measured(open_fake: OpenFake) -> None:
    chosen = LoadOptions(kernel_specialization="lazy")
    session, contexts, _ = open_fake("specializing", options=chosen)
    with session.flights(Loop(), {"x": ramp(2)}) as (flight,):
        assert flight.context.raw is contexts[0]


def test_where_a_context_keeps_its_shapes_each_shape_has_its_own(
    open_fake: OpenFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tensorrt_session, "KEPT_SHAPES", 3)
    session, contexts, _ = open_fake("unsupported")
    for batch in (2, 1, 2, 1, 3):
        outputs = session.run({"x": ramp(batch)}).outputs
        np.testing.assert_array_equal(outputs["y"], ramp(batch) * 2)
    assert len(contexts) == 3
    assert [context.shapes_set for context in contexts] == [1, 1, 1]
    for batch in (4, 1):
        session.run({"x": ramp(batch)})
    session.run({"x": ramp(2)})
    assert len(contexts) == 5, "the one for two rows had gone"


def test_measuring_another_shape_takes_other_contexts(open_fake: OpenFake) -> None:
    session, contexts, _ = open_fake("unsupported")
    for batch in (2, 2, 1):
        with session.flights(Loop(streams=2), {"x": ramp(batch)}) as flights:
            for flight in flights:
                flight.enqueue()
                flight.wait()
                np.testing.assert_array_equal(flight.context.arrays()["y"], ramp(batch) * 2)
    assert [context.shapes_set for context in contexts] == [0, 1, 1, 1, 1]


def test_kernels_are_compiled_where_fp32_is_exact(
    open_fake: OpenFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, contexts, _ = open_fake()
    session.info = session._flight.context.info = replace(session.info, exact_fp32=True)
    told: list[str | None] = []
    execute = contexts[0].execute_async_v3

    def watched(stream: int) -> bool:
        told.append(os.environ.get("NVIDIA_TF32_OVERRIDE"))
        return execute(stream)

    monkeypatch.setattr(contexts[0], "execute_async_v3", watched)
    monkeypatch.delenv("NVIDIA_TF32_OVERRIDE", raising=False)
    for batch in (2, 2, 1):
        session.run({"x": ramp(batch)})
    assert told == ["0", None, "0"], "only with new shapes, when kernels may be compiled"


def test_a_captured_enqueue_is_launched_with_the_same_result(open_fake: OpenFake) -> None:
    session, _, gpu = open_fake()
    with session.flights(Loop(cuda_graph=True, overlap=True), {"x": ramp(2)}) as flights:
        assert [flight.capture() for flight in flights] == ["", ""]
        before = len(gpu.journal)
        for flight in flights:
            np.copyto(flight.context.inputs[0].view, ramp(2, start=7))
            flight.enqueue()
            flight.wait()
            if flight is flights[-1]:  # the fake knows one graph, the last
                np.testing.assert_array_equal(flight.context.arrays()["y"], ramp(2, start=7) * 2)
        kinds = gpu.kinds()[before:]
        assert kinds.count("launch") == 2
        assert "execute" not in kinds


@pytest.mark.parametrize(
    ("loop", "turn"),
    [
        (
            Loop(overlap=True, cuda_graph=True),
            "wait record h2d record await launch record await d2h record times",
        ),
        (Loop(cuda_graph=True), "wait record h2d record launch record d2h record times"),
        (Loop(transfers=False, overlap=True), "wait record execute record times"),
    ],
)
def test_an_inference_makes_no_more_calls_than_its_times_need(
    open_fake: OpenFake, loop: Loop, turn: str
) -> None:
    """A pipeline that times nothing makes ``wait h2d record await launch record await d2h record``:
    one event more is the beginning. The times are asked for when the next inference is under way.
    """
    session, _, gpu = open_fake()
    calls: list[str] = []
    count = 12
    with session.flights(loop, {"x": ramp(2)}) as flights:
        if loop.cuda_graph:
            assert not any(flight.capture() for flight in flights)
        begin = len(gpu.journal)

        def take(timing: Timing, _stream: int, _end_s: float) -> None:
            assert timing.latency_ms > 0 and timing.host_ms > 0
            calls.extend(gpu.kinds()[begin + calls_before() :])
            calls.append("times")

        def calls_before() -> int:
            return len(calls) - calls.count("times")

        run_loop(
            flights, transfers=loop.transfers, goes_on=lambda begun, _: begun < count, take=take
        )
    first = calls.index("wait")
    steady = (count - len(flights)) * len(turn.split())
    assert calls[first : first + steady] == turn.split() * (count - len(flights))
    assert set(calls[first + steady :]) == {"wait", "times"}


def test_times_are_those_of_the_inference_before_the_one_under_way(open_fake: OpenFake) -> None:
    session, _, _ = open_fake()
    with session.flights(Loop(overlap=True), {"x": ramp(2)}) as (flight, other):
        flight.enqueue(transfers=False)
        flight.finish()
        flight.enqueue(transfers=True)
        other.enqueue()
        assert flight.timing().h2d_ms == 0 < flight.timing().gpu_ms
        flight.finish()
        assert flight.timing().h2d_ms > 0


def test_calls_are_prepared_anew_for_other_shapes(open_fake: OpenFake) -> None:
    session, _, _ = open_fake("positive")
    for rows in (1, 4, 2, 9, 2):
        for start in (0, 5):
            given = ramp(rows, start=start - 4)
            outputs = session.run({"x": given}).outputs
            np.testing.assert_array_equal(outputs["y"], given * 2)
            np.testing.assert_array_equal(outputs["positive"], given[given > 0])


@pytest.mark.parametrize("part", ["enqueue", "end"])
def test_what_cannot_be_captured_runs_as_before(open_fake: OpenFake, part: str) -> None:
    session, contexts, gpu = open_fake()
    with session.flights(Loop(cuda_graph=True), {"x": ramp(2)}) as (flight,):
        contexts[0].refuse = part == "enqueue"
        gpu.can_capture = False
        assert flight.capture().startswith("Without a CUDA graph: ")
        contexts[0].refuse = False
        assert gpu.captured is None, "the capture was ended"
        flight.enqueue()
        flight.wait()
        np.testing.assert_array_equal(flight.context.arrays()["y"], ramp(2) * 2)


def test_data_that_decides_about_shapes_cannot_be_captured(open_fake: OpenFake) -> None:
    session, _, gpu = open_fake("positive")
    with session.flights(Loop(cuda_graph=True), {"x": ramp(2)}) as (flight,):
        assert "depends on the data" in flight.capture()
    assert "capture" not in gpu.kinds()


def test_a_runtime_that_captures_by_itself_is_left_alone(open_fake: OpenFake) -> None:
    session, _, gpu = open_fake(options=LoadOptions(cuda_graphs="whole_graph_capture"))
    with session.flights(Loop(cuda_graph=True), {"x": ramp(2)}) as (flight,):
        assert flight.capture() == ""
    assert "capture" not in gpu.kinds()


def test_kernels_that_are_still_compiled_are_waited_for(open_fake: OpenFake) -> None:
    session, contexts, gpu = open_fake()
    answers = iter([False, False, True])
    contexts[0].is_stream_capturable = lambda _stream: next(answers)
    with session.flights(Loop(cuda_graph=True), {"x": ramp(2)}) as (flight,):
        before = gpu.kinds().count("execute")
        assert flight.capture() == ""
        assert gpu.kinds().count("execute") == before + 3, "two while waiting, one captured"


def test_what_says_that_it_cannot_be_captured_is_tried_all_the_same(
    open_fake: OpenFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trtstudio.engine.run import cuda_graph

    monkeypatch.setattr(cuda_graph, "_PATIENCE_S", 0.0)
    session, contexts, gpu = open_fake()
    contexts[0].is_stream_capturable = lambda _stream: False
    with session.flights(Loop(cuda_graph=True), {"x": ramp(2)}) as (flight,):
        assert flight.capture() == ""
        assert "capture" in gpu.kinds()

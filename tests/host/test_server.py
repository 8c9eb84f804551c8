"""The protocol and the lanes, against a real process."""

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.host.echo_server import UNTIL_CANCELLED
from trtstudio.host.arrays import FOLDERS_VARIABLE
from trtstudio.model.build.build import BuildRequest, BuildResult, Progress, ShapeRange
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.graph import Graph, Tensor
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.measure.bench import BenchRequest, ClockSample, SweepPoint, SweepRequest
from trtstudio.model.measure.layer_profile import LayerProfileRequest, LayerTime
from trtstudio.model.measure.loop import Loop
from trtstudio.model.measure.memory import MemoryItem, MemoryRequest
from trtstudio.model.refit import RefitRequest, RefitResult
from trtstudio.model.requests import EngineRequest, NetworkRequest, ProbeRequest, UnloadRequest
from trtstudio.model.run import LoadRequest, RunRequest, SessionInfo, Timing
from trtstudio.model.runtime import Device, Installation, Runtime

TIMEOUT_S = 30


def build(behaviour: str, argument: str = "") -> BuildRequest:
    return BuildRequest(behaviour, argument)


def ask(engine, request):
    return engine.submit(request).future.result(TIMEOUT_S)


def test_every_kind_of_message_makes_the_round_trip(engine):
    found = ask(engine, ProbeRequest())
    assert found == Installation(
        Runtime("tensorrt_rtx", "1.7", precisions=("keep",), flags=("TF32",)),
        devices=(Device("GPU", "sm_86", 1 << 33),),
        packages={"numpy": np.__version__},
    )
    for request, view in ((NetworkRequest("a"), "network"), (EngineRequest("a"), "engine")):
        graph = ask(engine, request)
        assert isinstance(graph, Graph)
        assert (graph.view, graph.name) == (view, "a")
        assert graph.layers[0].attributes == {"pads": [1, 2], "alpha": 0.5, "none": None}
        assert graph.tensors[0] == Tensor("x", "float32", (1, "batch", -1), "input")
        assert graph.tensors[1].shape is None
    profile = {"x": ShapeRange((1, 2), (2, 2), (4, 2))}
    built = ask(engine, BuildRequest("plain", "p", (profile,), targets=("sm_86",)))
    assert isinstance(built, BuildResult)
    assert (built.plan, built.profiles, built.targets) == ("p", (profile,), ("sm_86",))
    assert built.engine.view == "engine"
    info = ask(engine, LoadRequest("a.plan", "tensorrt"))
    assert isinstance(info, SessionInfo)
    assert (info.path, info.shapes) == ("a.plan", {"x": (1, 2)})
    measured = ask(engine, BenchRequest(1, {"x": (1, 2)}, duration_s=0.0, iterations=30))
    assert (measured.iterations, measured.gpu_ms, measured.shapes) == (30, None, {"x": (1, 2)})
    np.testing.assert_array_equal(measured.samples_ms, np.linspace(1, 4, 30, dtype=np.float32))
    assert ask(engine, UnloadRequest(1)) is None


def test_arrays_large_and_small_make_the_round_trip(engine):
    random = np.random.default_rng(0)
    inputs = {
        "picture": random.random((1, 3, 224, 224), np.float32),
        "strided": random.integers(0, 255, (300, 400), np.uint8)[::2, ::3],
        "scalar": np.array(3.5, np.float16),
        "empty": np.zeros((0, 4), np.int64),
    }
    result = ask(engine, RunRequest(1, inputs))
    assert result.timing == Timing(1.5)
    assert result.outputs.keys() == inputs.keys()
    for name, array in inputs.items():
        assert result.outputs[name].dtype == array.dtype
        np.testing.assert_array_equal(result.outputs[name], array)


def test_200_mb_make_the_round_trip(engine):
    array = np.arange(50_000_000, dtype=np.float32)
    there = ask(engine, RunRequest(1, {"x": array})).outputs["x"]
    assert np.array_equal(there, array)


def test_lanes_work_at_the_same_time_and_each_in_order(engine):
    held = engine.submit(build("wait for cancel"))
    behind = engine.submit(build("plain"))
    assert ask(engine, ProbeRequest()).runtime is not None
    assert ask(engine, RunRequest(1, {})).outputs == {}
    assert not held.future.done()
    assert not behind.future.done()
    held.cancel(grace_s=TIMEOUT_S)
    assert behind.future.result(TIMEOUT_S).plan_bytes == 1


def test_progress_is_the_newest_and_the_log_is_whole(engine, tmp_path):
    seen = tmp_path / "seen"
    job = engine.submit(build("report", str(seen)))
    deadline = time.monotonic() + TIMEOUT_S
    while job.progress != Progress("compiling", 1999, 2000):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    lines = job.take_log()
    seen.touch()
    job.future.result(TIMEOUT_S)
    lines += job.take_log()
    assert [line.text for line in lines] == [f"line {n}" for n in range(2000)]
    assert lines[7].time == 7.0
    assert job.progress == Progress("done", 2000, 2000)
    assert job.take_log() == []


def test_a_log_from_many_threads_is_whole(engine):
    job = engine.submit(build("report from many threads"))
    job.future.result(TIMEOUT_S)
    lines = [line.text.split() for line in job.take_log()]
    for thread in "0123":
        assert [n for name, n in lines if name == thread] == [str(n) for n in range(200)]


def test_samples_arrive_while_the_benchmark_runs(engine, until):
    job = engine.submit(BenchRequest(1, duration_s=UNTIL_CANCELLED, iterations=95))
    until(lambda: job.samples)
    assert not job.future.done()
    pieces = job.take_samples()
    job.cancel(grace_s=TIMEOUT_S)
    job.future.result(TIMEOUT_S)
    pieces += job.take_samples()
    assert {piece.table.dtype for piece in pieces} == {np.dtype(np.float32)}
    latencies = np.concatenate([piece.column("latency_ms") for piece in pieces])
    np.testing.assert_array_equal(latencies, np.linspace(1, 4, 95, dtype=np.float32))
    assert job.take_clocks() == [ClockSample(0.5, 1980, throttle=("power cap",))]


def test_parts_of_an_answer_arrive_before_it(engine):
    finished = SweepPoint({"batch": 4}, problem="too large")
    base = BenchRequest(1, duration_s=0.0, loop=Loop(streams=2))
    job = engine.submit(SweepRequest(base, {"batch": (1, 2)}, (finished,)))
    result = job.future.result(TIMEOUT_S)
    parts = job.take_parts()
    assert [part.values for part in parts] == [{"batch": 1}, {"batch": 2}]
    assert [point.values["batch"] for point in result.points] == [4, 1, 2]
    assert result.points[0] == finished
    assert not result.complete
    for part, point in zip(parts, result.points[1:], strict=True):
        np.testing.assert_array_equal(part.result.samples_ms, point.result.samples_ms)


def test_errors_keep_their_words(engine):
    with pytest.raises(StudioError) as raised:
        ask(engine, build("fail"))
    error = raised.value
    assert (error.message, error.hint, error.details) == (
        "It is too large.",
        "Make it smaller.",
        "by 3",
    )


@pytest.mark.parametrize(
    ("kind", "message"), [("exit", "SystemExit: missing"), ("key", "KeyError: 'missing'")]
)
def test_unforeseen_errors_arrive_with_their_traceback(engine, kind, message):
    with pytest.raises(StudioError) as raised:
        ask(engine, build("stumble", kind))
    assert raised.value.message == message
    assert "echo_server.py" in raised.value.details
    assert ask(engine, build("plain")).plan_bytes == 1


@pytest.mark.parametrize("behaviour", ["answer nonsense", "answer the unsendable"])
def test_an_answer_that_is_none_is_an_error(engine, behaviour):
    with pytest.raises(StudioError):
        ask(engine, build(behaviour))
    assert ask(engine, build("plain")).plan_bytes == 1


def test_a_request_that_cannot_be_sent_fails_alone(engine):
    with pytest.raises(StudioError, match="cannot be sent"):
        ask(engine, RunRequest(1, {"x": object()}))
    with pytest.raises(StudioError, match="Expected `int`"):
        ask(engine, RunRequest("one", {}))
    assert ask(engine, build("plain")).plan_bytes == 1


def test_a_request_that_the_runtime_does_not_know_is_an_error(engine):
    with pytest.raises(StudioError, match="does not know Timing") as raised:
        ask(engine, Timing(1.0))
    assert "same version" in raised.value.hint


def test_what_libraries_print_is_no_message_and_nobody_reads_ours(engine):
    assert ask(engine, build("pollute")).runtime == ""
    assert ask(engine, build("plain")).plan_bytes == 1


def test_work_that_has_not_begun_is_cancelled_without_harm(engine):
    held = engine.submit(build("wait for cancel"))
    behind = engine.submit(build("plain"))
    behind.cancel(grace_s=TIMEOUT_S)
    with pytest.raises(Cancelled):
        behind.future.result(TIMEOUT_S)
    assert not held.future.done()


def start_alone(echo: tuple[str, ...], folder: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        FOLDERS_VARIABLE: str(folder),
    }
    return subprocess.Popen(
        [sys.executable, *echo],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )


def test_garbage_ends_the_server_with_a_word(echo_arguments, tmp_path):
    with start_alone(echo_arguments, tmp_path) as server:
        out, err = server.communicate(b"GET / HTTP/1.1\r\n\r\n", TIMEOUT_S)
    assert server.returncode == 1
    assert out == b""
    assert b"ValueError" in err


def test_the_end_of_the_window_ends_the_server_and_tidies_up(echo_arguments, tmp_path):
    folder = tmp_path / "arrays"
    folder.mkdir()
    with start_alone(echo_arguments, folder) as server:
        _, err = server.communicate(b"", TIMEOUT_S)
    assert server.returncode == 0
    assert err == b""
    assert not folder.exists()


def test_a_session_can_be_asked_about_its_layers_memory_and_weights(engine):
    shapes = {"x": (1, 3)}
    profile = ask(engine, LayerProfileRequest(1, shapes, 7))
    assert profile.layers == (LayerTime("k", "conv", 0.5, 0.6, 1.0, 3, ("conv", "relu")),)
    assert (profile.shapes, profile.iterations, profile.sum_ms) == (shapes, 7, 0.5)
    for streaming, kept in ((40, 40), ("automatic", None), (None, None)):
        options = LoadOptions(device=1, weight_streaming=streaming, context_memory="static")
        load = LoadRequest("a.plan", "tensorrt", options)
        ledger = ask(engine, MemoryRequest(load, shapes, 2))
        assert ledger.items == (MemoryItem("weights", 100, 2, "at_most", "a.plan"),)
        assert (ledger.streaming_bytes, ledger.shapes, ledger.fits) == (kept, shapes, False)
    result = ask(engine, RefitRequest("a.plan", "b.onnx", "c.plan"))
    assert result == RefitResult("c.plan", 1, "b.onnx", 2, 0.5)

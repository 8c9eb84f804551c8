"""The TensorRT session: its own logic against a GPU of Python, and all of it on a real one."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from trtstudio.engine import cuda
from trtstudio.engine.run import flight, tensorrt_session
from trtstudio.engine.run.opening import open_session
from trtstudio.engine.run.session import Session
from trtstudio.model.errors import StudioError
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.measure.loop import Loop
from trtstudio.model.run import LoadRequest


def ramp(rows: int) -> np.ndarray:
    return np.arange(rows * 3, dtype=np.float32).reshape(rows, 3) - 2


def test_copies_and_compute_are_in_one_stream_in_order(open_fake: Callable[..., Any]) -> None:
    session, _, gpu = open_fake()
    made = len(gpu.journal)
    result = session.run({"x": ramp(2)})
    np.testing.assert_array_equal(result.outputs["y"], ramp(2) * 2)
    steps = gpu.journal[made:]
    assert [s[0] for s in steps] == [
        "record",
        "h2d",
        "record",
        "execute",
        "record",
        "d2h",
        "record",
        "wait",
    ]
    (stream,) = {step[1] for step in steps[:-1]}
    assert stream in gpu.objects  # so it is none of the default streams
    assert steps[-1][1] == steps[-2][2], "waits for the last event"


def test_the_timing_is_that_of_the_events(open_fake: Callable[..., Any]) -> None:
    session, _, _ = open_fake()
    timing = session.run({"x": ramp(2)}).timing
    assert (timing.h2d_ms, timing.gpu_ms, timing.d2h_ms) == (2, 2, 2)
    assert timing.latency_ms == 6
    assert timing.enqueue_ms > 0


@pytest.mark.parametrize("also", ["positive", "unsupported"])
def test_an_inference_for_which_kernels_are_compiled_is_not_the_one_that_counts(
    open_fake: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, also: str
) -> None:
    session, (context,), gpu = open_fake(also)
    kernels: set[tuple[Any, ...]] = set()
    execute = type(context).execute_async_v3
    monkeypatch.setattr(flight, "perf_counter", lambda: gpu.kinds().count("compile") / 1000)

    def compile_first(context: Any, stream: int) -> bool:
        if (context, context.shape) not in kernels and context.shape != (9, 3):
            gpu.journal.extend([("compile",)] * 100)  # of which each takes 1 ms
        kernels.add((context, context.shape))
        return bool(execute(context, stream))

    monkeypatch.setattr(type(context), "execute_async_v3", compile_first)
    saved: list[int] = []
    monkeypatch.setattr(session, "keep_kernels", lambda: saved.append(len(kernels)))
    executed: list[int] = []
    for rows in (2, 2, 1, 9, 1, 2):
        before = len(gpu.journal)
        result = session.run({"x": ramp(rows)})
        np.testing.assert_array_equal(result.outputs["y"], ramp(rows) * 2)
        assert result.timing.latency_ms < 10
        executed.append(gpu.kinds()[before:].count("execute"))
    assert executed == [2, 1, 2, 1, 1, 1], "for nine the kernels are there"
    assert gpu.kinds().count("compile") == 200
    assert saved == [1], "the others come soon after"
    monkeypatch.setattr(tensorrt_session, "_KEEP_EVERY_S", -1.0)
    session.run({"x": ramp(4)})
    assert saved == [1, len(kernels)]


def test_addresses_are_bound_before_the_enqueue(open_fake: Callable[..., Any]) -> None:
    session, (context,), gpu = open_fake()
    for rows in (1, 4, 2):
        session.run({"x": ramp(rows)})
        bound = next(entry[2] for entry in reversed(gpu.journal) if entry[0] == "execute")
        assert bound == context.addresses
        assert bound.keys() == {"x", "y"}
        assert set(bound.values()) <= gpu.memory.keys(), "memory that is still allocated"


def test_buffers_grow_and_are_reused(open_fake: Callable[..., Any]) -> None:
    session, (context,), gpu = open_fake()
    session.run({"x": ramp(2)})
    assert gpu.allocations == 4  # two tensors, on both sides
    session.run({"x": ramp(2)})
    assert context.shapes_set == 1, "the same shapes are not bound again"
    session.run({"x": ramp(1)})
    assert gpu.allocations == 4
    result = session.run({"x": ramp(4)})
    assert gpu.allocations == 8
    assert len(gpu.memory) == 4, "the smaller ones are freed"
    np.testing.assert_array_equal(result.outputs["y"], ramp(4) * 2)


def test_running_out_of_memory_does_no_harm(open_fake: Callable[..., Any]) -> None:
    session, _, gpu = open_fake()
    session.run({"x": ramp(1)})
    gpu.limit_bytes = 40
    with pytest.raises(cuda.CudaError, match="memory does not suffice"):
        session.run({"x": ramp(4)})
    for rows in (1, 3, 1):
        outputs = session.run({"x": ramp(rows)}).outputs
        np.testing.assert_array_equal(outputs["y"], ramp(rows) * 2)


def test_outputs_belong_to_the_caller(open_fake: Callable[..., Any]) -> None:
    session, _, _ = open_fake()
    first = session.run({"x": ramp(2)}).outputs["y"]
    session.run({"x": np.zeros((2, 3), np.float32)})
    np.testing.assert_array_equal(first, ramp(2) * 2)


def test_a_step_can_leave_out_the_copies(open_fake: Callable[..., Any]) -> None:
    session, _, gpu = open_fake()
    session.run({"x": ramp(2)})
    before = len(gpu.journal)
    timing = session.step(transfers=False)
    assert gpu.kinds()[before:] == ["record", "execute", "record", "wait"]
    assert timing.latency_ms == timing.gpu_ms == 2
    assert timing.h2d_ms == timing.d2h_ms == 0


def test_shapes_outside_every_profile_are_refused(open_fake: Callable[..., Any]) -> None:
    session, (context,), _ = open_fake()
    with pytest.raises(StudioError, match=r'\[5 x 3\] of "x"') as caught:
        session.run({"x": ramp(5)})
    assert "min [1 x 3], opt [2 x 3], max [4 x 3]" in caught.value.message
    assert "min [8 x 3], opt [8 x 3], max [16 x 3]" in caught.value.details
    assert not context.shapes_set


def test_the_profile_that_fits_is_taken(open_fake: Callable[..., Any]) -> None:
    session, _, gpu = open_fake()
    for rows in (2, 9, 16, 1):
        session.run({"x": ramp(rows)})
    assert [entry[2] for entry in gpu.journal if entry[0] == "profile"] == [1, 0]


def test_a_refused_shape_has_tensorrts_words_and_does_no_harm(
    open_fake: Callable[..., Any],
) -> None:
    session, (context,), _ = open_fake()
    context.refuse = True
    with pytest.raises(StudioError) as caught:
        session.run({"x": ramp(2)})
    assert "the network cannot take this" in caught.value.details
    context.refuse = False
    np.testing.assert_array_equal(session.run({"x": ramp(2)}).outputs["y"], ramp(2) * 2)


def test_a_refused_enqueue_has_tensorrts_words(open_fake: Callable[..., Any]) -> None:
    session, (context,), _ = open_fake()
    session.run({"x": ramp(2)})
    context.refuse = True
    with pytest.raises(StudioError, match="could not start") as caught:
        session.run({"x": ramp(2)})
    assert "out of something" in caught.value.details


def test_an_output_may_depend_on_the_data(open_fake: Callable[..., Any]) -> None:
    session, _, _ = open_fake("positive")
    for x in (ramp(2), -ramp(2), np.zeros((2, 3), np.float32), ramp(4)):
        outputs = session.run({"x": x}).outputs
        np.testing.assert_array_equal(outputs["positive"], x[x > 0])
        np.testing.assert_array_equal(outputs["y"], x * 2)


def test_values_on_the_host_decide_about_shapes(open_fake: Callable[..., Any]) -> None:
    session, _, gpu = open_fake("factor")
    for factor in (1, 3, 2):
        before = len(gpu.journal)
        result = session.run({"x": ramp(1), "factor": np.array([factor], np.int32)})
        np.testing.assert_array_equal(result.outputs["y"], np.resize(ramp(1) * 2, (factor, 3)))
        assert gpu.kinds()[before:].count("h2d") == 1, "the factor stays on the host"
    np.testing.assert_array_equal(session.shape_values["factor"], [3])
    for rows, factor in ((4, 3), (8, 4)):
        found = session.values_for({"x": (rows, 3), "factor": (1,)})["factor"]
        assert (found.tolist(), found.dtype) == ([factor], np.int32)


def test_values_on_the_host_choose_the_profile(open_fake: Callable[..., Any]) -> None:
    session, _, gpu = open_fake("factor")

    def run(rows: int, factor: int) -> None:
        inputs = {"x": ramp(rows), "factor": np.array([factor], np.int32)}
        assert session.run(inputs).outputs["y"].shape == (rows * factor, 3)

    for rows, factor in ((4, 5), (8, 2), (16, 9), (1, 1)):
        run(rows, factor)
    assert [entry[2] for entry in gpu.journal if entry[0] == "profile"] == [1, 0]
    with pytest.raises(StudioError, match=r'values \[6\] of "factor" .* profile 0.* max \[5\]'):
        run(4, 6)
    with pytest.raises(StudioError, match=r'values \[1\] of "factor" .* profile 1.* min \[2\]'):
        run(16, 1)


def test_every_session_works_on_its_own_gpu(open_fake: Callable[..., Any]) -> None:
    session, _, gpu = open_fake(options=LoadOptions(device=1))
    for device in (0, 2):
        cuda.set_device(device)
        session.run({"x": ramp(2)})
        assert gpu.current == 1
        cuda.set_device(device)
        with session.flights(Loop(), {"x": ramp(2)}):
            assert gpu.current == 1
    assert session.bus_id == b"0000:01:00.0"


def test_compiled_kernels_are_kept_before_other_contexts_want_them(
    open_fake: Callable[..., Any],
) -> None:
    session, contexts, gpu = open_fake()
    before = gpu.kinds().count("save kernels")
    for streams in (1, 3, 3):
        with session.flights(Loop(streams=streams), {"x": ramp(2)}):
            pass
    assert len(contexts) == 3
    assert gpu.kinds().count("save kernels") == before + 2, "for each that is new"


def test_kernels_of_the_first_inference_are_kept_at_once(open_fake: Callable[..., Any]) -> None:
    session, _, gpu = open_fake()
    before = len(gpu.journal)
    assert tensorrt_session._run_once(session) > 0
    kinds = gpu.kinds()[before:]
    assert kinds.count("execute") == 1
    assert kinds.index("execute") < kinds.index("save kernels")


def test_a_closed_session_says_so(open_fake: Callable[..., Any]) -> None:
    session, _, _ = open_fake()
    session.close()
    with pytest.raises(StudioError, match="no longer loaded"):
        session.run({"x": ramp(2)})


def ignore(_said: object) -> None:
    """Nobody listens."""


@pytest.fixture
def on_cpu(built: tuple[Path, Path]) -> Iterator[Session]:
    session = open_session(LoadRequest(str(built[0])), 8, ignore)
    yield session
    session.close()


def pictures(count: int) -> np.ndarray:
    return np.random.default_rng(count).random((count, 3, 32, 32), np.float32)


def relative_l2(found: np.ndarray, expected: np.ndarray) -> float:
    return float(np.linalg.norm(found - expected) / np.linalg.norm(expected))


@pytest.mark.gpu
def test_gpu_agrees_with_onnx_runtime_at_every_batch(on_gpu: Session, on_cpu: Session) -> None:
    for batch in (4, 1, 8, 8, 3):
        inputs = {"images": pictures(batch)}
        found, expected = on_gpu.run(inputs), on_cpu.run(inputs)
        scores = found.outputs["scores"]
        assert scores.shape == (batch, 10)
        # TensorRT computes FP32 in TF32, which keeps 10 bits of the fraction.
        assert relative_l2(scores, expected.outputs["scores"]) < 5e-3
        timing = found.timing
        assert min(timing.h2d_ms, timing.gpu_ms, timing.d2h_ms, timing.enqueue_ms) > 0
        assert timing.latency_ms == pytest.approx(timing.h2d_ms + timing.gpu_ms + timing.d2h_ms)


@pytest.mark.gpu
def test_gpu_compiles_outside_the_latency(on_gpu: Session) -> None:
    for batch in (3, 5, 3):
        begin = perf_counter()
        first = on_gpu.run({"images": pictures(batch)}).timing
        took_ms = (perf_counter() - begin) * 1e3
        assert first.latency_ms < took_ms
        later = min(on_gpu.run({"images": pictures(batch)}).timing.latency_ms for _ in range(9))
        assert first.latency_ms < later + 20, f"the first took {took_ms:.0f} ms"


@pytest.mark.gpu
def test_gpu_session_describes_itself(on_gpu: Session) -> None:
    info = on_gpu.info
    assert info.session == 7
    assert info.runtime.startswith("TensorRT")
    assert info.device == cuda.devices()[0].name
    assert info.shapes == {"images": (4, 3, 32, 32)}
    assert [(t.name, t.dtype, t.shape) for t in info.inputs] == [
        ("images", "float32", (-1, 3, 32, 32))
    ]
    assert [(t.name, t.dtype, t.shape) for t in info.outputs] == [("scores", "float32", (-1, 10))]
    assert info.load_seconds.keys() == {"verify", "deserialize", "context", "first_run"}


@pytest.mark.gpu
def test_gpu_refuses_a_batch_outside_the_profile_and_goes_on(on_gpu: Session) -> None:
    with pytest.raises(StudioError, match="outside what the engine was built for") as caught:
        on_gpu.run({"images": pictures(9)})
    for shape in (
        "[1 x 3 x 32 x 32]",
        "[4 x 3 x 32 x 32]",
        "[8 x 3 x 32 x 32]",
        "[9 x 3 x 32 x 32]",
    ):
        assert shape in caught.value.message
    assert on_gpu.run({"images": pictures(2)}).outputs["scores"].shape == (2, 10)


@pytest.mark.gpu
def test_gpu_runs_a_plan_behind_an_ultralytics_prefix(
    built: tuple[Path, Path], on_gpu: Session, tmp_path: Path
) -> None:
    names = b'{"names": {"0": "a"}}'
    path = tmp_path / "prefixed.engine"
    path.write_bytes(len(names).to_bytes(4, "little") + names + built[1].read_bytes())
    session = open_session(LoadRequest(str(path)), 9, ignore)
    inputs = {"images": pictures(2)}
    expected = on_gpu.run(inputs).outputs["scores"]
    # Kernels are specialized while a plan runs, so two sessions agree as TF32 does, not to the bit.
    np.testing.assert_allclose(
        session.run(inputs).outputs["scores"], expected, rtol=1e-2, atol=1e-3
    )
    session.close()


@pytest.mark.gpu
@pytest.mark.parametrize("part", [0.3, 0.5, 0.9])
def test_gpu_refuses_a_plan_with_one_flipped_byte(
    built: tuple[Path, Path], tmp_path: Path, part: float
) -> None:
    _, plan = built
    damaged = bytearray(plan.read_bytes())
    damaged[int(len(damaged) * part)] ^= 1
    copy = tmp_path / plan.name
    copy.write_bytes(damaged)
    copy.with_name(plan.name + ".json").write_bytes(
        plan.with_name(plan.name + ".json").read_bytes()
    )
    with pytest.raises(StudioError, match="has changed since it was built"):
        open_session(LoadRequest(str(copy)), 1, ignore)


@pytest.mark.gpu
def test_gpu_refuses_a_plan_cut_short(built: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "short.plan"
    path.write_bytes(built[1].read_bytes()[:-1000])
    with pytest.raises(StudioError) as caught:
        open_session(LoadRequest(str(path)), 1, ignore)
    assert caught.value.hint


@pytest.mark.gpu
def test_gpu_keeps_compiled_kernels(built: tuple[Path, Path]) -> None:
    from trtstudio.engine import runtime
    from trtstudio.engine.run import kernel_cache

    if not runtime.is_rtx(runtime.load()):
        pytest.skip("only TensorRT-RTX compiles kernels when a plan is loaded")
    for _ in range(2):
        session = open_session(LoadRequest(str(built[1])), 1, ignore)
        session.run({"images": pictures(1)})
        session.close()
        assert len(list(kernel_cache.folder().glob("*.kernels"))) == 1


@pytest.fixture
def gpu_time(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script that measures what the session promises."""
    monkeypatch.syspath_prepend(Path(__file__).parents[3] / "benchmarks")
    return import_module("gpu_time")


@pytest.mark.gpu
def test_gpu_time_is_that_of_a_bare_loop(
    gpu_time: ModuleType, sample_model: Path, tmp_path: Path
) -> None:
    if not sample_model.exists():
        pytest.skip("the bundled sample is not here")
    figures = gpu_time.measure(gpu_time.build_sample(tmp_path), 300, gpu_time.WARM_UP_S)
    middle, _low, _high = figures["ratio"]
    assert 0.9 < middle < 1.1

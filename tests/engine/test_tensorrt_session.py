"""The TensorRT session: its own logic against a GPU of Python, and all of it on a real one."""

import ctypes
from collections.abc import Callable, Iterator
from importlib import util
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from trtstudio.engine import cuda, logger
from trtstudio.engine.benchmark import benchmark
from trtstudio.engine.opening import open_session
from trtstudio.engine.session import Session
from trtstudio.engine.tensorrt_session import TensorrtSession
from trtstudio.model.build import BuildRequest, ShapeRange
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import BenchRequest, LoadRequest, SessionInfo

OK, OUT_OF_MEMORY = 0, 2


class PythonCuda:
    """The part of ``cuda.bindings.runtime`` that the session uses, on the host's own memory: a
    copy really copies, at once, and everything is written down.
    """

    cudaStreamNonBlocking = 1
    cudaEventDefault = 0
    cudaEventBlockingSync = 1
    cudaHostAllocDefault = 0
    cudaMemcpyKind = SimpleNamespace(cudaMemcpyHostToDevice="h2d", cudaMemcpyDeviceToHost="d2h")

    def __init__(self) -> None:
        self.journal: list[tuple[Any, ...]] = []
        self.memory: dict[int, Any] = {}
        self.objects: set[int] = set()
        self.allocations = 0
        self.limit_bytes = 1 << 20

    def _make(self) -> tuple[int, int]:
        handle = 1000 + len(self.journal)
        self.journal.append(("make", handle))
        self.objects.add(handle)
        return OK, handle

    def cudaStreamCreateWithFlags(self, flags: int) -> tuple[int, int]:
        assert flags == self.cudaStreamNonBlocking
        return self._make()

    def cudaEventCreateWithFlags(self, flags: int) -> tuple[int, int]:
        assert flags == self.cudaEventBlockingSync
        return self._make()

    def _destroy(self, handle: int) -> tuple[int]:
        self.objects.remove(handle)
        return (OK,)

    cudaStreamDestroy = cudaEventDestroy = _destroy

    def cudaGetErrorName(self, code: int) -> tuple[int, bytes]:
        assert code == OUT_OF_MEMORY
        return OK, b"cudaErrorMemoryAllocation"

    cudaGetErrorString = cudaGetErrorName

    def _allocate(self, size: int) -> tuple[int, int]:
        if size > self.limit_bytes:
            return OUT_OF_MEMORY, 0
        block = ctypes.create_string_buffer(size)
        address = ctypes.addressof(block)
        self.memory[address] = block
        self.allocations += 1
        return OK, address

    def cudaMalloc(self, size: int) -> tuple[int, int]:
        return self._allocate(size)

    def cudaHostAlloc(self, size: int, _flags: int) -> tuple[int, int]:
        return self._allocate(size)

    def _free(self, address: int) -> tuple[int]:
        del self.memory[address]
        return (OK,)

    cudaFree = cudaFreeHost = _free

    def cudaMemcpyAsync(
        self, to: int, source: int, size: int, kind: str, stream: int
    ) -> tuple[int]:
        assert size <= min(len(self.memory[to]), len(self.memory[source]))
        ctypes.memmove(to, source, size)
        self.journal.append((kind, stream))
        return (OK,)

    def cudaEventRecord(self, event: int, stream: int) -> tuple[int]:
        self.journal.append(("record", stream, event))
        return (OK,)

    def cudaEventSynchronize(self, event: int) -> tuple[int]:
        self.journal.append(("wait", event))
        return (OK,)

    def cudaStreamSynchronize(self, stream: int) -> tuple[int]:
        self.journal.append(("synchronize", stream))
        return (OK,)

    def cudaEventElapsedTime(self, start: int, end: int) -> tuple[int, float]:
        """As many ms as there were journal entries in between."""
        at = {entry[2]: i for i, entry in enumerate(self.journal) if entry[0] == "record"}
        return OK, float(at[end] - at[start])

    def kinds(self) -> list[str]:
        return [entry[0] for entry in self.journal]


class IOutputAllocator:
    """What a Python allocator has to derive from."""


class PythonContext:
    """An execution context whose network doubles ``x`` into ``y``. ``positive``, where the engine
    has it, is what of ``x`` is above 0: its shape depends on the data.
    """

    def __init__(self, engine: "PythonEngine", gpu: PythonCuda) -> None:
        self.engine = engine
        self.gpu = gpu
        self.addresses: dict[str, int] = {}
        self.shape: tuple[int, ...] | None = None
        self.allocator: Any = None
        self.shapes_set = 0
        self.refuse = False

    def set_input_shape(self, name: str, shape: tuple[int, ...]) -> bool:
        if name == "x":
            self.shape = shape
            self.shapes_set += 1
        if self.refuse:
            logger.dispatch("error", "the network cannot take this")
        return not self.refuse

    def set_tensor_address(self, name: str, address: int) -> bool:
        assert address in self.gpu.memory
        self.addresses[name] = address
        return True

    def set_output_allocator(self, name: str, allocator: Any) -> bool:
        assert name == "positive"
        self.allocator = allocator
        return True

    def set_optimization_profile_async(self, profile: int, stream: int) -> bool:
        self.gpu.journal.append(("profile", stream, profile))
        return True

    def infer_shapes(self) -> list[str]:
        return [] if self.shape is not None else ["x"]

    def get_tensor_shape(self, name: str) -> tuple[int, ...]:
        assert self.shape is not None
        if name == "positive":
            return (-1,)
        factor = self._array("factor", (1,), np.int32)[0] if "factor" in self.addresses else 1
        return (int(self.shape[0] * factor), *self.shape[1:])

    def _array(self, name: str, shape: tuple[int, ...], dtype: Any = np.float32) -> Any:
        block = self.gpu.memory[self.addresses[name]]
        return np.ndarray(shape, dtype, buffer=block)

    def execute_async_v3(self, stream: int) -> bool:
        assert self.shape is not None
        self.gpu.journal.append(("execute", stream, dict(self.addresses)))
        if self.refuse:
            logger.dispatch("error", "out of something")
            return False
        x = self._array("x", self.shape)
        shape = self.get_tensor_shape("y")
        self._array("y", shape)[:] = np.resize(x * 2, shape)
        if self.allocator:
            found = x[x > 0]
            at = self.allocator.reallocate_output_async("positive", 0, found.nbytes, 256, stream)
            ctypes.memmove(at, found.ctypes.data, found.nbytes)
            self.allocator.notify_shape("positive", found.shape)
        return True


class PythonEngine:
    """``x`` [?, 3] with two profiles, and ``factor``, whose value decides about the shape of
    ``y``.
    """

    num_optimization_profiles = 2

    def get_tensor_profile_shape(self, name: str, profile: int) -> list[tuple[int, int]]:
        assert name == "x"
        return [[(1, 3), (2, 3), (4, 3)], [(8, 3), (8, 3), (16, 3)]][profile]

    def get_tensor_profile_values(self, profile: int, name: str) -> list[list[int]]:
        assert (profile, name) == (0, "factor")
        return [[1], [3], [5]]

    def is_shape_inference_io(self, name: str) -> bool:
        return name == "factor"


X = Tensor("x", "float32", (-1, 3), "input", "DEVICE")
Y = Tensor("y", "float32", (-1, 3), "output", "DEVICE")
FACTOR = Tensor("factor", "int32", (1,), "input", "HOST")
POSITIVE = Tensor("positive", "float32", (-1,), "output", "DEVICE")

Opened = tuple[TensorrtSession, PythonContext, PythonCuda]


@pytest.fixture
def open_fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Opened]]:
    """Opens a session on a GPU of Python; what it leaves there afterwards is an error."""
    gpu = PythonCuda()
    monkeypatch.setattr(cuda, "cudart", lambda: gpu)
    sessions = []

    def open_it(*inputs: Tensor, outputs: tuple[Tensor, ...] = (Y,)) -> Opened:
        engine = PythonEngine()
        context = PythonContext(engine, gpu)
        module: Any = SimpleNamespace(IOutputAllocator=IOutputAllocator)
        shapes = {"x": (2, 3), "factor": (1,)}
        info = SessionInfo(1, "x.plan", "TensorRT", "Python", inputs or (X,), outputs, shapes)
        sessions.append(TensorrtSession(module, engine, context, info))
        return sessions[-1], context, gpu

    yield open_it
    for session in sessions:
        session.close()
        session.close()
    assert not gpu.memory
    assert not gpu.objects


def ramp(rows: int) -> np.ndarray:
    return np.arange(rows * 3, dtype=np.float32).reshape(rows, 3) - 2


def test_copies_and_compute_are_in_one_stream_in_order(open_fake: Callable[..., Opened]) -> None:
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


def test_the_timing_is_that_of_the_events(open_fake: Callable[..., Opened]) -> None:
    session, _, _ = open_fake()
    timing = session.run({"x": ramp(2)}).timing
    assert (timing.h2d_ms, timing.gpu_ms, timing.d2h_ms) == (2, 2, 2)
    assert timing.latency_ms == 6
    assert timing.enqueue_ms > 0


def test_addresses_are_bound_before_the_enqueue(open_fake: Callable[..., Opened]) -> None:
    session, context, gpu = open_fake()
    for rows in (1, 4, 2):
        session.run({"x": ramp(rows)})
        bound = next(entry[2] for entry in reversed(gpu.journal) if entry[0] == "execute")
        assert bound == context.addresses
        assert bound.keys() == {"x", "y"}
        assert set(bound.values()) <= gpu.memory.keys(), "memory that is still allocated"


def test_buffers_grow_and_are_reused(open_fake: Callable[..., Opened]) -> None:
    session, context, gpu = open_fake()
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


def test_running_out_of_memory_does_no_harm(open_fake: Callable[..., Opened]) -> None:
    session, _, gpu = open_fake()
    session.run({"x": ramp(1)})
    gpu.limit_bytes = 40
    with pytest.raises(cuda.CudaError, match="memory does not suffice"):
        session.run({"x": ramp(4)})
    for rows in (1, 3, 1):
        outputs = session.run({"x": ramp(rows)}).outputs
        np.testing.assert_array_equal(outputs["y"], ramp(rows) * 2)


def test_outputs_belong_to_the_caller(open_fake: Callable[..., Opened]) -> None:
    session, _, _ = open_fake()
    first = session.run({"x": ramp(2)}).outputs["y"]
    session.run({"x": np.zeros((2, 3), np.float32)})
    np.testing.assert_array_equal(first, ramp(2) * 2)


def test_a_step_can_leave_out_the_copies(open_fake: Callable[..., Opened]) -> None:
    session, _, gpu = open_fake()
    session.run({"x": ramp(2)})
    before = len(gpu.journal)
    timing = session.step(transfers=False)
    assert gpu.kinds()[before:] == ["record", "execute", "record", "wait"]
    assert timing.latency_ms == timing.gpu_ms == 2
    assert timing.h2d_ms == timing.d2h_ms == 0


def test_shapes_outside_every_profile_are_refused(open_fake: Callable[..., Opened]) -> None:
    session, context, _ = open_fake()
    with pytest.raises(StudioError, match=r'\[5 x 3\] of "x"') as caught:
        session.run({"x": ramp(5)})
    assert "min [1 x 3], opt [2 x 3], max [4 x 3]" in caught.value.message
    assert "min [8 x 3], opt [8 x 3], max [16 x 3]" in caught.value.message
    assert not context.shapes_set


def test_the_profile_that_fits_is_taken(open_fake: Callable[..., Opened]) -> None:
    session, _, gpu = open_fake()
    for rows in (2, 9, 16, 1):
        session.run({"x": ramp(rows)})
    assert [entry[2] for entry in gpu.journal if entry[0] == "profile"] == [1, 0]


def test_a_refused_shape_has_tensorrts_words_and_does_no_harm(
    open_fake: Callable[..., Opened],
) -> None:
    session, context, _ = open_fake()
    context.refuse = True
    with pytest.raises(StudioError) as caught:
        session.run({"x": ramp(2)})
    assert "the network cannot take this" in caught.value.details
    context.refuse = False
    np.testing.assert_array_equal(session.run({"x": ramp(2)}).outputs["y"], ramp(2) * 2)


def test_a_refused_enqueue_has_tensorrts_words(open_fake: Callable[..., Opened]) -> None:
    session, context, _ = open_fake()
    session.run({"x": ramp(2)})
    context.refuse = True
    with pytest.raises(StudioError, match="could not start") as caught:
        session.run({"x": ramp(2)})
    assert "out of something" in caught.value.details


def test_an_output_may_depend_on_the_data(open_fake: Callable[..., Opened]) -> None:
    session, _, _ = open_fake(outputs=(Y, POSITIVE))
    for x in (ramp(2), -ramp(2), np.zeros((2, 3), np.float32), ramp(4)):
        outputs = session.run({"x": x}).outputs
        np.testing.assert_array_equal(outputs["positive"], x[x > 0])
        np.testing.assert_array_equal(outputs["y"], x * 2)


def test_values_on_the_host_decide_about_shapes(open_fake: Callable[..., Opened]) -> None:
    session, _, gpu = open_fake(X, FACTOR)
    for factor in (1, 3, 2):
        before = len(gpu.journal)
        result = session.run({"x": ramp(1), "factor": np.array([factor], np.int32)})
        np.testing.assert_array_equal(result.outputs["y"], np.resize(ramp(1) * 2, (factor, 3)))
        assert gpu.kinds()[before:].count("h2d") == 1, "the factor stays on the host"
    np.testing.assert_array_equal(session.shape_values["factor"], [3])


def test_a_closed_session_says_so(open_fake: Callable[..., Opened]) -> None:
    session, _, _ = open_fake()
    session.close()
    with pytest.raises(StudioError, match="no longer loaded"):
        session.run({"x": ramp(2)})


def write_small_model(path: Path) -> Path:
    """Two convolutions, a pool and a matrix product, for any number of pictures of 3 x 32 x 32."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    random = np.random.default_rng(0)
    weights = {
        "w1": random.normal(0, 0.2, (32, 3, 3, 3)),
        "w2": random.normal(0, 0.06, (64, 32, 3, 3)),
        "w3": random.normal(0, 0.1, (64, 10)),
    }
    nodes = [
        helper.make_node("Conv", ["images", "w1"], ["a"], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["a"], ["b"]),
        helper.make_node("Conv", ["b", "w2"], ["c"], pads=[1, 1, 1, 1], strides=[2, 2]),
        helper.make_node("Relu", ["c"], ["d"]),
        helper.make_node("GlobalAveragePool", ["d"], ["e"]),
        helper.make_node("Flatten", ["e"], ["f"]),
        helper.make_node("MatMul", ["f", "w3"], ["scores"]),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("images", TensorProto.FLOAT, ["N", 3, 32, 32])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", 10])],
        [numpy_helper.from_array(w.astype(np.float32), name) for name, w in weights.items()],
    )
    opsets = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small model and the plan that the real builder makes of it, for batches of 1 to 8."""
    from trtstudio.engine.build import build

    folder = tmp_path_factory.mktemp("built")
    model, plan = write_small_model(folder / "small.onnx"), folder / "small.plan"
    sizes = ShapeRange((1, 3, 32, 32), (4, 3, 32, 32), (8, 3, 32, 32))
    request = BuildRequest(str(model), str(plan), ({"images": sizes},))
    build(request, on_progress=ignore, on_log=ignore, cancelled=lambda: False)
    return model, plan


def ignore(_said: object) -> None:
    """Nobody listens."""


@pytest.fixture
def on_gpu(built: tuple[Path, Path]) -> Iterator[Session]:
    session = open_session(LoadRequest(str(built[1])), 7, ignore)
    yield session
    session.close()


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
    from trtstudio.engine import kernel_cache, runtime

    if not runtime.is_rtx(runtime.load()):
        pytest.skip("only TensorRT-RTX compiles kernels when a plan is loaded")
    for _ in range(2):
        session = open_session(LoadRequest(str(built[1])), 1, ignore)
        session.run({"images": pictures(1)})
        session.close()
        assert len(list(kernel_cache.folder().glob("*.kernels"))) == 1


@pytest.mark.gpu
def test_gpu_benchmark_measures_all_parts(on_gpu: Session) -> None:
    request = BenchRequest(7, {"images": (8, 3, 32, 32)}, duration_s=0.3, iterations=20)
    result = benchmark(on_gpu, request, on_samples=ignore, cancelled=lambda: False)
    assert result.iterations == len(result.samples_ms) >= 20
    for part in (result.gpu_ms, result.h2d_ms, result.d2h_ms, result.enqueue_ms):
        assert part is not None
        assert 0 < part.min <= part.median <= part.max
    assert result.throughput_qps <= 1000 / result.latency_ms.min


@pytest.fixture(scope="module")
def gpu_time() -> ModuleType:
    """The script that measures what the session promises."""
    path = Path(__file__).parents[2] / "benchmarks" / "gpu_time.py"
    spec = util.spec_from_file_location("gpu_time", path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.gpu
def test_gpu_time_is_that_of_a_bare_loop(
    gpu_time: ModuleType, sample_model: Path, tmp_path: Path
) -> None:
    if not sample_model.exists():
        pytest.skip("the bundled sample is not here")
    figures = gpu_time.measure(gpu_time.build_sample(tmp_path), 300)
    assert 0.9 < figures["ratio"] < 1.1

"""A GPU of Python: what the tests of sessions run on. ``conftest.py`` loads it."""

import ctypes
from collections import defaultdict, deque
from collections.abc import Callable
from random import Random
from types import SimpleNamespace
from typing import Any

import numpy as np

from trtstudio.engine import logger
from trtstudio.engine.run.deserialize import LoadedEngine, NewContext
from trtstudio.engine.run.profiles import read_profiles
from trtstudio.engine.run.tensorrt_session import TensorrtSession
from trtstudio.model.graph import Tensor
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.run import SessionInfo
from trtstudio.model.runtime import Device

OK, OUT_OF_MEMORY, NOT_READY, BROKEN_CAPTURE = 0, 2, 600, 901


class PythonCuda:
    """The part of ``cuda.bindings.runtime`` that the session uses, on the host's own memory: a
    copy really copies, at once, and everything is written down.
    """

    cudaStreamNonBlocking = 1
    cudaEventDefault = 0
    cudaEventBlockingSync = 1
    cudaHostAllocDefault = 0
    cudaStreamCaptureMode = SimpleNamespace(cudaStreamCaptureModeThreadLocal="thread")
    cudaMemcpyKind = SimpleNamespace(cudaMemcpyHostToDevice="h2d", cudaMemcpyDeviceToHost="d2h")

    def __init__(self) -> None:
        self.journal: list[tuple[Any, ...]] = []
        self.memory: dict[int, Any] = {}
        self.objects: set[int] = set()
        self.spinning: set[int] = set()
        self.allocations = 0
        self.limit_bytes = 1 << 20
        self.captured: list[Callable[[], None]] | None = None
        self.can_capture = True
        self.current = 0

    def _make(self) -> tuple[int, int]:
        handle = 1000 + len(self.journal)
        self.journal.append(("make", handle))
        self.objects.add(handle)
        return OK, handle

    def cudaStreamCreateWithFlags(self, flags: int) -> tuple[int, int]:
        assert flags == self.cudaStreamNonBlocking
        return self._make()

    def cudaEventCreateWithFlags(self, flags: int) -> tuple[int, int]:
        made = self._make()
        if flags == self.cudaEventDefault:
            self.spinning.add(made[1])
        return made

    def _destroy(self, handle: int) -> tuple[int]:
        self.objects.remove(handle)
        return (OK,)

    cudaStreamDestroy = cudaEventDestroy = _destroy

    def cudaGetErrorName(self, code: int) -> tuple[int, bytes]:
        names = {OUT_OF_MEMORY: b"cudaErrorMemoryAllocation"}
        return OK, names.get(code, b"cudaErrorStreamCaptureInvalidated")

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

    def cudaMemGetInfo(self) -> tuple[int, int, int]:
        return OK, self.limit_bytes, 2 * self.limit_bytes

    def cudaHostAlloc(self, size: int, _flags: int) -> tuple[int, int]:
        return self._allocate(size)

    def _free(self, address: int) -> tuple[int]:
        del self.memory[address]
        return (OK,)

    cudaFree = cudaFreeHost = _free

    def cudaMemcpyAsync(
        self, to: int, source: int, size: int, kind: str, stream: int
    ) -> tuple[int]:
        known = [len(self.memory[at]) for at in (to, source) if at in self.memory]
        assert known, "one of them is on the GPU"
        assert size <= min(known)
        self.journal.append((kind, stream))
        self.do(stream, lambda: ctypes.memmove(to, source, size))
        return (OK,)

    def do(self, _stream: int, work: Callable[[], object]) -> None:
        """What the GPU does in this stream: here at once."""
        work()

    def cudaEventRecord(self, event: int, stream: int) -> tuple[int]:
        self.journal.append(("record", stream, event))
        return (OK,)

    def cudaEventSynchronize(self, event: int) -> tuple[int]:
        self.journal.append(("spin" if event in self.spinning else "wait", event))
        return (OK,)

    def cudaStreamSynchronize(self, stream: int) -> tuple[int]:
        self.journal.append(("synchronize", stream))
        return (OK,)

    def cudaStreamWaitEvent(self, stream: int, event: int, flags: int) -> tuple[int]:
        assert flags == 0
        self.journal.append(("await", stream, event))
        return (OK,)

    def cudaStreamBeginCapture(self, stream: int, mode: str) -> tuple[int]:
        assert mode == "thread"
        self.journal.append(("capture", stream))
        self.captured = []
        return (OK,)

    def cudaStreamEndCapture(self, stream: int) -> tuple[int, Any]:
        self.journal.append(("captured", stream))
        captured, self.captured = self.captured, None
        if not self.can_capture:
            return BROKEN_CAPTURE, None
        self.graph = captured
        return self._make()

    def cudaGraphInstantiate(self, graph: int, flags: int) -> tuple[int, int]:
        assert graph in self.objects
        assert flags == 0
        return self._make()

    def cudaGraphLaunch(self, executable: int, stream: int) -> tuple[int]:
        assert executable in self.objects
        self.journal.append(("launch", stream))
        for work in self.graph or ():
            self.do(stream, work)
        return (OK,)

    cudaGraphDestroy = cudaGraphExecDestroy = _destroy

    def cudaGetLastError(self) -> tuple[int]:
        return (OK,)

    def cudaSetDevice(self, device: int) -> tuple[int]:
        self.current = device
        return (OK,)

    def cudaDeviceGetPCIBusId(self, _length: int, device: int) -> tuple[int, bytes]:
        return OK, f"0000:0{device}:00.0".encode() + b"\0" * 20

    def cudaEventElapsedTime(self, start: int, end: int) -> tuple[int, float]:
        """As many ms as there were journal entries in between."""
        at = {entry[2]: i for i, entry in enumerate(self.journal) if entry[0] == "record"}
        return OK, float(at[end] - at[start])

    def kinds(self) -> list[str]:
        return [entry[0] for entry in self.journal]


class LazyCuda(PythonCuda):
    """One that does nothing before it is waited for, and then the streams' work in any order that
    streams and events allow.
    """

    def __init__(self, random: Random) -> None:
        super().__init__()
        self._random = random
        self._queues: dict[int, deque[tuple[str, Any]]] = defaultdict(deque)
        self._recorded: dict[int, int] = defaultdict(int)
        self._reached: dict[int, int] = defaultdict(int)

    def do(self, stream: int, work: Callable[[], object]) -> None:
        self._queues[stream].append(("work", work))

    def cudaEventRecord(self, event: int, stream: int) -> tuple[int]:
        self._recorded[event] += 1
        self._queues[stream].append(("record", (event, self._recorded[event])))
        return super().cudaEventRecord(event, stream)

    def cudaStreamWaitEvent(self, stream: int, event: int, flags: int) -> tuple[int]:
        self._queues[stream].append(("await", (event, self._recorded[event])))
        return super().cudaStreamWaitEvent(stream, event, flags)

    def cudaEventSynchronize(self, event: int) -> tuple[int]:
        self._work_until(lambda: self._reached[event] >= self._recorded[event])
        return super().cudaEventSynchronize(event)

    def cudaStreamSynchronize(self, stream: int) -> tuple[int]:
        self._work_until(lambda: not self._queues[stream])
        return super().cudaStreamSynchronize(stream)

    def cudaEventElapsedTime(self, start: int, end: int) -> tuple[int, float]:
        if any(self._reached[event] < self._recorded[event] for event in (start, end)):
            return NOT_READY, 0.0
        return super().cudaEventElapsedTime(start, end)

    def _work_until(self, is_enough: Callable[[], bool]) -> None:
        while not is_enough():
            queue = self._random.choice([q for q in self._queues.values() if self._can_go_on(q)])
            kind, what = queue.popleft()
            if kind == "work":
                what()
            elif kind == "record":
                self._reached[what[0]] = what[1]

    def _can_go_on(self, queue: deque[tuple[str, Any]]) -> bool:
        if not queue:
            return False
        kind, what = queue[0]
        return kind != "await" or self._reached[what[0]] >= what[1]


class IOutputAllocator:
    """What a Python allocator has to derive from."""


class PythonContext:
    """An execution context whose network doubles ``x`` into ``y``. ``positive``, where the engine
    has it, is what of ``x`` is above 0: its shape depends on the data.
    """

    active_optimization_profile = 0

    def __init__(self, engine: "PythonEngine", gpu: PythonCuda) -> None:
        self.engine = engine
        self.gpu = gpu
        self.options = LoadOptions()
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
        x, y = self._array("x", self.shape), self._array("y", self.get_tensor_shape("y"))

        def compute() -> None:
            y[:] = np.resize(x * 2, y.shape)

        if self.gpu.captured is not None:
            self.gpu.captured.append(compute)
        else:
            self.gpu.do(stream, compute)
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
        assert name == "factor"
        return [[[1], [3], [5]], [[2], [4], [9]]][profile]

    def is_shape_inference_io(self, name: str) -> bool:
        return name == "factor"


X = Tensor("x", "float32", (-1, 3), "input", "DEVICE")
Y = Tensor("y", "float32", (-1, 3), "output", "DEVICE")
FACTOR = Tensor("factor", "int32", (1,), "input", "HOST")
POSITIVE = Tensor("positive", "float32", (-1,), "output", "DEVICE")


def make_session(
    gpu: PythonCuda, also: tuple[str, ...], options: LoadOptions
) -> tuple[TensorrtSession, list[PythonContext]]:
    """A session, and its contexts as they come, of a network that has ``factor`` and ``positive``
    only where they are named. With ``specializing`` it is of a TensorRT that replaces its kernels
    while it runs, with ``unsupported`` one whose contexts keep their shapes.
    """
    engine = PythonEngine()
    contexts: list[PythonContext] = []

    def new_context(loaded: LoadedEngine) -> NewContext:
        contexts.append(PythonContext(engine, gpu))
        contexts[-1].options = loaded.options
        return NewContext(contexts[-1], lambda: gpu.journal.append(("save kernels",)))

    inputs = (X, FACTOR) if "factor" in also else (X,)
    outputs = (Y, POSITIVE) if "positive" in also else (Y,)
    loaded = LoadedEngine(
        engine, Device("Python"), (), {}, options=options, keeps_shapes="unsupported" in also
    )
    info = SessionInfo(
        1,
        "x.plan",
        "TensorRT",
        "Python",
        inputs,
        outputs,
        {"x": (2, 3), "factor": (1,)},
        profiles=read_profiles(engine, inputs),
        options=options,
    )
    module: Any = SimpleNamespace(IOutputAllocator=IOutputAllocator)
    if "specializing" in also:
        module.DynamicShapesKernelSpecializationStrategy = object
    return TensorrtSession(module, loaded, info, new_context), contexts

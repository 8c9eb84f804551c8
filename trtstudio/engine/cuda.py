"""CUDA as far as this program uses it: devices, streams, events, buffers, asynchronous copies.

Every call is checked; nothing here touches the default stream. An object belongs to the thread
that made it. What is called in every inference can be prepared: a ``Call`` is CUDA's own function
with its arguments.
"""

import ctypes
from collections.abc import Callable, Iterable
from functools import cache, partial
from types import TracebackType
from typing import Any, Self

import numpy as np

from trtstudio.engine.measure import nvml
from trtstudio.model.errors import StudioError
from trtstudio.model.quantities import format_bytes
from trtstudio.model.run import Array
from trtstudio.model.runtime import Device

_NO_DEVICE = "cudaErrorNoDevice"
_NO_MEMORY = "cudaErrorMemoryAllocation"
_NO_DRIVER = ("cudaErrorInsufficientDriver", "cudaErrorStubLibrary", "cudaErrorInitializationError")


Call = Callable[[], tuple[Any, ...]]


class CudaError(StudioError):
    """A CUDA call failed; ``name`` is CUDA's name for it, such as ``cudaErrorMemoryAllocation``."""

    def __init__(self, message: str, *, name: str = "", hint: str = "", details: str = "") -> None:
        super().__init__(message, hint=hint, details=details)
        self.name = name


@cache
def cudart() -> Any:
    """The module ``cuda.bindings.runtime``; loading it takes no driver."""
    try:
        from cuda.bindings import runtime
    except ImportError as error:
        raise CudaError(
            "CUDA's Python package is not installed here.",
            hint='Install it: pip install "cuda-bindings>=12.9.10,<14".',
            details=str(error),
        ) from error
    return runtime


def check(answer: tuple[Any, ...]) -> Any:
    """What a CUDA call answered besides its error code; raises ``CudaError`` for a failure."""
    if answer[0]:
        raise _error(answer[0])
    return answer[1] if len(answer) > 1 else None


def make(calls: Iterable[Call]) -> None:
    """Make prepared calls, one after another; raises ``CudaError`` for the first that fails."""
    for call in calls:
        answer = call()
        if answer[0]:
            raise _error(answer[0])


def _error(code: Any) -> CudaError:
    name = cudart().cudaGetErrorName(code)[1].decode()
    words = f"{name} ({int(code)}): {cudart().cudaGetErrorString(code)[1].decode()}"
    message = f"A CUDA call failed. {words}."
    hint = "Load the model again; a failed GPU often works again in a new process."
    if name in _NO_DRIVER:
        message = "This machine has no NVIDIA driver that is new enough for this program's CUDA."
        hint = "Install or update the NVIDIA driver, or run the ONNX model on ONNX Runtime."
    elif name == _NO_DEVICE:
        message = "The NVIDIA driver sees no GPU."
        hint = "Check nvidia-smi and CUDA_VISIBLE_DEVICES, or run the ONNX model on ONNX Runtime."
    elif name == _NO_MEMORY:
        message = "The memory does not suffice, on the GPU or for page-locked buffers."
        hint = "Take smaller shapes, or end other programs that use the GPU."
    return CudaError(message, name=name, hint=hint, details=words)


def device_count() -> int:
    """How many GPUs CUDA sees; 0 where the driver has none, ``CudaError`` without a driver."""
    answer = cudart().cudaGetDeviceCount()
    if answer[0] and answer[0].name == _NO_DEVICE:
        return 0
    return int(check(answer))


def set_device(index: int) -> None:
    """Make this GPU the current one of the calling thread."""
    check(cudart().cudaSetDevice(index))


def bus_id(index: int) -> bytes:
    """A GPU's place on the PCI bus, by which NVML knows it."""
    found: bytes = check(cudart().cudaDeviceGetPCIBusId(32, index)).split(b"\0")[0]
    return found


def devices() -> tuple[Device, ...]:
    """The GPUs in CUDA's order. Their free memory is asked of NVML: CUDA would have to make a
    context to tell, which takes some of it.
    """
    return tuple(_device(index) for index in range(device_count()))


def _device(index: int) -> Device:
    properties = check(cudart().cudaGetDeviceProperties(index))
    reading = nvml.read(bus_id(index))
    return Device(
        name=properties.name.split(b"\0")[0].decode(),
        sm=f"sm_{properties.major}{properties.minor}",
        memory_bytes=int(properties.totalGlobalMem),
        free_bytes=reading.free_bytes,
        driver=reading.driver,
    )


class Resource:
    """Something of CUDA's that is freed once, by ``close()`` or at the end of a ``with``."""

    def __init__(self, value: Any, destroy: Any) -> None:
        self._value = value
        self._destroy = destroy

    def close(self) -> None:
        """Free it; harmless when repeated."""
        if self._value is not None:
            value, self._value = self._value, None
            # Unchecked: a context that is broken has said so already, in the call that broke it.
            self._destroy(value)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Stream(Resource):
    """A stream of its own, which never waits for the default stream."""

    def __init__(self) -> None:
        rt = cudart()
        stream = check(rt.cudaStreamCreateWithFlags(rt.cudaStreamNonBlocking))
        super().__init__(stream, rt.cudaStreamDestroy)
        self.raw = stream
        self.handle = int(stream)
        self._wait = rt.cudaStreamWaitEvent

    def waiting(self, event: "Event") -> Call:
        """Lets what comes next in it begin only when the GPU has come past the event."""
        return partial(self._wait, self.raw, event.raw, 0)

    def synchronize(self) -> None:
        """Wait until all its work is done, without the GIL."""
        check(cudart().cudaStreamSynchronize(self.raw))


class Event(Resource):
    """A point in a stream's work, with its time. Waiting for it leaves the core to others; only
    ``spin`` makes it burn one for the sake of a few microseconds.
    """

    def __init__(self, *, spin: bool = False) -> None:
        rt = cudart()
        flags = rt.cudaEventDefault if spin else rt.cudaEventBlockingSync
        event = check(rt.cudaEventCreateWithFlags(flags))
        super().__init__(event, rt.cudaEventDestroy)
        self.raw = event
        # Bound here because these are called in every iteration of a benchmark.
        self._record = rt.cudaEventRecord
        self._synchronize = rt.cudaEventSynchronize
        self._elapsed = rt.cudaEventElapsedTime

    def record(self, stream: Stream) -> None:
        """Put it behind what the stream holds now."""
        check(self.recording(stream)())

    def recording(self, stream: Stream) -> Call:
        """Does so whenever it is made."""
        return partial(self._record, self.raw, stream.raw)

    def synchronize(self) -> None:
        """Wait until the GPU has come past it, without the GIL."""
        check(self._synchronize(self.raw))

    def elapsed_ms(self, start: "Event") -> float:
        """The time since ``start`` in ms; the GPU must have come past both."""
        answer = self._elapsed(start.raw, self.raw)
        if answer[0]:
            raise _error(answer[0])
        elapsed: float = answer[1]
        return elapsed


class DeviceBuffer(Resource):
    """Memory of the GPU."""

    def __init__(self, size_bytes: int) -> None:
        rt = cudart()
        self.size_bytes = size_bytes
        # Not even an empty tensor may have a null address.
        try:
            self.address = int(check(rt.cudaMalloc(max(size_bytes, 1))))
        except CudaError as error:
            raise _with_figures(error, size_bytes) from error
        super().__init__(self.address, rt.cudaFree)


def _with_figures(error: CudaError, size_bytes: int) -> CudaError:
    """Of memory that does not suffice, how much was wanted and how much there is."""
    if error.name != _NO_MEMORY:
        return error
    free_bytes, all_bytes = (int(size) for size in cudart().cudaMemGetInfo()[1:])
    message = (
        f"The memory does not suffice on the GPU: {format_bytes(size_bytes)} more were wanted, and "
        f"{format_bytes(free_bytes)} of {format_bytes(all_bytes)} are free."
    )
    return CudaError(message, name=error.name, hint=error.hint, details=error.details)


class HostBuffer(Resource):
    """Memory of the host. Only where it is ``pinned``, that is page-locked, is it copied
    asynchronously; the other kind is there for comparison.

    Its array views are valid until ``close()`` and must not be used after it.
    """

    def __init__(self, size_bytes: int, *, pinned: bool = True) -> None:
        self.size_bytes = size_bytes
        if pinned:
            rt = cudart()
            self.address = int(check(rt.cudaHostAlloc(max(size_bytes, 1), rt.cudaHostAllocDefault)))
            super().__init__(self.address, rt.cudaFreeHost)
        else:
            block = np.zeros(max(size_bytes, 1), np.uint8)
            self.address = int(block.ctypes.data)
            super().__init__(block, lambda _: None)

    def view(self, shape: tuple[int, ...], dtype: "np.dtype[Any]") -> Array:
        """The start of the memory as an array, without a copy."""
        raw = (ctypes.c_byte * max(self.size_bytes, 1)).from_address(self.address)
        return np.ndarray(shape, dtype, buffer=memoryview(raw))


def copy_to_device(
    target: DeviceBuffer, source: HostBuffer, size_bytes: int, *, stream: Stream
) -> None:
    """Put a copy from the host into the stream; ``source`` must stay as it is until it is done."""
    check(copying_to_device(target, source, size_bytes, stream=stream)())


def copying_to_device(
    target: DeviceBuffer, source: HostBuffer, size_bytes: int, *, stream: Stream
) -> Call:
    """Does so whenever it is made."""
    rt = cudart()
    kind = rt.cudaMemcpyKind.cudaMemcpyHostToDevice
    return partial(rt.cudaMemcpyAsync, target.address, source.address, size_bytes, kind, stream.raw)


def copying_to_host(
    target: HostBuffer, source: DeviceBuffer, size_bytes: int, *, stream: Stream
) -> Call:
    """Puts a copy to the host into the stream; ``target`` is complete once the stream is."""
    rt = cudart()
    kind = rt.cudaMemcpyKind.cudaMemcpyDeviceToHost
    return partial(rt.cudaMemcpyAsync, target.address, source.address, size_bytes, kind, stream.raw)

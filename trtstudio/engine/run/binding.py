"""The memory of one input or output of an engine, on both sides of the bus. Only the thread that
owns the session.
"""

from types import ModuleType
from typing import Any

import numpy as np

from trtstudio.engine import cuda
from trtstudio.model.build.build import Shape
from trtstudio.model.run import Array


class Binding:
    """One tensor's buffer on the host, page-locked unless it is there for comparison, and its
    buffer on the GPU, both kept for as long as the shapes fit into them. ``view`` is the host's as
    an array.

    A tensor that TensorRT wants in host memory has no buffer on the GPU and is never copied.
    """

    def __init__(
        self, name: str, dtype: "np.dtype[Any]", *, on_host: bool, pinned: bool = True
    ) -> None:
        self.name = name
        self.dtype = dtype
        self.on_host = on_host
        self._pinned = pinned
        self.view: Array = np.empty(0, dtype)
        self.reported: Shape | None = None
        self._size_bytes = 0
        self._host: cuda.HostBuffer | None = None
        self._device: cuda.DeviceBuffer | None = None

    def reserve(self, shape: Shape) -> None:
        """Make room for an array of this shape; what was there is lost where it does not fit."""
        size_bytes = int(np.prod(shape, dtype=np.int64)) * self.dtype.itemsize
        if self._host is not None and self._host.size_bytes < size_bytes:
            self._host.close()
            self._host = None
        if self._host is None:
            self._host = cuda.HostBuffer(size_bytes, pinned=self._pinned)
        if not self.on_host:
            self.reserve_device(size_bytes)
        self.view = self._host.view(shape, self.dtype)
        self._size_bytes = size_bytes

    def reserve_device(self, size_bytes: int) -> int:
        """Make room on the GPU and return its address."""
        if self._device is not None and self._device.size_bytes < size_bytes:
            self._device.close()
            self._device = None
        if self._device is None:
            self._device = cuda.DeviceBuffer(size_bytes)
        return self._device.address

    @property
    def address(self) -> int:
        """What TensorRT is told; ``reserve`` may change it."""
        buffer = self._host if self.on_host else self._device
        assert buffer is not None, "reserve comes first"
        return buffer.address

    def uploading(self, stream: cuda.Stream) -> cuda.Call:
        """Puts the copy to the GPU into the stream, as long as the shapes stay."""
        assert self._host is not None
        assert self._device is not None
        return cuda.copying_to_device(self._device, self._host, self._size_bytes, stream=stream)

    def downloading(self, stream: cuda.Stream) -> cuda.Call:
        """Puts the copy from the GPU into the stream, in the shape that TensorRT reported if the
        data decides about it, and as long as the shapes stay.
        """
        if self.reported is not None:
            self.reserve(self.reported)
        assert self._host is not None
        assert self._device is not None
        return cuda.copying_to_host(self._host, self._device, self._size_bytes, stream=stream)

    def close(self) -> None:
        """Free both buffers."""
        self.view = np.empty(0, self.dtype)
        for buffer in (self._host, self._device):
            if buffer is not None:
                buffer.close()
        self._host = self._device = None


def output_allocator(module: ModuleType, binding: Binding) -> Any:
    """An ``IOutputAllocator`` that gives TensorRT the binding's memory, for an output whose shape
    depends on the data. The shape is known when the enqueue returns.
    """

    class Allocator(module.IOutputAllocator):  # type: ignore[name-defined,misc]
        def __init__(self) -> None:
            module.IOutputAllocator.__init__(self)

        def reallocate_output(self, _name: str, _memory: int, size: int, _alignment: int) -> int:
            return binding.reserve_device(size)

        def reallocate_output_async(
            self, _name: str, _memory: int, size: int, _alignment: int, _stream: int
        ) -> int:
            return binding.reserve_device(size)

        def notify_shape(self, _name: str, shape: Any) -> None:
            binding.reported = tuple(shape)

    return Allocator()

"""The activations of a context whose memory this program manages: just as much as the shapes in use
need. Only the thread that owns the context.
"""

from typing import Any

from trtstudio.engine import cuda


class ContextMemory:
    """Belongs to one context that was made ``USER_MANAGED``; free it after the context."""

    def __init__(self) -> None:
        self._buffer: cuda.DeviceBuffer | None = None

    @property
    def size_bytes(self) -> int:
        """What it takes of the GPU now."""
        return self._buffer.size_bytes if self._buffer else 0

    def fit(self, context: Any) -> None:
        """Give the context the memory that its profile and shapes, all set by now, take. Nothing of
        it may be running.
        """
        wanted = int(context.update_device_memory_size_for_shapes())
        if self._buffer is None or self._buffer.size_bytes < wanted:
            self.close()
            self._buffer = cuda.DeviceBuffer(wanted)
        if hasattr(context, "set_device_memory"):
            context.set_device_memory(self._buffer.address, self._buffer.size_bytes)
        else:  # before TensorRT 10.1
            context.device_memory = self._buffer.address

    def close(self) -> None:
        """Free the memory; harmless when repeated."""
        if self._buffer is not None:
            self._buffer.close()
            self._buffer = None

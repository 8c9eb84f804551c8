"""Memory for the frames of a video that is used again: the system takes as long to give out new
memory for one as to decode half of it, and other threads wait for that too. Any thread.
"""

import math
import weakref

import numpy as np

from trtstudio.model.run import Array


class FrameMemory:
    """As much as there are frames at a time; freed with this and the last of them."""

    def __init__(self) -> None:
        self._free: list[bytearray] = []

    def frame(self, shape: tuple[int, ...]) -> Array:
        """A uint8 array of anything, which nobody else has as long as it or a view of it is there.

        Its base is no array, nor a memoryview of one: NumPy would let a view refer to that instead
        of to this one.
        """
        size_bytes = math.prod(shape)
        try:
            memory = self._free.pop()
        except IndexError:
            memory = bytearray()
        if len(memory) != size_bytes:
            memory = bytearray(size_bytes)
        frame: Array = np.ndarray(shape, np.uint8, memory)
        weakref.finalize(frame, self._free.append, memory).atexit = False
        return frame

"""Memory for frames: used again, but never while somebody can still see what is in it."""

import numpy as np

from trtstudio.vision.batch.frame_memory import FrameMemory

SHAPE = (4, 6, 3)


def test_memory_is_used_again_once_nobody_sees_it() -> None:
    memory = FrameMemory()
    frame = memory.frame(SHAPE)
    address = frame.ctypes.data
    assert memory.frame(SHAPE).ctypes.data != address
    del frame
    assert address in {each.ctypes.data for each in [memory.frame(SHAPE) for _ in range(2)]}
    assert memory.frame((2, 2, 3)).shape == (2, 2, 3)


def test_a_view_keeps_the_memory_of_its_frame() -> None:
    memory = FrameMemory()
    frame = memory.frame(SHAPE)
    frame[:] = 7
    view = frame[1:, ::2][np.newaxis]
    del frame
    later = memory.frame(SHAPE)
    later[:] = 9
    assert (view == 7).all()

"""Pictures made small enough to be shown. Any thread; OpenCV is loaded by the first picture."""

import numpy as np

from trtstudio.model.run import Array


def scaled_down(pixels: Array, side: int) -> Array:
    """The whole picture, at most ``side`` high and wide; a small one as it is."""
    import cv2

    height, width = pixels.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))

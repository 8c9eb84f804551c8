"""Pictures made small enough to be shown. Any thread; OpenCV is loaded by the first picture."""

import numpy as np

from trtstudio.model.run import Array


def scaled_down(pixels: Array, side: int) -> Array:
    """The whole picture, at most ``side`` high and wide; a small one as it is.

    Halves of halves first, each pixel the mean of four: several times as fast as OpenCV's means
    over areas of broken sizes.
    """
    import cv2

    height, width = pixels.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    while min(pixels.shape[0] // size[1], pixels.shape[1] // size[0]) >= 2:
        pixels = _halved(pixels)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR))


def _halved(pixels: Array) -> Array:
    """Without the last row or column where their number is odd, as it has no other one: less than
    one pixel of the result is lost by all of them."""
    import cv2

    height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
    even = pixels[: 2 * height, : 2 * width]
    return np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA))

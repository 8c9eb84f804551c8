"""Where a picture lies in a tensor, and back. Immutable, so safe in any thread."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from trtstudio.model.run import Array

Size = tuple[int, int]
"""Height and width in pixels."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """``left`` and ``top`` are inside, ``right`` and ``bottom`` are outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> Size:
        """Height and width."""
        return self.bottom - self.top, self.right - self.left

    @property
    def slices(self) -> tuple[slice, slice]:
        """What indexes an array of rows and columns."""
        return slice(self.top, self.bottom), slice(self.left, self.right)


@dataclass(frozen=True, slots=True)
class Placement:
    """The part ``source`` of a picture, resized to fill the part ``target`` of a tensor."""

    picture_size: Size
    tensor_size: Size
    source: Rectangle
    target: Rectangle

    def to_picture(self, points: Array) -> Array:
        """Points [..., 2] as x, y in the tensor's pixels, in the picture's; edges fall on edges."""
        return _map(points, self.target, self.source)

    def to_tensor(self, points: Array) -> Array:
        """The inverse of ``to_picture``."""
        return _map(points, self.source, self.target)


def stretch(picture: Size, tensor: Size) -> Placement:
    """The whole picture on the whole tensor, whatever becomes of its proportions."""
    return Placement(picture, tensor, _whole(picture), _whole(tensor))


def center_crop(picture: Size, tensor: Size, fraction: float) -> Placement:
    """``fraction`` of the largest part in the tensor's proportions, from the picture's centre."""
    scale = fraction * min(picture[0] / tensor[0], picture[1] / tensor[1])
    part = _scaled(tensor, scale, picture)
    return Placement(picture, tensor, _centered(part, picture), _whole(tensor))


def letterbox(
    picture: Size, tensor: Size, *, centered: bool, whole: Callable[[float], int] = round
) -> Placement:
    """The whole picture, as large as it fits, in the tensor's middle or its upper left corner.
    ``whole`` makes numbers of pixels whole: YOLOX cuts fractions off, Ultralytics rounds.
    """
    scale = min(tensor[0] / picture[0], tensor[1] / picture[1])
    part = _scaled(picture, scale, tensor, whole)
    target = _centered(part, tensor) if centered else _whole(part)
    return Placement(picture, tensor, _whole(picture), target)


def _whole(size: Size) -> Rectangle:
    return Rectangle(0, 0, size[1], size[0])


def _centered(part: Size, whole: Size) -> Rectangle:
    top, left = (whole[0] - part[0]) // 2, (whole[1] - part[1]) // 2
    return Rectangle(left, top, left + part[1], top + part[0])


def _scaled(size: Size, scale: float, limit: Size, whole: Callable[[float], int] = round) -> Size:
    """``size`` times ``scale``, at least one pixel and at most ``limit``."""
    height, width = (min(max(whole(s * scale), 1), n) for s, n in zip(size, limit, strict=True))
    return height, width


def _map(points: Array, start: Rectangle, end: Rectangle) -> Array:
    scale = np.divide(end.size[::-1], start.size[::-1])
    return np.asarray((points - (start.left, start.top)) * scale + (end.left, end.top))

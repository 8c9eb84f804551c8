"""How a picture becomes a network's input, and doing so. Safe in any thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import cv2
import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.picture import Picture
from trtstudio.vision.placement import Placement, Size, center_crop, letterbox, stretch

Resize = Literal["stretch", "center_crop", "letterbox", "longest_side", "height"]
Interpolation = Literal["nearest", "linear", "bicubic", "area", "lanczos"]
Color = Literal["RGB", "BGR", "GRAY"]
Layout = Literal["NCHW", "NHWC"]
Dtype = Literal["float32", "float16", "float64", "uint8", "int8", "int32", "int64"]

DTYPES: tuple[Dtype, ...] = get_args(Dtype)
LARGEST_SIDE = 65536

_BYTES = np.arange(256, dtype=np.float32)
_BITS = {1: np.uint8, 2: np.int16, 4: np.int32, 8: np.float64}
"""By the size of a number: a type that OpenCV looks up, whatever its bits mean."""

_INTERPOLATIONS: dict[Interpolation, int] = {
    "nearest": cv2.INTER_NEAREST,
    "linear": cv2.INTER_LINEAR,
    "bicubic": cv2.INTER_CUBIC,
    "area": cv2.INTER_AREA,
    "lanczos": cv2.INTER_LANCZOS4,
}


@dataclass(frozen=True, slots=True)
class Preprocess:
    """``(pixel - mean) / std`` of a picture that was resized to ``size`` (height, width).

    ``crop`` is the share of the picture that a centre crop keeps; ``align`` is where a letterbox
    puts the picture: in the middle as Ultralytics, or at the start as YOLOX does it. Two ways of
    resizing make a tensor as the picture is: ``longest_side`` brings that side to the larger one of
    ``size`` and pads the other up to the next ``multiple``; ``height`` brings the picture to the
    height of ``size``, as wide as its proportions then are, and at least as wide as ``size``.
    ``mean``, ``std`` and ``pad_value`` are in units of 0 to 255, in the order of ``color``, one
    number or one a channel. Of a ``dtype`` of whole numbers, what comes out is rounded, and cut at
    its ends. ``source`` tells who says so.
    """

    size: Size
    resize: Resize = "stretch"
    crop: float = 1.0
    align: Literal["center", "start"] = "center"
    interpolation: Interpolation = "linear"
    color: Color = "RGB"
    mean: tuple[float, ...] = (0.0,)
    std: tuple[float, ...] = (1.0,)
    pad_value: int = 114
    multiple: int = 1
    layout: Layout = "NCHW"
    dtype: Dtype = "float32"
    source: Literal["model", "guess", "user"] = "user"

    def __post_init__(self) -> None:
        """Refuse what no picture can be brought to."""
        if not all(0 < side <= LARGEST_SIDE for side in self.size):
            raise ValueError("size must be positive")
        if not 0 < self.crop <= 1:
            raise ValueError("crop must be above 0 and at most 1")
        if not 0 <= self.pad_value <= 255:
            raise ValueError("pad_value must be between 0 and 255")
        if not 0 < self.multiple <= 1024:
            raise ValueError("multiple must be between 1 and 1024")
        if not {len(self.mean), len(self.std)} <= {1, self.channels}:
            raise ValueError(f"mean and std need 1 or {self.channels} numbers")
        if not np.isfinite([*self.mean, *self.std]).all() or 0 in self.std:
            raise ValueError("mean and std must be finite, and std not 0")

    @property
    def channels(self) -> int:
        """1 or 3."""
        return 1 if self.color == "GRAY" else 3


@dataclass(frozen=True, slots=True)
class Limits:
    """The smallest and the largest input that a network takes."""

    least: Size = (1, 1)
    most: Size = (LARGEST_SIDE, LARGEST_SIDE)

    def nearest(self, size: Size) -> Size:
        """``size``, or what is allowed and nearest to it."""
        height, width = (
            min(max(side, low), high)
            for side, low, high in zip(size, self.least, self.most, strict=True)
        )
        return height, width


ANY_SIZE = Limits()


def place(picture: Size, preprocess: Preprocess, limits: Limits = ANY_SIZE) -> Placement:
    """Where a picture of this height and width lies in the tensor, and how large that is."""
    size = limits.nearest(_tensor_size(picture, preprocess))
    if preprocess.resize == "center_crop":
        return center_crop(picture, size, preprocess.crop)
    if preprocess.resize == "stretch":
        return stretch(picture, size)
    if preprocess.resize == "letterbox" and preprocess.align == "start":
        return letterbox(picture, size, centered=False, whole=int)
    return letterbox(picture, size, centered=preprocess.align == "center")


def apply(
    picture: Picture, preprocess: Preprocess, limits: Limits = ANY_SIZE
) -> tuple[Array, Placement]:
    """A batch of one, of the preprocessing's layout and dtype, and where the picture lies in it."""
    height, width = picture.pixels.shape[:2]
    placement = place((height, width), preprocess, limits)
    pixels = _placed(picture.pixels, placement, preprocess)
    return _looked_up(_ordered(pixels, preprocess), preprocess)[None], placement


def _ordered(pixels: Array, preprocess: Preprocess) -> Array:
    """Rows and channels as they are in the tensor; still uint8."""
    is_nchw, is_reversed = preprocess.layout == "NCHW", preprocess.color == "BGR"
    if preprocess.color == "GRAY":
        gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
        return gray[None] if is_nchw else gray[..., None]
    if not is_nchw:
        return np.ascontiguousarray(pixels[..., ::-1]) if is_reversed else pixels
    planes = np.empty((3, *pixels.shape[:2]), np.uint8)
    cv2.split(pixels, list(planes[::-1] if is_reversed else planes))
    return planes


def _looked_up(pixels: Array, preprocess: Preprocess) -> Array:
    """What the numbers of ``_ordered`` pixels are to the network.

    A number is one of 256, so what becomes of each is computed once and looked up, in one pass or
    one a channel. Every pass ends with taking Python's lock: with a pass for each step, sixteen
    threads that prepare pictures did little but wait for it (2,400 pictures a second on 16 cores).
    """
    tables, dtype = _tables(preprocess), preprocess.dtype
    factor = tables[0][1]
    if len(tables) == 1 and dtype == "float32" and np.array_equal(tables[0], _BYTES * factor):
        return np.asarray(np.multiply(pixels, factor, dtype=np.float32))  # twice as fast
    tensor = np.empty(pixels.shape, dtype)
    bits = _BITS[tensor.itemsize]
    for part, found, table in _parts(pixels, tensor.view(bits), tables, preprocess.layout):
        cv2.LUT(part, table.view(bits), dst=found)
    return tensor


def _parts(
    pixels: Array, tensor: Array, tables: tuple[Array, ...], layout: Layout
) -> Iterable[tuple[Array, Array, Array]]:
    """What is looked up at once: from where, to where, and in which table."""
    if len(tables) == 1:
        rows = (-1, pixels.shape[-1])
        return [(pixels.reshape(rows), tensor.reshape(rows), tables[0])]
    if layout == "NCHW":
        return zip(pixels, tensor, tables, strict=True)
    return [(pixels, tensor, np.stack(tables, axis=-1)[None])]


@lru_cache(maxsize=32)
def _tables(preprocess: Preprocess) -> tuple[Array, ...]:
    """What becomes of 0 to 255: for all channels, or for each."""
    mean, std = (np.broadcast_to(v, preprocess.channels) for v in (preprocess.mean, preprocess.std))
    ways = list(zip(mean.tolist(), std.tolist(), strict=True))
    wanted = ways[:1] if len(set(ways)) == 1 else ways
    return tuple(_table(mean, std, preprocess.dtype) for mean, std in wanted)


def _table(mean: float, std: float, dtype: Dtype) -> Array:
    values = _BYTES * np.float32(1 / std)
    return _cast(values - np.float32(mean / std), dtype)


def _cast(values: Array, dtype: Dtype) -> Array:
    """As the network takes numbers: whole ones are the nearest that there are."""
    if dtype.startswith("float"):
        return values.astype(dtype, copy=False)
    ends = np.iinfo(dtype)
    return np.asarray(np.clip(np.rint(values), ends.min, ends.max), dtype)


def seen(tensor: Array, preprocess: Preprocess) -> Array:
    """What ``apply`` made as a picture again, uint8 RGB: all that the network is given of it."""
    first = tensor if tensor.ndim == 3 else tensor[0]  # some networks take no batch
    planes = first if preprocess.layout == "NCHW" else first.transpose(2, 0, 1)
    mean = np.array(preprocess.mean, np.float32).reshape(-1, 1, 1)
    std = np.array(preprocess.std, np.float32).reshape(-1, 1, 1)
    values = np.clip(np.round(planes.astype(np.float32) * std + mean), 0, 255).astype(np.uint8)
    pixels = values.transpose(1, 2, 0)
    if preprocess.color == "GRAY":
        return np.repeat(pixels, 3, axis=2)
    return np.ascontiguousarray(pixels if preprocess.color == "RGB" else pixels[..., ::-1])


def _tensor_size(picture: Size, preprocess: Preprocess) -> Size:
    """How large the tensor becomes for a picture where the network takes any size."""
    if preprocess.resize not in ("longest_side", "height"):
        return preprocess.size
    height, width = preprocess.size
    if preprocess.resize == "height":
        wide = max(width, round(picture[1] * height / picture[0]))
        return height, min(_up(wide, preprocess.multiple), LARGEST_SIDE)
    longest = max(height, width)
    # Rounded up, since a side that is cut short would shrink the other one too.
    tall, wide = (_up(-(-side * longest // max(picture)), preprocess.multiple) for side in picture)
    return tall, wide


def _up(side: int, multiple: int) -> int:
    return -(-side // multiple) * multiple


def _placed(pixels: Array, placement: Placement, preprocess: Preprocess) -> Array:
    """The picture's source rectangle in a tensor-sized picture, around it the padding."""
    height, width = placement.target.size
    canvas = np.empty((*placement.tensor_size, 3), np.uint8)
    if (height, width) != placement.tensor_size:
        canvas[:] = preprocess.pad_value
    cv2.resize(
        pixels[placement.source.slices],
        (width, height),
        dst=canvas[placement.target.slices],
        interpolation=_INTERPOLATIONS[preprocess.interpolation],
    )
    return canvas

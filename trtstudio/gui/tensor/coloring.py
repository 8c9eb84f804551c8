"""From values to colours: ranges, colour maps, and colours of their own for NaN and infinity. Safe
in any thread.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np

from trtstudio.gui.tensor.kinds import Kind
from trtstudio.gui.tensor.sheets import Extent, Sheet
from trtstudio.model.run import Array

RangeName = Literal["fitting", "extent", "symmetric", "unit", "byte"]
RANGES: tuple[RangeName, ...] = ("fitting", "extent", "symmetric", "unit", "byte")
MapName = Literal["fitting", "sequential", "diverging", "grey"]
MAPS: tuple[MapName, ...] = ("fitting", "sequential", "diverging", "grey")

NAN_COLOR = (255, 0, 255)
INF_COLOR = (255, 140, 0)

_VIRIDIS = (
    "440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 "
    "5ec962 84d44b addc30 d8e219 fde725"
)
_DIVERGING = "053061 2166ac 4393c3 92c5de f7f7f7 f4a582 d6604d b2182b 67001f"
_DARK_DIVERGING = "cfe8fa 7db8e8 3f86c4 28507c 252c36 8c3a2c c9583a f0985a fde0c0"
_GREY = "000000 ffffff"


@dataclass(frozen=True, slots=True)
class Look:
    """The values that the first and the last colour of a map stand for; ``is_dark`` says what
    values near the middle should fade into.
    """

    low: float
    high: float
    map: MapName
    is_dark: bool = False

    def table(self) -> Array:
        """The map's 256 colours, uint8 RGB."""
        diverging = _DARK_DIVERGING if self.is_dark else _DIVERGING
        anchors = {"diverging": diverging, "grey": _GREY}
        return _table(anchors.get(self.map, _VIRIDIS))


def look_for(
    kind: Kind,
    dtype: np.dtype[Any],
    extent: Extent,
    range_name: RangeName,
    map_name: MapName,
    *,
    is_dark: bool,
) -> Look:
    """The colours for values of this extent; ``fitting`` goes by what the values are like."""
    if map_name == "fitting":
        changes_sign = extent.low < 0 < extent.high
        map_name = "grey" if kind == "image" else "diverging" if changes_sign else "sequential"
    if range_name == "fitting":
        range_name = _fitting_range(kind, dtype, extent, map_name)
    low, high = _ends(range_name, extent)
    return Look(low, high, map_name, is_dark)


def paint(sheet: Sheet, rows: Array, columns: Array, look: Look) -> Array:
    """The cells where these rows and columns cross, uint8 RGBA; clear where there are none."""
    values, inside = sheet.sample(rows, columns)
    numbers = values.astype(np.float32 if values.dtype.itemsize <= 4 else np.float64)
    pixels = _color(numbers, look) if numbers.ndim == 2 else _compose(numbers, look)
    if inside is not None:
        pixels[~inside] = 0
    return pixels


def _fitting_range(
    kind: Kind, dtype: np.dtype[Any], extent: Extent, map_name: MapName
) -> RangeName:
    if map_name == "diverging":
        return "symmetric"
    if kind == "image" and dtype == np.uint8:
        return "byte"
    if kind == "image" and extent.low >= 0 and extent.high <= 1:
        return "unit"
    if kind == "image" and extent.low >= 0 and 2 < extent.high <= 255:
        return "byte"
    return "extent"


def _ends(range_name: RangeName, extent: Extent) -> tuple[float, float]:
    if range_name == "unit":
        return 0.0, 1.0
    if range_name == "byte":
        return 0.0, 255.0
    if not extent.low <= extent.high:
        return 0.0, 1.0
    if range_name == "symmetric":
        most = max(abs(extent.low), abs(extent.high))
        return -most, most
    return extent.low, extent.high


def _scaled(values: Array, look: Look) -> Array:
    """From 0 for the low end to 255 for the high end, uint8; 0 for what is no number."""
    half = look.high / 2 - look.low / 2  # the whole may be more than a float can hold
    with np.errstate(all="ignore"):
        if not half > 0:
            shares = np.where(values > look.high, 1.0, np.where(values < look.low, 0.0, 0.5))
        else:
            shares = (values / 2 - look.low / 2) / half
        steps = np.clip(255.0 * shares + 0.5, 0, 255)
    return np.nan_to_num(steps, nan=0.0).astype(np.uint8)


def _color(values: Array, look: Look) -> Array:
    pixels = np.full((*values.shape, 4), 255, np.uint8)
    pixels[..., :3] = look.table()[_scaled(values, look)]
    return _mark(pixels, np.isnan(values), np.isinf(values))


def _compose(values: Array, look: Look) -> Array:
    """Grey, RGB or RGBA pixels of one, three or four channels."""
    if values.shape[2] == 1:
        return _color(values[..., 0], look)
    pixels = np.full((*values.shape[:2], 4), 255, np.uint8)
    pixels[..., : values.shape[2]] = _scaled(values, look)
    return _mark(pixels, np.isnan(values).any(axis=2), np.isinf(values).any(axis=2))


def _mark(pixels: Array, nans: Array, infs: Array) -> Array:
    pixels[infs] = (*INF_COLOR, 255)
    pixels[nans] = (*NAN_COLOR, 255)
    return pixels


@cache
def _table(anchors: str) -> Array:
    stops = np.array([tuple(bytes.fromhex(color)) for color in anchors.split()], np.float64)
    at = np.linspace(0, len(stops) - 1, 256)
    channels = [np.interp(at, np.arange(len(stops)), stops[:, c]) for c in range(3)]
    return np.stack(channels, axis=1).round().astype(np.uint8)

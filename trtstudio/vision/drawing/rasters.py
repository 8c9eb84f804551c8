"""Rasters of an answer as colours, and at their place in a picture. Safe in any thread."""

import cv2
import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.answer import Raster, Regions
from trtstudio.vision.drawing.class_colors import Color, class_color
from trtstudio.vision.placement import Size

INSIDE = 128  # from which value on a cell belongs to a mask


def mask_rgba(mask: Raster, color: Color, opacity: float) -> Array:
    """uint8 [rows, columns, 4]: ``color`` inside, nothing outside."""
    pixels = np.zeros((*mask.values.shape, 4), np.uint8)
    pixels[mask.values >= INSIDE] = (*color, round(255 * opacity))
    return pixels


def regions_rgba(regions: Regions, opacity: float) -> Array:
    """uint8 [rows, columns, 4]: the colour of each class, nothing where it is not painted."""
    numbers = regions.raster.values
    count = int(numbers.max(initial=0)) + 1
    colors = np.empty((count, 4), np.uint8)
    colors[:, :3] = [class_color(index) for index in range(count)]
    colors[:, 3] = round(255 * opacity)
    if regions.unpainted is not None and regions.unpainted < count:
        colors[regions.unpainted] = 0
    # A pixel as one number is several times faster to look up than as four.
    whole = np.take(colors.view(np.uint32)[:, 0], numbers)
    return whole.view(np.uint8).reshape(*numbers.shape, 4)


def heat_rgb(heat: Raster) -> Array:
    """uint8 [rows, columns, 3]: from dark blue for the least value to yellow for the greatest."""
    values = heat.values
    low, high = float(values.min()), float(values.max())
    shares = (values - low) / (high - low) if high > low else np.zeros_like(values)
    colored = cv2.applyColorMap((shares * 255).astype(np.uint8), cv2.COLORMAP_VIRIDIS)
    return np.asarray(cv2.cvtColor(colored, cv2.COLOR_BGR2RGB))


def outlines(mask: Raster) -> list[list[tuple[float, float]]]:
    """The outer borders of a mask's parts, along the edges of its cells, as corners in the
    picture's pixels, the largest part first.
    """
    contours, _ = cv2.findContours(
        _with_edges(mask.values >= INSIDE), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    left, top, right, bottom = mask.box
    cell = np.array(((right - left), (bottom - top))) / mask.values.shape[::-1]
    found = sorted(contours, key=cv2.contourArea, reverse=True)
    return [
        [(x, y) for x, y in (contour[:, 0] / 2 * cell + (left, top)).tolist()] for contour in found
    ]


def _with_edges(inside: Array) -> Array:
    """uint8 [2 rows + 1, 2 columns + 1]: cells at odd places, and their edges and corners between
    them. A contour goes through the centres of pixels, and so along the edges.
    """
    twice = np.repeat(np.repeat(inside, 2, axis=0), 2, axis=1)
    rows = np.pad(twice, ((0, 1), (0, 0))) | np.pad(twice, ((1, 0), (0, 0)))
    return np.asarray(np.pad(rows, ((0, 0), (0, 1))) | np.pad(rows, ((0, 0), (1, 0))), np.uint8)


def in_picture(raster: Raster, size: Size, *, is_smooth: bool = False) -> tuple[Array, int, int]:
    """The raster's values for the pixels of a picture of ``size`` that it covers, and the column
    and row of the first of them.

    Each pixel has the value of the cell that its centre lies in, or where ``is_smooth``, a blend
    of its neighbours.
    """
    left, top, right, bottom = raster.box
    columns, x = _cells(left, right, raster.values.shape[1], size[1])
    rows, y = _cells(top, bottom, raster.values.shape[0], size[0])
    if not is_smooth or not rows.size or not columns.size:
        return raster.values[rows.astype(int)[:, None], columns.astype(int)], x, y
    return _blended(raster.values, rows - 0.5, columns - 0.5), x, y


def _cells(start: float, end: float, count: int, limit: int) -> tuple[Array, int]:
    """Where in ``count`` cells between two edges the centres of a picture's pixels lie, for those
    pixels that lie there; and the first such pixel."""
    first = max(0, int(np.ceil(start - 0.5)))
    last = min(limit, int(np.ceil(end - 0.5)))
    pixels = np.arange(first, max(first, last)) + 0.5
    places = (pixels - start) / (end - start) * count if end > start else pixels[:0]
    return np.clip(places, 0, np.nextafter(count, 0)), first


def _blended(values: Array, rows: Array, columns: Array) -> Array:
    """Bilinear: first along the columns, then along the rows."""
    numbers = values.astype(np.float32)
    for axis, places in ((1, columns), (0, rows)):
        count = values.shape[axis]
        before = np.clip(np.floor(places).astype(int), 0, count - 1)
        after = np.minimum(before + 1, count - 1)
        share = np.clip(places - before, 0, 1).astype(np.float32)
        share = share.reshape([-1 if i == axis else 1 for i in range(values.ndim)])
        numbers = numbers.take(before, axis) * (1 - share) + numbers.take(after, axis) * share
    return numbers if values.dtype.kind == "f" else np.round(numbers).astype(values.dtype)

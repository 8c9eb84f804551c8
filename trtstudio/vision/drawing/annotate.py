"""Draws an answer on a picture: masks and heat maps, boxes with labels, key points, and bars below
or beside it. Safe in any thread.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from trtstudio.model.quantities import format_percent
from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer, Box, Detection, Keypoint, Raster
from trtstudio.vision.drawing.canvas import INK, Letters, Pen, fill
from trtstudio.vision.drawing.class_colors import class_color, ink_on
from trtstudio.vision.drawing.label_places import LabelPlaces, label_corner
from trtstudio.vision.drawing.lettering import usual_letters
from trtstudio.vision.drawing.panel import with_panel
from trtstudio.vision.drawing.rasters import heat_rgb, in_picture, mask_rgba, regions_rgba
from trtstudio.vision.labels import unnamed

_READABLE_SIDE = 640  # smaller pictures are enlarged to this, or their text would be unreadable
_TEXT_SHARE = 1 / 48  # height of a capital in the picture's longer side
_LONGEST_PAINTED = 8192  # a picture is not enlarged beyond this to show what was painted
_CROWD = 25  # so many objects, and labels become smaller
_SUBPIXEL_BITS = 4


@dataclass(frozen=True, slots=True)
class Style:
    """``opacity`` of masks and regions between 0 and 1; whether labels are written, and whether
    there is a panel of classes and heat beside the picture; ``letters`` for labels beyond ASCII, by
    default the usual ones; without any, the class's number is told.
    """

    opacity: float = 0.5
    has_labels: bool = True
    letters: Letters | None = None
    has_panel: bool = True


_USUAL = Style()


def annotate(pixels: Array, answer: Answer, style: Style = _USUAL, *, shrunk: float = 1.0) -> Array:
    """A copy of uint8 RGB ``pixels`` with the answer drawn; a small picture is enlarged for it.

    They may be ``shrunk``: so many of them in a row for one of the picture that was answered about.
    """
    enlarged, scale = _enlarged(pixels, answer.picture, shrunk)
    count = len(answer.detections)
    height = max(enlarged.shape[:2]) * _TEXT_SHARE / (1 if count < _CROWD else 2)
    pen = Pen(height, style.letters or usual_letters())
    _draw_rasters(enlarged, answer, scale, style)
    for detection in reversed(answer.detections):  # the surest last, on top
        _draw_outline(enlarged, detection, scale, pen)
        _draw_points(enlarged, detection, answer.skeleton, scale, pen)
    if style.has_labels:
        _draw_labels(enlarged, answer, scale, pen)
    return with_panel(enlarged, answer, pen) if style.has_panel else enlarged


def _enlarged(pixels: Array, painted: Raster | None, shrunk: float) -> tuple[Array, float]:
    """Large enough to be read, and to show all that a network painted; and its pixels for one of
    the picture."""
    longest = max(pixels.shape[:2])
    scale = max(1.0, _READABLE_SIDE / longest)
    if painted is not None:
        left, _, right, _ = painted.box
        finer = painted.values.shape[1] / max(1.0, right - left)
        scale = max(scale, min(finer / shrunk, _LONGEST_PAINTED / longest))
    if scale == 1:
        return pixels.copy(), shrunk
    height, width = (max(1, round(side * scale)) for side in pixels.shape[:2])
    return np.asarray(
        cv2.resize(pixels, (width, height), interpolation=cv2.INTER_CUBIC)
    ), scale * shrunk


def _draw_rasters(pixels: Array, answer: Answer, scale: float, style: Style) -> None:
    """What covers the picture, and over it the masks of objects, the surest on top."""
    if answer.picture is not None:
        _paste(pixels, answer.picture, scale)
    if answer.regions is not None:
        _blend(
            pixels, regions_rgba(answer.regions, style.opacity), answer.regions.raster.box, scale
        )
    elif answer.heat is not None:
        _paste(pixels, Raster(heat_rgb(answer.heat), answer.heat.box), scale)
    for detection in reversed(answer.detections):
        if detection.mask is not None:
            rgba = mask_rgba(detection.mask, class_color(detection.index), style.opacity)
            _blend(pixels, rgba, detection.mask.box, scale)


def _paste(pixels: Array, picture: Raster, scale: float) -> None:
    size = pixels.shape[0], pixels.shape[1]
    values, x, y = in_picture(_scaled(picture, scale), size, is_smooth=True)
    pixels[y : y + values.shape[0], x : x + values.shape[1]] = values


def _blend(pixels: Array, rgba: Array, box: Box, scale: float) -> None:
    size = pixels.shape[0], pixels.shape[1]
    values, x, y = in_picture(_scaled(Raster(rgba, box), scale), size)
    part = pixels[y : y + values.shape[0], x : x + values.shape[1]]
    share = values[..., 3:].astype(np.uint16)
    part[...] = (values[..., :3] * share + part * (255 - share) + 127) // 255


def _scaled(raster: Raster, scale: float) -> Raster:
    left, top, right, bottom = (edge * scale for edge in raster.box)
    return Raster(raster.values, (left, top, right, bottom))


def _draw_outline(pixels: Array, detection: Detection, scale: float, pen: Pen) -> None:
    """The polygon where there is one, else the box."""
    left, top, right, bottom = detection.box
    corners = detection.polygon or ((left, top), (right, top), (right, bottom), (left, bottom))
    points = _fixed(np.array(corners) * scale)
    cv2.polylines(
        pixels,
        [points],
        isClosed=True,
        color=class_color(detection.index),
        thickness=max(2, round(pen.height / 5)),
        lineType=cv2.LINE_AA,
        shift=_SUBPIXEL_BITS,
    )


def _draw_points(
    pixels: Array,
    detection: Detection,
    skeleton: tuple[tuple[int, int], ...],
    scale: float,
    pen: Pen,
) -> None:
    """Key points that are to be seen, each with a dark rim, and lines between those that belong
    together."""
    points = detection.keypoints
    left, top, right, bottom = (edge * scale for edge in detection.box)
    width = max(1, round(min(pen.height / 5, max(right - left, bottom - top) / 40)))
    for number, (start, end) in enumerate(skeleton):
        if points and points[start].score and points[end].score:
            first, last = _place(points[start], scale), _place(points[end], scale)
            color = class_color(number)
            cv2.line(pixels, first, last, color, width, cv2.LINE_AA, _SUBPIXEL_BITS)
    for number, point in enumerate(points):
        if point.score:
            center = _place(point, scale)
            for radius, color in ((1.8 * width, INK), (1.3 * width, class_color(number))):
                size = round(radius * 2**_SUBPIXEL_BITS)
                cv2.circle(pixels, center, size, color, -1, cv2.LINE_AA, _SUBPIXEL_BITS)


def _place(point: Keypoint, scale: float) -> tuple[int, int]:
    x, y = _fixed(np.array((point.x, point.y)) * scale).tolist()
    return x, y


def _fixed(points: Array) -> Array:
    """OpenCV's fixed-point coordinates, which count from the centre of the first pixel."""
    limited = np.clip(points - 0.5, -(2**15), 2**16)
    return np.asarray(np.round(limited * 2**_SUBPIXEL_BITS), np.int32)


def _draw_labels(pixels: Array, answer: Answer, scale: float, pen: Pen) -> None:
    """In tabs, of which the surest objects' have the best places."""
    height, width = pixels.shape[:2]
    tab = round(pen.height * 1.8)
    places = LabelPlaces((0, 0, width, height), tab)
    for detection in answer.detections:
        text = _mark(detection, pen)
        tab_width = pen.width(text) + pen.height
        left, top = (round(edge * scale) for edge in label_corner(detection, tab_width / scale))
        x, y = places.take(left, top, tab_width)
        color = class_color(detection.index)
        fill(pixels, x, y, x + tab_width, y + tab, color)
        pen.write(pixels, text, x + pen.height / 2, y + pen.height * 1.4, ink_on(color))


def _mark(detection: Detection, pen: Pen) -> str:
    """What is written on an object: the first of these for which there are letters."""
    score = format_percent(detection.score)
    for text in (detection.mark, f"{detection.label} {score}"):
        if pen.can_write(text):
            return text
    return f"{unnamed(detection.index)} {score}"

"""What an answer lays over a picture, as images: regions, heat maps, painted pictures and masks.
Plain functions; they bring OpenCV, which an answer has brought already.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from trtstudio.gui.parts.picture_images import as_image, rgba_image
from trtstudio.model.run import Array

if TYPE_CHECKING:
    from trtstudio.vision.answer import Answer, Box, Raster

MOST_SIDE = 1024
"""Larger rasters are thinned out: the screen shows no more, and this is done while it waits."""


@dataclass(frozen=True, slots=True)
class Layer:
    """``image`` is stretched over ``box`` of the picture; ``is_cover`` hides what is below it."""

    image: QImage
    box: "Box"
    is_cover: bool = False


def layers_of(answer: "Answer | None") -> tuple[Layer, ...]:
    """What covers the picture first, then the masks of objects, the surest on top."""
    if answer is None:
        return ()
    found = []
    for raster, is_picture in ((answer.picture, True), (answer.heat, False)):
        if raster is not None and (is_picture or answer.regions is None):
            found.append(Layer(_opaque(raster, is_picture=is_picture), raster.box, is_cover=True))
    if answer.regions is not None:
        found.append(_regions(answer))
    return (*found, *_masks(answer))


def _opaque(raster: "Raster", *, is_picture: bool) -> QImage:
    from trtstudio.vision.answer import Raster
    from trtstudio.vision.drawing.rasters import heat_rgb

    thin = Raster(_thinned(raster.values), raster.box)
    return as_image(thin.values if is_picture else heat_rgb(thin))


def _regions(answer: "Answer") -> Layer:
    from trtstudio.vision.answer import Raster, Regions
    from trtstudio.vision.drawing.rasters import regions_rgba

    assert answer.regions is not None
    raster, unpainted = answer.regions.raster, answer.regions.unpainted
    thin = Regions(Raster(_thinned(raster.values), raster.box), unpainted)
    return Layer(rgba_image(regions_rgba(thin, 1.0)), raster.box)


def _masks(answer: "Answer") -> list[Layer]:
    from trtstudio.vision.drawing.class_colors import class_color
    from trtstudio.vision.drawing.rasters import mask_rgba

    return [
        Layer(rgba_image(mask_rgba(found.mask, class_color(found.index), 1.0)), found.mask.box)
        for found in reversed(answer.detections)
        if found.mask is not None
    ]


def _thinned(values: Array) -> Array:
    step = -(-max(values.shape[:2]) // MOST_SIDE)
    return values if step == 1 else values[::step, ::step].copy()

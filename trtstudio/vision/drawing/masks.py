"""Masks of objects in a picture's own pixels. Pure functions; safe in any thread."""

import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.answer import Detection
from trtstudio.vision.drawing.rasters import INSIDE, in_picture
from trtstudio.vision.placement import Size


def run_lengths(inside: Array) -> list[int]:
    """How many pixels outside and inside follow each other, column by column, beginning outside:
    COCO's uncompressed mask.
    """
    flat = np.asarray(inside, bool).ravel(order="F")
    changes = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    edges = np.concatenate(([0], changes, [flat.size]))
    runs: list[int] = np.diff(edges).tolist()
    return [0, *runs] if flat.size and flat[0] else runs


def mask_of(detection: Detection, size: Size) -> Array | None:
    """bool [height, width] of a picture: inside an object's mask; None where it has none."""
    if detection.mask is None:
        return None
    values, x, y = in_picture(detection.mask, size)
    inside = np.zeros(size, bool)
    inside[y : y + values.shape[0], x : x + values.shape[1]] = values >= INSIDE
    return inside

"""Objects as boxes with masks: YOLO's heads give them as weights of shared prototypes, Mask R-CNN
gives them whole. Safe in any thread.
"""

from dataclasses import replace

import cv2
import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer, Raster
from trtstudio.vision.heads import Candidates
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.placement import Size
from trtstudio.vision.tasks.objects import (
    as_detections,
    boxes_in_picture,
    find_objects,
    guess_objects,
    lacks,
)
from trtstudio.vision.tasks.task import Guess, Task


def _fit(network: Network) -> Guess | None:
    return guess_objects(network, "instance-segmentation")


def _read(scene: Scene) -> Answer:
    objects, labels = find_objects(scene)
    if objects.masks is None and objects.prototypes is None:
        raise lacks("masks")
    boxes = boxes_in_picture(objects.boxes, scene.placement)
    masks = _masks(objects, scene)
    found = as_detections(objects, boxes, labels)
    detections = (replace(one, mask=mask) for one, mask in zip(found, masks, strict=True))
    return Answer("instance-segmentation", detections=tuple(detections))


def _masks(objects: Candidates, scene: Scene) -> list[Raster | None]:
    """A mask for each object, inside its box; None where the box is empty."""
    height, width = scene.network.size
    corners = np.clip(objects.boxes, 0, (width, height, width, height))
    edges = np.concatenate((np.floor(corners[:, :2]), np.ceil(corners[:, 2:])), axis=1).astype(int)
    return [
        _mask(objects, position, (left, top, right, bottom), scene)
        if right > left and bottom > top
        else None
        for position, (left, top, right, bottom) in enumerate(edges.tolist())
    ]


def _mask(
    objects: Candidates, position: int, edges: tuple[int, int, int, int], scene: Scene
) -> Raster:
    """The mask of one object inside ``edges`` of the tensor, in the tensor's resolution."""
    left, top, right, bottom = edges
    threshold = scene.settings.mask_threshold
    if objects.masks is not None:
        values, level = objects.masks[position, top:bottom, left:right], threshold
    else:
        assert objects.coefficients is not None and objects.prototypes is not None
        weights = objects.coefficients[position]
        values = _weighed(weights, objects.prototypes, edges, scene.network.size)
        level = _logit(threshold)
    inside = np.where(values >= level, np.uint8(255), np.uint8(0))
    points = np.array(((left, top), (right, bottom)))
    (x0, y0), (x1, y1) = scene.placement.to_picture(points).tolist()
    return Raster(inside, (x0, y0, x1, y1))


def _weighed(
    weights: Array, prototypes: Array, edges: tuple[int, int, int, int], size: Size
) -> Array:
    """The weighed prototypes inside ``edges`` of a tensor of ``size``, in its resolution."""
    left, top, right, bottom = edges
    height, width = size
    x, y = prototypes.shape[2] / width, prototypes.shape[1] / height
    # Only the cells that the box lies in, and one more for the interpolation.
    first_row, first_column = max(0, int(top * y) - 1), max(0, int(left * x) - 1)
    part = prototypes[:, first_row : int(bottom * y) + 2, first_column : int(right * x) + 2]
    plane = np.tensordot(weights, part, axes=1)
    # Centres of the tensor's pixels in the prototypes' cells.
    matrix = np.array(
        (
            (x, 0, (left + 0.5) * x - 0.5 - first_column),
            (0, y, (top + 0.5) * y - 0.5 - first_row),
        )
    )
    return np.asarray(
        cv2.warpAffine(
            plane,
            matrix,
            (right - left, bottom - top),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
    )


def _logit(share: float) -> float:
    """Where the sigmoid reaches ``share``."""
    share = min(max(share, 1e-6), 1 - 1e-6)
    return float(np.log(share / (1 - share)))


INSTANCES = Task(
    "instance-segmentation",
    "Instance segmentation",
    _fit,
    _read,
    ("threshold", "overlap", "limit", "classes", "head", "mask_threshold"),
)

"""Objects as boxes with masks, which YOLO's heads give as weights of shared prototypes. Safe in
any thread.
"""

from dataclasses import replace

import cv2
import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer, Raster
from trtstudio.vision.heads import Candidates
from trtstudio.vision.network import Network, Scene
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
    if objects.coefficients is None or objects.prototypes is None:
        raise lacks("masks")
    boxes = boxes_in_picture(objects.boxes, scene.placement)
    masks = _masks(objects, scene)
    found = as_detections(objects, boxes, labels)
    detections = (replace(one, mask=mask) for one, mask in zip(found, masks, strict=True))
    return Answer("instance-segmentation", detections=tuple(detections))


def _masks(objects: Candidates, scene: Scene) -> list[Raster | None]:
    """A mask for each object, inside its box; None where the box is empty."""
    assert objects.coefficients is not None and objects.prototypes is not None
    height, width = scene.network.size
    corners = np.clip(objects.boxes, 0, (width, height, width, height))
    edges = np.concatenate((np.floor(corners[:, :2]), np.ceil(corners[:, 2:])), axis=1).astype(int)
    return [
        _mask(weights, objects.prototypes, (left, top, right, bottom), scene)
        for weights, (left, top, right, bottom) in zip(
            objects.coefficients, edges.tolist(), strict=True
        )
    ]


def _mask(
    weights: Array, prototypes: Array, edges: tuple[int, int, int, int], scene: Scene
) -> Raster | None:
    """The mask inside ``edges`` of the tensor, in the tensor's resolution."""
    left, top, right, bottom = edges
    if right <= left or bottom <= top:
        return None
    height, width = scene.network.size
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
    logits = cv2.warpAffine(
        plane,
        matrix,
        (right - left, bottom - top),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    level = _logit(scene.settings.mask_threshold)
    inside = np.where(np.asarray(logits) >= level, np.uint8(255), np.uint8(0))
    points = np.array(((left, top), (right, bottom)))
    (x0, y0), (x1, y1) = scene.placement.to_picture(points).tolist()
    return Raster(inside, (x0, y0, x1, y1))


def _logit(share: float) -> float:
    """Where the sigmoid reaches ``share``."""
    share = min(max(share, 1e-6), 1 - 1e-6)
    return float(np.log(share / (1 - share)))


INSTANCES = Task(
    "instance-segmentation",
    "Instance segmentation",
    _fit,
    _read,
    ("threshold", "overlap", "limit", "classes", "mask_threshold"),
)

"""Objects with their key points: people's joints, faces' landmarks. Safe in any thread."""

from dataclasses import replace

import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer, Keypoint
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.placement import Placement
from trtstudio.vision.tasks.objects import (
    as_detections,
    boxes_in_picture,
    find_objects,
    guess_objects,
    lacks,
)
from trtstudio.vision.tasks.task import Guess, Task

Skeleton = tuple[tuple[int, int], ...]

_COCO: Skeleton = (
    *((15, 13), (13, 11), (16, 14), (14, 12), (11, 12), (5, 11), (6, 12), (5, 6), (5, 7)),
    *((6, 8), (7, 9), (8, 10), (1, 2), (0, 1), (0, 2), (1, 3), (2, 4), (3, 5), (4, 6)),
)
_HAND: Skeleton = (
    *((0, 1), (1, 2), (2, 3), (3, 4), (0, 5), (5, 6), (6, 7), (7, 8), (5, 9), (9, 10), (10, 11)),
    *((11, 12), (9, 13), (13, 14), (14, 15), (15, 16), (13, 17), (0, 17), (17, 18), (18, 19)),
    (19, 20),
)
_SKELETONS: dict[int, Skeleton] = {17: _COCO, 21: _HAND}
"""What belongs together, by how many key points there are; faces' landmarks stay apart."""


def _fit(network: Network) -> Guess | None:
    return guess_objects(network, "keypoints")


def _read(scene: Scene) -> Answer:
    objects, labels = find_objects(scene)
    if objects.points is None:
        raise lacks("key points")
    boxes = boxes_in_picture(objects.boxes, scene.placement)
    points = _in_picture(objects.points, scene.placement)
    found = as_detections(objects, boxes, labels)
    least = scene.settings.mask_threshold
    detections = (
        replace(one, keypoints=tuple(Keypoint(x, y, s if s >= least else 0.0) for x, y, s in marks))
        for one, marks in zip(found, points.tolist(), strict=True)
    )
    skeleton = _SKELETONS.get(objects.points.shape[1], ())
    return Answer(
        "keypoints",
        detections=tuple(detections),
        skeleton=skeleton,
        has_own_words=scene.labels is None,
    )


def _in_picture(points: Array, placement: Placement) -> Array:
    """[n, points, 3] in the picture's pixels; they may lie beyond its edges."""
    return np.concatenate((placement.to_picture(points[..., :2]), points[..., 2:]), axis=-1)


KEYPOINTS = Task(
    "keypoints",
    "Key points",
    _fit,
    _read,
    ("threshold", "overlap", "limit", "classes", "head", "mask_threshold"),
)

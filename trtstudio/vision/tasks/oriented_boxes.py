"""Objects as boxes that are turned, as in pictures from above. Safe in any thread."""

from dataclasses import replace

import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer
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
    return guess_objects(network, "oriented-boxes")


def _read(scene: Scene) -> Answer:
    objects, labels = find_objects(scene)
    if objects.angles is None:
        raise lacks("angles")
    turned = _turned(objects.boxes, objects.angles)
    around = np.concatenate((turned.min(axis=1), turned.max(axis=1)), axis=1)
    boxes = boxes_in_picture(around, scene.placement)
    polygons = scene.placement.to_picture(turned).tolist()
    found = as_detections(objects, boxes, labels)
    detections = (
        replace(one, polygon=tuple((x, y) for x, y in polygon))
        for one, polygon in zip(found, polygons, strict=True)
    )
    return Answer("oriented-boxes", detections=tuple(detections))


def _turned(boxes: Array, angles: Array) -> Array:
    """The corners [n, 4, 2] of boxes that are turned clockwise around their centres."""
    centers = (boxes[:, None, :2] + boxes[:, None, 2:]) / 2
    halves = (boxes[:, 2:] - boxes[:, :2])[:, None] / 2
    x, y = np.moveaxis(halves * np.array(((-1, -1), (1, -1), (1, 1), (-1, 1))), -1, 0)
    cosine, sine = np.cos(angles)[:, None], np.sin(angles)[:, None]
    return np.asarray(centers + np.stack((x * cosine - y * sine, x * sine + y * cosine), axis=-1))


ORIENTED_BOXES = Task(
    "oriented-boxes",
    "Oriented boxes",
    _fit,
    _read,
    ("threshold", "overlap", "limit", "classes", "head"),
)

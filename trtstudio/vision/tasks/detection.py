"""Objects as boxes. Safe in any thread."""

from trtstudio.vision.answer import Answer
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.tasks.objects import (
    as_detections,
    boxes_in_picture,
    find_objects,
    guess_objects,
)
from trtstudio.vision.tasks.task import Guess, Task


def _fit(network: Network) -> Guess | None:
    return guess_objects(network, "detection")


def _read(scene: Scene) -> Answer:
    objects, labels = find_objects(scene)
    boxes = boxes_in_picture(objects.boxes, scene.placement)
    found = tuple(as_detections(objects, boxes, labels))
    return Answer("detection", detections=found, has_own_words=scene.labels is None)


DETECTION = Task(
    "detection", "Detection", _fit, _read, ("threshold", "overlap", "limit", "classes", "head")
)

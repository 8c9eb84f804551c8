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
    return Answer("detection", detections=tuple(as_detections(objects, boxes, labels)))


DETECTION = Task(
    "detection", "Detection", _fit, _read, ("threshold", "overlap", "limit", "classes", "head")
)

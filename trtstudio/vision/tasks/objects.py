"""What the tasks that find objects share: candidates from whichever head, without those that
overlap, as detections in the picture's own pixels. Safe in any thread.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array
from trtstudio.vision.answer import Box, Detection
from trtstudio.vision.head_names import HeadName
from trtstudio.vision.heads import HEADS, Candidates, Head, find_head
from trtstudio.vision.labels import check_labels, label_of
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.placement import Placement
from trtstudio.vision.suppression import suppress, suppress_rotated
from trtstudio.vision.task_names import TaskName
from trtstudio.vision.tasks.task import Guess


def guess_objects(network: Network, task: TaskName) -> Guess | None:
    """That a network does ``task``: likely where its head is made for that, and less where the
    head is made for more, but has the boxes of a detection too."""
    found = find_head(network)
    if found is None:
        return None
    head, match = found
    preset = match.preset or head.preset
    if match.task == task:
        return Guess(task, match.likelihood, match.reason, preset)
    if task != "detection":
        return None
    return Guess(task, match.likelihood / 2, f"{head.title} finds boxes too.", preset)


def find_objects(scene: Scene) -> tuple[Candidates, Sequence[str] | None]:
    """The objects of a scene by its settings, the surest first, in the tensor's pixels; and the
    names of their classes.

    Raises ``StudioError`` where the outputs are of no known head, not of the one that the settings
    name, or not of that many labels.
    """
    settings = scene.settings
    head, network = _head_of(scene, settings.head)
    candidates = head.decode(network, scene.arrays, settings.threshold)
    candidates = candidates if candidates.is_final else _solid(candidates)
    labels = _fitting_labels(scene, candidates)
    if settings.classes is not None:
        wanted = np.isin(candidates.classes, list(settings.classes))
        candidates = candidates.at(np.flatnonzero(wanted))
    kept = candidates.at(_kept(candidates, settings.overlap, settings.limit))
    return kept, labels or head.labels


def _head_of(scene: Scene, wanted: HeadName | None) -> tuple[Head, Network]:
    """The head that reads the outputs, and the network as it sees it: by the metadata's labels, or
    else by those of the user, which tell what else fits the number of classes.
    """
    for network in (scene.network, replace(scene.network, labels=scene.labels)):
        found = find_head(network, wanted)
        if found is not None:
            return found[0], network
    shapes = ", ".join(str(array.shape) for array in scene.arrays)
    if wanted is None:
        raise StudioError(
            f"Outputs of the shape {shapes} are those of no detector that is known.",
            hint="Choose another task for this model, or look at its output tensors.",
        )
    head = next(head for head in HEADS if head.name == wanted)
    raise StudioError(
        f"Outputs of the shape {shapes} are not those of {head.title}.",
        hint=f"It needs {head.form}. Choose another head, or let it be guessed.",
    )


def as_detections(
    objects: Candidates, boxes: Sequence[Box], labels: Sequence[str] | None
) -> list[Detection]:
    """Objects with their ``boxes`` in the picture."""
    return [
        Detection(label_of(labels, index), score, box, index)
        for box, score, index in zip(
            boxes, objects.scores.tolist(), objects.classes.tolist(), strict=True
        )
    ]


def boxes_in_picture(boxes: Array, placement: Placement) -> list[Box]:
    """Left, top, right, bottom [n, 4] of the tensor in the picture's pixels, cut at its edges."""
    height, width = placement.picture_size
    points = np.clip(placement.to_picture(boxes.reshape(-1, 2, 2)), 0, (width, height))
    rows = points.reshape(-1, 4).tolist()
    return [(left, top, right, bottom) for left, top, right, bottom in rows]


def lacks(what: str) -> StudioError:
    """The error that a detector without ``what`` is told by."""
    return StudioError(
        f"This detector gives no {what}.",
        hint="Choose the task detection, which every detector can do.",
    )


def _fitting_labels(scene: Scene, candidates: Candidates) -> Sequence[str] | None:
    """The labels; what was only guessed is dropped where it does not fit."""
    labels = scene.labels
    if labels is None:
        return None
    count = candidates.class_count
    if count is None:  # the highest class that appeared is all that is known
        count = max(len(labels), int(candidates.classes.max(initial=-1)) + 1)
    if scene.has_guessed_labels and count != len(labels):
        return None
    check_labels(labels, count)
    return labels


def _solid(candidates: Candidates) -> Candidates:
    """Those with an inside: a box that ends before it begins, as distances that a network leaves
    unbounded give, would count as the same as any other."""
    sizes = candidates.boxes[:, 2:] - candidates.boxes[:, :2]
    return candidates.at(np.flatnonzero((sizes > 0).all(axis=1)))


def _kept(candidates: Candidates, overlap: float, limit: int) -> Array:
    boxes, scores = candidates.boxes, candidates.scores
    if candidates.is_final:
        return np.argsort(-scores, kind="stable")[:limit]
    if candidates.angles is None:
        return suppress(boxes, scores, candidates.classes, overlap, limit)
    return suppress_rotated(boxes, candidates.angles, scores, candidates.classes, overlap, limit)

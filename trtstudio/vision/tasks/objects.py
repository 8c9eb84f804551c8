"""What the tasks that find objects share: candidates from whichever head, without those that
overlap, as detections in the picture's own pixels. Safe in any thread.
"""

from collections.abc import Sequence

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array
from trtstudio.vision.answer import Box, Detection
from trtstudio.vision.heads import Candidates, find_head
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
    if match.task == task:
        return Guess(task, match.likelihood, match.reason, head.preset)
    if task != "detection":
        return None
    return Guess(task, match.likelihood / 2, f"{head.title} finds boxes too.", head.preset)


def find_objects(scene: Scene) -> tuple[Candidates, Sequence[str] | None]:
    """The objects of a scene by its settings, the surest first, in the tensor's pixels; and the
    names of their classes.

    Raises ``StudioError`` where the outputs are of no known head, or not of that many labels.
    """
    found = find_head(scene.network)
    if found is None:
        shapes = ", ".join(str(array.shape) for array in scene.arrays)
        raise StudioError(
            f"Outputs of the shape {shapes} are those of no detector that is known.",
            hint="Choose another task for this model, or look at its output tensors.",
        )
    settings = scene.settings
    head, _ = found
    candidates = head.decode(scene.network, scene.arrays, settings.threshold)
    _check(scene.labels, candidates)
    if settings.classes is not None:
        wanted = np.isin(candidates.classes, list(settings.classes))
        candidates = candidates.at(np.flatnonzero(wanted))
    kept = candidates.at(_kept(candidates, settings.overlap, settings.limit))
    return kept, scene.labels or head.labels


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


def _check(labels: Sequence[str] | None, candidates: Candidates) -> None:
    if labels is None:
        return
    count = candidates.class_count
    if count is None:  # the highest class that appeared is all that is known
        count = max(len(labels), int(candidates.classes.max(initial=-1)) + 1)
    check_labels(labels, count)


def _kept(candidates: Candidates, overlap: float, limit: int) -> Array:
    boxes, scores = candidates.boxes, candidates.scores
    if candidates.is_final:
        return np.argsort(-scores, kind="stable")[:limit]
    if candidates.angles is None:
        return suppress(boxes, scores, candidates.classes, overlap, limit)
    return suppress_rotated(boxes, candidates.angles, scores, candidates.classes, overlap, limit)

"""Ultralytics' YOLOv8, 11 and later: [1, 4 + classes + extras, cells], or end to end (YOLOv10, 26
and exports with NMS) [1, objects, 6 + extras]. The extras are mask coefficients, key points or an
angle. Safe in any thread.
"""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trtstudio.model.graph import Dim
from trtstudio.model.run import Array
from trtstudio.vision.heads.grids import find_strides
from trtstudio.vision.heads.head import (
    Candidates,
    Head,
    Match,
    are_centers,
    best_class,
    corners,
    in_pixels,
)
from trtstudio.vision.heads.prototypes import find_prototypes, split_outputs
from trtstudio.vision.heads.rtdetr import is_transformer
from trtstudio.vision.network import Network, is_known
from trtstudio.vision.task_names import TaskName

_COCO_CLASSES = 80
_COCO_POSE = (17, 3)
_MOST_OBJECTS = 2000  # end to end; 300 is usual
_TASKS: dict[str, TaskName] = {
    "detect": "detection",
    "segment": "instance-segmentation",
    "pose": "keypoints",
    "obb": "oriented-boxes",
}


@dataclass(frozen=True, slots=True)
class _Form:
    """``axis`` has the objects; ``classes`` is None end to end, where a score and a class stand in
    their place; ``points`` is how many there are, and how many numbers each has."""

    output: int
    axis: int
    task: TaskName
    classes: int | None
    points: tuple[int, int] | None = None


def points_shape(metadata: Mapping[str, str]) -> tuple[int, int] | None:
    """``kpt_shape`` as Ultralytics writes it: how many key points, and 2 or 3 numbers for each."""
    try:
        shape = ast.literal_eval(metadata.get("kpt_shape", ""))
        count, size = (int(number) for number in shape)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return (count, size) if 0 < count <= 10_000 and size in (2, 3) else None


def _find(network: Network) -> _Form | None:
    output = split_outputs(network)
    if output is None:
        return None
    _, rows, columns = network.shapes[output]
    is_grid = find_strides(network.size, columns) is not None
    if is_grid or network.labels is not None:
        form = _grid_form(network, output, 2, rows)
        if is_grid or form is not None:
            return form
    if _is_end_to_end(rows, columns, network):
        return _end_to_end_form(network, output, columns)
    if find_strides(network.size, rows) is not None:  # turned by whoever exported it
        return _grid_form(network, output, 1, columns)
    return None


def _grid_form(network: Network, output: int, axis: int, size: Dim) -> _Form | None:
    """Which extras stand behind the scores of a box: as the metadata say, else as the number of
    rows allows."""
    if not isinstance(size, int) or size < 5:
        return None
    if axis == 1 and network.labels is None and size != 4 + _COCO_CLASSES:
        return None  # as likely YOLOX
    masks = find_prototypes(network)
    extras = masks.count if masks else 0
    task = _TASKS.get(network.metadata.get("task", ""))
    points = points_shape(network.metadata)
    labels = len(network.labels) if network.labels is not None else None
    rest = size - 4
    if masks:
        task = "instance-segmentation"
    elif task is None:
        task = _likely_task(rest, labels, points)
    if task == "keypoints":
        points = points or (((rest - (labels or 1)) // 3), 3)
        extras = points[0] * points[1]
    elif task == "oriented-boxes":
        extras = 1
    classes = rest - extras
    if task is None or classes < 1 or (labels is not None and classes != labels):
        return None
    return _Form(output, axis, task, classes, points if task == "keypoints" else None)


def _likely_task(rest: int, labels: int | None, points: tuple[int, int] | None) -> TaskName | None:
    """Without a word about it, from how many rows the scores and extras have."""
    if labels is None:
        is_pose = points is not None or rest == 1 + _COCO_POSE[0] * _COCO_POSE[1]
        return "keypoints" if is_pose else "detection"
    if rest == labels:
        return "detection"
    if points is not None and rest == labels + points[0] * points[1]:
        return "keypoints"
    return "oriented-boxes" if rest == labels + 1 else None


def _is_end_to_end(rows: Dim, columns: Dim, network: Network) -> bool:
    is_few = not isinstance(rows, int) or rows <= _MOST_OBJECTS
    is_grid = find_strides(network.size, rows) is not None
    return is_few and not is_grid and isinstance(columns, int) and columns >= 6


def _end_to_end_form(network: Network, output: int, columns: Dim) -> _Form | None:
    assert isinstance(columns, int)
    extras = columns - 6
    masks = find_prototypes(network)
    points = points_shape(network.metadata) or _COCO_POSE
    if masks:
        return _Form(output, 1, "instance-segmentation", None) if extras == masks.count else None
    if extras == 0:
        return _Form(output, 1, "detection", None)
    if extras == 1:
        return _Form(output, 1, "oriented-boxes", None)
    if extras == points[0] * points[1]:
        return _Form(output, 1, "keypoints", None, points)
    return None


def _open_task(network: Network) -> TaskName | None:
    """What the metadata of an export of any size say, whose numbers are only known at run time."""
    output = split_outputs(network)
    is_open = output is not None and any(not is_known(d) for d in network.shapes[output][1:])
    task = _TASKS.get(network.metadata.get("task", "")) if is_open else None
    has_masks = find_prototypes(network) is not None
    return task if has_masks == (task == "instance-segmentation") else None


def _match(network: Network) -> Match | None:
    if is_transformer(network.metadata):
        return None
    form = _find(network)
    if form is None:
        task = _open_task(network)
        return Match(task, 0.98, f"Its metadata say: {network.metadata['task']}.") if task else None
    if _TASKS.get(network.metadata.get("task", "")) == form.task:
        reason = f"Its metadata say: {network.metadata['task']}."
        return Match(form.task, 0.98, reason, classes=form.classes)
    if form.classes is None:
        return Match(form.task, 0.85, "Rows of box, score and class: overlaps are suppressed.")
    is_named = network.labels is not None
    reason = (
        f"4 numbers of a box and {form.classes} scores"
        + (", as many as there are labels," if is_named else "")
        + " for each cell of the usual grids."
    )
    return Match(form.task, 0.95 if is_named else 0.8, reason, classes=form.classes)


def _decode(network: Network, arrays: Sequence[Array], threshold: float) -> Candidates:
    form = _find(network)
    assert form is not None
    rows = np.asarray(arrays[form.output][0], np.float32)
    rows = rows if form.axis == 1 else rows.T
    if form.classes is None:
        kept = np.flatnonzero(rows[:, 4] >= threshold)
        scores, classes = rows[kept, 4], rows[kept, 5].astype(np.int64)
        extras = rows[kept, 6:]
        boxes = rows[:, :4]
        boxes = in_pixels(corners(boxes) if are_centers(boxes) else boxes, network)[kept]
    else:
        kept, scores, classes = best_class(rows[:, 4 : 4 + form.classes], threshold)
        extras = rows[kept, 4 + form.classes :]
        boxes = rows[kept, :4]
    if form.classes is not None or form.task == "oriented-boxes":
        boxes = corners(boxes)
    masks = find_prototypes(network)
    return Candidates(
        boxes,
        scores,
        classes,
        form.classes,
        is_final=form.classes is None,
        angles=extras[:, 0] if form.task == "oriented-boxes" else None,
        points=_points(extras, form.points) if form.points else None,
        coefficients=extras if masks else None,
        prototypes=np.asarray(arrays[masks.output][0], np.float32) if masks else None,
    )


def _points(extras: Array, shape: tuple[int, int]) -> Array:
    """[n, points, 3]; where the network gives no score of a point, it is 1."""
    points = extras.reshape(-1, *shape)
    if shape[1] == 3:
        return points
    return np.concatenate((points, np.ones_like(points[..., :1])), axis=-1)


ULTRALYTICS = Head(
    "ultralytics",
    "YOLOv8, v10, 11, 26",
    "an output [1, 4 + classes + extras, cells] or, end to end, [1, objects, 6 + extras]",
    "yolo",
    _match,
    _decode,
)

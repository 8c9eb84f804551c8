"""Boxes from the heads of two families of detectors: YOLOX's, and Ultralytics' (YOLOv8 and later).
Safe in any thread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, Tensor
from trtstudio.model.run import Array
from trtstudio.vision.labels import check_labels, label_of, labels_from_metadata
from trtstudio.vision.placement import Placement, Size

Head = Literal["yolox", "yolo"]
"""``yolox``: [1, cells, 5 + classes] as offsets from the cells of three grids, with objectness;
``yolo``: [1, 4 + classes, cells] as centre and size in the tensor's pixels."""

_STRIDES = (8, 16, 32)
_LARGEST_EXPONENT = 20.0  # what a damaged network answers must not overflow


@dataclass(frozen=True, slots=True)
class Detection:
    """An object found: ``box`` is left, top, right and bottom in the picture's own pixels."""

    label: str
    score: float
    box: tuple[float, float, float, float]
    index: int


def find_head(size: Size, outputs: Sequence[Tensor], metadata: Mapping[str, str]) -> Head | None:
    """The head that a network with inputs of ``size`` evidently has, None for other outputs."""
    if len(outputs) != 1 or outputs[0].shape is None:
        return None
    head = _head(outputs[0].shape, size)
    if head == "yolo":  # segmentation, pose and oriented boxes have this form too, with more rows
        labels = labels_from_metadata(metadata)
        return head if labels and outputs[0].shape[1] == 4 + len(labels) else None
    return head


def detect(
    output: Array,
    placement: Placement,
    labels: Sequence[str] | None,
    *,
    threshold: float = 0.3,
    overlap: float = 0.45,
    limit: int = 300,
) -> tuple[Detection, ...]:
    """The objects in one picture, the surest first.

    ``output`` is that of either head, for a batch of one. Boxes below ``threshold`` are left out,
    and of two boxes of one class whose intersection over union exceeds ``overlap`` the less sure
    one. Raises ``StudioError`` where the output is of neither head.
    """
    head = _head(output.shape, placement.tensor_size)
    if head is None:
        raise StudioError(
            f"An output of the shape {output.shape} is not one of a YOLOX or Ultralytics detector.",
            hint="Choose another task for this model, or look at its output tensors.",
        )
    rows = np.asarray(output[0], np.float32)
    if head == "yolox":
        boxes, scores = _decode_yolox(rows, placement.tensor_size)
    else:
        boxes, scores = rows[:4].T, rows[4:].T
    check_labels(labels, scores.shape[1])
    classes = scores.argmax(axis=1)
    best = scores[np.arange(len(scores)), classes]
    kept = _suppress(boxes, best, classes, threshold, overlap)[:limit]
    corners = _in_picture(boxes[kept], placement)
    return tuple(
        Detection(label_of(labels, index), score, (left, top, right, bottom), index)
        for (left, top, right, bottom), score, index in zip(
            corners.tolist(), best[kept].tolist(), classes[kept].tolist(), strict=True
        )
    )


def _head(shape: Sequence[Dim], size: Size) -> Head | None:
    if len(shape) != 3:
        return None
    cells = sum((size[0] // stride) * (size[1] // stride) for stride in _STRIDES)
    _, rows, columns = shape
    if rows == cells and isinstance(columns, int) and columns > 5:
        return "yolox"
    return "yolo" if columns == cells and isinstance(rows, int) and rows > 4 else None


def _decode_yolox(rows: Array, size: Size) -> tuple[Array, Array]:
    """Boxes [cells, 4] as centre and size in the tensor's pixels, and scores [cells, classes]."""
    cells = [_cells(size, stride) for stride in _STRIDES]
    origins = np.concatenate(cells)
    strides = np.repeat(_STRIDES, [len(grid) for grid in cells])[:, None].astype(np.float32)
    centers = (rows[:, :2] + origins) * strides
    extents = np.exp(np.minimum(rows[:, 2:4], _LARGEST_EXPONENT)) * strides
    return np.concatenate((centers, extents), axis=1), rows[:, 4:5] * rows[:, 5:]


def _cells(size: Size, stride: int) -> Array:
    """The x and y of every cell of one grid, row by row."""
    rows, columns = np.mgrid[: size[0] // stride, : size[1] // stride]
    return np.stack((columns, rows), axis=-1).reshape(-1, 2).astype(np.float32)


def _suppress(
    boxes: Array, scores: Array, classes: Array, threshold: float, overlap: float
) -> Array:
    """The positions of the boxes that stay, the surest first."""
    sure = np.flatnonzero(scores >= threshold)
    corners = boxes[sure, :2] - boxes[sure, 2:] / 2
    kept = cv2.dnn.NMSBoxesBatched(
        np.concatenate((corners, boxes[sure, 2:]), axis=1).tolist(),
        scores[sure].tolist(),
        classes[sure].tolist(),
        threshold,
        overlap,
    )
    positions = sure[np.asarray(kept, np.int64)]
    return np.asarray(positions[np.argsort(-scores[positions], kind="stable")])


def _in_picture(boxes: Array, placement: Placement) -> Array:
    """Left, top, right, bottom in the picture's pixels, cut at its edges."""
    centers, halves = boxes[:, :2], boxes[:, 2:] / 2
    corners = np.stack((centers - halves, centers + halves), axis=1)
    height, width = placement.picture_size
    points = np.clip(placement.to_picture(corners), 0, (width, height))
    return np.asarray(points.reshape(-1, 4))

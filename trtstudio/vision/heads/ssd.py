"""Boxes [1, n, 4] and scores [1, n, classes], as SSD-like detectors and DETR give them. Safe in
any thread.
"""

from collections.abc import Sequence

import numpy as np

from trtstudio.model.graph import Dim
from trtstudio.model.run import Array
from trtstudio.vision.heads.head import (
    Candidates,
    Head,
    Match,
    are_centers,
    as_scores,
    best_class,
    corners,
    in_pixels,
)
from trtstudio.vision.network import Network, is_known, is_size

_SUM_TOLERANCE = 0.01  # what a row of probabilities may miss 1 by


def _flat(shape: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Without the 1 that YOLOv4's exports have: [1, n, 1, 4]."""
    return shape[:2] + shape[3:] if len(shape) == 4 and shape[2] == 1 else shape


def _find(network: Network) -> tuple[int, int] | None:
    """The positions of boxes and scores."""
    shapes = [_flat(shape) for shape in network.shapes]
    if len(shapes) != 2 or any(len(shape) != 3 for shape in shapes):
        return None
    counts = [shape[1] for shape in shapes]
    if counts[0] != counts[1] and all(map(is_known, counts)):
        return None
    boxes = [position for position in (0, 1) if shapes[position][2] == 4]
    if len(boxes) != 1:  # four classes, or nothing is known before run time
        boxes = [p for p in (0, 1) if is_size(shapes[p][2], 4) and _is_named(network, p, _BOXES)]
    return (boxes[0], 1 - boxes[0]) if len(boxes) == 1 else None


def _is_named(network: Network, position: int, words: Sequence[str]) -> bool:
    return any(word in network.outputs[position].name.lower() for word in words)


def _match(network: Network) -> Match | None:
    found = _find(network)
    if found is None:
        return None
    boxes, scores = (network.outputs[position].name for position in found)
    classes, preset = network.shapes[found[1]][-1], ""
    if _is_named(network, found[0], _QUERY_BOXES):
        preset = "zero-to-one" if classes == _UNSCALED_CLASSES else "segmentation"
    reason = f"{boxes} has 4 numbers for each row of {scores}."
    return Match("detection", 0.85, reason, preset, _objects_among(classes))


def _objects_among(classes: Dim) -> int | None:
    """Without the background, which SSD's scores of COCO hold."""
    if not isinstance(classes, int) or classes < 1:
        return None
    return classes - 1 if classes == _CLASSES_AND_BACKGROUND else classes


def _decode(network: Network, arrays: Sequence[Array], threshold: float) -> Candidates:
    found = _find(network)
    assert found is not None
    boxes = np.asarray(arrays[found[0]], np.float32).reshape(-1, 4)
    scores = np.asarray(arrays[found[1]], np.float32).reshape(len(boxes), -1)
    is_query = _is_named(network, found[0], _QUERY_BOXES) or are_centers(boxes)
    first, last = 0, scores.shape[1]
    if _is_softmax(scores):
        first = 1  # SSD's first class is the background
    elif is_query:
        scores, last = _query_scores(scores, network)
    kept, best, classes = best_class(as_scores(scores)[:, first:last], threshold)
    pixels = in_pixels(corners(boxes) if is_query else boxes, network)
    return Candidates(pixels[kept], best, classes, last - first, is_final=is_query)


def _query_scores(logits: Array, network: Network) -> tuple[Array, int]:
    """DETR's scores, and how many classes there are before the one that stands for nothing."""
    if not _has_nothing(logits, network):
        return as_scores(logits), logits.shape[1]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True)), logits.shape[1] - 1


def _has_nothing(logits: Array, network: Network) -> bool:
    """Whether the last class is that of queries that found nothing: as the labels say, or else as
    most queries do. Networks without it (Deformable DETR and later) are sure of no class then.
    """
    if logits.shape[1] == _CLASSES_AND_NOTHING:
        return True
    if network.labels is not None:
        return bool(logits.shape[1] == len(network.labels) + 1)
    is_last = logits.argmax(axis=1) == logits.shape[1] - 1
    return bool(is_last.sum() * 2 > len(logits) and np.median(logits[:, -1]) > 0)


def _is_softmax(scores: Array) -> bool:
    if scores.shape[1] < 2 or not len(scores) or scores.min() < 0:
        return False
    return bool(np.abs(scores.sum(axis=1) - 1).max() < _SUM_TOLERANCE)


_QUERY_BOXES = ("pred_boxes", "dets")  # DETR and its followers, RF-DETR
_BOXES = ("box", "loc", "dets")
_CLASSES_AND_NOTHING = 92  # DETR's and YOLOS' of COCO
_CLASSES_AND_BACKGROUND = 81  # SSD's of COCO
_UNSCALED_CLASSES = 80  # RT-DETR's and D-FINE's, which are fed without ImageNet's mean

SSD = Head(
    "ssd",
    "SSD, DETR: boxes and scores",
    "two outputs, boxes [1, n, 4] and scores [1, n, classes]",
    "yolo",
    _match,
    _decode,
)

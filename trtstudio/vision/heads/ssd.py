"""Boxes [1, n, 4] and scores [1, n, classes], as SSD-like detectors and DETR give them. Safe in
any thread.
"""

from collections.abc import Sequence

import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.heads.head import (
    Candidates,
    Head,
    Match,
    as_scores,
    best_class,
    corners,
    in_pixels,
)
from trtstudio.vision.network import Network

_SUM_TOLERANCE = 0.01  # what a row of probabilities may miss 1 by


def _flat(shape: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Without the 1 that YOLOv4's exports have: [1, n, 1, 4]."""
    return shape[:2] + shape[3:] if len(shape) == 4 and shape[2] == 1 else shape


def _find(network: Network) -> tuple[int, int] | None:
    """The positions of boxes and scores."""
    shapes = [_flat(shape) for shape in network.shapes]
    if len(shapes) != 2 or any(len(shape) != 3 for shape in shapes):
        return None
    if shapes[0][1] != shapes[1][1]:
        return None
    boxes = [position for position in (0, 1) if shapes[position][2] == 4]
    if len(boxes) == 2:  # four classes
        boxes = [p for p in boxes if any(w in network.outputs[p].name.lower() for w in _BOXES)]
    return (boxes[0], 1 - boxes[0]) if len(boxes) == 1 else None


def _match(network: Network) -> Match | None:
    found = _find(network)
    if found is None:
        return None
    boxes, scores = (network.outputs[position].name for position in found)
    return Match("detection", 0.85, f"{boxes} has 4 numbers for each row of {scores}.")


def _decode(network: Network, arrays: Sequence[Array], threshold: float) -> Candidates:
    found = _find(network)
    assert found is not None
    boxes = np.asarray(arrays[found[0]], np.float32).reshape(-1, 4)
    scores = np.asarray(arrays[found[1]], np.float32).reshape(len(boxes), -1)
    is_query = "pred_boxes" in network.outputs[found[0]].name.lower()
    first, last = 0, scores.shape[1]
    if _is_softmax(scores):
        first = 1  # SSD's first class is the background
    elif is_query:
        scores, last = _query_scores(scores, network)
    kept, best, classes = best_class(as_scores(scores)[:, first:last], threshold)
    pixels = in_pixels(corners(boxes) if is_query else boxes, network)
    return Candidates(pixels[kept], best, classes, last - first)


def _query_scores(logits: Array, network: Network) -> tuple[Array, int]:
    """DETR's scores, and how many classes there are before the one that stands for nothing."""
    has_nothing = network.labels is not None and logits.shape[1] == len(network.labels) + 1
    if not has_nothing:
        return as_scores(logits), logits.shape[1]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True)), logits.shape[1] - 1


def _is_softmax(scores: Array) -> bool:
    if scores.shape[1] < 2 or not len(scores) or scores.min() < 0:
        return False
    return bool(np.abs(scores.sum(axis=1) - 1).max() < _SUM_TOLERANCE)


_BOXES = ("box", "loc")

SSD = Head("ssd", "SSD, DETR: boxes and scores", "yolo", _match, _decode)

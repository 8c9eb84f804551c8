"""Detectors that end with their own non-maximum suppression: plain rows, the four outputs of
TensorRT's EfficientNMS, and RT-DETR's own three of labels, boxes and scores. Safe in any thread.
"""

from collections.abc import Sequence

import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.heads.head import Candidates, Head, Match, in_pixels, named
from trtstudio.vision.network import Network

_ROLES = {
    "count": ("num",),
    "boxes": ("box",),
    "scores": ("score", "conf", "prob"),
    "classes": ("class", "label", "cls"),
}


def _match_rows(network: Network) -> Match | None:
    """[n, 6] as box, score, class; [n, 7] with the picture before, and class before score."""
    if len(network.outputs) != 1 or len(network.shapes[0]) != 2:
        return None
    rows, columns = network.shapes[0]
    if columns not in (6, 7) or (isinstance(rows, int) and 0 <= rows <= 1):
        return None
    return Match("detection", 0.7, f"Rows of {columns} numbers: a box, a score and a class.")


def _decode_rows(network: Network, arrays: Sequence[Array], threshold: float) -> Candidates:
    rows = np.asarray(arrays[0], np.float32)
    if rows.shape[1] == 7:
        rows = rows[rows[:, 0] == 0][:, [1, 2, 3, 4, 6, 5]]
    return _candidates(rows[:, :4], rows[:, 4], rows[:, 5], network, threshold)


def _match_named(network: Network) -> Match | None:
    roles = named(network, _ROLES)
    if len(network.outputs) not in (3, 4) or not {"boxes", "scores", "classes"} <= roles.keys():
        return None
    if network.shapes[roles["boxes"]][-1:] != (4,) or (len(network.outputs) == 4) != (
        "count" in roles
    ):
        return None
    ranks = {len(network.shapes[roles[role]]) for role in ("scores", "classes")}
    if ranks != {len(network.shapes[roles["boxes"]]) - 1}:
        return None
    names = ", ".join(tensor.name for tensor in network.outputs)
    reason = f"Its outputs {names} are objects after suppression."
    # RT-DETR, D-FINE and their like have no count, and are fed with stretched pictures.
    return Match("detection", 0.95, reason, "" if "count" in roles else "zero-to-one")


def _decode_named(network: Network, arrays: Sequence[Array], threshold: float) -> Candidates:
    roles = named(network, _ROLES)
    scores = np.asarray(arrays[roles["scores"]], np.float32).reshape(-1)
    classes = arrays[roles["classes"]].reshape(-1)
    boxes = np.asarray(arrays[roles["boxes"]], np.float32).reshape(-1, 4)
    count = len(scores)
    if "count" in roles:
        counts = arrays[roles["count"]].reshape(-1)
        count = min(count, max(0, int(counts[0]))) if len(counts) else count
        if counts.dtype.kind == "f":  # TensorFlow's: top before left, and classes from 1 on
            boxes, classes = boxes[:, [1, 0, 3, 2]], classes - 1
    return _candidates(boxes[:count], scores[:count], classes[:count], network, threshold)


def _candidates(
    boxes: Array, scores: Array, classes: Array, network: Network, threshold: float
) -> Candidates:
    kept = np.flatnonzero((scores >= threshold) & (classes >= 0))
    numbers = classes[kept].astype(np.int64)
    return Candidates(in_pixels(boxes, network)[kept], scores[kept], numbers, is_final=True)


ROWS = Head(
    "rows",
    "Rows after NMS [n, 6]",
    "one output [n, 6] of box, score and class, or [n, 7] with the picture's number before",
    "yolo",
    _match_rows,
    _decode_rows,
)
EFFICIENT_NMS = Head(
    "efficient-nms",
    "EfficientNMS, or boxes, scores and classes",
    "outputs that are called boxes, scores and classes, mostly with their number",
    "yolo",
    _match_named,
    _decode_named,
)

"""RT-DETR as Ultralytics exports it: rows [1, queries, 4 + classes], or [1, queries, 6] with the
best score and its class. Boxes are shares of centre and size, and do not overlap by training. Safe
in any thread.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from trtstudio.model.graph import Dim
from trtstudio.model.run import Array
from trtstudio.vision.heads.grids import find_strides
from trtstudio.vision.heads.head import Candidates, Head, Match, best_class, corners, in_pixels
from trtstudio.vision.network import Network, is_known

_USUAL_CLASSES = (80, 91, 365)  # COCO, with its gaps, and Objects365
_MOST_QUERIES = 2000  # 300 is usual
_CHOSEN = 6  # columns of a box, a score and a class
_END_TO_END = (_CHOSEN, _CHOSEN + 1)  # as likely those of a YOLO, without or with an angle


def is_transformer(metadata: Mapping[str, str]) -> bool:
    """Whether Ultralytics says so of a detector."""
    return "rtdetr" in metadata.get("head", "").lower()


def _match(network: Network) -> Match | None:
    if len(network.outputs) != 1 or len(network.shapes[0]) != 3:
        return None
    _, rows, columns = network.shapes[0]
    is_said = is_transformer(network.metadata)
    if is_said and (not is_known(columns) or columns == _CHOSEN):
        return Match("detection", 0.98, f"Its metadata say: {network.metadata['head']}.")
    if not isinstance(columns, int) or columns in _END_TO_END or not _are_queries(rows, network):
        return None
    classes = columns - 4
    labels = len(network.labels) if network.labels is not None else None
    if classes != labels if labels is not None else classes not in _USUAL_CLASSES:
        return None
    reason = f"4 numbers of a box and {classes} scores for each query."
    likelihood = 0.98 if is_said else 0.9 if labels is not None else 0.6
    return Match("detection", likelihood, reason, classes=classes)


def _are_queries(rows: Dim, network: Network) -> bool:
    if not isinstance(rows, int) or rows < 0:
        return True
    return 1 < rows <= _MOST_QUERIES and find_strides(network.size, rows) is None


def _decode(network: Network, arrays: Sequence[Array], threshold: float) -> Candidates:
    rows = np.asarray(arrays[0][0], np.float32)
    boxes = in_pixels(corners(rows[:, :4]), network)
    if rows.shape[1] == _CHOSEN and is_transformer(network.metadata):
        kept = np.flatnonzero(rows[:, 4] >= threshold)
        scores, classes, count = rows[kept, 4], rows[kept, 5].astype(np.int64), None
    else:
        kept, scores, classes = best_class(rows[:, 4:], threshold)
        count = rows.shape[1] - 4
    return Candidates(boxes[kept], scores, classes, count, is_final=True)


RT_DETR = Head(
    "rt-detr",
    "RT-DETR of Ultralytics",
    "an output [1, queries, 4 + classes], of boxes as shares of centre and size",
    "zero-to-one",
    _match,
    _decode,
)

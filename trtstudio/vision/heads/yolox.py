"""YOLOX: [1, cells, 5 + classes] as offsets from the cells of grids, with an objectness. YOLOv6
has the same shape, but its boxes are in pixels already. Safe in any thread.
"""

from collections.abc import Sequence

import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.heads.grids import cell_corners, find_strides
from trtstudio.vision.heads.head import Candidates, Head, Match, best_class, corners
from trtstudio.vision.network import Network

_TURNED = 79  # 80 classes without objectness: an Ultralytics head with its axes exchanged
_LARGEST_EXPONENT = 20.0  # what a damaged network answers must not overflow
_LARGEST_OFFSET = 8.0  # in cells, of most boxes; centres in pixels are far beyond it


def _match(network: Network) -> Match | None:
    if len(network.outputs) != 1 or len(network.shapes[0]) != 3:
        return None
    _, rows, columns = network.shapes[0]
    strides = find_strides(network.size, rows)
    if strides is None or not isinstance(columns, int) or columns < 6:
        return None
    classes = columns - 5
    if network.labels is not None and classes != len(network.labels):
        return None
    is_turned = network.labels is None and classes == _TURNED
    reason = f"{rows} rows are the cells of grids with the strides {strides}, a box in each."
    return Match("detection", 0.3 if is_turned else 0.9, reason, classes=classes)


def _decode(network: Network, arrays: Sequence[Array], threshold: float) -> Candidates:
    rows = np.asarray(arrays[0][0], np.float32)
    classes = rows.shape[1] - 5
    sure = np.flatnonzero(rows[:, 4] >= threshold)  # no class can be surer than that
    kept, scores, best = best_class(rows[sure, 4:5] * rows[sure, 5:], threshold)
    boxes = _boxes(rows, sure[kept], network)
    return Candidates(corners(boxes), scores, best, classes)


def _boxes(rows: Array, chosen: Array, network: Network) -> Array:
    """Centre and size [n, 4] of these rows in the tensor's pixels."""
    strides, boxes = find_strides(network.size, len(rows)), rows[chosen, :4]
    # The centres of an eighth of all boxes tell offsets from pixels.
    if strides is None or np.median(np.abs(rows[::8, :2])) > _LARGEST_OFFSET:
        return boxes
    origins, steps = cell_corners(network.size, strides)
    extents = np.exp(np.minimum(boxes[:, 2:4], _LARGEST_EXPONENT))
    centers = boxes[:, :2] + origins[chosen]
    return np.asarray(np.concatenate((centers, extents), axis=1) * steps[chosen])


YOLOX = Head(
    "yolox",
    "YOLOX, YOLOv6",
    "one output [1, cells, 5 + classes], a row for each cell of the usual grids",
    "yolox",
    _match,
    _decode,
)

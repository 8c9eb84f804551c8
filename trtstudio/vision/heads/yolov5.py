"""YOLOv5 and YOLOv7: [1, 3 anchors x cells, 5 + classes] in pixels, with an objectness; with
masks, their coefficients and a second output of prototypes. Safe in any thread.
"""

from collections.abc import Sequence

import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.heads.grids import find_strides
from trtstudio.vision.heads.head import Candidates, Head, Match, best_class, corners
from trtstudio.vision.heads.prototypes import find_prototypes, split_outputs
from trtstudio.vision.network import Network
from trtstudio.vision.task_names import TaskName

_ANCHORS = 3


def _match(network: Network) -> Match | None:
    split = split_outputs(network)
    if split is None:
        return None
    _, rows, columns = network.shapes[split]
    if not isinstance(rows, int) or not isinstance(columns, int) or rows % _ANCHORS:
        return None
    masks = find_prototypes(network)
    classes = columns - 5 - (masks.count if masks else 0)
    if find_strides(network.size, rows // _ANCHORS) is None or classes < 1:
        return None
    if network.labels is not None and classes != len(network.labels):
        return None
    reason = f"{rows} rows are three anchors in each cell of the usual grids."
    task: TaskName = "instance-segmentation" if masks else "detection"
    return Match(task, 0.9, reason, classes=classes)


def _decode(network: Network, arrays: Sequence[Array], threshold: float) -> Candidates:
    split = split_outputs(network)
    assert split is not None
    rows = np.asarray(arrays[split][0], np.float32)
    masks = find_prototypes(network)
    end = rows.shape[1] - (masks.count if masks else 0)
    sure = np.flatnonzero(rows[:, 4] >= threshold)  # no class can be surer than that
    kept, scores, best = best_class(rows[sure, 4:5] * rows[sure, 5:end], threshold)
    chosen = rows[sure[kept]]
    return Candidates(
        corners(chosen[:, :4]),
        scores,
        best,
        end - 5,
        coefficients=chosen[:, end:] if masks else None,
        prototypes=np.asarray(arrays[masks.output][0], np.float32) if masks else None,
    )


YOLOV5 = Head(
    "yolov5",
    "YOLOv5, YOLOv7",
    "an output [1, 3 x cells, 5 + classes], three rows for each cell of the usual grids",
    "yolo",
    _match,
    _decode,
)

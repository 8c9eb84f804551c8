"""TorchVision's detectors, which suppress overlaps themselves and answer without a batch: boxes
[n, 4], labels [n] and scores [n], with masks [n, 1, height, width] or key points [n, k, 3]. Their
order and names differ; dtypes and ranks tell them apart. Safe in any thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.heads.head import Candidates, Head, Match, in_pixels
from trtstudio.vision.network import Network, is_size
from trtstudio.vision.task_names import TaskName


@dataclass(frozen=True, slots=True)
class _Outputs:
    """The positions of the outputs."""

    boxes: int
    labels: int
    scores: int
    masks: int | None = None
    points: int | None = None

    @property
    def task(self) -> TaskName:
        """The most that they tell."""
        if self.masks is not None:
            return "instance-segmentation"
        return "keypoints" if self.points is not None else "detection"


def _find(network: Network) -> _Outputs | None:
    forms = [(len(t.shape or ()), _is_whole(t.dtype)) for t in network.outputs]
    boxes = [
        position
        for position, (rank, is_whole) in enumerate(forms)
        if rank == 2 and not is_whole and is_size(network.shapes[position][1], 4)
    ]
    # Key points have a score each in a second output of two axes, and boxes come first.
    labels, scores, masks, points = (
        [position for position, form in enumerate(forms) if form == wanted]
        for wanted in ((1, True), (1, False), (4, False), (3, False))
    )
    extra = len(forms) - 3
    if not boxes or len(labels) != 1 or len(scores) != 1 or extra > 2:
        return None
    if extra == 0:
        return _Outputs(boxes[0], labels[0], scores[0])
    if extra == 1 and len(masks) == 1:
        return _Outputs(boxes[0], labels[0], scores[0], masks=masks[0])
    if len(points) == 1 and is_size(network.shapes[points[0]][2], 3):
        return _Outputs(boxes[0], labels[0], scores[0], points=points[0])
    return None


def _is_whole(dtype: str) -> bool:
    return dtype.startswith(("int", "uint"))


def _match(network: Network) -> Match | None:
    found = _find(network)
    if found is None:
        return None
    names = ", ".join(tensor.name for tensor in network.outputs)
    return Match(found.task, 0.96, f"Its outputs {names} are objects after suppression.")


def _decode(network: Network, arrays: Sequence[Array], threshold: float) -> Candidates:
    found = _find(network)
    assert found is not None
    scores = np.asarray(arrays[found.scores], np.float32)
    boxes = in_pixels(np.asarray(arrays[found.boxes], np.float32), network)
    kept = np.flatnonzero((scores >= threshold) & (arrays[found.labels] >= 0))
    masks, points = (
        None if position is None else np.asarray(arrays[position], np.float32)[kept]
        for position in (found.masks, found.points)
    )
    return Candidates(
        boxes[kept],
        scores[kept],
        arrays[found.labels][kept].astype(np.int64),
        is_final=True,
        points=points,
        masks=None if masks is None else masks[:, 0],
    )


TORCHVISION = Head(
    "torchvision",
    "TorchVision: Faster, Mask and Keypoint R-CNN, RetinaNet, SSD",
    "outputs without a batch: boxes [n, 4], labels [n] of whole numbers and scores [n]",
    "torchvision-detection",
    _match,
    _decode,
)

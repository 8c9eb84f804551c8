from collections.abc import Callable

import numpy as np
import pytest

from trtstudio.model.graph import Dim, Tensor
from trtstudio.vision.answer import Answer
from trtstudio.vision.heads import find_head
from trtstudio.vision.network import Network

SIZE = (100, 200)
BOXES = np.float32([[20, 10, 60, 50], [0, 0, 5, 5]])
SCORES = np.float32([0.9, 0.1])
LABELS = np.array([3, 1])
Read = Callable[..., Answer]
Output = tuple[str, str, tuple[Dim, ...]]
THREE: tuple[Output, ...] = (
    ("2033", "float32", ("Concat2033_dim_0", 4)),
    ("2003", "int64", ("Gather2003_dim_0",)),
    ("2002", "float32", ("Gather2003_dim_0",)),
)


def _found(*outputs: Output) -> tuple[str, str] | None:
    tensors = tuple(Tensor(*output) for output in outputs)
    found = find_head(Network((320, 320), tensors, {}))
    return None if found is None else (found[0].name, found[1].task)


def test_neither_names_nor_order_matter() -> None:
    assert _found(*THREE) == ("torchvision", "detection")
    assert _found(*reversed(THREE)) == ("torchvision", "detection")
    assert _found(*THREE[:2]) is None
    assert _found(THREE[0], THREE[1], THREE[1]) is None


def test_masks_and_key_points_are_known() -> None:
    masks: Output = ("masks", "float32", ("n", "one", "h", "w"))
    points: Output = ("keypoints", "float32", ("n", 17, 3))
    scores: Output = ("keypoints_scores", "float32", ("n", 17))
    assert _found(*THREE, masks) == ("torchvision", "instance-segmentation")
    assert _found(*THREE, points, scores) == ("torchvision", "keypoints")
    assert _found(*THREE, scores) is None


def test_boxes_in_any_order(read: Read) -> None:
    outputs = {"4178": LABELS, "4177": SCORES, "4208": BOXES}
    (found,) = read("detection", outputs, SIZE).detections
    assert (found.index, found.box) == (3, (20, 10, 60, 50))
    assert found.score == pytest.approx(0.9)


def test_no_object_at_all(read: Read) -> None:
    outputs = {"b": BOXES[:0], "l": LABELS[:0], "s": SCORES[:0], "m": np.zeros((0, 1, *SIZE), "f4")}
    assert read("instance-segmentation", outputs, SIZE).detections == ()


def test_masks_lie_over_the_whole_picture(read: Read) -> None:
    masks = np.zeros((2, 1, *SIZE), np.float32)
    masks[0, 0, 10:30, 20:60] = 0.7  # the upper half of the box
    outputs = {"boxes": BOXES, "labels": LABELS, "scores": SCORES, "masks": masks}
    (found,) = read("instance-segmentation", outputs, SIZE).detections
    assert found.mask is not None and found.mask.box == (20, 10, 60, 50)
    np.testing.assert_array_equal(found.mask.values >= 128, masks[0, 0, 10:50, 20:60] > 0.5)
    (found,) = read("instance-segmentation", outputs, SIZE, mask_threshold=0.8).detections
    assert found.mask is not None and not found.mask.values.any()


def test_key_points(read: Read) -> None:
    points = np.ones((2, 17, 3), np.float32)
    points[0, :, 0], points[0, :, 1] = np.arange(17) + 20, 30
    scores = np.full((2, 17), 8, np.float32)  # of the heat maps: no probabilities
    outputs = {"b": BOXES, "l": LABELS, "s": SCORES, "keypoints": points, "of_points": scores}
    (found,) = read("keypoints", outputs, SIZE).detections
    assert [(p.x, p.y, p.score) for p in found.keypoints] == [(20 + i, 30, 1) for i in range(17)]

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from trtstudio.model.graph import Dim, Tensor
from trtstudio.vision.answer import Answer
from trtstudio.vision.heads import find_head
from trtstudio.vision.network import Network

SIZE = (64, 96)
CELLS = sum((64 // s) * (96 // s) for s in (8, 16, 32))
CAT_DOG = ("cat", "dog")
Read = Callable[..., Answer]


def _match(
    *shapes: tuple[Dim, ...], names: int | None = None, size: int = 640, **metadata: str
) -> tuple[str, str] | None:
    """Family and task that outputs of these shapes are taken for."""
    tensors = tuple(Tensor(f"output{i}", "float32", shape) for i, shape in enumerate(shapes))
    labels = None if names is None else tuple(f"class {i}" for i in range(names))
    found = find_head(Network((size, size), tensors, metadata, labels))
    return None if found is None else (found[0].name, found[1].task)


@pytest.mark.parametrize(
    ("shapes", "known", "expected"),
    [
        ([(1, 84, 8400)], {"names": 80}, ("ultralytics", "detection")),
        ([(1, 84, 8400)], {}, ("ultralytics", "detection")),
        ([("batch", 84, "anchors")], {"names": 80}, ("ultralytics", "detection")),
        ([(1, 8400, 84)], {}, ("ultralytics", "detection")),
        ([(1, 8400, 9)], {"names": 5}, ("ultralytics", "detection")),
        ([(1, 8400, 85)], {}, ("yolox", "detection")),
        ([(1, 25200, 85)], {}, ("yolov5", "detection")),
        ([(1, 25200, 85), *((1, 3, n, n, 85) for n in (80, 40, 20))], {}, ("yolov5", "detection")),
        ([(1, 3, n, n, 85) for n in (80, 40, 20)], {}, None),  # the anchors are not known
        ([(1, 25200, 117), (1, 32, 160, 160)], {}, ("yolov5", "instance-segmentation")),
        ([(1, 116, 8400), (1, 32, 160, 160)], {}, ("ultralytics", "instance-segmentation")),
        ([(1, 32, 160, 160), (1, 116, 8400)], {}, ("ultralytics", "instance-segmentation")),
        ([(1, 56, 8400)], {}, ("ultralytics", "keypoints")),
        ([(1, 11, 8400)], {"names": 1, "kpt_shape": "[2, 3]"}, ("ultralytics", "keypoints")),
        ([(1, 20, 8400)], {"names": 15}, ("ultralytics", "oriented-boxes")),
        ([(1, 20, 8400)], {"names": 15, "task": "obb"}, ("ultralytics", "oriented-boxes")),
        ([(1, 84, 34000)], {}, ("ultralytics", "detection")),  # from stride 4 on
        ([(1, 7, 4242)], {"names": 3}, ("ultralytics", "detection")),  # of unusual strides
        ([(1, 300, 6)], {}, ("ultralytics", "detection")),
        ([(1, 300, 38), (1, 32, 160, 160)], {}, ("ultralytics", "instance-segmentation")),
        ([(1, 300, 57)], {"names": 1}, ("ultralytics", "keypoints")),
        ([(1, 300, 7)], {}, ("ultralytics", "oriented-boxes")),
        ([("N", 6)], {}, ("rows", "detection")),
        ([(100, 7)], {}, ("rows", "detection")),
        ([(1, 116, 8400)], {"names": 80}, None),
        ([(1, 8400, 5)], {}, None),
        ([(1, "n", 85)], {}, None),
        ([(1, 1000)], {}, None),
        ([()], {}, None),
        ([(1, 8400, 85)] * 2, {}, None),
    ],
)
def test_heads_are_known_by_shapes_and_metadata(
    shapes: list[tuple[Dim, ...]], known: dict[str, Any], expected: tuple[str, str] | None
) -> None:
    assert _match(*shapes, **known) == expected


OPEN: tuple[Dim, ...] = ("batch", "Concatoutput0_dim_1", "anchors")


@pytest.mark.parametrize(
    ("said", "task", "others"),
    [
        ("detect", "detection", []),
        ("pose", "keypoints", []),
        ("obb", "oriented-boxes", []),
        ("segment", "instance-segmentation", [("batch", 32, "mask_height", "mask_width")]),
    ],
)
def test_metadata_say_what_an_export_of_any_size_leaves_open(
    said: str, task: str, others: list[tuple[Dim, ...]]
) -> None:
    for shape in (OPEN, (-1, -1, -1), ("batch", 300, "n")):
        assert _match(shape, *others, names=80, task=said) == ("ultralytics", task)
    assert _match(OPEN, names=80, task="classify") is None
    assert _match(OPEN, names=80) is None


def test_masks_are_where_the_metadata_say_so() -> None:
    assert _match(OPEN, names=80, task="segment") is None
    assert _match(OPEN, ("batch", 32, "h", "w"), names=80, task="detect") is None


@pytest.mark.parametrize("text", ["", "[17]", "[17, 9]", "[-1, 3]", "(" * 5000, "import os", "3"])
def test_a_damaged_shape_of_key_points_is_none(text: str) -> None:
    assert _match((1, 20, 8400), names=15, kpt_shape=text) == ("ultralytics", "oriented-boxes")


@pytest.mark.parametrize("is_turned", [False, True])
def test_boxes_and_scores(read: Read, is_turned: bool) -> None:
    output = np.zeros((1, 4 + 2, CELLS), np.float32)
    output[0, :, 5] = (30, 40, 20, 10, 0.1, 0.9)
    output[0, :, 9] = (31, 40, 20, 10, 0.1, 0.7)
    output = output.transpose(0, 2, 1) if is_turned else output
    (found,) = read("detection", {"o": output}, SIZE, known=CAT_DOG).detections
    assert (found.label, found.index) == ("dog", 1)
    np.testing.assert_allclose(found.box, (20, 35, 40, 45), atol=1e-5)
    assert found.score == pytest.approx(0.9)


@pytest.mark.parametrize("scale", [1, 1 / 96])
def test_rows_after_suppression_stay_as_they_are(read: Read, scale: float) -> None:
    rows = np.zeros((1, 300, 6), np.float32)
    rows[0, 0] = (10, 10, 40, 40, 0.9, 1)
    rows[0, 1] = (11, 10, 40, 40, 0.8, 1)  # overlaps, and is kept: it is the network's word
    size = (96, 96)
    rows[0, :, :4] *= scale
    for output in (rows, rows[0]):
        found = read("detection", {"o": output}, size, known=CAT_DOG).detections
        assert [d.label for d in found] == ["dog", "dog"]
        np.testing.assert_allclose(found[0].box, (10, 10, 40, 40), atol=1e-3)


def test_rows_of_a_transformer_are_centre_and_size(read: Read) -> None:
    rows = np.zeros((1, 300, 6), np.float32)
    rows[0, 0] = (0.5, 0.5, 0.25, 0.125, 0.9, 1)
    (found,) = read("detection", {"o": rows}, SIZE, known=CAT_DOG).detections
    np.testing.assert_allclose(found.box, (36, 28, 60, 36), atol=1e-3)


def test_a_box_that_ends_before_it_begins_hides_no_other(read: Read) -> None:
    output = np.zeros((1, 4 + 2, CELLS), np.float32)
    output[0, :, 3] = (48, 32, 40, -9, 0.99, 0)
    output[0, :, 5] = (30, 40, 20, 10, 0.9, 0)
    output[0, :, 9] = (70, 20, 20, 10, 0.8, 0)
    found = read("detection", {"o": output}, SIZE, known=CAT_DOG).detections
    assert [round(one.score, 2) for one in found] == [0.9, 0.8]


def test_yolov7s_rows_have_the_picture_first(read: Read) -> None:
    rows = np.float32([[0, 10, 20, 30, 40, 1, 0.9], [1, 0, 0, 5, 5, 0, 0.8], [0] * 7])
    (found,) = read("detection", {"o": rows}, SIZE, known=CAT_DOG).detections
    assert (found.label, found.box) == ("dog", (10, 20, 30, 40))


def test_yolov5_has_three_anchors_in_each_cell(read: Read) -> None:
    output = np.zeros((1, 3 * CELLS, 5 + 2), np.float32)
    output[0, 100] = (30, 40, 20, 10, 0.9, 0.1, 0.5)
    output[0, 101] = (60, 40, 20, 10, 0.2, 1, 1)  # not sure that there is anything
    (found,) = read("detection", {"o": output}, SIZE, known=CAT_DOG).detections
    assert (found.label, found.score) == ("dog", pytest.approx(0.45))
    np.testing.assert_allclose(found.box, (20, 35, 40, 45), atol=1e-5)


def test_the_largest_steps_too() -> None:
    cells = sum((1280 // s) ** 2 for s in (8, 16, 32, 64))
    assert _match((1, 3 * cells, 85), size=1280) == ("yolov5", "detection")
    tiny = sum((416 // s) ** 2 for s in (16, 32))
    assert _match((1, 3 * tiny, 85), size=416) == ("yolov5", "detection")

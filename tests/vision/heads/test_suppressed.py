from collections.abc import Callable

import numpy as np
import pytest

from trtstudio.model.errors import StudioError
from trtstudio.vision.answer import Answer

SIZE = (100, 200)
Read = Callable[..., Answer]


def _outputs(names: tuple[str, ...], counted: str) -> dict[str, np.ndarray]:
    """Two objects among four places, as EfficientNMS gives them."""
    count, boxes, scores, classes = names
    corners = np.zeros((1, 4, 4), np.float32)
    corners[0, :2] = ((20, 10, 60, 50), (100, 0, 180, 90))
    return {
        count: np.array([[2]], counted),
        boxes: corners,
        scores: np.float32([[0.9, 0.8, 0.95, 0.7]]),
        classes: np.array([[1, 0, 1, 1]], counted),
    }


@pytest.mark.parametrize(
    "names",
    [
        ("num_dets", "det_boxes", "det_scores", "det_classes"),
        ("num_detections", "detection_boxes", "detection_scores", "detection_classes"),
    ],
)
def test_efficient_nms_counts_its_objects(read: Read, names: tuple[str, ...]) -> None:
    found = read("detection", _outputs(names, "int32"), SIZE, known=("cat", "dog")).detections
    assert [(d.label, round(d.score, 2)) for d in found] == [("dog", 0.9), ("cat", 0.8)]
    np.testing.assert_allclose(found[1].box, (100, 0, 180, 90))


def test_the_order_of_outputs_does_not_matter(read: Read) -> None:
    outputs = _outputs(("num_dets", "det_boxes", "det_scores", "det_classes"), "int32")
    backwards = dict(reversed(outputs.items()))
    assert (
        read("detection", outputs, SIZE).detections == read("detection", backwards, SIZE).detections
    )


def test_tensorflow_counts_in_floats_from_one_and_has_top_first(read: Read) -> None:
    names = ("num_detections", "detection_boxes", "detection_scores", "detection_classes")
    outputs = _outputs(names, "float32")
    outputs["detection_boxes"] = np.zeros((1, 4, 4), np.float32)
    outputs["detection_boxes"][0, 0] = (0.1, 0.2, 0.5, 0.6)  # top, left, bottom, right
    first, *_ = read("detection", outputs, SIZE).detections
    assert first.index == 0
    np.testing.assert_allclose(first.box, (40, 10, 120, 50), atol=1e-4)


def test_torchvision_gives_no_batch_and_no_count(read: Read) -> None:
    outputs = {
        "boxes": np.float32([[20, 10, 60, 50], [0, 0, 5, 5]]),
        "labels": np.array([3, 1]),
        "scores": np.float32([0.9, 0.1]),
    }
    (found,) = read("detection", outputs, SIZE).detections
    assert (found.index, found.box) == (3, (20, 10, 60, 50))


def test_a_class_beyond_the_labels_is_told(read: Read) -> None:
    outputs = _outputs(("num_dets", "det_boxes", "det_scores", "det_classes"), "int32")
    with pytest.raises(StudioError, match="1 labels"):
        read("detection", outputs, SIZE, labels=("cat",))


@pytest.mark.parametrize("count", [-1, 0, 99])
def test_a_count_that_cannot_be(read: Read, count: int) -> None:
    outputs = _outputs(("num_dets", "det_boxes", "det_scores", "det_classes"), "int32")
    outputs["num_dets"][:] = count
    assert len(read("detection", outputs, SIZE).detections) == max(0, min(count, 4))

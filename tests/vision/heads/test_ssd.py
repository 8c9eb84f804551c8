from collections.abc import Callable

import numpy as np
import pytest

from trtstudio.model.graph import Dim, Tensor
from trtstudio.vision.answer import Answer
from trtstudio.vision.network import Network
from trtstudio.vision.tasks import guess_tasks

SIZE = (100, 200)
Read = Callable[..., Answer]


def _scores(rows: int = 20) -> np.ndarray:
    """Softmax over background, cat and dog: all is background but one dog twice."""
    scores = np.zeros((1, rows, 3), np.float32)
    scores[..., 0] = 1
    scores[0, 4], scores[0, 5] = (0.1, 0.1, 0.8), (0.2, 0.1, 0.7)
    return scores


@pytest.mark.parametrize("is_share", [False, True])
def test_background_is_no_object(read: Read, is_share: bool) -> None:
    boxes = np.zeros((1, 20, 4), np.float32)
    boxes[0, 4], boxes[0, 5] = (20, 10, 60, 50), (22, 10, 60, 50)
    if is_share:
        boxes /= np.float32((200, 100, 200, 100))
    outputs = {"scores": _scores(), "boxes": boxes}
    (found,) = read("detection", outputs, SIZE, labels=("cat", "dog")).detections
    assert (found.label, found.score) == ("dog", pytest.approx(0.8))
    np.testing.assert_allclose(found.box, (20, 10, 60, 50), atol=1e-3)


def test_yolov4s_boxes_have_an_axis_more(read: Read) -> None:
    boxes = np.zeros((1, 20, 1, 4), np.float32)
    boxes[0, 3, 0] = (0.1, 0.1, 0.3, 0.5)
    confs = np.zeros((1, 20, 80), np.float32)
    confs[0, 3, 16] = 0.9
    (found,) = read("detection", {"boxes": boxes, "confs": confs}, SIZE).detections
    assert found.index == 16
    np.testing.assert_allclose(found.box, (20, 10, 60, 50), atol=1e-3)


def test_detr_gives_logits_and_shares_of_centre_and_size(read: Read) -> None:
    logits = np.full((1, 10, 3), -8, np.float32)
    logits[..., 2] = 8  # nothing
    logits[0, 7] = (-8, 8, -8)
    boxes = np.full((1, 10, 4), 0.5, np.float32)
    boxes[0, 7] = (0.2, 0.3, 0.2, 0.4)
    outputs = {"logits": logits, "pred_boxes": boxes}
    (found,) = read("detection", outputs, SIZE, known=("cat", "dog")).detections
    assert (found.label, round(found.score, 3)) == ("dog", 1)
    np.testing.assert_allclose(found.box, (20, 10, 60, 50), atol=1e-3)


def _queries(nothing: float, columns: int = 92) -> dict[str, np.ndarray]:
    """Two queries at one place, sure of class 16; the others are sure of nothing, so far."""
    logits = np.full((1, 100, columns), -5, np.float32)
    logits[..., -1] = nothing
    logits[0, (4, 7), 16], logits[0, (4, 7), -1] = (4, 5), -5
    boxes = np.full((1, 100, 4), 0.5, np.float32)
    boxes[0, 4] = boxes[0, 7] = (0.2, 0.3, 0.2, 0.4)
    return {"logits": logits, "pred_boxes": boxes}


@pytest.mark.parametrize("columns", [92, 42])
def test_the_last_class_is_nothing_where_most_queries_say_so(read: Read, columns: int) -> None:
    found = read("detection", _queries(9, columns), SIZE).detections
    assert [one.index for one in found] == [16, 16]  # no query hides another
    rest = (columns - 1) * np.exp(-5.0)
    assert found[0].score == pytest.approx(np.exp(5) / (np.exp(5) + rest), abs=1e-5)


def test_transformers_after_detr_have_no_class_for_nothing(read: Read) -> None:
    first, second = read("detection", _queries(-5, 80), SIZE).detections
    assert first.score == pytest.approx(1 / (1 + np.exp(-5)), abs=1e-5)
    assert second.score == pytest.approx(1 / (1 + np.exp(-4)), abs=1e-5)


@pytest.mark.parametrize("names", [("dets", "labels"), ("out0", "out1")])
def test_shares_of_centre_and_size_are_known_without_a_name(
    read: Read, names: tuple[str, str]
) -> None:
    logits, boxes = _queries(-5, 91).values()
    boxes[0, 0] = (0.9, 0.9, 0.1, 0.1)
    first, _ = read("detection", {names[0]: boxes, names[1]: logits}, SIZE).detections
    np.testing.assert_allclose(first.box, (20, 10, 60, 50), atol=1e-3)


@pytest.mark.parametrize(
    ("classes", "preset"), [(80, "zero-to-one"), (91, "segmentation"), (92, "segmentation")]
)
def test_transformers_are_fed_with_stretched_pictures(classes: int, preset: str) -> None:
    shapes: list[tuple[Dim, ...]] = [("n", "q0", classes), ("n", "q1", 4)]
    names = ("logits", "pred_boxes")
    tensors = tuple(Tensor(n, "float32", s) for n, s in zip(names, shapes, strict=True))
    assert guess_tasks(Network(SIZE, tensors))[0].preset == preset

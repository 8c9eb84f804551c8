from collections.abc import Callable

import numpy as np
import pytest

from trtstudio.vision.answer import Answer

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

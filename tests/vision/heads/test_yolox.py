from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trtstudio.model.errors import StudioError
from trtstudio.vision.answer import Answer
from trtstudio.vision.placement import letterbox

Numbers = Sequence[float]
Mark = tuple[float, int]
Scene = tuple[list[Numbers], list[Mark]]

SIZE = (64, 96)
CELLS = [(s, x, y) for s in (8, 16, 32) for y in range(SIZE[0] // s) for x in range(SIZE[1] // s)]


def _iou(a: Numbers, b: Numbers) -> float:
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    common = max(width, 0) * max(height, 0)
    areas = [(c[2] - c[0]) * (c[3] - c[1]) for c in (a, b)]
    return common / (sum(areas) - common)


def _yolox(boxes: Sequence[Numbers], scores: Sequence[Mark], classes: int) -> dict[str, np.ndarray]:
    """The raw head that stands for these boxes (centre and size), each in a cell of its own."""
    output = np.zeros((1, len(CELLS), 5 + classes), np.float32)
    for cell, ((cx, cy, w, h), (score, index)) in enumerate(zip(boxes, scores, strict=True)):
        stride, x, y = CELLS[cell]
        output[0, cell, :4] = (
            cx / stride - x,
            cy / stride - y,
            np.log(w / stride),
            np.log(h / stride),
        )
        output[0, cell, 4] = 0.8
        output[0, cell, 5 + index] = score / 0.8
    return {"output": output}


@st.composite
def _scenes(draw: st.DrawFn) -> Scene:
    count = draw(st.integers(0, 12))
    side = st.floats(4, 30)
    boxes = [
        (draw(st.floats(20, 70)), draw(st.floats(20, 44)), draw(side), draw(side))
        for _ in range(count)
    ]
    marks = draw(st.lists(st.integers(1, 79), min_size=count, max_size=count, unique=True))
    return boxes, [(mark / 100, draw(st.integers(0, 2))) for mark in marks]


@settings(max_examples=60)
@given(_scenes(), st.sampled_from([0.255, 0.505]), st.sampled_from([0.3, 0.6]))
def test_equals_brute_force(
    read: Callable[..., Answer], scene: Scene, threshold: float, overlap: float
) -> None:
    boxes, scores = scene
    outputs = _yolox(boxes, scores, 3)
    found = read("detection", outputs, SIZE, threshold=threshold, overlap=overlap).detections
    kept: list[tuple[tuple[float, ...], float, int]] = []
    doubtful = False
    for (cx, cy, w, h), (score, index) in sorted(
        zip(boxes, scores, strict=True), key=lambda pair: -pair[1][0]
    ):
        corners = (cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2)
        overlaps = [_iou(corners, other) for other, _, same in kept if same == index]
        doubtful |= any(abs(value - overlap) < 1e-3 for value in overlaps)
        if score >= threshold and all(value <= overlap for value in overlaps):
            kept.append((corners, score, index))
    if doubtful:
        return
    assert [d.index for d in found] == [index for _, _, index in kept]
    for detection, (corners, score, _) in zip(found, kept, strict=True):
        assert detection.score == pytest.approx(score, abs=1e-5)
        edges = np.clip(corners, 0, (*SIZE[::-1], *SIZE[::-1]))
        np.testing.assert_allclose(detection.box, edges, atol=1e-3)


def test_boxes_in_pixels_are_left_as_they_are(read: Callable[..., Answer]) -> None:
    output = np.zeros((1, len(CELLS), 6), np.float32)  # YOLOv6's: an objectness of 1 everywhere
    output[0, :, :2] = [((x + 0.5) * s, (y + 0.5) * s) for s, x, y in CELLS]
    output[0, :, 2:4], output[0, :, 4] = 8, 1
    output[0, 17, 2:6] = (20, 10, 1, 0.75)
    stride, x, y = CELLS[17]
    (found,) = read("detection", {"output": output}, SIZE).detections
    middle = (x + 0.5) * stride, (y + 0.5) * stride
    np.testing.assert_allclose(
        found.box, (middle[0] - 10, middle[1] - 5, middle[0] + 10, middle[1] + 5), atol=1e-4
    )


def test_boxes_are_in_the_pictures_own_pixels_and_cut_at_its_edges(
    read: Callable[..., Answer],
) -> None:
    placement = letterbox((320, 960), SIZE, centered=True)  # a tenth of it, 16 rows above
    outputs = _yolox([(48, 32, 200, 16)], [(0.7, 1)], 2)
    (found,) = read("detection", outputs, SIZE, placement=placement).detections
    np.testing.assert_allclose(found.box, (0, 80, 960, 240), atol=1e-2)
    assert found.label == "class 1"


def test_nothing_found_is_no_error(read: Callable[..., Answer]) -> None:
    assert read("detection", _yolox([], [], 2), SIZE).detections == ()


def test_the_limit_keeps_the_surest(read: Callable[..., Answer]) -> None:
    boxes = [(10.0 + 8 * i, 30.0, 4.0, 4.0) for i in range(9)]
    outputs = _yolox(boxes, [(0.4 + i / 50, 0) for i in range(9)], 1)
    found = read("detection", outputs, SIZE, limit=3).detections
    assert [round(d.score, 2) for d in found] == [0.56, 0.54, 0.52]


def test_only_the_wanted_classes_count(read: Callable[..., Answer]) -> None:
    outputs = _yolox([(20, 20, 8, 8), (50, 30, 8, 8)], [(0.7, 0), (0.6, 2)], 3)
    (found,) = read("detection", outputs, SIZE, classes=frozenset((2,))).detections
    assert found.index == 2


def test_huge_exponents_do_not_overflow(read: Callable[..., Answer]) -> None:
    outputs = _yolox([(48, 32, 10, 10)], [(0.7, 0)], 1)
    outputs["output"][0, 0, 2:4] = 1000
    (found,) = read("detection", outputs, SIZE).detections
    assert np.isfinite(found.box).all()


def test_labels_of_another_number_are_told(read: Callable[..., Answer]) -> None:
    with pytest.raises(StudioError, match="80 labels"):
        read("detection", _yolox([], [], 3), SIZE, labels=tuple(map(str, range(80))))

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, Tensor
from trtstudio.vision.detection import Head, detect, find_head
from trtstudio.vision.placement import letterbox, stretch

Numbers = Sequence[float]
Mark = tuple[float, int]
Scene = tuple[list[Numbers], list[Mark]]

SIZE = (64, 96)
CELLS = [(s, x, y) for s in (8, 16, 32) for y in range(SIZE[0] // s) for x in range(SIZE[1] // s)]
IDENTITY = stretch(SIZE, SIZE)


def _iou(a: Numbers, b: Numbers) -> float:
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    common = max(width, 0) * max(height, 0)
    areas = [(c[2] - c[0]) * (c[3] - c[1]) for c in (a, b)]
    return common / (sum(areas) - common)


def _yolox(boxes: Sequence[Numbers], scores: Sequence[Mark], classes: int) -> np.ndarray:
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
    return output


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
def test_equals_brute_force(scene: Scene, threshold: float, overlap: float) -> None:
    boxes, scores = scene
    found = detect(_yolox(boxes, scores, 3), IDENTITY, None, threshold=threshold, overlap=overlap)
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


def test_an_ultralytics_head() -> None:
    output = np.zeros((1, 4 + 2, len(CELLS)), np.float32)
    output[0, :, 5] = (30, 40, 20, 10, 0.1, 0.9)
    output[0, :, 9] = (31, 40, 20, 10, 0.1, 0.7)
    (found,) = detect(output, IDENTITY, ("cat", "dog"))
    assert (found.label, found.index) == ("dog", 1)
    np.testing.assert_allclose(found.box, (20, 35, 40, 45), atol=1e-5)
    assert found.score == pytest.approx(0.9)


def test_boxes_are_in_the_pictures_own_pixels_and_cut_at_its_edges() -> None:
    placement = letterbox((320, 960), SIZE, centered=True)  # a tenth of it, 16 rows above
    (found,) = detect(_yolox([(48, 32, 200, 16)], [(0.7, 1)], 2), placement, None)
    np.testing.assert_allclose(found.box, (0, 80, 960, 240), atol=1e-2)
    assert found.label == "class 1"


def test_nothing_found_is_no_error() -> None:
    assert detect(_yolox([], [], 2), IDENTITY, None) == ()


def test_the_limit_keeps_the_surest() -> None:
    boxes = [(10.0 + 8 * i, 30.0, 4.0, 4.0) for i in range(9)]
    scores = [(0.4 + i / 50, 0) for i in range(9)]
    found = detect(_yolox(boxes, scores, 1), IDENTITY, None, limit=3)
    assert [round(d.score, 2) for d in found] == [0.56, 0.54, 0.52]


def test_huge_exponents_do_not_overflow() -> None:
    output = _yolox([(48, 32, 10, 10)], [(0.7, 0)], 1)
    output[0, 0, 2:4] = 1000
    (found,) = detect(output, IDENTITY, None)
    assert np.isfinite(found.box).all()


def test_other_outputs_are_told() -> None:
    with pytest.raises(StudioError, match="not one of a YOLOX"):
        detect(np.zeros((1, 10, 85), np.float32), IDENTITY, None)
    with pytest.raises(StudioError, match="80 labels"):
        detect(_yolox([], [], 3), IDENTITY, tuple(map(str, range(80))))


def test_heads_are_known_by_their_shape_and_names() -> None:
    def head(shape: tuple[Dim, ...] | None, names: int | None = None) -> Head | None:
        metadata = {} if names is None else {"names": repr([str(i) for i in range(names)])}
        return find_head((640, 640), [Tensor("o", "float32", shape)], metadata)

    assert head((1, 8400, 85)) == "yolox"
    assert head((-1, 8400, 6)) == "yolox"
    assert head((1, 84, 8400), names=80) == "yolo"
    assert head((1, 84, 8400)) is None
    assert head((1, 116, 8400), names=80) is None  # segmentation: 32 rows of masks more
    assert head((1, 25200, 85)) is None
    assert head((1, 8400, 5)) is None
    assert head((1, "n", 85)) is None
    assert head((1, 1000)) is None
    assert head(None) is None
    two = [Tensor("o", "float32", (1, 8400, 85))] * 2
    assert find_head((640, 640), two, {}) is None

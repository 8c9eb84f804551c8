import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from trtstudio.vision.suppression import suppress, suppress_rotated

SIDES = st.floats(4, 60, width=32)
PLACES = st.floats(0, 100, width=32)
OVERLAPS = st.sampled_from((0.2, 0.45, 0.7))


@st.composite
def _boxes(draw: st.DrawFn, largest: int = 25) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Boxes as corners, scores without equals, and classes."""
    count = draw(st.integers(0, largest))
    places = draw(hnp.arrays(np.float32, (count, 2), elements=PLACES))
    sides = draw(hnp.arrays(np.float32, (count, 2), elements=SIDES))
    scores = draw(st.permutations(range(count)))
    classes = draw(hnp.arrays(np.int64, count, elements=st.integers(0, 2)))
    shares = np.array(scores, np.float32).reshape(-1) / 100
    return np.concatenate((places, places + sides), axis=1), shares, classes


def _overlaps(boxes: np.ndarray) -> np.ndarray:
    """All pairs at once, by broadcasting."""
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    common = np.clip(high - low, 0, None).prod(axis=2)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    return np.asarray(common / (areas[:, None] + areas[None] - common))


@settings(max_examples=80)
@given(_boxes(), OVERLAPS)
def test_who_stays_is_disjoint_and_who_goes_has_a_surer_neighbour(
    scene: tuple[np.ndarray, np.ndarray, np.ndarray], overlap: float
) -> None:
    boxes, scores, classes = scene
    kept = suppress(boxes, scores, classes, overlap, 300)
    table = _overlaps(boxes.astype(np.float64))
    same = classes[:, None] == classes[None]
    if (np.abs(table - overlap) < 1e-4).any():
        return
    assert (np.diff(scores[kept]) < 0).all()
    among = (table > overlap) & same
    assert not among[np.ix_(kept, kept)][~np.eye(len(kept), dtype=bool)].any()
    for gone in sorted(set(range(len(boxes))) - set(kept.tolist())):
        assert any(among[gone, k] and scores[k] > scores[gone] for k in kept)


@given(_boxes(), OVERLAPS, st.integers(1, 5))
def test_a_limit_is_a_beginning(
    scene: tuple[np.ndarray, np.ndarray, np.ndarray], overlap: float, limit: int
) -> None:
    whole = suppress(*scene, overlap, 300)
    assert suppress(*scene, overlap, limit).tolist() == whole[:limit].tolist()


def test_many_candidates_are_all_looked_at() -> None:
    random = np.random.default_rng(3)
    corners = np.repeat(np.mgrid[:6, :5].reshape(2, -1).T * 50.0, 100, axis=0)
    boxes = np.concatenate((corners, corners + 40), axis=1)
    scores = random.permutation(len(boxes)).astype(np.float32)
    kept = suppress(boxes, scores, np.zeros(len(boxes), np.int64), 0.5, 300)
    expected = {int(scores[i : i + 100].argmax()) + i for i in range(0, len(boxes), 100)}
    assert set(kept.tolist()) == expected


def _area_of_common(a: np.ndarray, b: np.ndarray) -> float:
    """Sutherland and Hodgman's clipping of two convex polygons, and the shoelace formula."""
    polygon = list(a)
    for start, end in zip(b, np.roll(b, -1, axis=0), strict=True):
        edge = end - start
        sides = [float(edge[0] * (p - start)[1] - edge[1] * (p - start)[0]) for p in polygon]
        clipped = []
        for i, point in enumerate(polygon):
            following, there, here = (i + 1) % len(polygon), sides[(i + 1) % len(sides)], sides[i]
            if here >= 0:
                clipped.append(point)
            if here * there < 0:
                clipped.append(point + (polygon[following] - point) * here / (here - there))
        polygon = clipped
        if not polygon:
            return 0.0
    x, y = np.array(polygon).T
    return 0.5 * abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1)))


@settings(max_examples=60)
@given(_boxes(10), st.lists(st.floats(-3.2, 3.2), min_size=10, max_size=10), OVERLAPS)
def test_turned_boxes_overlap_as_their_polygons_do(
    scene: tuple[np.ndarray, np.ndarray, np.ndarray], turns: list[float], overlap: float
) -> None:
    boxes, scores, classes = scene
    angles = np.array(turns[: len(boxes)])
    polygons = []
    for (left, top, right, bottom), angle in zip(boxes.tolist(), turns, strict=False):
        middle = np.array(((left + right) / 2, (top + bottom) / 2))
        corners = np.array(((left, top), (right, top), (right, bottom), (left, bottom))) - middle
        turn = np.array(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
        polygons.append(corners @ turn + middle)
    expected: list[int] = []
    for index in np.argsort(-scores).tolist():
        shares = []
        for other in (k for k in expected if classes[k] == classes[index]):
            common = _area_of_common(polygons[index], polygons[other])
            sides = [(boxes[k, 2:] - boxes[k, :2]).astype(float).prod() for k in (index, other)]
            shares.append(common / (sum(sides) - common))
        if any(abs(share - overlap) < 1e-3 for share in shares):
            return
        if all(share <= overlap for share in shares):
            expected.append(index)
    kept = suppress_rotated(boxes, angles, scores, classes, overlap, 300)
    assert kept.tolist() == expected


@pytest.mark.parametrize("overlap", [0.3, 0.6])
def test_agrees_with_opencv(overlap: float) -> None:
    random = np.random.default_rng(5)
    corners = random.uniform(0, 300, (400, 2))
    boxes = np.concatenate((corners, corners + random.uniform(10, 80, (400, 2))), axis=1)
    scores = random.permutation(400).astype(np.float32) / 400
    rectangles = np.concatenate((boxes[:, :2], boxes[:, 2:] - boxes[:, :2]), axis=1).tolist()
    theirs = cv2.dnn.NMSBoxes(rectangles, scores.tolist(), 0.1, overlap)
    sure = np.flatnonzero(scores > 0.1)
    ours = suppress(boxes[sure], scores[sure], np.zeros(len(sure), np.int64), overlap, 400)
    assert sure[ours].tolist() == np.asarray(theirs).tolist()

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trtstudio.model.errors import StudioError
from trtstudio.vision.answer import Answer
from trtstudio.vision.drawing.rasters import in_picture
from trtstudio.vision.placement import center_crop, letterbox

SIZE = (64, 96)
CELLS = sum((64 // s) * (96 // s) for s in (8, 16, 32))
Read = Callable[..., Answer]


def _rows(size: int, *objects: tuple[float, ...]) -> np.ndarray:
    """An Ultralytics head with these columns."""
    output = np.zeros((1, size, CELLS), np.float32)
    for column, values in enumerate(objects):
        output[0, : len(values), 7 * column] = values
    return output


def _mask_in_tensor(
    coefficients: np.ndarray, prototypes: np.ndarray, box: list[float], least: float
) -> np.ndarray:
    """A whole mask of the tensor's size, a pixel at a time: bilinear between the prototypes'
    cells, through the sigmoid, inside the box."""
    soft = np.einsum("k,khw->hw", coefficients.astype(float), prototypes.astype(float))
    rows, columns = soft.shape
    mask = np.zeros(SIZE, bool)
    for y in range(SIZE[0]):
        for x in range(SIZE[1]):
            v = min(max((y + 0.5) * rows / SIZE[0] - 0.5, 0), rows - 1)
            u = min(max((x + 0.5) * columns / SIZE[1] - 0.5, 0), columns - 1)
            i, j = int(v), int(u)
            k, m = min(i + 1, rows - 1), min(j + 1, columns - 1)
            upper = soft[i, j] * (1 - u + j) + soft[i, m] * (u - j)
            lower = soft[k, j] * (1 - u + j) + soft[k, m] * (u - j)
            value = upper * (1 - v + i) + lower * (v - i)
            is_inside = box[0] < x + 1 and x < box[2] and box[1] < y + 1 and y < box[3]
            mask[y, x] = is_inside and 1 / (1 + np.exp(-value)) >= least
    return mask


@settings(max_examples=12)
@given(st.integers(0, 2**32 - 1), st.sampled_from((0.3, 0.5, 0.8)))
def test_masks_equal_a_pixel_by_pixel_drawing(read: Read, seed: int, least: float) -> None:
    random = np.random.default_rng(seed)
    prototypes = random.normal(size=(1, 4, 16, 24)).astype(np.float32)
    weights = random.normal(size=4).astype(np.float32)
    box = [float(random.uniform(0, 50)), float(random.uniform(0, 30))]
    box += [box[0] + float(random.uniform(3, 60)), box[1] + float(random.uniform(3, 40))]
    x, y, w, h = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, box[2] - box[0], box[3] - box[1]
    outputs = {"rows": _rows(4 + 1 + 4, (x, y, w, h, 0.9, *weights)), "prototypes": prototypes}
    (found,) = read("instance-segmentation", outputs, SIZE, mask_threshold=least).detections
    assert found.mask is not None
    values, left, top = in_picture(found.mask, SIZE)
    drawn = np.zeros(SIZE, bool)
    drawn[top : top + values.shape[0], left : left + values.shape[1]] = values >= 128
    expected = _mask_in_tensor(weights, prototypes[0], box, least)
    assert (drawn != expected).mean() < 0.002  # OpenCV interpolates in fixed point


def test_a_mask_lies_where_its_object_is_in_the_picture(read: Read) -> None:
    prototypes = np.zeros((1, 1, 16, 24), np.float32)
    prototypes[0, 0, 6:10, 4:12] = 1
    rows = _rows(4 + 1 + 1, (40, 32, 60, 50, 0.9, 60.0))
    outputs = {"rows": rows, "prototypes": prototypes - 0.5}
    placement = letterbox((320, 960), SIZE, centered=True)  # a tenth of it, 16 rows above
    answer = read("instance-segmentation", outputs, SIZE, placement=placement)
    mask = answer.detections[0].mask
    assert mask is not None
    values, left, top = in_picture(mask, (320, 960))
    rows_inside, columns_inside = np.nonzero(values >= 128)
    assert abs(left + columns_inside.min() - 160) <= 10
    assert abs(left + columns_inside.max() + 1 - 480) <= 10
    assert abs(top + rows_inside.min() - 80) <= 10
    assert abs(top + rows_inside.max() + 1 - 240) <= 10


def test_key_points_come_back_to_the_picture(read: Read) -> None:
    points = np.zeros((17, 3), np.float32)
    points[:, 0], points[:, 1], points[:, 2] = np.arange(17) * 4, 30, 0.9
    points[3, 2] = 0.2
    output = _rows(56, (40, 32, 60, 50, 0.9, *points.reshape(-1).tolist()))
    placement = letterbox((320, 960), SIZE, centered=True)
    answer = read("keypoints", {"o": output}, SIZE, placement=placement)
    (found,) = answer.detections
    assert [point.x for point in found.keypoints] == pytest.approx([40.0 * i for i in range(17)])
    assert {round(point.y) for point in found.keypoints} == {140}
    assert found.keypoints[3].score == 0  # less sure than the threshold: not to be seen
    assert len(answer.skeleton) == 19
    assert {i for bone in answer.skeleton for i in bone} == set(range(17))


def test_key_points_without_scores_are_all_seen(read: Read) -> None:
    metadata = {"task": "pose", "kpt_shape": "[4, 2]"}
    output = _rows(4 + 1 + 8, (40, 32, 60, 50, 0.9, *range(8)))
    (found,) = read("keypoints", {"o": output}, SIZE, metadata=metadata).detections
    assert [(p.x, p.y, p.score) for p in found.keypoints] == [
        (0, 1, 1),
        (2, 3, 1),
        (4, 5, 1),
        (6, 7, 1),
    ]


@given(st.floats(-3.2, 3.2), st.floats(4, 30), st.floats(4, 30))
def test_a_turned_box_has_the_corners_of_its_angle(
    read: Read, angle: float, width: float, height: float
) -> None:
    output = _rows(4 + 2 + 1, (48, 32, width, height, 0.1, 0.9, angle))
    (found,) = read("oriented-boxes", {"o": output}, SIZE, known=("a", "b")).detections
    turn = np.exp(1j * angle)  # a turn of the plane is a product of complex numbers
    expected = [
        48 + 32j + complex(x * width / 2, y * height / 2) * turn
        for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    np.testing.assert_allclose([complex(*p) for p in found.polygon], expected, atol=1e-3)
    xs, ys = np.real(expected), np.imag(expected)
    np.testing.assert_allclose(found.box, (xs.min(), ys.min(), xs.max(), ys.max()), atol=1e-3)


def test_turned_boxes_of_an_end_to_end_head(read: Read) -> None:
    output = np.zeros((1, 300, 7), np.float32)
    output[0, 0] = (48, 32, 20, 10, 0.9, 1, np.pi / 2)
    (found,) = read("oriented-boxes", {"o": output}, SIZE, known=("a", "b")).detections
    np.testing.assert_allclose(found.box, (43, 22, 53, 42), atol=1e-3)


@settings(max_examples=40)
@given(
    st.tuples(st.integers(8, 4000), st.integers(8, 4000)),
    st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9)),
    st.sampled_from(("letterbox", "start", "crop")),
)
def test_a_box_is_back_within_half_a_pixel(
    read: Read, picture: tuple[int, int], center: tuple[float, float], way: str
) -> None:
    """Drawn into the tensor by its placement, found there, and back in the picture."""
    placement = (
        center_crop(picture, SIZE, 0.9)
        if way == "crop"
        else letterbox(picture, SIZE, centered=way == "letterbox")
    )
    source = placement.source
    middle = np.array(center) * source.size[::-1] + (source.left, source.top)
    half = np.array(source.size[::-1]) / 20
    expected = np.concatenate((middle - half, middle + half))
    corners = placement.to_tensor(expected.reshape(2, 2))
    size = corners[1] - corners[0]
    output = _rows(5, (*corners.mean(axis=0), *size, 0.9))
    (found,) = read("detection", {"o": output}, SIZE, placement=placement, known=("a",)).detections
    assert np.abs(np.array(found.box) - expected).max() < 0.5


@pytest.mark.parametrize("task", ["instance-segmentation", "keypoints", "oriented-boxes"])
def test_a_detector_without_extras_says_so(read: Read, task: str) -> None:
    output = _rows(5, (48, 32, 20, 10, 0.9))
    with pytest.raises(StudioError, match="gives no"):
        read(task, {"o": output}, SIZE, known=("a",))


def test_a_mask_of_an_empty_box_is_none(read: Read) -> None:
    rows = _rows(4 + 1 + 1, (200, 32, 10, 50, 0.9, 1.0))
    outputs = {"rows": rows, "prototypes": np.ones((1, 1, 16, 24), np.float32)}
    (found,) = read("instance-segmentation", outputs, SIZE).detections
    assert found.mask is None

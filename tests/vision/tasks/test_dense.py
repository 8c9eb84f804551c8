from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trtstudio.model.errors import StudioError
from trtstudio.vision.answer import Answer
from trtstudio.vision.drawing.rasters import in_picture
from trtstudio.vision.placement import center_crop, letterbox, stretch
from trtstudio.vision.tasks.dense import on_picture

SIZE = (64, 96)
Read = Callable[..., Answer]


@settings(max_examples=60)
@given(
    st.tuples(st.integers(1, 400), st.integers(1, 400)),
    st.sampled_from((1, 2, 4, 8)),
    st.sampled_from(("letterbox", "start", "crop", "stretch")),
)
def test_each_pixel_has_the_value_of_the_cell_that_it_lay_in(
    picture: tuple[int, int], stride: int, way: str
) -> None:
    placement = {
        "letterbox": lambda: letterbox(picture, SIZE, centered=True),
        "start": lambda: letterbox(picture, SIZE, centered=False),
        "crop": lambda: center_crop(picture, SIZE, 0.8),
        "stretch": lambda: stretch(picture, SIZE),
    }[way]()
    rows, columns = SIZE[0] // stride, SIZE[1] // stride
    cells = np.arange(rows * columns, dtype=np.float32).reshape(rows, columns)
    values, left, top = in_picture(on_picture(cells, placement), picture)
    source = placement.source
    assert left <= source.left
    assert top <= source.top
    assert left + values.shape[1] >= source.right
    assert top + values.shape[0] >= source.bottom
    for y in range(source.top, source.bottom, max(1, source.size[0] // 7)):
        for x in range(source.left, source.right, max(1, source.size[1] // 7)):
            u, v = placement.to_tensor(np.array((x + 0.5, y + 0.5))) / stride
            if min(abs(u - round(u)), abs(v - round(v))) > 1e-6:  # no rounding decides
                assert values[y - top, x - left] == cells[int(v), int(u)]


def test_the_greatest_score_is_the_class_of_a_cell(read: Read) -> None:
    scores = np.random.default_rng(1).normal(size=(1, 5, 16, 24)).astype(np.float32)
    answer = read("semantic-segmentation", {"y": scores}, SIZE)
    assert answer.regions is not None
    expected = [
        [max(range(5), key=lambda c: scores[0, c, y, x]) for x in range(24)] for y in range(16)
    ]
    assert answer.regions.raster.values.tolist() == expected
    assert answer.regions.raster.box == (0, 0, 96, 64)
    flat = [number for row in expected for number in row]
    assert {label.index: label.score for label in answer.top} == {
        number: pytest.approx(flat.count(number) / len(flat)) for number in set(flat)
    }
    shares = [label.score for label in answer.top]
    assert shares == sorted(shares, reverse=True)


def test_only_the_wanted_classes_are_painted(read: Read) -> None:
    numbers = np.repeat(np.arange(4), 24 * 4).reshape(1, 16, 24)
    answer = read("semantic-segmentation", {"y": numbers}, SIZE, classes=frozenset((1, 3)))
    assert answer.regions is not None
    painted = answer.regions.raster.values != answer.regions.unpainted
    assert (painted == np.isin(numbers[0], (1, 3))).all()
    assert [(label.index, label.score) for label in answer.top] == [(1, 0.25), (3, 0.25)]


def test_the_background_stays_as_it_is(read: Read) -> None:
    scores = np.zeros((1, 3, 16, 24), np.float32)
    named = read("semantic-segmentation", {"y": scores}, SIZE, labels=("Background", "cat", "dog"))
    plain = read("semantic-segmentation", {"y": scores}, SIZE, labels=("road", "cat", "dog"))
    assert named.regions is not None
    assert plain.regions is not None
    assert (named.regions.unpainted, plain.regions.unpainted) == (0, None)
    with pytest.raises(StudioError, match="2 labels"):
        read("semantic-segmentation", {"y": scores}, SIZE, labels=("cat", "dog"))


@pytest.mark.parametrize("is_logit", [False, True])
@pytest.mark.parametrize("least", [0.3, 0.7])
def test_what_reaches_the_threshold_stands_out(read: Read, least: float, is_logit: bool) -> None:
    shares = np.random.default_rng(2).uniform(0.01, 0.99, (1, 1, 16, 24)).astype(np.float32)
    given_out = np.log(shares / (1 - shares)) if is_logit else shares
    answer = read("saliency", {"y": given_out}, SIZE, mask_threshold=least)
    assert answer.regions is not None
    assert answer.heat is not None
    assert (answer.regions.raster.values == (shares[0, 0] >= least)).all()
    np.testing.assert_allclose(answer.heat.values, shares[0, 0], atol=1e-5)
    assert answer.top[0].score == pytest.approx((shares >= least).mean())
    assert answer.has_own_words and answer.top[0].label == "foreground"


@pytest.mark.parametrize("shape", [(1, 1, 16, 24), (1, 16, 24)])
def test_depth_leaves_as_it_was(read: Read, shape: tuple[int, ...]) -> None:
    depth = np.random.default_rng(3).normal(size=shape).astype(np.float32) * 40
    heat = read("depth", {"y": depth}, SIZE).heat
    assert heat is not None
    np.testing.assert_array_equal(heat.values, depth.reshape(16, 24))


@pytest.mark.parametrize("low_high", [(0, 1), (0, 255), (-1, 1)])
@pytest.mark.parametrize("color", ["RGB", "BGR"])
def test_a_painted_picture_is_rgb(read: Read, low_high: tuple[float, float], color: str) -> None:
    pixels = np.random.default_rng(4).integers(0, 256, (128, 192, 3), np.uint8)
    low, high = low_high
    values = (pixels.astype(np.float32) / 255 * (high - low) + low).transpose(2, 0, 1)[None]
    given_out = values if color == "RGB" else values[:, ::-1]
    picture = read("image-to-image", {"y": given_out}, SIZE, color=color).picture
    assert picture is not None
    np.testing.assert_array_equal(picture.values, pixels)
    last = read("image-to-image", {"y": given_out.transpose(0, 2, 3, 1)}, SIZE, color=color).picture
    assert last is not None
    np.testing.assert_array_equal(last.values, pixels)


def test_padding_is_no_part_of_the_picture() -> None:
    raster = on_picture(np.ones((16, 24)), letterbox((320, 960), SIZE, centered=True))
    assert raster.values.shape == (8, 24)  # of 64 rows the picture has 32
    assert raster.box == (0, 0, 960, 320)


def test_smooth_values_equal_opencvs() -> None:
    values = np.random.default_rng(5).random((16, 24), np.float32)
    raster = on_picture(values, stretch((150, 310), SIZE))
    ours, left, top = in_picture(raster, (150, 310), is_smooth=True)
    theirs = cv2.resize(values, (310, 150), interpolation=cv2.INTER_LINEAR)
    assert (left, top) == (0, 0)
    np.testing.assert_allclose(ours, theirs, atol=2e-3)


def test_classes_may_come_last(read: Read) -> None:
    scores = np.random.default_rng(1).normal(size=(1, 5, 16, 24)).astype(np.float32)
    first = read("semantic-segmentation", {"y": scores}, SIZE).regions
    last = read("semantic-segmentation", {"y": scores.transpose(0, 2, 3, 1)}, SIZE).regions
    assert first is not None and last is not None
    np.testing.assert_array_equal(first.raster.values, last.raster.values)

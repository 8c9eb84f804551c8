from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.vision.picture import Picture
from trtstudio.vision.placement import Size
from trtstudio.vision.preprocess import DTYPES, Limits, Preprocess, apply, place, seen
from trtstudio.vision.preprocess_choice import choose


def _picture(pixels: np.ndarray) -> Picture:
    return Picture(Path("noise.png"), pixels)


def _slowly(pixels: np.ndarray, preprocess: Preprocess) -> np.ndarray:
    """What ``apply`` must give, pixel by pixel and in float64, for sizes that need no resizing."""
    placement = place(pixels.shape[:2], preprocess)
    assert placement.source.size == placement.target.size
    tensor = np.full((*preprocess.size, 3), preprocess.pad_value, np.float64)
    source, target = placement.source, placement.target
    for y in range(target.size[0]):
        for x in range(target.size[1]):
            tensor[target.top + y, target.left + x] = pixels[source.top + y, source.left + x]
    if preprocess.color == "BGR":
        tensor = tensor[..., ::-1]
    tensor = (tensor - preprocess.mean) / preprocess.std
    if preprocess.layout == "NCHW":
        tensor = tensor.transpose(2, 0, 1)
    return tensor[None].astype(preprocess.dtype)


@pytest.mark.parametrize("layout", ["NCHW", "NHWC"])
@pytest.mark.parametrize("color", ["RGB", "BGR"])
@pytest.mark.parametrize(
    ("resize", "size"),
    [("stretch", (37, 53)), ("center_crop", (37, 37)), ("letterbox", (53, 53))],
)
def test_equals_the_slow_way(
    noise: np.ndarray, layout: str, color: str, resize: str, size: tuple[int, int]
) -> None:
    preprocess = Preprocess(
        size=size,
        resize=resize,
        color=color,
        layout=layout,
        mean=(120.0, 110.0, 100.0),
        std=(50.0, 60.0, 70.0),
    )
    tensor, _ = apply(_picture(noise), preprocess)
    assert tensor.dtype == np.float32
    assert tensor.flags.c_contiguous
    np.testing.assert_allclose(tensor, _slowly(noise, preprocess), atol=1e-5)


@given(
    st.tuples(st.integers(1, 60), st.integers(1, 60)),
    st.tuples(st.integers(1, 60), st.integers(1, 60)),
    st.sampled_from(["stretch", "center_crop", "letterbox"]),
    st.sampled_from(["center", "start"]),
    st.sampled_from(["nearest", "linear", "bicubic", "area", "lanczos"]),
    st.sampled_from(["NCHW", "NHWC"]),
)
def test_any_picture_fits(
    picture: Size, size: Size, resize: str, align: str, interpolation: str, layout: str
) -> None:
    pixels = np.full((*picture, 3), 200, np.uint8)
    preprocess = Preprocess(
        size, resize, align=align, interpolation=interpolation, layout=layout, pad_value=7
    )
    tensor, placement = apply(_picture(pixels), preprocess)
    pixels_of = tensor[0] if layout == "NHWC" else tensor[0].transpose(1, 2, 0)
    assert pixels_of.shape == (*size, 3)
    target = pixels_of[placement.target.slices]
    assert (np.abs(target - 200) <= 1).all()
    assert np.count_nonzero(pixels_of == 7) == 3 * (size[0] * size[1]) - target.size


def test_a_dot_lands_where_the_placement_says() -> None:
    pixels = np.zeros((300, 500, 3), np.uint8)
    pixels[148:152, 298:302] = 255  # its centre is at x 300, y 150
    for resize in ("stretch", "center_crop", "letterbox"):
        preprocess = Preprocess((200, 200), resize, crop=0.9, pad_value=0)
        tensor, placement = apply(_picture(pixels), preprocess)
        rows, columns = np.nonzero(tensor[0, 0] > tensor.max() / 2)
        found = placement.to_picture(np.array([columns.mean() + 0.5, rows.mean() + 0.5]))
        assert np.abs(found - (300, 150)).max() < 2


@pytest.mark.parametrize("layout", ["NCHW", "NHWC"])
@pytest.mark.parametrize(
    ("mean", "std"),
    [
        ((0.0,), (1.0,)),
        ((0.0,), (255.0,)),
        ((127.0,) * 3, (128.0,) * 3),
        ((127.5,), (0.5,)),
        ((120.0, 110.0, 100.0), (50.0, 60.0, 0.25)),
    ],
)
@pytest.mark.parametrize("dtype", DTYPES)
def test_every_dtype_holds_what_the_slow_way_says(
    noise: np.ndarray, dtype: str, mean: tuple[float, ...], std: tuple[float, ...], layout: str
) -> None:
    preprocess = Preprocess((37, 53), color="BGR", mean=mean, std=std, layout=layout, dtype=dtype)
    tensor, _ = apply(_picture(noise), preprocess)
    assert tensor.dtype == dtype
    assert tensor.flags.c_contiguous
    exact = _slowly(noise, replace(preprocess, dtype="float64"))
    if np.dtype(dtype).kind == "f":
        np.testing.assert_allclose(tensor, exact, rtol=1e-3, atol=1e-5)
    else:
        ends = np.iinfo(dtype)
        wanted = np.clip(exact, ends.min, ends.max)
        assert np.abs(tensor - wanted).max() <= 0.5 + 1e-4


def test_pixels_of_grey_and_integer_networks(noise: np.ndarray) -> None:
    grey, _ = apply(_picture(noise), Preprocess((37, 53), color="GRAY", std=(255.0,)))
    assert grey.shape == (1, 1, 37, 53)
    weights = np.array([0.299, 0.587, 0.114])
    np.testing.assert_allclose(grey[0, 0], noise @ weights / 255, atol=1 / 255)
    as_is, _ = apply(_picture(noise), Preprocess((37, 53), layout="NHWC", dtype="uint8"))
    assert as_is.dtype == np.uint8
    assert np.array_equal(as_is[0], noise)


@given(
    st.tuples(st.integers(1, 90), st.integers(1, 90)),
    st.tuples(st.integers(1, 60), st.integers(1, 60)),
    st.sampled_from([1, 2, 32]),
    st.sampled_from(["center", "start"]),
)
def test_the_longest_side_decides(picture: Size, size: Size, multiple: int, align: str) -> None:
    preprocess = Preprocess(size, "longest_side", align=align, multiple=multiple)
    placement = place(picture, preprocess)
    assert all(side % multiple == 0 for side in placement.tensor_size)
    longest = max(size)
    assert longest <= max(placement.tensor_size) < longest + multiple
    scale = max(placement.target.size) / max(picture)
    for side, target, tensor in zip(
        picture, placement.target.size, placement.tensor_size, strict=True
    ):
        assert abs(target - side * scale) <= 1
        assert tensor - target <= multiple + scale  # no more padding than it needs
    tensor, _ = apply(_picture(np.zeros((*picture, 3), np.uint8)), preprocess)
    assert tensor.shape == (1, 3, *placement.tensor_size)


def test_a_line_of_text_is_as_wide_as_it_needs_to_be() -> None:
    line = Preprocess((48, 320), "height", align="start", multiple=8)
    assert place((60, 1200), line).tensor_size == (48, 960)
    assert place((60, 1203), line).tensor_size == (48, 968)
    short = place((60, 60), line)
    assert short.tensor_size == (48, 320)
    assert (short.target.size, short.target.left) == ((48, 48), 0)


@given(
    st.tuples(st.integers(1, 200), st.integers(1, 200)),
    st.sampled_from(["stretch", "center_crop", "letterbox", "longest_side", "height"]),
)
def test_what_no_profile_allows_is_brought_to_the_nearest(picture: Size, resize: str) -> None:
    limits = Limits((16, 32), (64, 64))
    placement = place(picture, Preprocess((100, 8), resize, multiple=4), limits)
    assert limits.nearest(placement.tensor_size) == placement.tensor_size
    fixed = Limits((24, 40), (24, 40))
    assert place(picture, Preprocess((7, 7), resize), fixed).tensor_size == (24, 40)


@pytest.mark.parametrize("color", ["RGB", "BGR"])
@pytest.mark.parametrize("layout", ["NCHW", "NHWC"])
def test_what_the_network_sees_is_the_picture_again(
    noise: np.ndarray, color: str, layout: str
) -> None:
    preprocess = Preprocess(
        (37, 53), color=color, layout=layout, mean=(120.0, 110.0, 100.0), std=(50.0, 60.0, 70.0)
    )
    tensor, _ = apply(_picture(noise), preprocess)
    assert np.array_equal(seen(tensor, preprocess), noise)


def test_what_a_grey_network_sees_is_grey(noise: np.ndarray) -> None:
    preprocess = Preprocess((37, 53), color="GRAY", std=(255.0,))
    pixels = seen(apply(_picture(noise), preprocess)[0], preprocess)
    assert pixels.shape == noise.shape
    assert (pixels == pixels[..., :1]).all()


@pytest.mark.parametrize(
    "size", [(300, 451), (426, 640), (427, 640), (640, 427), (20, 31), (1, 900)]
)
def test_yolox_is_fed_as_its_own_preprocessing_does(size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (*size, 3)).astype(np.uint8)
    ratio = min(416 / size[0], 416 / size[1])
    height, width = max(1, int(size[0] * ratio)), max(1, int(size[1] * ratio))
    expected = np.full((416, 416, 3), 114, np.uint8)
    expected[:height, :width] = cv2.resize(pixels[..., ::-1], (width, height))
    preprocess = choose("yolox", Preprocess((416, 416)))
    tensor, placement = apply(Picture(Path("x.png"), pixels), preprocess)
    np.testing.assert_array_equal(tensor[0].transpose(1, 2, 0), expected)
    assert placement.target.size == (height, width)

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, ShapeRange, Tensor
from trtstudio.model.run import SessionInfo
from trtstudio.vision.picture import Picture
from trtstudio.vision.picture_input import input_form
from trtstudio.vision.picture_model import PictureModel, recognize
from trtstudio.vision.preprocess import DTYPES, LARGEST_SIDE
from trtstudio.vision.preprocess_choice import recolored


def _form(*shape: Dim, dtype: str = "float32", ranges: tuple[ShapeRange, ...] = ()):
    return input_form(Tensor("x", dtype, shape), ranges)


def _recognized(*shape: Dim, dtype: str = "float32") -> PictureModel:
    assumed = tuple(dim if isinstance(dim, int) and dim > 0 else 224 for dim in shape)
    info = SessionInfo(
        0,
        "",
        "",
        "",
        (Tensor("x", dtype, shape),),
        (Tensor("y", "float32", (1, 10)),),
        {"x": (1, *assumed[1:])},
    )
    model = recognize(info, {})
    assert model is not None
    return model


@pytest.mark.parametrize(
    ("shape", "layouts", "channels"),
    [
        ((1, 3, 224, 224), ("NCHW",), (3,)),
        (("N", 1, "H", "W"), ("NCHW",), (1,)),
        ((1, 224, 224, 3), ("NHWC",), (3,)),
        ((1, -1, -1, 3), ("NHWC",), (3,)),
        ((1, -1, -1, -1), ("NCHW", "NHWC"), (3, 1)),
        ((1, -1, 64, 64), ("NCHW",), (3, 1)),
    ],
)
def test_what_the_shape_leaves_open(
    shape: tuple[Dim, ...], layouts: tuple[str, ...], channels: tuple[int, ...]
) -> None:
    form = _form(*shape)
    assert form is not None
    assert (form.layouts, form.channels) == (layouts, channels)


@pytest.mark.parametrize("shape", [(1, 3, 640, 3)[:3], (1, 16, 16, 16), (1, 3, 4, 4), (1, 3, 9, 3)])
def test_no_picture_has_this_shape(shape: tuple[int, ...]) -> None:
    assert _form(*shape) is None


def test_a_profile_narrows_it() -> None:
    ranges = (ShapeRange((1, 3, 64, 64), (1, 3, 96, 96), (8, 3, 128, 160)),)
    form = _form(-1, -1, -1, -1, ranges=ranges)
    assert form is not None
    assert (form.layouts, form.channels) == (("NCHW",), (3,))
    assert form.sizes["NCHW"].least == (64, 64)
    assert form.sizes["NCHW"].most == (128, 160)


def test_sizes_go_with_the_layout() -> None:
    form = _form(1, -1, 48, -1)
    assert form is not None
    assert form.sizes["NCHW"].most == (48, LARGEST_SIDE)
    assert form.sizes["NHWC"].most == (LARGEST_SIDE, 48)


@pytest.mark.parametrize("own", DTYPES)
def test_numbers_are_only_made_in_dtypes_that_lose_nothing(own: str) -> None:
    form = _form(1, 3, 32, 32, dtype=own)
    assert form is not None
    assert form.dtypes[0] == own
    for dtype in form.dtypes:
        ends = np.finfo(dtype) if dtype.startswith("float") else np.iinfo(dtype)
        for value in (max(float(ends.min), -(2.0**53)), min(float(ends.max), 2.0**53)):
            assert np.array([value], dtype).astype(own).astype(dtype)[0] == value


def test_what_does_not_fit_is_told() -> None:
    model = _recognized(1, 32, 32, 3, dtype="uint8")
    for changes, said in (
        ({"layout": "NCHW"}, "It takes NHWC."),
        ({"dtype": "float32"}, "It takes uint8."),
        ({"color": "GRAY"}, "It takes RGB or BGR."),
    ):
        with pytest.raises(StudioError) as caught:
            model.fed_by(replace(model.preprocess, **changes))
        assert caught.value.hint == said


@given(st.sampled_from(["NCHW", "NHWC"]), st.sampled_from(["RGB", "GRAY"]))
def test_a_free_input_is_fed_as_its_user_says(layout: str, color: str) -> None:
    model = _recognized(-1, -1, -1, -1)
    way = replace(recolored(model.preprocess, color), layout=layout, size=(24, 40))
    fed = model.fed_by(way)
    picture = Picture(Path("x.png"), np.zeros((30, 50, 3), np.uint8))
    (array,) = fed.feed(picture)[0].values()
    channels = 1 if color == "GRAY" else 3
    assert array.shape == ((1, channels, 24, 40) if layout == "NCHW" else (1, 24, 40, channels))


def test_grey_has_the_mean_of_the_numbers() -> None:
    model = _recognized(1, -1, 32, 32)
    rgb = model.preprocess
    grey = recolored(rgb, "GRAY")
    assert grey.mean == pytest.approx((sum(rgb.mean) / 3,))
    assert recolored(grey, "BGR").mean == grey.mean
    assert recolored(rgb, "BGR").mean == rgb.mean

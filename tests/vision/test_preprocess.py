import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.vision.picture import Picture
from trtstudio.vision.placement import Size
from trtstudio.vision.preprocess import (
    Preprocess,
    apply,
    choose,
    from_metadata,
    guess,
    place,
)
from trtstudio.vision.presets import PRESETS

OURS = {
    "resize": "center_crop",
    "size": [224, 224],
    "crop": 0.875,
    "interpolation": "bicubic",
    "color": "RGB",
    "mean": [127, 127, 127],
    "std": [128, 128, 128],
    "layout": "NCHW",
}


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


def test_pixels_of_grey_and_integer_networks(noise: np.ndarray) -> None:
    grey, _ = apply(_picture(noise), Preprocess((37, 53), color="GRAY", std=(255.0,)))
    assert grey.shape == (1, 1, 37, 53)
    weights = np.array([0.299, 0.587, 0.114])
    np.testing.assert_allclose(grey[0, 0], noise @ weights / 255, atol=1 / 255)
    as_is, _ = apply(_picture(noise), Preprocess((37, 53), layout="NHWC", dtype="uint8"))
    assert as_is.dtype == np.uint8
    assert np.array_equal(as_is[0], noise)


def test_the_model_says_it_itself() -> None:
    stated = from_metadata({"preprocess": json.dumps(OURS)})
    assert stated == Preprocess(
        size=(224, 224),
        resize="center_crop",
        crop=0.875,
        interpolation="bicubic",
        mean=(127.0, 127.0, 127.0),
        std=(128.0, 128.0, 128.0),
        source="model",
    )


def test_the_stated_way_is_crop_then_resize(noise: np.ndarray) -> None:
    pixels = cv2.resize(noise, (300, 256))
    tensor, _ = apply(_picture(pixels), from_metadata({"preprocess": json.dumps(OURS)}))
    crop = pixels[16:240, 38:262]  # 224 = 0.875 x 256, so nothing is left to resize
    np.testing.assert_allclose(tensor[0].transpose(1, 2, 0), (crop - 127.0) / 128, atol=1e-6)


@pytest.mark.parametrize("text", [None, "", "resize to 224", "[1, 2]", '"size"', "{}", "3"])
def test_other_peoples_metadata_is_left_alone(text: str | None) -> None:
    assert from_metadata({} if text is None else {"preprocess": text}) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("size", [0, 224]),
        ("size", [224]),
        ("size", "224"),
        ("resize", "fold"),
        ("crop", 0),
        ("crop", 1.5),
        ("interpolation", "magic"),
        ("color", "HSV"),
        ("mean", [1, 2]),
        ("std", [1, 0, 1]),
        ("std", []),
        ("pad_value", 300),
        ("layout", "CHWN"),
        ("dtype", "string"),
        ("zoom", 2),
    ],
)
def test_wrong_metadata_is_told(field: str, value: object) -> None:
    with pytest.raises(StudioError, match="preprocessing is wrong") as caught:
        from_metadata({"preprocess": json.dumps({**OURS, field: value})})
    assert field in caught.value.message
    assert caught.value.hint


@given(st.text())
def test_any_text_is_understood_or_refused(text: str) -> None:
    assert from_metadata({"preprocess": text}) is None
    with pytest.raises(StudioError):
        choose("x" + text, Preprocess((8, 8)))


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("color", ["RGB", "GRAY"])
def test_a_preset_keeps_what_the_tensor_tells(name: str, color: str) -> None:
    base = Preprocess((96, 128), color=color, layout="NHWC", dtype="float16", source="guess")
    if color == "GRAY" and name in ("imagenet", "pp-ocr-det"):
        with pytest.raises(StudioError, match="1 number"):
            choose(name, base)
        return
    chosen = choose(name, base)
    assert (chosen.size, chosen.layout, chosen.dtype) == ((96, 128), "NHWC", "float16")
    assert chosen.source == "user"
    assert chosen.channels == base.channels


def test_fields_can_be_chosen_one_by_one() -> None:
    chosen = choose('{"mean": [0], "std": [255]}', Preprocess((8, 8), "letterbox"))
    assert chosen == Preprocess((8, 8), "letterbox", mean=(0.0,), std=(255.0,), source="user")
    for wrong in ('{"zoom": 1}', '{"std": [0]}', "[]", "imagenett"):
        with pytest.raises(StudioError):
            choose(wrong, Preprocess((8, 8)))


def _tensor(*shape: int | str, dtype: str = "float32") -> Tensor:
    return Tensor("x", dtype, shape, "input")


def test_guesses_for_classifiers() -> None:
    usual = guess(_tensor("N", 3, 224, 224), {}, [])
    assert usual is not None
    assert (usual.source, usual.resize, usual.color) == ("guess", "center_crop", "RGB")
    assert usual.mean == (123.675, 116.28, 103.53)
    assert guess(_tensor(1, 1, 28, 28), {}, []) == Preprocess(
        (28, 28), color="GRAY", std=(255.0,), source="guess"
    )
    assert guess(_tensor(1, 128, 96, 3, dtype="uint8"), {}, []) == Preprocess(
        (128, 96), layout="NHWC", dtype="uint8", source="guess"
    )
    dynamic = guess(_tensor(-1, 3, "H", -1), {}, [])
    assert dynamic is not None
    assert dynamic.size == (224, 224)


def test_guesses_for_detectors() -> None:
    yolox = guess(_tensor(1, 3, 416, 416), {}, [Tensor("o", "float32", (1, 3549, 85))])
    assert yolox == Preprocess(
        (416, 416), "letterbox", align="start", color="BGR", pad_value=114, source="guess"
    )
    names = {"names": "{0: 'cat', 1: 'dog'}"}
    yolo = guess(_tensor(1, 3, 640, 640), names, [Tensor("o", "float32", (1, 6, 8400))])
    assert yolo == Preprocess((640, 640), "letterbox", std=(255.0,), source="guess")


def test_the_models_own_words_win_but_for_layout_and_dtype() -> None:
    stated = guess(_tensor(1, 224, 224, 3, dtype="float16"), {"preprocess": json.dumps(OURS)}, [])
    assert stated is not None
    assert (stated.source, stated.layout, stated.dtype) == ("model", "NHWC", "float16")
    assert stated.interpolation == "bicubic"


@pytest.mark.parametrize(
    "tensor",
    [
        Tensor("x", "float32", None),
        _tensor(1, 224),
        _tensor(1, 16, 224, 224),
        _tensor(1, 3, 224),
        _tensor(1, 3, 4, 4),
        _tensor(1, 3, 224, 224, dtype="bool"),
        _tensor(1, 3, 224, 224, dtype=""),
    ],
)
def test_no_picture_no_guess(tensor: Tensor) -> None:
    assert guess(tensor, {"preprocess": json.dumps(OURS)}, []) is None

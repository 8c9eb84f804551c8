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
from trtstudio.vision.preprocess import Preprocess, apply
from trtstudio.vision.preprocess_choice import choose, from_metadata, guess
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


def test_numbers_in_the_metadata_are_heeded() -> None:
    stated = {"mean": "[0.485, 0.456, 0.406]", "std": "(0.229, 0.224, 0.225)", "stride": "32"}
    found = guess(_tensor(1, 3, 224, 224), stated, [])
    assert found is not None
    np.testing.assert_allclose(found.mean, (123.675, 116.28, 103.53))
    np.testing.assert_allclose(found.std, (58.395, 57.12, 57.375))
    assert (found.multiple, found.source) == (32, "guess")
    bytes_ = guess(_tensor(1, 3, 224, 224), {"mean": "127.5", "std": "128"}, [])
    assert bytes_ is not None
    assert (bytes_.mean, bytes_.std) == ((127.5,), (128.0,))


@pytest.mark.parametrize(
    "metadata",
    [
        {"mean": "0.5"},
        {"mean": "[1, 2]", "std": "[0, 1]"},
        {"std": "[1, 2, 3, 4]"},
        {"std": "NaN"},
        {"std": "__import__('os')", "stride": "-3"},
        {"std": '["1"]', "stride": "[8, 16]", "imgsz": "large"},
    ],
)
def test_numbers_that_fit_nothing_are_left_alone(metadata: dict[str, str]) -> None:
    usual = guess(_tensor(1, 1, 64, 64), {}, [])
    found = guess(_tensor(1, 1, 64, 64), metadata, [])
    assert found is not None and usual is not None
    assert found.multiple == 1
    assert all(np.isfinite(found.std))


def test_a_network_of_any_size_is_fed_as_its_metadata_say() -> None:
    free = guess(_tensor(1, 3, 224, 224), {"imgsz": "[480, 640]"}, [], is_free=True)
    fixed = guess(_tensor(1, 3, 224, 224), {"imgsz": "[480, 640]"}, [])
    assert free is not None and fixed is not None
    assert (free.size, fixed.size) == ((480, 640), (224, 224))


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

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.graph import Tensor
from trtstudio.model.run import SessionInfo
from trtstudio.vision.choices import Choices, choices_of, remember, remembered, with_choices
from trtstudio.vision.picture_model import PictureModel, recognize
from trtstudio.vision.preprocess_choice import choose, recolored
from trtstudio.vision.settings import Settings


def _model(*shape: int, layout: str = "NCHW", channels: int = 3) -> PictureModel:
    size = (shape[0], channels, *shape[1:]) if layout == "NCHW" else (*shape, channels)
    tensor = Tensor("images", "float32", size)
    output = Tensor("scores", "float32", (shape[0], 2))
    fed = {"images": tuple(max(1, dim) for dim in size)}
    info = SessionInfo(0, "", "", "", (tensor,), (output,), fed)
    model = recognize(info, {"names": "['cat', 'dog']"})
    assert model is not None
    return model


@given(
    st.booleans(),
    st.sampled_from([None, "classification", "embedding"]),
    st.sampled_from([None, ("a", "b")]),
    st.sampled_from([None, Settings(top=2, classes=frozenset({1}))]),
    st.integers(1, 4),
)
def test_what_was_chosen_is_kept_and_found_again(
    fed_otherwise: bool,
    task: str | None,
    labels: tuple[str, ...] | None,
    settings: Settings | None,
    batch: int,
) -> None:
    own = _model(-1, 32, 32)
    model = replace(own.with_task(task), batch=batch)
    if fed_otherwise:
        model = replace(model, preprocess=choose("zero-to-one", own.preprocess))
    if labels is not None:
        model = replace(model, labels=labels)
    if settings is not None:
        model = replace(model, settings=settings)
    assert with_choices(own, choices_of(model, own)) == model


def test_nothing_chosen_is_nothing_kept() -> None:
    assert choices_of(_model(1, 32, 32), _model(1, 32, 32)) == Choices()


def test_choices_are_remembered_by_the_models_place(tmp_path: Path) -> None:
    own = _model(1, 32, 32)
    changed = replace(own, preprocess=choose("yolo", own.preprocess), labels=("猫", "é"))
    changed = replace(changed, settings=Settings(classes=frozenset({0})))
    place = tmp_path / "模型.onnx"
    assert remembered(place) == Choices()
    remember(place, choices_of(changed, own))
    assert with_choices(own, remembered(place)) == changed
    assert remembered(tmp_path / "other.onnx") == Choices()
    remember(place, Choices())
    assert remembered(place) == Choices()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b'{"batch": "x"}',
        b'{"preprocess": {"size": [0, 0]}}',
        b"\xff",
        b'{"labels": ["\xff"]}',
        b'{"a": ' * 5000,
    ],
)
def test_a_damaged_file_is_as_none(tmp_path: Path, damage: bytes) -> None:
    place = tmp_path / "model.onnx"
    remember(place, Choices(batch=2))
    (file,) = (p for p in _files() if p.suffix == ".json")
    file.write_bytes(damage)
    assert remembered(place) == Choices()


def _files() -> list[Path]:
    import platformdirs

    folder = platformdirs.user_data_path("trtstudio", appauthor=False) / "pictures"
    return list(folder.iterdir())


def test_what_no_longer_fits_is_left_as_recognized() -> None:
    old, new = _model(1, 32, 32), _model(1, 32, 32, layout="NHWC")
    kept = Choices(preprocess=choose("yolo", old.preprocess), batch=8)
    model = with_choices(new, kept)
    assert model.preprocess.layout == "NHWC"
    assert model.preprocess.resize == "letterbox"
    assert model.batch == 1  # it is fixed
    grey = _model(1, 32, 32, channels=1)
    assert with_choices(grey, kept).preprocess == grey.preprocess


def test_a_layout_and_dtype_that_fit_are_kept() -> None:
    own = _model(-1, -1, -1, channels=-1)
    grey = recolored(own.preprocess, "GRAY")
    model = own.fed_by(replace(grey, layout="NHWC", dtype="uint8"))
    assert with_choices(own, choices_of(model, own)) == model

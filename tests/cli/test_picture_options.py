from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from trtstudio.cli.arguments import parse
from trtstudio.cli.picture_options import picture_model
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import SessionInfo

NAMES = {"names": "{0: 'cat', 1: 'Dog'}"}


def _info(*shape: int) -> SessionInfo:
    image = Tensor("images", "float32", shape)
    logits = Tensor("logits", "float32", (1, 2))
    return SessionInfo(0, "", "", "", (image,), (logits,), {"images": shape})


def _options(*words: str) -> Namespace:
    return parse(["run", "model.onnx", "picture.png", *words])


def _settings(*words: str) -> Any:
    model = picture_model(_info(1, 3, 64, 64), NAMES, _options(*words))
    assert model is not None
    return model.settings


def test_a_task_brings_its_own_settings() -> None:
    assert _settings().threshold == 0.3
    assert _settings("--task", "text-detection").threshold == 0.5
    assert _settings("--task", "text-detection", "--threshold", "0.7").threshold == 0.7


def test_settings_are_heeded() -> None:
    chosen = _settings(
        "--overlap", "0.6", "--mask-threshold", "0.25", "--top", "3", "--threshold", "0"
    )
    assert (chosen.overlap, chosen.mask_threshold, chosen.top, chosen.threshold) == (
        0.6,
        0.25,
        3,
        0,
    )


def test_classes_are_named_or_numbered() -> None:
    assert _settings("--classes", "dog", "0").classes == {0, 1}
    assert _settings("--classes", "7").classes == {7}
    with pytest.raises(StudioError, match="No class is called horse"):
        _settings("--classes", "dog", "horse")


def test_labels_of_the_user_name_classes(tmp_path: Path) -> None:
    labels = tmp_path / "labels.txt"
    labels.write_text("horse\ncow\n")
    assert _settings("--labels", str(labels), "--classes", "cow").classes == {1}


def test_what_takes_no_pictures_takes_no_options_for_them() -> None:
    assert picture_model(_info(1, 7), {}, _options()) is None
    for words in (["--task", "depth"], ["--labels", "a"], ["--annotate", "b"]):
        with pytest.raises(StudioError, match="does not take pictures"):
            picture_model(_info(1, 7), {}, _options(*words))
    with pytest.raises(StudioError, match="nothing to draw"):
        picture_model(_info(1, 3, 64, 64), NAMES, _options("--task", "none", "--annotate", "b"))


@pytest.mark.parametrize("words", [["--task", "magic"], ["--top", "0"], ["--overlap", "2"]])
def test_wrong_words_are_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        _options(*words)
    assert caught.value.code == 2

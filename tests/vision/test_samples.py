"""Pictures as samples for a model."""

from pathlib import Path

import numpy as np
import pytest

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import SessionInfo
from trtstudio.vision import samples
from trtstudio.vision.picture import read_picture
from trtstudio.vision.preprocess import apply
from trtstudio.vision.preprocess_choice import choose, guess


def info(*shape: int) -> SessionInfo:
    tensor = Tensor("x", "float32", shape, "input")
    return SessionInfo(0, "m.onnx", "", "", (tensor,), (), {"x": shape})


def test_the_pictures_of_a_folder(sample_pictures: tuple[Path, ...]) -> None:
    assert list(samples.find(sample_pictures[0].parent)) == sorted(sample_pictures)


@pytest.mark.parametrize("preprocess", ["", "zero-to-one", '{"mean": [1]}'])
def test_a_picture_is_brought_to_the_input(
    sample_pictures: tuple[Path, ...], preprocess: str
) -> None:
    given = info(1, 3, 32, 48)
    chosen = guess(given.inputs[0], {})
    assert chosen is not None
    if preprocess:
        chosen = choose(preprocess, chosen)
    expected, _ = apply(read_picture(sample_pictures[0]), chosen)
    feed = samples.reader(given, {}, preprocess)(sample_pictures[0])
    assert feed.keys() == {"x"}
    np.testing.assert_array_equal(feed["x"], expected)


def test_a_model_that_takes_no_pictures() -> None:
    with pytest.raises(StudioError, match="does not take pictures") as caught:
        samples.reader(info(1, 17), {}, "")
    assert ".npz" in caught.value.hint

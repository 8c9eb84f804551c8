"""Inputs from where their user says, against NumPy's own reading and random numbers."""

from pathlib import Path

import numpy as np
import pytest

from trtstudio.model.build.build import ShapeRange
from trtstudio.model.errors import StudioError
from trtstudio.model.given_inputs import (
    ArrayValues,
    ConstantValues,
    FileValues,
    GivenInputs,
    RandomValues,
    input_array,
    make_inputs,
    usual_values,
)
from trtstudio.model.graph import Tensor
from trtstudio.model.run import SessionInfo

X = Tensor("x", "float32", ("n", 3), "input")
K = Tensor("k", "float32", (), "input")
SIZE = Tensor("size", "int64", (2,), "input")
INFO = SessionInfo(
    session=1,
    path="m.plan",
    runtime="TensorRT",
    device="GPU",
    inputs=(X, K, SIZE),
    outputs=(),
    shapes={"x": (1, 3), "k": (), "size": (2,)},
    profiles=(
        {
            "x": ShapeRange((1, 3), (1, 3), (4, 3)),
            "size": ShapeRange((32, 32), (640, 480), (800, 800), values=True),
        },
        {
            "x": ShapeRange((5, 3), (8, 3), (8, 3)),
            "size": ShapeRange((32, 32), (320, 240), (400, 400), values=True),
        },
    ),
)


def test_what_is_not_given_is_random_or_what_the_engine_is_optimized_for() -> None:
    assert usual_values(INFO) == {
        "x": RandomValues(0),
        "k": RandomValues(1),
        "size": ConstantValues((640, 480)),
    }
    inputs = make_inputs(INFO, GivenInputs())
    expected = np.random.default_rng(0).random((1, 3), np.float32) * 2 - 1
    np.testing.assert_array_equal(inputs["x"], expected)
    assert isinstance(inputs["k"], np.ndarray) and inputs["k"].shape == ()
    assert (inputs["size"].tolist(), inputs["size"].dtype) == ([640, 480], np.int64)


def test_the_profile_that_the_shapes_choose_says_the_values(tmp_path: Path) -> None:
    def size(given: GivenInputs) -> list[int]:
        found: list[int] = make_inputs(INFO, given)["size"].tolist()
        return found

    assert usual_values(INFO, {"x": (5, 3)})["size"] == ConstantValues((320, 240))
    assert size(GivenInputs(shapes={"x": (4, 3)})) == [640, 480]
    assert size(GivenInputs(shapes={"x": (8, 3)})) == [320, 240]
    np.save(tmp_path / "x.npy", np.zeros((6, 3), np.float32))
    six = FileValues(tmp_path / "x.npy")  # whose shape nobody had to say
    assert size(GivenInputs({"x": six})) == [320, 240]
    assert size(GivenInputs({"x": six, "size": ConstantValues((33, 34))})) == [33, 34]


def test_the_same_seed_gives_the_same_numbers_in_any_shape() -> None:
    given = GivenInputs({"x": RandomValues(7)}, {"x": (4, 3)})
    first, second = (make_inputs(INFO, given)["x"] for _ in "ab")
    np.testing.assert_array_equal(first, second)
    assert first.shape == (4, 3)
    other = make_inputs(INFO, GivenInputs({"x": RandomValues(8)}, {"x": (4, 3)}))["x"]
    assert not np.array_equal(first, other)


def test_nothing_may_be_in_it() -> None:
    assert make_inputs(INFO, GivenInputs(shapes={"x": (0, 3)}))["x"].shape == (0, 3)


def test_constants_for_all_or_one_by_one() -> None:
    assert input_array(ConstantValues((2,)), X, (2, 3), (1, 3)).tolist() == [[2] * 3] * 2
    values = ConstantValues((1, 2, 3, 4, 5, 6))
    assert input_array(values, X, None, (1, 3)).tolist() == [[1, 2, 3], [4, 5, 6]]
    with pytest.raises(StudioError, match="6 values were given"):
        input_array(values, X, (1, 3), (1, 3))


def test_a_raw_file_decides_about_a_free_size_unless_that_is_given(tmp_path: Path) -> None:
    array = np.arange(12, dtype=np.float32).reshape(4, 3)
    array.tofile(tmp_path / "x.bin")
    values = FileValues(tmp_path / "x.bin")
    np.testing.assert_array_equal(input_array(values, X, None, (1, 3)), array)
    with pytest.raises(StudioError, match="has 48 bytes"):
        input_array(values, X, (2, 3), (1, 3))


def test_an_array_of_an_archive_is_named_or_the_only_one(tmp_path: Path) -> None:
    a, b = np.zeros((1, 3), np.float32), np.ones((1, 3), np.float32)
    np.savez(tmp_path / "two.npz", a=a, b=b)
    np.savez(tmp_path / "one.npz", b=b)
    for path, name in (("two.npz", "b"), ("one.npz", ""), ("one.npz", "b")):
        found = input_array(FileValues(tmp_path / path, name), X, None, (1, 3))
        np.testing.assert_array_equal(found, b)
    for path, name in (("two.npz", ""), ("two.npz", "c"), ("one.npz", "c")):
        with pytest.raises(StudioError, match="holds no array called") as caught:
            input_array(FileValues(tmp_path / path, name), X, None, (1, 3))
        assert "It has: " in caught.value.hint


def test_an_earlier_output_is_taken_as_it_is() -> None:
    array = np.ones((5, 3), np.float32)
    assert input_array(ArrayValues(array, "3 y"), X, None, (1, 3)) is array
    given = GivenInputs({"x": ArrayValues(array, "3 y"), "k": FileValues(Path("k.npy"))})
    assert given.sources == ["k.npy", "3 y"]


def test_a_file_that_is_missing_is_told_as_that(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="does not exist"):
        input_array(FileValues(tmp_path / "no.npz", "a"), X, None, (1, 3))

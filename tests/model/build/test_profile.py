"""Profiles: parsed, suggested and checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.build.build import ShapeRange
from trtstudio.model.build.profile import (
    check_profile,
    suggest_profile,
    with_shapes,
)
from trtstudio.model.build.profile_text import parse_profile
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, Graph, Tensor

IMAGES = Tensor("images", "float32", ("N", 3, "H", "W"), "input")
MASK = Tensor("mask", "bool", ("N", -1), "input")
FIXED = Tensor("scale", "float32", (2,), "input")


def network(*inputs: Tensor) -> Graph:
    return Graph("onnx", "", [], inputs, tuple(range(len(inputs))), ())


@given(
    name=st.text(min_size=1),
    shapes=st.lists(st.lists(st.integers(0, 10**9), min_size=1), min_size=3, max_size=3),
)
def test_parses_what_it_is_told(name: str, shapes: list[list[int]]) -> None:
    text = ",".join("x".join(map(str, shape)) for shape in shapes)
    assert parse_profile([f"{name}={text}"]) == {name: ShapeRange(*map(tuple, shapes))}


def test_one_shape_stands_for_all_three() -> None:
    (shapes,) = parse_profile(["a=b:0/1=4x8"]).values()
    assert shapes == ShapeRange((4, 8), (4, 8), (4, 8))


@pytest.mark.parametrize(
    "text", ["", "images", "=1x3", "images=", "images=1x3,2x3", "images=-1x3", "a=1x٣", "a=1*3"]
)
def test_refuses_what_is_no_profile(text: str) -> None:
    with pytest.raises(StudioError) as error:
        parse_profile([text])
    assert "NAME=MIN,OPT,MAX" in error.value.hint


def test_refuses_a_name_twice() -> None:
    with pytest.raises(StudioError, match="two ranges"):
        parse_profile(["a=1", "a=2"])


@given(st.text(max_size=40))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        profile = parse_profile([text])
    except StudioError:
        return
    assert all(text.startswith(f"{name}=") for name in profile)


def test_suggests_a_batch_and_a_picture() -> None:
    graph = network(IMAGES, MASK, FIXED)
    assert suggest_profile(graph) == {
        "images": ShapeRange((1, 3, 224, 224), (1, 3, 224, 224), (8, 3, 448, 448)),
        "mask": ShapeRange((1, 1), (1, 128), (8, 512)),
    }


def test_suggests_for_pictures_with_channels_last() -> None:
    pixels = Tensor("pixels", "float32", ("N", "M1", "M2", 3), "input")
    assert suggest_profile(network(pixels))["pixels"].max == (8, 448, 448, 3)


DIMS = st.one_of(st.integers(1, 500), st.just(-1), st.sampled_from("NHW?"))


@given(shapes=st.lists(st.lists(DIMS, max_size=5), max_size=4))
def test_suggestions_are_never_wrong(shapes: list[list[Dim]]) -> None:
    inputs = [Tensor(f"x{i}", "float32", tuple(s), "input") for i, s in enumerate(shapes)]
    assert check_profile(inputs, suggest_profile(network(*inputs))) == []


def problems(profile_text: list[str], *inputs: Tensor) -> list[tuple[str, int | None, str | None]]:
    found = check_profile(inputs, parse_profile(profile_text))
    assert all(p.message for p in found)
    return [(p.input, p.axis, p.bound) for p in found]


GOOD = "images=1x3x32x32,2x3x64x64,4x3x96x96"


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([GOOD], []),
        ([], [("images", None, None)]),
        ([GOOD, "imges=1"], [("imges", None, None)]),
        (["images=3x32x32,2x3x64x64,4x3x96x96"], [("images", None, "min")]),
        (["images=0x3x32x32,2x3x64x64,4x3x96x96"], [("images", 0, "min")]),
        (["images=3x3x32x32,2x3x64x64,4x3x96x96"], [("images", 0, "min")]),
        (["images=1x3x32x32,5x3x64x64,4x3x96x96"], [("images", 0, "max")]),
        (["images=1x3x32x32,2x4x64x64,4x3x96x96"], [("images", 1, "opt"), ("images", 1, "max")]),
    ],
)
def test_finds_what_is_wrong(
    texts: list[str], found: list[tuple[str, int | None, str | None]]
) -> None:
    assert problems(texts, IMAGES) == found


def test_equal_names_mean_equal_sizes() -> None:
    square = Tensor("a", "float32", ("?", "?"), "input")
    assert problems(["a=1x1,2x2,4x5"], square) == [("a", 1, "max")]
    rows = Tensor("b", "float32", ("N",), "input")
    assert problems([GOOD, "b=1,2,4"], IMAGES, rows) == []
    assert problems([GOOD, "b=1,3,4"], IMAGES, rows) == [("b", 0, "opt")]


def test_a_fixed_input_may_be_given_as_it_is() -> None:
    assert problems(["scale=2"], FIXED) == []
    assert problems(["scale=2,2,3"], FIXED) == [("scale", 0, "max")]


def test_an_unknown_rank_is_taken_from_the_profile() -> None:
    unknown = Tensor("u", "float32", None, "input")
    assert suggest_profile(network(unknown)) == {}
    assert problems(["u=1x2,1x2,2x2"], unknown) == []
    assert problems(["u=1,1x2,2x2"], unknown) == [("u", None, "min")]


def test_an_input_without_a_shape_needs_one() -> None:
    (problem,) = check_profile([Tensor("x", "float32", None)], {})
    assert problem.message.startswith("The model does not say the shape of x; export it with one")


SIZE = Tensor("size", "int64", (2,), "input")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("size=@1x1,4x6,24x24", []),
        ("size=@-1x1,4x6,24x24", []),
        ("size=@1,4x6,24x24", [("size", None, "min")]),
        ("size=@1x7,4x6,24x24", [("size", 1, "min")]),
        ("size=@1x1,4x25,24x24", [("size", 1, "max")]),
    ],
)
def test_values_of_a_shape_tensor(text: str, found: list[tuple[str, int, str]]) -> None:
    assert problems([text], SIZE) == found


def test_values_are_for_whole_numbers_of_fixed_length() -> None:
    assert problems(["scale=@1x1"], FIXED) == [("scale", None, None)]
    assert problems(["x=@1"], Tensor("x", "int64", ("N",), "input")) == [("x", None, None)]
    assert problems(["n=@1,2,3"], Tensor("n", "int64", (), "input")) == []


def test_another_shape_than_the_model_declares() -> None:
    declared = [Tensor("input.1", "float32", (10, 3, 32, 32), "input")]
    profile = parse_profile(["input.1=1x3x64x64,1x3x96x96,1x3x96x96"])
    assert check_profile(declared, profile)
    assert check_profile(with_shapes(declared, {"input.1": (1, 3, -1, -1)}), profile) == []
    assert check_profile(with_shapes(declared, {"input.1": (1, 3, 480, 640)}), {}) == []


def test_a_replaced_shape_keeps_its_symbols() -> None:
    (replaced,) = with_shapes([IMAGES], {"images": (-1, 3, 32, -1)})
    assert replaced.shape == ("N", 3, 32, "W")

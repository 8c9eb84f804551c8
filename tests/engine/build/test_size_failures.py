"""Sizes that break a model, named with those that do not, by a model whose arithmetic is known."""

from dataclasses import replace
from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

from trtstudio.engine.build.size_failures import explain_sizes, is_about_sizes
from trtstudio.model.build.build import BuildRequest, ShapeRange
from trtstudio.model.build.build_options import NetworkEdits
from trtstudio.model.errors import StudioError

SAID = StudioError("It failed.", hint="Try.", details="kOPT values violate shape constraints: n")


def save(path: Path, nodes: list[onnx.NodeProto], shape: list[str | int]) -> BuildRequest:
    graph = helper.make_graph(
        nodes,
        "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    )
    opsets = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)
    return BuildRequest(str(path), str(path.with_suffix(".plan")))


@pytest.fixture
def halving(tmp_path: Path) -> BuildRequest:
    """Halved and doubled again: only even sides come out as they went in."""
    nodes = [
        helper.make_node("MaxPool", ["x"], ["half"], kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Constant", [], ["scales"], value_floats=[1.0, 1.0, 2.0, 2.0]),
        helper.make_node("Resize", ["half", "", "scales"], ["whole"]),
        helper.make_node("Add", ["whole", "x"], ["y"], name="adding"),
    ]
    return save(tmp_path / "halving.onnx", nodes, ["N", 3, "H", "W"])


def sizes(low: int, best: int, high: int) -> dict[str, ShapeRange]:
    return {"x": ShapeRange((1, 3, low, 64), (1, 3, best, 64), (1, 3, high, 64))}


def test_the_sizes_that_break_a_model_are_named(halving: BuildRequest) -> None:
    request = replace(halving, profiles=(sizes(64, 64, 128), sizes(64, 65, 128)))
    error = explain_sizes(request, SAID)
    assert error.message == "The opt sizes of profile 2 break the model at node adding."
    assert error.hint == "Give axis 2 of x a multiple of 2. Give axis 3 of x a multiple of 2."
    assert error.details == SAID.details


def test_sizes_that_fit_are_not_blamed(halving: BuildRequest) -> None:
    assert explain_sizes(replace(halving, profiles=(sizes(64, 64, 128),)), SAID) is SAID


def test_an_input_that_is_declared_anew(halving: BuildRequest) -> None:
    edits = NetworkEdits(input_shapes={"x": (1, 3, -1, 63)})
    profile = {"x": ShapeRange((1, 3, 64, 63), (1, 3, 64, 63), (1, 3, 64, 63))}
    error = explain_sizes(replace(halving, network=edits, profiles=(profile,)), SAID)
    assert "min sizes of profile 1 break the model at node adding" in error.message
    assert error.hint == SAID.hint  # no height repairs an odd width


def test_the_one_height_that_fits_is_told(tmp_path: Path) -> None:
    nodes = [
        helper.make_node("MaxPool", ["x"], ["row"], kernel_shape=[40, 1], strides=[40, 1]),
        helper.make_node("Constant", [], ["shape"], value_ints=[1, 3, 64]),
        helper.make_node("Reshape", ["row", "shape"], ["y"], name="flatten"),
    ]
    request = save(tmp_path / "rows.onnx", nodes, [1, 3, "H", 64])
    error = explain_sizes(replace(request, profiles=(sizes(48, 48, 224),)), SAID)
    assert error.message == "The max sizes of profile 1 break the model at node flatten."
    assert error.hint == "Give axis 2 of x the size 48: it fits."


@pytest.mark.parametrize(
    ("said", "about"),
    [
        (SAID.details, True),
        ("IShuffleLayer p2o.Reshape.79: reshape changes volume to multiple of original", True),
        ("dimensions mismatched at index 2", True),
        ("FP32 GEMM is not supported", False),
        ("", False),
    ],
)
def test_what_tensorrt_says_of_sizes(said: str, about: bool) -> None:
    assert is_about_sizes(said) == about

"""Layers in subgraphs, and what ``inspect`` tells of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.cli.subgraphs import each_layer
from trtstudio.model.onnx.file import read_onnx

Call = Callable[..., Any]


@pytest.fixture
def branches(tmp_path: Path) -> Path:
    """``y = c ? x + nan : relu(x)`` for any number of rows."""
    info = helper.make_tensor_value_info
    bad = numpy_helper.from_array(np.array([np.nan, 1], np.float32), "bad")

    def branch(name: str, node: onnx.NodeProto, *weights: onnx.TensorProto) -> onnx.GraphProto:
        out = info(node.output[0], TensorProto.FLOAT, ["N", 2])
        return helper.make_graph([node], name, [], [out], weights)

    yes = branch("yes", helper.make_node("Add", ["x", "bad"], ["t"], "add"), bad)
    no = branch("no", helper.make_node("Relu", ["x"], ["f"], "relu"))
    node = helper.make_node("If", ["c"], ["y"], "choice", then_branch=yes, else_branch=no)
    ends = [info("c", TensorProto.BOOL, []), info("x", TensorProto.FLOAT, ["N", 2])]
    graph = helper.make_graph([node], "g", ends, [info("y", TensorProto.FLOAT, ["N", 2])])
    path = tmp_path / "if.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), path)
    return path


def test_each_layer_is_numbered_by_its_place(branches: Path) -> None:
    places = list(each_layer(read_onnx(branches)))
    named = {place.number: place.layer.name if place.layer else None for place in places}
    assert {named["0"], named["0.0"], named["0.1"]} == {"choice", None}
    assert {named["0.0.0"], named["0.1.0"]} == {"add", "relu"}
    assert [len(place.path) for place in places] == [1, 2, 3, 2, 3]


def test_layers_of_subgraphs_are_shown(call: Call, branches: Path) -> None:
    rows = [line.split() for line in call("inspect", branches).out.splitlines()]
    assert any(row[1:3] == ["Add", "add"] for row in rows)
    assert any(row[1:3] == ["subgraph", "no"] for row in rows)
    (layer,) = call("inspect", branches, "--json").json["layers"]
    assert {body["name"] for body in layer["subgraphs"]} == {"yes", "no"}
    assert "    then_branch:yes" in call("inspect", branches, "--text").out.splitlines()


def test_costs_are_for_the_sizes_that_were_given(call: Call, branches: Path) -> None:
    told = call("inspect", branches, "--costs", "--size", "N=5", "--json").json["costs"]
    assert told["sizes"] == {"N": 5}
    assert told["total"]["flops"] == 10
    assert [body[0]["flops"] for body in told["layers"][0]["subgraphs"]] == [10, 10]
    said = call("inspect", branches, "--costs").out
    assert "for N = 1" in said.splitlines()
    assert call("inspect", branches, "--costs", "--size", "M=5").code == 1


def test_odd_weights_are_among_the_findings(call: Call, branches: Path) -> None:
    found = call("inspect", branches, "--findings", "--json").json["findings"]
    odd = next(finding for finding in found if "NaN" in finding["title"])
    assert (odd["severity"], odd["layers"]) == ("error", ["choice"])

"""Weights with NaN, and beyond FP16's range."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.weight_range import odd_weight_findings, odd_weights


@pytest.fixture(params=[False, True], ids=["inside", "external"])
def model(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    weights = {
        "fine": [1, -65504, np.inf],
        "nan": [np.nan, 1, np.nan],
        "large": [65505, -70000, 1e38],
        "both": [np.nan, 1e5, 0],
    }
    arrays = {name: np.array(values, np.float32) for name, values in weights.items()}
    arrays["whole"] = np.array([1 << 40, 0, 0])
    nodes = [
        helper.make_node("Cast", ["whole"], ["f"], to=TensorProto.FLOAT),
        helper.make_node("Sum", ["x", "f", *weights], ["y"]),
    ]
    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [3]) for name in "xy"]
    initializers = [numpy_helper.from_array(array, name) for name, array in arrays.items()]
    graph = helper.make_graph(nodes, "g", values[:1], values[1:], initializers)
    path = tmp_path / "m.onnx"
    onnx.save(
        helper.make_model(graph),
        path,
        save_as_external_data=request.param,
        size_threshold=0,
        location="m.bin",
    )
    return path


def test_they_are_named_and_counted(model: Path) -> None:
    found = {w.name: (w.nans, w.beyond_fp16) for w in odd_weights(read_onnx(model), model)}
    assert found == {"nan": (2, 0), "large": (0, 3), "both": (1, 1)}


def test_what_is_said_of_them(model: Path) -> None:
    graph = read_onnx(model)
    error, warning = odd_weight_findings(graph, model)
    assert (error.severity, error.title) == ("error", "2 weights with NaN")
    assert (warning.severity, len(warning.tensors)) == ("warning", 2)
    assert {graph.tensors[p].name for p in error.tensors} == {"nan", "both"}


def test_nothing_is_said_of_sound_weights(sample_model: Path) -> None:
    assert list(odd_weight_findings(read_onnx(sample_model), sample_model)) == []


def test_weights_of_subgraphs_are_told_by_the_layer_around_them(tmp_path: Path) -> None:
    info = helper.make_tensor_value_info
    bad = numpy_helper.from_array(np.array([np.nan], np.float32), "bad")
    body = helper.make_graph(
        [helper.make_node("Add", ["x", "bad"], ["t"])],
        "body",
        [],
        [info("t", TensorProto.FLOAT, [1])],
        [bad],
    )
    branch = helper.make_node("If", ["c"], ["y"], then_branch=body, else_branch=body)
    ends = [info("c", TensorProto.BOOL, []), info("x", TensorProto.FLOAT, [1])]
    graph = helper.make_graph([branch], "g", ends, [info("y", TensorProto.FLOAT, [1])])
    onnx.save(helper.make_model(graph), tmp_path / "if.onnx")
    (found,) = odd_weight_findings(read_onnx(tmp_path / "if.onnx"), tmp_path / "if.onnx")
    assert (found.title, found.layers, found.tensors) == ("2 weights with NaN", (0,), ())


def test_weights_that_cannot_be_read_are_told(model: Path) -> None:
    graph = read_onnx(model)
    model.unlink()
    (found,) = odd_weight_findings(graph, model)
    assert (found.severity, found.title) == ("error", "4 weights that cannot be read")
    assert len(found.tensors) == 4

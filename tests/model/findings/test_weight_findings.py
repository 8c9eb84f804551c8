"""What is said of weights with NaN, beyond FP16's range, and out of reach."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model.findings.weight_findings import odd_weight_findings
from trtstudio.model.onnx.file import read_onnx


def test_what_is_said_of_them(odd_weights_model: Path) -> None:
    graph = read_onnx(odd_weights_model)
    error, warning = odd_weight_findings(graph, odd_weights_model)
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


def test_weights_that_cannot_be_read_are_told(odd_weights_model: Path) -> None:
    graph = read_onnx(odd_weights_model)
    odd_weights_model.unlink()
    (found,) = odd_weight_findings(graph, odd_weights_model)
    assert (found.severity, found.title) == ("error", "4 weights that cannot be read")
    assert len(found.tensors) == 4

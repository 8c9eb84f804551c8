"""Shapes for fixed sizes of the inputs, against onnx's inference of a model with those sizes."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model.errors import StudioError
from trtstudio.model.findings.insight import cost_of_file
from trtstudio.model.graph import Graph
from trtstudio.model.onnx.costs import cost
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.sized_shapes import needs_inference, usual_sizes, with_sizes


def _save(path: Path, batch: int | str | None, side: int | str | None) -> Path:
    """A Conv, and a Reshape to a shape that is computed."""
    info = helper.make_tensor_value_info
    weight = numpy_helper.from_array(np.ones((4, 3, 3, 3), "float32"), "w")
    nodes = [
        helper.make_node("Conv", ["x", "w"], ["c"], "conv", strides=[2, 2], pads=[1, 1, 1, 1]),
        helper.make_node("Shape", ["c"], ["s"], end=2),
        helper.make_node("Constant", [], ["rest"], value_ints=[-1]),
        helper.make_node("Concat", ["s", "rest"], ["to"], axis=0),
        helper.make_node("Reshape", ["c", "to"], ["y"], "flat"),
    ]
    ends = (
        [info("x", TensorProto.FLOAT, [batch, 3, side, side])],
        [info("y", TensorProto.FLOAT, None)],
    )
    graph = helper.make_graph(nodes, "g", *ends, [weight])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), path)
    return path


def _shapes(graph: Graph) -> dict[str, object]:
    return {tensor.name: tensor.shape for tensor in graph.tensors}


@pytest.mark.parametrize(("batch", "side"), [("N", "S"), (None, None), ("N", None)])
def test_as_if_the_model_had_these_sizes(
    tmp_path: Path, batch: str | None, side: str | None
) -> None:
    path = _save(tmp_path / "open.onnx", batch, side)
    graph = read_onnx(path)
    assert needs_inference(graph)
    sizes = usual_sizes(graph)
    assert sorted(set(sizes.values())) == [1, 224]
    fixed = onnx.shape_inference.infer_shapes(
        onnx.load(_save(tmp_path / "fixed.onnx", 1, 224)), data_prop=True
    )
    onnx.save(fixed, tmp_path / "fixed.onnx")
    found = with_sizes(path, graph, sizes)
    assert _shapes(found) == _shapes(read_onnx(tmp_path / "fixed.onnx"))
    assert found.weights == graph.weights
    assert cost_of_file(path, graph, sizes).total.flops == 2 * 4 * 112 * 112 * 27


def test_names_alone_are_put_in_without_inference(sample_graph: Graph) -> None:
    assert not needs_inference(sample_graph)
    assert usual_sizes(sample_graph) == {"N": 1}
    eight = with_sizes(Path("/nowhere.onnx"), sample_graph, {"N": 8})
    assert cost(eight) == cost(sample_graph, {"N": 8})


def test_sizes_that_do_not_fit_leave_what_the_file_says(tmp_path: Path) -> None:
    info = helper.make_tensor_value_info
    nodes = [helper.make_node("Add", ["x", "k"], ["a"]), helper.make_node("Relu", ["a"], ["y"])]
    ends = [info("x", TensorProto.FLOAT, ["L"])], [info("y", TensorProto.FLOAT, None)]
    weight = numpy_helper.from_array(np.ones(7, "float32"), "k")
    graph = helper.make_graph(nodes, "g", *ends, [weight])
    path = tmp_path / "seven.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), path)
    read = read_onnx(path)
    assert cost_of_file(path, read, {"L": 7}).total.flops == 14
    assert cost_of_file(path, read, {"L": 5}).layers[1].flops in (None, 7)


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    path = _save(tmp_path / "a.onnx", "N", "S")
    graph = read_onnx(path)
    path.unlink()
    with pytest.raises(StudioError):
        with_sizes(path, graph, {"N": 1, "S": 8})

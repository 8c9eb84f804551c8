"""What onnx is given to infer with, and what large tables of numbers do to its answer."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.size_inference import SizeInference

info = helper.make_tensor_value_info
FITTING, ODD = {"N": 1, "H": 128}, {"N": 1, "H": 127}


def save(path: Path, *nodes: onnx.NodeProto, **more: Any) -> SizeInference:
    """A model that halves and doubles the rows of x, and adds ``s``, which the nodes make."""
    two = numpy_helper.from_array(np.array([1, 1, 2, 1], np.float32), "two")
    weights = [two, *more.pop("weights", [])]
    halve = {"kernel_shape": [2, 1], "strides": [2, 1]}
    nodes = (
        *nodes,
        helper.make_node("MaxPool", ["x"], ["half"], **halve),
        helper.make_node("Resize", ["half", "", "two"], ["double"], mode="nearest"),
        helper.make_node("Add", ["x", "double"], ["sum"], name="sum"),
        helper.make_node("Add", ["sum", "s"], ["y"]),
    )
    inputs = [info("x", TensorProto.FLOAT, ["N", 3, "H", 8]), info("c", TensorProto.BOOL, [])]
    graph = helper.make_graph(nodes, "g", inputs, [info("y", TensorProto.FLOAT, None)], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, path, **more)
    return SizeInference(path, read_onnx(path).input_tensors)


def table(count: int, dtype: type) -> TensorProto:
    return numpy_helper.from_array(np.zeros(count, dtype), "table")


def constant(value: TensorProto) -> onnx.NodeProto:
    return helper.make_node("Constant", [], ["table"], value=value)


def branch(*nodes: onnx.NodeProto, weights: list[TensorProto] = []) -> onnx.GraphProto:  # noqa: B006
    return helper.make_graph(nodes, "b", [], [info("r", TensorProto.FLOAT, None)], weights)


NONE = numpy_helper.from_array(np.array(0), "none")
LOOK_UP = helper.make_node("Gather", ["table", "none"], ["s"])
FLOATS = helper.make_node("Cast", ["i"], ["s"], to=TensorProto.FLOAT)
LOOK_UP_INTEGER = helper.make_node("Gather", ["table", "none"], ["i"])
EMPTY = branch(helper.make_node("Identity", ["two"], ["r"]))


def test_values_of_large_constants_are_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value, infer, given = table(1 << 20, np.float32), onnx.shape_inference.infer_shapes, []

    def watch(model: onnx.ModelProto, **options: bool) -> onnx.ModelProto:
        given.append(model.ByteSize())
        return infer(model, **options)

    monkeypatch.setattr(onnx.shape_inference, "infer_shapes", watch)
    body = branch(constant(value), helper.make_node("Gather", ["table", "none"], ["r"]))
    inner = helper.make_node("If", ["c"], ["r"], then_branch=body, else_branch=EMPTY)
    for nodes in ([constant(value), LOOK_UP], [inner, helper.make_node("Relu", ["r"], ["s"])]):
        inference = save(tmp_path / "net.onnx", *nodes, weights=[NONE])
        assert inference.fits(FITTING) and inference.misfit(ODD) == "sum"
    assert given and max(given) < 4096


@pytest.mark.parametrize("dtype", [np.int64, np.int32])
@pytest.mark.parametrize("count", [10, 1000])
@pytest.mark.parametrize("place", ["initializer", "constant", "body"])
def test_tables_of_integers_contradict_no_size(
    tmp_path: Path, place: str, count: int, dtype: type
) -> None:
    value = table(count, dtype)
    nodes = [LOOK_UP_INTEGER, FLOATS]
    weights = [NONE]
    if place == "initializer":
        weights.append(value)
    elif place == "constant":
        nodes.insert(0, constant(value))
    else:
        look = helper.make_node("Gather", ["table", "none"], ["j"])
        cast = helper.make_node("Cast", ["j"], ["r"], to=TensorProto.FLOAT)
        body = branch(look, cast, weights=[value])
        nodes = [helper.make_node("If", ["c"], ["s"], then_branch=body, else_branch=EMPTY)]
    inference = save(tmp_path / "net.onnx", *nodes, weights=weights)
    assert inference.fits(FITTING) and inference.misfit(ODD) == "sum"


def test_small_integers_in_another_file_are_not_known(tmp_path: Path) -> None:
    """They may be anything, so nothing contradicts them; nor is the file looked for here."""
    beside = {"save_as_external_data": True, "location": "w.bin", "size_threshold": 0}
    nodes = [LOOK_UP_INTEGER, FLOATS]
    weights = [NONE, table(10, np.int64)]
    inference = save(tmp_path / "net.onnx", *nodes, weights=weights, **beside)
    (tmp_path / "w.bin").unlink()
    assert inference.fits(FITTING)


def test_shapes_that_a_body_states_are_forgotten(tmp_path: Path) -> None:
    """They are those of the sizes that the model was exported with."""
    body = branch(
        helper.make_node("Relu", ["x"], ["q"]), helper.make_node("ReduceMax", ["q"], ["r"])
    )
    body.value_info.append(info("q", TensorProto.FLOAT, [1, 3, 640, 8]))
    inner = helper.make_node("If", ["c"], ["s"], then_branch=body, else_branch=EMPTY)
    inference = save(tmp_path / "net.onnx", inner)
    assert inference.fits(FITTING) and inference.misfit(ODD) == "sum"

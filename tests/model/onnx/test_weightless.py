"""What subgraphs read of the graphs around them, against the shapes that ONNX Runtime computes."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model.onnx.costs import cost
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.shapes import with_shapes
from trtstudio.model.onnx.sized_shapes import usual_sizes, with_sizes
from trtstudio.model.onnx.weightless import lend_values, take_back

info = helper.make_tensor_value_info
node = helper.make_node

TARGET = numpy_helper.from_array(np.array([-1, 16]), "target")
FIRST = numpy_helper.from_array(np.array([0]), "first")
ROW = numpy_helper.from_array(np.array([16]), "row")
WEIGHT = numpy_helper.from_array(np.ones((16, 4), np.float32), "w")
NAMED = node("Constant", [], ["target"], value=TARGET)
COMPUTED = [
    node("Shape", ["x"], ["s"]),
    node("Gather", ["s", "first"], ["n"]),
    node("Concat", ["n", "row"], ["target"], axis=0),
]
PLACES = {
    "initializer around it": ([], [TARGET], []),
    "constant around it": ([NAMED], [], []),
    "constant in it": ([], [], [NAMED]),
    "computed in it of initializers around it": ([], [FIRST, ROW], COMPUTED),
    "computed around it": (COMPUTED, [FIRST, ROW], []),
}


def make(place: str, batch: int | str, *, nested: bool) -> onnx.ModelProto:
    """A branch, or one in another, that makes rows of 16 of x and multiplies them by w."""
    outer, weights, inner = PLACES[place]
    inner = [*inner, node("Reshape", ["x", "target"], ["k"]), node("MatMul", ["k", "w"], ["r"])]
    body = helper.make_graph(inner, "body", [], [info("r", TensorProto.FLOAT, None)])
    plain = [node("Identity", ["w"], ["i"])]
    other = helper.make_graph(plain, "other", [], [info("i", TensorProto.FLOAT, None)])
    if nested:
        holder = node("If", ["c"], ["h"], then_branch=body, else_branch=other)
        body = helper.make_graph([holder], "holder", [], [info("h", TensorProto.FLOAT, None)])
    branch = node("If", ["c"], ["y"], name="branch", then_branch=body, else_branch=other)
    inputs = [info("x", TensorProto.FLOAT, [batch, 4, 4]), info("c", TensorProto.BOOL, [])]
    result = [info("y", TensorProto.FLOAT, None)]
    graph = helper.make_graph([*outer, branch], "g", inputs, result, [WEIGHT, *weights])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("batch", [8, "N"])
@pytest.mark.parametrize("place", PLACES)
def test_a_branch_knows_the_values_around_it(
    tmp_path: Path, place: str, batch: int | str, nested: bool
) -> None:
    path = tmp_path / "net.onnx"
    onnx.save(make(place, batch, nested=nested), path)
    read = read_onnx(path)
    sizes = usual_sizes(read)
    known = with_sizes(path, with_shapes(path, read), sizes)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    rows = 8 if batch == 8 else sizes["N"]
    feed = {"x": np.zeros((rows, 4, 4), np.float32), "c": np.array(True)}
    (y,) = session.run(None, feed)
    costs = cost(known, sizes)
    position = len(read.layers) - 1
    assert costs.layers[position].flops == 2 * y.size * 16
    assert position not in costs.uncounted
    assert [t.name for t in known.tensors] == [t.name for t in read.tensors]


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("place", PLACES)
def test_what_is_lent_is_taken_back(place: str, nested: bool) -> None:
    model = make(place, "N", nested=nested)
    before = model.SerializeToString(deterministic=True)
    counts = lend_values(model.graph)
    assert model.ByteSize() > len(before)
    take_back(model.graph, counts)
    assert model.SerializeToString(deterministic=True) == before


def test_a_name_of_its_own_is_not_lent() -> None:
    """Not even where the file is wrong, and has the name twice."""
    model = make("constant in it", 8, nested=False)
    model.graph.initializer.append(numpy_helper.from_array(np.array([4, 4]), "target"))
    lend_values(model.graph)
    lent = [t.name for a in model.graph.node[0].attribute for t in a.g.initializer]
    assert lent == ["w", "w"]

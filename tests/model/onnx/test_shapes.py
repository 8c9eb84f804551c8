"""Inferred shapes against those that ONNX Runtime computes, and against onnx on the whole model."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, Tensor
from trtstudio.model.onnx import shapes
from trtstudio.model.onnx.costs import cost
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.shapes import (
    INFERRED,
    infer_shapes,
    lacks_shapes,
    merge_shapes,
    with_shapes,
)

LIGHT = Path(onnx.__file__).parent / "backend/test/data/light"
info = helper.make_tensor_value_info


def save(path: Path, nodes: list[onnx.NodeProto], *weights: TensorProto, **more: object) -> Path:
    """A model of these nodes from ``x`` (N x 64) and the flag ``c`` to ``y``."""
    inputs = [info("x", TensorProto.FLOAT, ["N", 64]), info("c", TensorProto.BOOL, [])]
    result = info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph(nodes, "g", inputs, [result], weights, **more)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("my.ops", 1)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)
    return path


def tensor(graph: Graph, name: str) -> Tensor:
    return next(t for t in graph.tensors if t.name == name)


@pytest.fixture
def bare_sample(sample_model: Path, tmp_path: Path) -> Path:
    """The bundled model without a word on what is between its layers."""
    model = onnx.load(sample_model)
    del model.graph.value_info[:]
    onnx.save(model, tmp_path / "bare.onnx")
    return tmp_path / "bare.onnx"


def test_what_was_taken_away_is_found_again(sample_graph: Graph, bare_sample: Path) -> None:
    bare = read_onnx(bare_sample)
    assert not lacks_shapes(sample_graph)
    assert lacks_shapes(bare)
    found = with_shapes(bare_sample, bare)
    assert [(t.name, t.dtype, t.shape) for t in found.tensors] == [
        (t.name, t.dtype, t.shape) for t in sample_graph.tensors
    ]
    marked = [t.name for t in found.tensors if t.is_inferred]
    assert len(marked) == int(found.properties[INFERRED]) == 93
    assert "logits" not in marked
    assert cost(found) == cost(sample_graph) != cost(bare)


def test_a_complete_model_is_left_alone(sample_graph: Graph, tmp_path: Path) -> None:
    assert with_shapes(tmp_path / "no.onnx", sample_graph) is sample_graph


@pytest.mark.parametrize("path", sorted(LIGHT.glob("*.onnx")), ids=lambda p: p.stem)
def test_agrees_with_onnx_on_the_whole_model(path: Path) -> None:
    found = with_shapes(path, read_onnx(path))
    whole = onnx.shape_inference.infer_shapes(onnx.load(path), data_prop=True)
    wanted = {v.name: v.type.tensor_type for v in whole.graph.value_info}
    compared = [t for t in found.tensors if t.is_inferred and t.name in wanted]
    assert {t.name for t in compared} == wanted.keys()
    for each in compared:
        sizes = tuple(d.dim_value for d in wanted[each.name].shape.dim)
        assert each.shape == sizes
        assert np.dtype(each.dtype) == helper.tensor_dtype_to_np_dtype(wanted[each.name].elem_type)


def test_large_weights_are_not_needed_and_small_ones_are(tmp_path: Path) -> None:
    wide = numpy_helper.from_array(np.ones((64, 4096), np.float32), "wide")
    target = numpy_helper.from_array(np.array([-1, 32, 2], np.int64), "target")
    table = numpy_helper.from_array(np.ones((5000, 1), np.float32))
    nodes = [
        helper.make_node("MatMul", ["x", "wide"], ["m"]),
        helper.make_node("Reshape", ["m", "target"], ["r"]),
        helper.make_node("Constant", [], ["k"], value=table),
        helper.make_node("Relu", ["k"], ["y"]),
    ]
    path = save(tmp_path / "net.onnx", nodes, wide, target)
    graph = with_shapes(path, read_onnx(path))
    assert tensor(graph, "m").shape == ("N", 4096)
    assert tensor(graph, "y").shape == (5000, 1)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (y,) = session.run(None, {"x": np.zeros((3, 64), np.float32), "c": np.array(True)})
    assert tensor(graph, "y").shape == y.shape
    reshaped = tensor(graph, "r").shape
    assert reshaped is not None and reshaped[1:] == (32, 2)
    assert reshaped[0] == -1  # what onnx makes up, such as unk__0, is no name of the file


def test_bodies_of_branches_too(tmp_path: Path) -> None:
    own = numpy_helper.from_array(np.ones((64, 2000), np.float32), "own")
    inner = [
        helper.make_node("MatMul", ["x", "own"], ["m"]),
        helper.make_node("Relu", ["m"], ["o"]),
    ]
    body = helper.make_graph(inner, "body", [], [info("o", TensorProto.FLOAT, None)], [own])
    nodes = [helper.make_node("If", ["c"], ["y"], then_branch=body, else_branch=body)]
    path = save(tmp_path / "net.onnx", nodes)
    graph = read_onnx(path)
    found = with_shapes(path, graph)
    assert tensor(found, "y").shape == ("N", 2000)
    for branch, before in zip(found.layers[0].subgraphs, graph.layers[0].subgraphs, strict=True):
        assert tensor(before, "m").shape is None
        assert (tensor(branch, "m").shape, tensor(branch, "m").is_inferred) == (("N", 2000), True)
        assert tensor(branch, "own") == tensor(before, "own")


def test_sparse_weights_keep_their_places(tmp_path: Path) -> None:
    values = numpy_helper.from_array(np.ones(2, np.float32), "s")
    places = numpy_helper.from_array(np.array([0, 65], np.int64), "")
    sparse = helper.make_sparse_tensor(values, places, [64, 3])
    nodes = [helper.make_node("MatMul", ["x", "s"], ["m"]), helper.make_node("Relu", ["m"], ["y"])]
    path = save(tmp_path / "net.onnx", nodes, sparse_initializer=[sparse])
    graph = with_shapes(path, read_onnx(path))
    assert tensor(graph, "s").shape == (64, 3)
    assert tensor(graph, "y").shape in (None, ("N", 3))


def test_an_unknown_operator_leaves_its_output_open(tmp_path: Path) -> None:
    nodes = [
        helper.make_node("Relu", ["x"], ["r"]),
        helper.make_node("Magic", ["r"], ["m"], domain="my.ops"),
        helper.make_node("Relu", ["m"], ["y"]),
    ]
    path = save(tmp_path / "net.onnx", nodes)
    graph = with_shapes(path, read_onnx(path))
    assert tensor(graph, "r").shape == ("N", 64)
    assert not tensor(graph, "m").is_inferred
    assert tensor(graph, "m") == Tensor("m")
    assert graph.properties[INFERRED] == "1"


def test_another_file_is_not_merged(bare_sample: Path, dynamic_onnx: Path) -> None:
    graph = read_onnx(dynamic_onnx)
    assert merge_shapes(graph, infer_shapes(bare_sample)).tensors == graph.tensors


def test_too_large_is_said(bare_sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("MOST_NODES", "MOST_BYTES"):
        with monkeypatch.context() as patch, pytest.raises(StudioError, match="too large"):
            patch.setattr(shapes, limit, 10)
            infer_shapes(bare_sample)


def test_a_model_without_opset_is_told_or_left(tmp_path: Path) -> None:
    path = save(tmp_path / "net.onnx", [helper.make_node("Relu", ["x"], ["y"])])
    model = onnx.load(path)
    del model.opset_import[:]
    path.write_bytes(model.SerializeToString())
    with pytest.raises(StudioError, match="cannot infer") as caught:
        infer_shapes(path)
    assert caught.value.hint


@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_model_is_an_error_or_a_graph(data: st.DataObject, scratch: Path) -> None:
    whole = (LIGHT / "light_squeezenet.onnx").read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    scratch.write_bytes(whole[:start] + data.draw(st.binary(max_size=3)) + whole[start + 2 :])
    try:
        graph = read_onnx(scratch)
        found = with_shapes(scratch, graph)
    except StudioError as error:
        assert error.hint
        return
    assert [t.name for t in found.tensors] == [t.name for t in graph.tensors]

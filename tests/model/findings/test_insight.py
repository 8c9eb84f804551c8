"""What is found in a file, as an engine process finds it."""

from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

from trtstudio.model.errors import StudioError
from trtstudio.model.findings.insight import Insight, InsightRequest, look, look_at_file
from trtstudio.model.onnx.costs import cost
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.shapes import with_shapes


@pytest.fixture
def model(tmp_path: Path) -> Path:
    info = helper.make_tensor_value_info
    nodes = [
        helper.make_node("Relu", ["x"], ["h"], "relu"),
        helper.make_node("MatMul", ["h", "h"], ["y"], "matmul"),
    ]
    ends = [info("x", TensorProto.FLOAT, [7, 7])], [info("y", TensorProto.FLOAT, None)]
    path = tmp_path / "a.onnx"
    graph = helper.make_graph(nodes, "g", *ends)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), path)
    return path


def test_nothing_is_found_in_nothing(tmp_path: Path) -> None:
    assert look(tmp_path, None) == Insight((), None)


def test_a_file_is_looked_at_like_its_graph(model: Path) -> None:
    graph = read_onnx(model)
    assert look_at_file(InsightRequest(str(model))) == look(model, graph)
    assert look(model, graph).costs == cost(graph)


def test_inferred_shapes_count(model: Path) -> None:
    graph = with_shapes(model, read_onnx(model))
    insight = look_at_file(InsightRequest(str(model), inferred=True))
    assert insight == look(model, graph)
    assert insight.costs is not None and insight.costs.layers[1].flops == 2 * 7**3


def test_a_refusal_is_among_the_findings(model: Path) -> None:
    refusal = ("No MatMul.", "Remove it.", "node matmul (MatMul): no")
    first = look_at_file(InsightRequest(str(model), refusal=refusal)).findings[0]
    assert (first.severity, first.title, first.layers) == ("error", "No MatMul", (1,))


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(StudioError):
        look_at_file(InsightRequest(str(tmp_path / "gone.onnx")))

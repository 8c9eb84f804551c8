"""Shapes that a file leaves open arrive after its rows, by a real engine process."""

from collections.abc import Callable
from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document, Selection
from trtstudio.gui.inspect import shape_inference
from trtstudio.gui.inspect.properties import PropertiesPanel
from trtstudio.gui.inspect.shape_inference import ShapeInference
from trtstudio.gui.workspace import Workspace

WAIT_MS = 60_000


@pytest.fixture(autouse=True)
def inference(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> ShapeInference:
    monkeypatch.setattr(shape_inference, "BEGIN_AFTER_MS", 0)
    return ShapeInference(workspace)


def save(path: Path, *, with_opset: bool = True) -> Path:
    info = helper.make_tensor_value_info
    nodes = [helper.make_node("Relu", [a], [b]) for a, b in (("x", "h"), ("h", "y"))]
    inputs = [info("x", TensorProto.FLOAT, ["N", 7])]
    graph = helper.make_graph(nodes, "g", inputs, [info("y", TensorProto.FLOAT, None)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    if not with_opset:
        del model.opset_import[:]
    path.write_bytes(model.SerializeToString())
    return path


def open_and_wait(qtbot: QtBot, workspace: Workspace, path: Path) -> Document:
    with qtbot.waitSignal(workspace.reading_changed, timeout=WAIT_MS) as changed:
        workspace.open([path])
    document, view = changed.args
    assert view == "onnx" and isinstance(document, Document)
    return document


def test_shapes_arrive_and_are_marked(qtbot: QtBot, workspace: Workspace, tmp_path: Path) -> None:
    panel = PropertiesPanel(workspace)
    qtbot.addWidget(panel)
    document = open_and_wait(qtbot, workspace, save(tmp_path / "net.onnx"))
    graph = document.readings["onnx"].graph
    assert graph is not None and graph is document.graph
    between = graph.tensors[graph.layers[0].outputs[0] or 0]
    assert (between.name, between.shape, between.is_inferred) == ("h", ("N", 7), True)
    assert "Inferred shapes\n2" in panel.toPlainText()
    workspace.select(Selection(document, "tensor", "onnx", graph.layers[0].outputs[0] or 0))
    assert "N x 7\n\ninferred; the file does not say" in panel.toPlainText()


def test_what_cannot_be_inferred_says_why(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    panel = PropertiesPanel(workspace)
    qtbot.addWidget(panel)
    path = save(tmp_path / "net.onnx", with_opset=False)
    before = len(workspace.documents)
    document = open_and_wait(qtbot, workspace, path)
    assert len(workspace.documents) == before + 1
    problem = document.readings["onnx"].problem
    assert problem is not None and document.graph is not None
    assert "onnx cannot infer the shapes of net.onnx." in panel.toPlainText()


def test_a_complete_model_asks_nobody(
    qtbot: QtBot, workspace: Workspace, sample_document: Document
) -> None:
    graph = sample_document.graph
    asked: list[object] = []
    workspace.jobs.started.connect(asked.append)
    workspace.io.submit(int).result()
    qtbot.wait(200)
    assert asked == []
    assert sample_document.graph is graph


def test_closing_the_document_meanwhile(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path, all_told: Callable[[Workspace], None]
) -> None:
    with qtbot.waitSignal(workspace.jobs.finished, timeout=WAIT_MS):
        with qtbot.waitSignal(workspace.jobs.started, timeout=WAIT_MS):
            workspace.open([save(tmp_path / "net.onnx")])
        (document,) = workspace.documents
        workspace.close(document)
    all_told(workspace)
    assert document.graph is not None
    assert not any(t.is_inferred for t in document.graph.tensors)
    assert onnx.load(document.path).graph.node

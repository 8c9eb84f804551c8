"""The property panel: what it says of files, layers and tensors, and where its links lead."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication, QTextBlock, QTextCursor
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document, Reading, Selection
from trtstudio.gui.inspect.properties import PropertiesPanel
from trtstudio.gui.inspect.property_page import LONGEST, MOST_ROWS
from trtstudio.gui.theme import theme
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import BuildRequest, BuildResult, ShapeRange
from trtstudio.model.formats import ModelFile
from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.onnx.costs import cost, cost_of
from trtstudio.model.plan.file import PlanHeader
from trtstudio.model.plan.record import BuildRecord, sha256_of
from trtstudio.model.runtime import Installation


@pytest.fixture
def sample(qtbot: QtBot, idle: Workspace, sample_model: Path) -> Document:
    with qtbot.waitSignal(idle.document_opened):
        idle.open([sample_model])
    assert idle.current is not None
    return idle.current


def graph() -> Graph:
    tensors = [
        Tensor("a<b>", "float16", ("N", 3), "input", "DEVICE", "Row major"),
        Tensor("w", "float32", (3, 3), "weight"),
        Tensor("y"),
    ]
    attributes = {"alpha": 0.5, "pads": [1, 1], "body": "x" * 500, "mode": "<b>bold</b>"}
    layers = [
        Layer(0, "first", "Conv", (0, 1, None), (2,), attributes, ("first",)),  # type: ignore[arg-type]
        Layer(1, "second", "Relu", (2,), (2,), {}, ("second",)),
    ]
    return Graph("onnx", "g", layers, tensors, (0,), (2,))


def open_graph(workspace: Workspace, made: Graph | None = None) -> Document:
    path = Path("/some/folder/with/a/rather/long/name/before/model.onnx")
    workspace._opened(ModelFile(path, "onnx", 1234, made or graph()))
    assert workspace.current is not None
    return workspace.current


def lines(panel: PropertiesPanel) -> list[str]:
    return panel.toPlainText().replace("\xa0", " ").splitlines()


def after(panel: PropertiesPanel, name: str) -> str:
    """The first line of the value of a row."""
    found = lines(panel)
    return found[found.index(name) + 1]


def follow(panel: PropertiesPanel, text: str) -> None:
    """Click the first link with this text."""
    panel.moveCursor(QTextCursor.MoveOperation.Start)
    while panel.find(text):
        anchor = panel.textCursor().charFormat().anchorHref()
        if anchor:
            panel.anchorClicked.emit(QUrl(anchor))
            return
    raise AssertionError(f"no link {text!r}")


def tooltips(panel: PropertiesPanel) -> set[str]:
    found, block = set(), panel.document().begin()
    while block.isValid():
        found |= {r.format.toolTip() for r in block.textFormats()}
        block = block.next()
    return found - {""}


def test_nothing_selected(panel: PropertiesPanel) -> None:
    assert panel.toPlainText() == ""
    assert panel.placeholderText()


def test_a_file(panel: PropertiesPanel, sample: Document) -> None:
    assert lines(panel)[:2] == ["ONNX model", "efficientnet_lite0.onnx"]
    assert after(panel, "Size") == "18.6 MB"
    assert after(panel, "Layers") == "94"
    assert after(panel, "Opset") == "17"
    assert after(panel, "IR version") == "8"
    assert after(panel, "Inputs") == "0"
    text = panel.toPlainText().replace("\xa0", " ")
    assert "images\nfloat32  N x 3 x 224 x 224" in text
    assert "logits\nfloat32  N x 1000" in text
    assert str(sample.path) in tooltips(panel)


def test_names_and_values_stand_on_one_line(panel: PropertiesPanel, sample: Document) -> None:
    panel._workspace.select(Selection(sample, "layer", "onnx", 0))
    layout = panel.document().documentLayout()

    def base_line(block: QTextBlock) -> float:
        line = block.layout().lineAt(0)
        return layout.blockBoundingRect(block).y() + line.y() + line.ascent()

    name = panel.document().find("Type").block()
    assert name.next().text() == "Conv"
    assert abs(base_line(name) - base_line(name.next())) < 1


def test_a_long_value_is_shown_whole_on_demand(panel: PropertiesPanel, sample: Document) -> None:
    names = sample.file.metadata["names"]
    assert len(names) > 10_000
    assert names[:LONGEST] in panel.toPlainText()
    assert names not in panel.toPlainText()
    follow(panel, f"Show all {len(names):,} characters")
    assert names in panel.toPlainText()
    panel.resize(400, 600)
    panel.refresh()
    assert names in panel.toPlainText()


def test_the_path_is_cut_but_copied_whole(panel: PropertiesPanel, idle: Workspace) -> None:
    document = open_graph(idle)
    panel.refresh()
    assert str(document.path) not in panel.toPlainText()
    follow(panel, "Copy")
    assert QGuiApplication.clipboard().text() == str(document.path)


def test_a_layer(panel: PropertiesPanel, idle: Workspace) -> None:
    document = open_graph(idle)
    idle.select(Selection(document, "layer", "onnx", 0))
    assert lines(panel)[:2] == ["Layer of the ONNX graph", "first"]
    assert after(panel, "Type") == "Conv"
    assert after(panel, "alpha") == "0.5"
    assert after(panel, "pads") == "1, 1"
    assert after(panel, "mode") == "<b>bold</b>"
    assert after(panel, "2") == "none"
    assert "x" * LONGEST in panel.toPlainText()
    assert "x" * (LONGEST + 1) not in panel.toPlainText()


def test_links_lead_from_layer_to_tensor_to_layer(panel: PropertiesPanel, idle: Workspace) -> None:
    document = open_graph(idle)
    idle.select(Selection(document, "layer", "onnx", 0))
    follow(panel, "a<b>")
    assert idle.selection == Selection(document, "tensor", "onnx", 0)
    assert after(panel, "Dtype") == "float16"
    assert after(panel, "Shape") == "N x 3"
    assert after(panel, "Role") == "network input 0"
    assert after(panel, "Location") == "GPU memory"
    assert after(panel, "Format") == "Row major"
    assert "Made by" not in lines(panel)
    follow(panel, "first")
    assert idle.selection == Selection(document, "layer", "onnx", 0)
    follow(panel, "y")
    assert after(panel, "Dtype") == after(panel, "Shape") == "not stated"
    assert after(panel, "Role") == "network output 0"
    assert lines(panel)[lines(panel).index("Made by") :].count("0") == 1
    follow(panel, "second")
    assert idle.selection == Selection(document, "layer", "onnx", 1)


def test_a_layer_leads_to_those_made_of_it(panel: PropertiesPanel, idle: Workspace) -> None:
    document = open_graph(idle)
    fused = Layer(0, "first + second", "kgen", (), (), {}, ("first", "second"))
    idle.select(Selection(document, "layer", "onnx", 1))
    assert "In the engine" not in lines(panel)
    engine = Graph("engine", "", [fused], [], (), ())
    idle.set_engine(document, Path("/some/model.plan"), engine)
    assert "In the engine" in lines(panel)
    follow(panel, "first + second")
    assert idle.selection == Selection(document, "layer", "engine", 0)
    assert "In the ONNX graph" in lines(panel)
    follow(panel, "second")  # the title is no link
    assert idle.selection == Selection(document, "layer", "onnx", 1)


def test_origins_are_named_where_there_is_no_onnx_graph(
    panel: PropertiesPanel, idle: Workspace
) -> None:
    fused = Layer(0, "kernel", "kgen", (), (), {}, ("first", "second"))
    engine = Graph("engine", "", [fused], [], (), ())
    header = PlanHeader("tensorrt_rtx", "1.7.1.116", 900, 100, ("sm_86", "sm_89"), "13.1", 700)
    request = BuildRequest("/some/model.onnx", "/some/a.plan", precision="fp16")
    result = BuildResult(
        "/some/a.plan", 900, "abc", "TensorRT-RTX 1.7.1.116", 2.5, (), (), {"float16": 0.75}, engine
    )
    record = BuildRecord(request, result, "def", {"names": "cat"})
    file = ModelFile(Path("/some/a.plan"), "plan", 100, engine, header, record, ("Odd record.",))
    idle._opened(file)
    document = idle.current
    assert document is not None
    assert lines(panel)[:2] == ["TensorRT plan", "a.plan"]
    assert after(panel, "Built by") == "TensorRT-RTX 1.7.1.116"
    assert after(panel, "For GPUs") == "sm_86, sm_89"
    assert after(panel, "CUDA") == "13.1"
    assert after(panel, "Cut off") == "The file ends at 100 B of 900 B."
    assert after(panel, "Took") == "2.5 s"
    assert after(panel, "Converted to") == "fp16"
    assert after(panel, "Precision") == "75 % float16"
    assert after(panel, "Warning") == "Odd record."
    assert after(panel, "names") == "cat"
    idle.select(Selection(document, "layer", "engine", 0))
    found = lines(panel)
    assert found[found.index("ONNX nodes") + 1 :] == ["0", "first", "1", "second"]


def test_what_is_in_no_kernel_was_folded_away(panel: PropertiesPanel, idle: Workspace) -> None:
    document = open_graph(idle)
    fused = Layer(0, "kernel", "kgen", (), (), {}, ("second",))
    helper = Layer(1, "helper", "kgen", (), ())
    idle.set_engine(document, Path("/a.plan"), Graph("engine", "", [fused, helper], [], (), ()))
    idle.select(Selection(document, "layer", "onnx", 0))
    found = lines(panel)
    assert found[found.index("In the engine") :].count("folded away: in no kernel") == 1
    idle.select(Selection(document, "layer", "engine", 1))
    assert "made of no node: TensorRT put it in" in lines(panel)


def test_an_engine_that_names_no_nodes_says_nothing_of_folding(
    panel: PropertiesPanel, idle: Workspace
) -> None:
    document = open_graph(idle)
    engine = Graph("engine", "", [Layer(0, "k0", "kgen", (), ())], [], (), ())
    idle.set_engine(document, Path("/a.plan"), engine)
    idle.select(Selection(document, "layer", "onnx", 0))
    assert "In the engine" not in lines(panel)


def test_a_subgraph_leads_to_its_layers(panel: PropertiesPanel, idle: Workspace) -> None:
    tensors = [Tensor("inside", "float16", (2,))]
    body = Graph("onnx", "body", [Layer(0, "deep", "Abs", (0,), (0,))], tensors, (), ())
    loop = Layer(0, "loop", "Loop", (), (), subgraphs=(body,))
    document = open_graph(idle, Graph("onnx", "g", [loop], [], (), ()))
    idle.select(Selection(document, "layer", "onnx", 0))
    assert "Subgraph body" in lines(panel)
    follow(panel, "deep")
    assert idle.selection == Selection(document, "layer", "onnx", 0, (0, 0))
    assert lines(panel)[1] == "deep"
    assert "inside" in lines(panel)
    follow(panel, "inside")
    assert idle.selection == Selection(document, "tensor", "onnx", 0, (0, 0))
    assert lines(panel)[:2] == ["Tensor", "inside"]
    assert after(panel, "Role") == "between layers"
    follow(panel, "deep")
    assert idle.selection == Selection(document, "layer", "onnx", 0, (0, 0))


def test_where_a_tensor_of_a_subgraph_comes_from(panel: PropertiesPanel, idle: Workspace) -> None:
    tensors = [Tensor(name, "float32", (2,)) for name in ("fed", "outer", "made", "given")]
    layers = [Layer(0, "add", "Add", (0, 1), (2,)), Layer(1, "neg", "Neg", (2,), (3,))]
    body = Graph("onnx", "body", layers, tensors, (0,), (3,))
    document = open_graph(
        idle, Graph("onnx", "g", [Layer(0, "s", "Scan", (), (), subgraphs=(body,))], [], (), ())
    )
    roles = {}
    for position, tensor in enumerate(tensors):
        idle.select(Selection(document, "tensor", "onnx", 0, (0, position)))
        roles[tensor.name] = after(panel, "Role")
    assert roles == {
        "fed": "input 0 of the subgraph",
        "outer": "from the graph around it",
        "made": "between layers",
        "given": "output 0 of the subgraph",
    }


def test_a_plan_says_whether_it_can_be_run_and_has_changed(
    qtbot: QtBot, panel: PropertiesPanel, idle: Workspace, tmp_path: Path
) -> None:
    plan = tmp_path / "a.plan"
    plan.write_bytes(b"built")
    sha = sha256_of(plan)
    header = PlanHeader("tensorrt_rtx", "1.4.0.76", 5, 5)
    for number, content in enumerate((b"built", b"burnt")):
        plan = tmp_path / f"{number}.plan"
        plan.write_bytes(content)
        result = BuildResult(str(plan), 5, sha, "", 1.0, (), (), {}, None)
        record = BuildRecord(BuildRequest("/some/model.onnx", str(plan)), result, "")
        idle._opened(ModelFile(plan, "plan", 5, None, header, record))
        words = ("byte for byte what was built", f"{number}.plan has changed since it was built.")
        qtbot.waitUntil(lambda said=words[number]: said in lines(panel))
    assert "Looking for TensorRT and GPUs …" in lines(panel)
    idle._probed(Installation(None))
    here = "This plan needs TensorRT-RTX 1.4.0.76 exactly, and no TensorRT is installed here."
    assert here in lines(panel)


def test_the_model_of_a_plan_can_be_opened(
    qtbot: QtBot, panel: PropertiesPanel, idle: Workspace, sample_model: Path
) -> None:
    request = BuildRequest(str(sample_model), "/some/a.plan")
    result = BuildResult("/some/a.plan", 5, "", "", 1.0, (), (), {}, None)
    header = PlanHeader("tensorrt_rtx", "1.4.0.76", 5, 5)
    record = BuildRecord(request, result, "")
    idle._opened(ModelFile(Path("/some/a.plan"), "plan", 5, None, header, record))
    with qtbot.waitSignal(idle.document_opened):
        follow(panel, "Open the model")
    assert idle.current is not None and idle.current.path == sample_model


def test_the_edges_of_a_large_graph_come_later(
    qtbot: QtBot, panel: PropertiesPanel, idle: Workspace
) -> None:
    tensors = [Tensor(f"t{i}") for i in range(2001)]
    layers = [Layer(i, f"n{i}", "Add", (i,), (i + 1,)) for i in range(2000)]
    document = open_graph(idle, Graph("onnx", "g", layers, tensors, (), ()))
    idle.select(Selection(document, "tensor", "onnx", 1000))
    assert "Made by" not in lines(panel)
    with qtbot.waitSignal(idle.lookups.found):
        pass
    assert "Made by" in lines(panel)
    follow(panel, "n999")
    assert idle.selection == Selection(document, "layer", "onnx", 999)


def test_a_long_section_is_shown_whole_on_demand(panel: PropertiesPanel, idle: Workspace) -> None:
    count = 3 * MOST_ROWS
    tensors = [Tensor(f"t{i}") for i in range(count)]
    layer = Layer(0, "concat", "Concat", tuple(range(count)), ())
    document = open_graph(idle, Graph("onnx", "g", [layer], tensors, (), ()))
    idle.select(Selection(document, "layer", "onnx", 0))
    assert f"t{MOST_ROWS - 1}" in lines(panel)
    assert f"t{MOST_ROWS}" not in lines(panel)
    follow(panel, f"Show all {count}")
    assert f"t{count - 1}" in lines(panel)
    follow(panel, f"t{count - 1}")
    assert idle.selection == Selection(document, "tensor", "onnx", count - 1)


def test_a_reading_that_is_gone_leaves_the_file(panel: PropertiesPanel, idle: Workspace) -> None:
    document = open_graph(idle)
    idle.select(Selection(document, "layer", "network", 0))
    assert lines(panel)[0] == "ONNX model"
    document.readings["network"] = Reading(graph=graph())
    idle.reading_changed.emit(document, "network")
    assert lines(panel)[1] == "first"


def test_colours_follow_the_theme(panel: PropertiesPanel, idle: Workspace) -> None:
    document = open_graph(idle)
    idle.select(Selection(document, "layer", "onnx", 0))
    assert theme().colors.layer("Conv") in panel.toHtml()
    theme().apply("dark")
    assert theme().colors.layer("Conv") in panel.toHtml()


def test_closing_the_last_document_empties_it(panel: PropertiesPanel, idle: Workspace) -> None:
    document = open_graph(idle)
    assert panel.toPlainText()
    idle.close(document)
    assert panel.toPlainText() == ""


def test_an_engine_tells_its_profiles_and_formats(panel: PropertiesPanel, idle: Workspace) -> None:
    tensors = [
        Tensor("x", "float16", (-1, 3), "input", "DEVICE", "Row major linear FP16 format"),
        Tensor("n", "int64", (1,), "input", "HOST"),
        Tensor("y", "float32", (-1, 5), "output", "DEVICE"),
    ]
    profiles = (
        {"x": ShapeRange((1, 3), (2, 3), (4, 3))},
        {"x": ShapeRange((8, 3), (8, 3), (16, 3))},
    )
    layers = [Layer(0, "k", "kgen", (0, 1), (2,))]
    engine = Graph("engine", "", layers, tensors, (0, 1), (2,), profiles=profiles)
    header = PlanHeader("tensorrt_rtx", "1.7.1.116", 900, 900, ("sm_86",), "13.1", 700)
    idle._opened(ModelFile(Path("/some/a.plan"), "plan", 900, engine, header))
    document = idle.current
    assert document is not None
    found = lines(panel)
    shapes = ["profile 0", "min  1 x 3", "opt  2 x 3", "max  4 x 3"]
    shapes += ["profile 1", "min  8 x 3", "opt  8 x 3", "max  16 x 3"]
    at = found.index("x")
    assert found[at + 1 : at + 3] == ["float16  ? x 3", "GPU memory, Row major linear FP16 format"]
    assert found[at + 3 : at + 11] == shapes
    at = found.index("n")
    assert found[at + 1 : at + 3] == ["int64  1", "host memory"]
    idle.select(Selection(document, "tensor", "engine", 0))
    found = lines(panel)
    at = found.index("Profiles")
    assert [line for line in found[at + 1 :] if line][: len(shapes)] == shapes


def test_a_shape_tensor_has_ranges_of_values(panel: PropertiesPanel, idle: Workspace) -> None:
    profiles = ({"n": ShapeRange((1, 1), (2, 4), (3, 9), values=True)},)
    tensors = [Tensor("n", "int64", (-1,), "input", "HOST")]
    engine = Graph("engine", "", [], tensors, (0,), (), profiles=profiles)
    idle._opened(ModelFile(Path("/some/a.plan"), "plan", 900, engine))
    assert "opt  2, 4" in lines(panel)


def test_a_layer_costs_a_share_of_the_model(
    qtbot: QtBot, panel: PropertiesPanel, idle: Workspace, sample: Document
) -> None:
    assert sample.graph is not None
    costs = cost(sample.graph)
    idle.select(Selection(sample, "layer", "onnx", 0))
    qtbot.waitUntil(lambda: "Cost" in lines(panel))
    mine, total = costs.layers[0], costs.total
    assert mine.flops is not None and total.flops is not None
    share = 100 * mine.flops / total.flops
    assert after(panel, "FLOPs") == f"{mine.flops / 1e6:,.2f} M  {share:.1f} %"
    assert after(panel, "Parameters").startswith(f"{mine.parameters:,}  ")
    assert "for N = 1" in lines(panel)


def test_a_kernel_costs_what_its_nodes_cost(
    qtbot: QtBot, panel: PropertiesPanel, idle: Workspace, sample: Document
) -> None:
    assert sample.graph is not None
    names = tuple(layer.name for layer in sample.graph.layers[:2])
    helper = Layer(1, "helper", "kgen", (), ())
    engine = Graph("engine", "", [Layer(0, "k", "kgen", (), (), {}, names), helper], [], (), ())
    idle.set_engine(sample, Path("/a.plan"), engine)
    idle.select(Selection(sample, "layer", "engine", 0))
    qtbot.waitUntil(lambda: "Cost of its ONNX nodes" in lines(panel))
    both = cost_of(cost(sample.graph), [0, 1])
    assert both.flops is not None
    assert after(panel, "FLOPs").startswith(f"{both.flops / 1e6:,.2f} M")
    assert "Activations" not in lines(panel)
    idle.select(Selection(sample, "layer", "engine", 1))
    assert "Cost of its ONNX nodes" not in lines(panel)


@pytest.mark.usefixtures("sample")
def test_it_is_written_once_for_one_width(qtbot: QtBot, panel: PropertiesPanel) -> None:
    """Whether its scroll bar is there must not make it longer or shorter."""
    qtbot.waitUntil(lambda: "Looking for findings …" not in lines(panel))
    for height in range(200, 1100, 60):
        panel.resize(300, height)
        before = panel._values
        qtbot.wait(60)
        assert panel._values is before
    panel.resize(350, height)
    qtbot.waitUntil(lambda: panel._values is not before)

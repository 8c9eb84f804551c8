"""The graph view as a user sees it: real clicks, keys and wheel."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document, Reading, Selection
from trtstudio.gui.graph.drawing import Drawing
from trtstudio.gui.graph.graph_view import GraphView
from trtstudio.gui.graph.menu import NodeMenu, SubgraphMenu
from trtstudio.gui.graph.visible import Node
from trtstudio.gui.theme import theme
from trtstudio.gui.workspace import Workspace
from trtstudio.model.formats import ModelFile
from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.measure.layer_profile import LayerProfile, LayerTime

Show = Callable[[Graph], Document]


def blocks(count: int, length: int = 4, scope: str = "/model/block.{0}") -> Graph:
    """A chain of blocks, each with a skip over it."""
    tensors = [Tensor("images", "float32", ("N", 3, 8, 8), "input")]
    layers: list[Layer] = []
    for block in range(count):
        skip = len(tensors) - 1
        for i in range(length):
            kind = "Add" if i == length - 1 else ("Conv", "Relu")[i % 2]
            inputs = (len(tensors) - 1, skip) if kind == "Add" else (len(tensors) - 1,)
            name = f"{scope.format(block)}/{kind}_{i}"
            layers.append(Layer(len(layers), name, kind, inputs, (len(tensors),), origins=(name,)))
            tensors.append(Tensor(f"{name}_out", "float16", ("N", 16, 8, 8)))
    return Graph("onnx", "blocks", layers, tensors, (0,), (len(tensors) - 1,))


@pytest.fixture
def view(qtbot: QtBot, workspace: Workspace) -> GraphView:
    made = GraphView(workspace)
    qtbot.addWidget(made)
    made.resize(900, 560)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def settled(qtbot: QtBot, view: GraphView) -> Callable[[], Drawing]:
    """Wait until nothing is being drawn; what is shown then."""

    def wait() -> Drawing:
        qtbot.waitUntil(lambda: not view.board.is_drawing, timeout=30_000)
        assert view.board.drawing is not None
        return view.board.drawing

    return wait


@pytest.fixture
def show(view: GraphView, workspace: Workspace, settled: Callable[[], Drawing]) -> Show:
    """Open a graph as a document of its own, and wait until it is drawn."""

    def shown(graph: Graph) -> Document:
        document = add(workspace, graph)
        view.show_graph(document, graph.view, graph)
        settled()
        return document

    return shown


def add(workspace: Workspace, graph: Graph) -> Document:
    file = ModelFile(Path(f"/models/{graph.name}.onnx"), "onnx", 0, graph=graph)
    document = Document(file, {graph.view: Reading(graph)})
    workspace.documents.append(document)
    workspace.set_current(document)
    return document


def profile_of(graph: Graph, times_ms: dict[int, float]) -> LayerProfile:
    """As ONNX Runtime times the layers at these positions."""
    layers = tuple(
        LayerTime(
            graph.layers[i].name, graph.layers[i].type, ms, ms, 0.5, -1, graph.layers[i].origins
        )
        for i, ms in times_ms.items()
    )
    return LayerProfile("ONNX Runtime", "CPU", {}, 10, layers, sum(times_ms.values()))


def node_of(drawing: Drawing, node: Node) -> int:
    return drawing.visible.nodes.index(node)


def click(qtbot: QtBot, view: GraphView, node: int, double: bool = False) -> None:
    place = view.canvas.place_of(node).toPoint()
    assert view.canvas.rect().contains(place)
    press = qtbot.mouseDClick if double else qtbot.mouseClick
    press(view.canvas, Qt.MouseButton.LeftButton, pos=place)


def groups(drawing: Drawing) -> list[int]:
    return [i for i, node in enumerate(drawing.visible.nodes) if node.kind == "group"]


def pixels(view: GraphView) -> np.ndarray:
    image = view.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1).copy()


# Drawing


def test_a_graph_is_drawn_from_its_top(view: GraphView, show: Show) -> None:
    show(blocks(3))
    drawing = view.board.drawing
    assert drawing is not None
    first = node_of(drawing, Node("input", 0))
    assert view.canvas.view.contains(drawing.boxes[first])
    assert len(np.unique(pixels(view))) > 20


def test_an_empty_graph_says_so(view: GraphView, workspace: Workspace) -> None:
    assert "Open a model" in view.board.status.words.text()
    assert not view.tools.isEnabled()
    graph = Graph("onnx", "nothing", [], [], (), ())
    view.show_graph(add(workspace, graph), "onnx", graph)
    assert view.board.status.words.text() == "This graph has no layers."
    assert view.board.status.isVisible()


def test_large_graphs_are_folded_small_ones_are_not(view: GraphView, show: Show) -> None:
    show(blocks(10))
    assert view.board.drawing is not None and not groups(view.board.drawing)
    show(blocks(150))
    assert len(groups(view.board.drawing)) == 150


def test_documents_keep_what_was_unfolded_and_where_one_was(
    view: GraphView, show: Show, settled: Callable[[], Drawing]
) -> None:
    first = show(blocks(150))
    view.board.unfold(groups(settled())[0])
    drawing = settled()
    view.canvas.zoom_by(0.5)
    where = view.canvas.view
    show(blocks(2))
    view.show_graph(first, "onnx", first.graph)
    assert view.board.drawing is drawing
    assert view.canvas.view == where


def test_a_closed_document_is_forgotten(view: GraphView, show: Show, workspace: Workspace) -> None:
    document = show(blocks(2))
    workspace.close(document)
    assert view.board.drawing is None
    assert view.board.status.isVisible()


def test_cancel_keeps_what_was_drawn(
    view: GraphView, show: Show, settled: Callable[[], Drawing], qtbot: QtBot
) -> None:
    show(blocks(800))
    before = settled()
    view.board.unfold_all()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert not view.board.is_drawing
    qtbot.wait(50)
    assert view.board.drawing is before


def test_cancel_of_the_first_drawing_offers_to_try_again(
    view: GraphView, workspace: Workspace, settled: Callable[[], Drawing]
) -> None:
    graph = blocks(800)
    view.show_graph(add(workspace, graph), "onnx", graph)
    view.board.busy.cancel_button.click()
    assert view.board.drawing is None
    assert view.board.status.retry_button.isVisible()
    view.board.status.retry_button.click()
    assert len(settled().boxes) > 0
    assert view.canvas.isVisible()


def test_a_graph_that_cannot_be_laid_out(
    view: GraphView, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trtstudio.gui.graph.placed._command", lambda: ["/no/such/program"])
    graph = blocks(2)
    view.show_graph(add(workspace, graph), "onnx", graph)
    qtbot.waitUntil(lambda: view.board.status.notice is not None)
    assert view.board.status.retry_button.isVisible()


def test_odd_graphs_are_painted_at_any_zoom(view: GraphView, show: Show) -> None:
    count = 3000
    tensors = [Tensor("x" * 20_000, "float32", (1,), "input"), Tensor("back"), Tensor("y")]
    tensors += [Tensor(f"c{i}") for i in range(count)]
    layers = [
        Layer(0, "n" * 20_000, "T" * 500, (0, 0, 1), (2,)),
        Layer(1, "/a" * 9_000, "", (2,), (1,)),
        Layer(2, "self", "Loop", (2,), (2,)),
        Layer(3, "alone", "Nop", (None,), ()),
        *(Layer(4 + i, f"c{i}", "Constant", (), (3 + i,)) for i in range(count)),
        Layer(4 + count, "all", "Concat", tuple(range(3, 3 + count)), ()),
    ]
    show(Graph("network", "odd", layers, tensors, (0,), (2,)))
    view.board.unfold_all()
    for zoom in (0.0, 0.2, 0.5, 1.0, 3.0):
        view.zoom(0)
        view.canvas.zoom_by(zoom / view.canvas.zoom if zoom else 1.0)
        assert pixels(view).size


# The selection


def test_a_click_selects_and_a_selection_is_shown(
    view: GraphView, show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    document = show(blocks(3))
    drawing = view.board.drawing
    assert drawing is not None
    click(qtbot, view, node_of(drawing, Node("layer", 1)))
    assert workspace.selection == Selection(document, "layer", "onnx", 1)
    workspace.select(Selection(document, "layer", "onnx", 11))
    current = view.canvas.marks.current
    assert current == node_of(drawing, Node("layer", 11))
    assert view.canvas.view.contains(drawing.boxes[current])
    workspace.select(Selection(document))
    assert view.canvas.marks.current is None


def test_inputs_and_outputs_are_tensors(
    view: GraphView, show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    document = show(blocks(1))
    drawing = view.board.drawing
    assert drawing is not None
    qtbot.keyClick(view.canvas, Qt.Key.Key_End)
    output = document.graph.outputs[0]
    assert workspace.selection == Selection(document, "tensor", "onnx", output)
    assert view.canvas.marks.current == node_of(drawing, Node("output", output))
    assert view.canvas.marks.edges
    workspace.select(Selection(document, "tensor", "onnx", 1))
    assert view.canvas.marks.current == node_of(drawing, Node("layer", 0))


def test_a_selected_layer_is_unfolded(
    view: GraphView, show: Show, settled: Callable[[], Drawing], workspace: Workspace
) -> None:
    document = show(blocks(150))
    workspace.select(Selection(document, "layer", "onnx", 301))
    drawing = settled()
    assert view.canvas.marks.current == node_of(drawing, Node("layer", 301))
    assert len(groups(drawing)) == 149


def test_what_is_selected_while_hidden_is_shown_later(
    view: GraphView, show: Show, settled: Callable[[], Drawing], workspace: Workspace
) -> None:
    document = show(blocks(3))
    view.hide()
    workspace.select(Selection(document, "layer", "onnx", 5))
    assert view.canvas.marks.current is None
    view.show()
    assert view.canvas.marks.current == node_of(settled(), Node("layer", 5))


def test_a_layer_selected_in_another_reading(
    view: GraphView, show: Show, workspace: Workspace
) -> None:
    graph = blocks(2)
    named = [
        Layer(la.index, la.name, la.type, la.inputs, la.outputs, origins=(la.name,))
        for la in graph.layers
    ]
    onnx = Graph("onnx", "two", named, graph.tensors, graph.inputs, graph.outputs)
    fused = Layer(0, "fused", "kgen", (), (), origins=(named[2].name, named[3].name))
    engine = Graph("engine", "two", [fused], [], (), ())
    document = show(onnx)
    document.readings["engine"] = Reading(engine)
    workspace.select(Selection(document, "layer", "engine", 0))
    assert view.board.drawing is not None
    assert view.canvas.marks.current == node_of(view.board.drawing, Node("layer", 2))
    assert workspace.selection == Selection(document, "layer", "engine", 0)


# Keys and mouse


def test_arrows_walk_and_enter_unfolds(
    view: GraphView,
    show: Show,
    settled: Callable[[], Drawing],
    qtbot: QtBot,
    workspace: Workspace,
) -> None:
    document = show(blocks(150))
    qtbot.keyClick(view.canvas, Qt.Key.Key_Down)  # to the first
    qtbot.keyClick(view.canvas, Qt.Key.Key_Down)
    group = settled().visible.nodes[view.canvas.marks.current]
    assert group.kind == "group"
    assert workspace.selection == Selection(document)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    assert settled().visible.nodes[view.canvas.marks.current] == Node("layer", 0)
    assert workspace.selection == Selection(document, "layer", "onnx", 0)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Backspace)
    assert settled().visible.nodes[view.canvas.marks.current] == group


def test_a_double_click_unfolds_and_a_click_on_the_name_folds(
    view: GraphView, show: Show, settled: Callable[[], Drawing], qtbot: QtBot
) -> None:
    show(blocks(150))
    view.canvas.zoom_by(1 / view.canvas.zoom)
    drawing = settled()
    group = node_of(drawing, Node("group", drawing.structure.grouping.homes[0]))
    place = view.canvas.place_of(group)
    click(qtbot, view, group, double=True)
    drawing = settled()
    first = node_of(drawing, Node("layer", 0))
    assert (view.canvas.place_of(first) - place).manhattanLength() < 2  # stays under the mouse
    label = next(la for la in drawing.group_labels.items if la.text == "block.0")
    spot = (QPointF(label.x + 5, label.y + 5) - view.canvas.origin) * view.canvas.zoom
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=spot.toPoint())
    assert len(groups(settled())) == 150


def test_fold_and_unfold_everything(
    view: GraphView, show: Show, settled: Callable[[], Drawing]
) -> None:
    show(blocks(20))
    view.tools.fold_all.click()
    assert len(groups(settled())) == 20
    view.tools.unfold_all.click()
    assert not groups(settled())


def test_names_without_scopes_have_nothing_to_fold(view: GraphView, show: Show) -> None:
    show(blocks(2, scope="/"))
    assert not view.tools.fold_all.isEnabled()
    assert "scopes" in view.tools.fold_all.toolTip()


def test_the_wheel_zooms_to_the_mouse(view: GraphView, show: Show, qapp: QApplication) -> None:
    show(blocks(3))
    place = QPointF(300, 200)
    before, zoom = view.canvas.point_at(place), view.canvas.zoom
    event = QWheelEvent(
        place,
        view.canvas.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    qapp.sendEvent(view.canvas, event)
    assert view.canvas.zoom > zoom
    assert (view.canvas.point_at(place) - before).manhattanLength() < 0.01


def test_keys_zoom(view: GraphView, show: Show, qtbot: QtBot) -> None:
    show(blocks(3))
    control = Qt.KeyboardModifier.ControlModifier
    zoom = view.canvas.zoom
    qtbot.keyClick(view.canvas, Qt.Key.Key_Plus, control)
    assert view.canvas.zoom > zoom
    qtbot.keyClick(view.canvas, Qt.Key.Key_Minus, control)
    assert view.canvas.zoom == pytest.approx(zoom)
    qtbot.keyClick(view.canvas, Qt.Key.Key_0, control)
    assert view.board.drawing is not None
    assert view.canvas.view.contains(view.board.drawing.area)
    assert not view.board.minimap.isVisible()


def test_dragging_pans_and_selects_nothing(
    view: GraphView, show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    show(blocks(10))
    before, selection = view.canvas.origin, workspace.selection
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view.canvas, left, pos=QPoint(400, 400))
    qtbot.mouseMove(view.canvas, QPoint(400, 300))
    qtbot.mouseRelease(view.canvas, left, pos=QPoint(400, 300))
    moved = view.canvas.origin - before
    assert moved.y() == pytest.approx(100 / view.canvas.zoom)
    assert workspace.selection == selection


def test_the_minimap_goes_anywhere(view: GraphView, show: Show, qtbot: QtBot) -> None:
    show(blocks(30))
    minimap = view.board.minimap
    assert minimap.isVisible()
    bottom = QPoint(minimap.width() // 2, minimap.height() - 8)
    qtbot.mouseClick(minimap, Qt.MouseButton.LeftButton, pos=bottom)
    assert view.board.drawing is not None
    output = len(view.board.drawing.boxes) - 1
    assert view.canvas.view.contains(view.board.drawing.boxes[output])


def test_keys_of_the_view_win_over_those_of_the_page(
    view: GraphView, show: Show, qtbot: QtBot
) -> None:
    page = QWidget()
    QVBoxLayout(page).addWidget(view)
    qtbot.addWidget(page)
    heard = []
    for keys in ("Ctrl+F", "Esc"):
        QShortcut(keys, page, lambda k=keys: heard.append(k))
    page.resize(900, 560)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    show(blocks(3))
    view.canvas.setFocus()
    qtbot.keyClick(view.canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.tools.search.hasFocus()
    assert heard == []
    view.setParent(None)  # it is closed by itself


# The search


def test_search_marks_and_jumps(
    view: GraphView, show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    show(blocks(3))
    view.enter_search()
    qtbot.keyClicks(view.tools.search, "type:add")
    qtbot.keyClick(view.tools.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.tools.count.text() == "1 of 3")
    assert workspace.selection is not None and workspace.selection.index == 3
    qtbot.keyClick(view.tools.search, Qt.Key.Key_Return)
    assert workspace.selection.index == 7
    qtbot.keyClick(view.canvas, Qt.Key.Key_F3)
    qtbot.keyClick(view.canvas, Qt.Key.Key_F3)
    assert workspace.selection.index == 3  # round the end
    qtbot.keyClick(view.canvas, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert workspace.selection.index == 11
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert view.canvas.marks.found == {}
    assert view.tools.count.text() == ""


def test_search_counts_what_is_in_folded_groups(
    view: GraphView, show: Show, settled: Callable[[], Drawing], qtbot: QtBot
) -> None:
    show(blocks(150))
    view.tools.search.setText("type:conv")
    qtbot.waitUntil(lambda: view.tools.count.text() == "150 found")
    assert set(view.canvas.marks.found.values()) == {2}
    view.board.unfold(groups(settled())[0])
    settled()
    qtbot.waitUntil(lambda: len(view.canvas.marks.found) == 151)


def test_search_finds_inputs_one_by_one(view: GraphView, show: Show, qtbot: QtBot) -> None:
    tensors = [Tensor("left", role="input"), Tensor("right", role="input")]
    show(Graph("onnx", "ends", [], tensors, (0, 1), (0,)))
    view.tools.search.setText("right")
    qtbot.waitUntil(lambda: view.tools.count.text() == "1 found")
    assert view.board.drawing is not None
    assert list(view.canvas.marks.found) == [node_of(view.board.drawing, Node("input", 1))]


# The neighbourhood


def test_the_neighbourhood_follows_the_selection(
    view: GraphView,
    show: Show,
    settled: Callable[[], Drawing],
    qtbot: QtBot,
    workspace: Workspace,
) -> None:
    document = show(blocks(150))
    whole = settled().sight
    workspace.select(Selection(document, "layer", "onnx", 9))
    settled()
    view.tools.neighbourhood.click()
    nodes = set(settled().visible.nodes)
    assert nodes == {Node("layer", i) for i in (7, 8, 9, 10, 11)}
    assert not view.tools.fold_all.isEnabled()
    view.tools.hop_count.setValue(1)
    assert set(settled().visible.nodes) == {Node("layer", i) for i in (8, 9, 10)}
    qtbot.keyClick(view.canvas, Qt.Key.Key_Down)
    assert Node("layer", 11) in settled().visible.nodes
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert whole.unfolded < settled().sight.unfolded
    assert view.canvas.marks.current == node_of(settled(), Node("layer", 10))


def test_the_neighbourhood_of_nothing(
    view: GraphView, show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    show(blocks(3))
    with qtbot.waitSignal(workspace.noticed):
        view.tools.neighbourhood.click()
    assert view.tools.hops == 0


# Colours and files


def test_colours_follow_the_choice_and_the_theme(
    view: GraphView, show: Show, workspace: Workspace
) -> None:
    document = show(blocks(2))
    by_type = pixels(view)
    view.tools.colors.setCurrentIndex(1)
    by_dtype = pixels(view)
    assert (by_type != by_dtype).any()
    workspace.figures.set_profile(document, profile_of(blocks(2), {0: 1.0, 1: 3.0}))
    view.show_figures("time")
    assert view.tools.colors.currentText() == "Time"
    assert (pixels(view) != by_dtype).any()
    assert "3.0000 ms" in view.board.legend.accessibleDescription()
    light = pixels(view)
    theme().apply("dark")
    assert (pixels(view) != light).mean() > 0.9
    workspace.figures.set_profile(document, None)
    assert view.tools.colors.findData("time") < 0
    assert view.tools.mode == "type"
    assert "3.0000 ms" not in view.board.legend.accessibleDescription()


def save(view: GraphView, kind: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    view.tools.export_requested.emit(kind)


def test_what_was_shown_before_the_dialog_is_saved(
    view: GraphView,
    show: Show,
    workspace: Workspace,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    show(blocks(3))

    def choose(*_: object) -> tuple[str, str]:
        view.board.turn_to(None)  # another model was being opened
        return str(tmp_path / "graph.svg"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with qtbot.waitSignal(workspace.noticed) as noticed:
        view.tools.export_requested.emit("svg")
    assert noticed.args[0].level == "info"
    assert "Conv" in (tmp_path / "graph.svg").read_text(encoding="utf-8")


def test_svg_has_the_whole_graph_as_text(
    view: GraphView,
    show: Show,
    workspace: Workspace,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    show(blocks(30))
    with qtbot.waitSignal(workspace.noticed) as noticed:
        save(view, "svg", tmp_path / "graph", monkeypatch)
    assert noticed.args[0].level == "info"
    root = ET.parse(tmp_path / "graph.svg").getroot()
    texts = [item.text.strip() for item in root.iter() if item.tag.endswith("}text")]
    assert texts.count("Conv") == 60
    assert texts.count("Add") == 30
    assert texts.count("N×16×8×8 float16") == 120


def test_png_has_the_whole_graph(
    view: GraphView,
    show: Show,
    workspace: Workspace,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    show(blocks(30))
    with qtbot.waitSignal(workspace.noticed):
        save(view, "png", tmp_path / "graph.png", monkeypatch)
    assert view.board.drawing is not None
    image = QImage(str(tmp_path / "graph.png"))
    area = view.board.drawing.area
    assert image.height() / image.width() == pytest.approx(area.height() / area.width(), rel=0.01)


def test_a_file_that_cannot_be_written(
    view: GraphView,
    show: Show,
    workspace: Workspace,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    show(blocks(2))
    (tmp_path / "file").write_text("in the way")
    with qtbot.waitSignal(workspace.noticed) as noticed:
        save(view, "svg", tmp_path / "file" / "graph.svg", monkeypatch)
    assert noticed.args[0].level == "error"


def test_the_menu_of_a_node(view: GraphView, show: Show, settled: Callable[[], Drawing]) -> None:
    show(blocks(150))
    view.canvas.choose(groups(settled())[0])
    menu = NodeMenu(view.board, view.tools, view)
    actions = {action.text().replace("&", ""): action for action in menu.actions()}
    actions["Copy the name"].trigger()
    assert QGuiApplication.clipboard().text() == "model/block.0"
    QGuiApplication.clipboard().clear()
    QTest.keyClick(view.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "model/block.0"
    actions["Unfold"].trigger()
    assert Node("layer", 0) in settled().visible.nodes
    menu.deleteLater()


# Subgraphs


def with_if() -> Graph:
    """``y = If(c, Relu(x), Neg(Abs(x)))``; ``x`` comes from around the branches."""

    def branch(name: str, *kinds: str) -> Graph:
        tensors = [Tensor("x", "float32", (4,))]
        layers = []
        for i, kind in enumerate(kinds):
            layers.append(Layer(i, f"{name}/{kind}", kind, (i,), (i + 1,)))
            tensors.append(Tensor(f"{name}_{i}", "float32", (4,)))
        return Graph("onnx", name, layers, tensors, (), (len(kinds),))

    bodies = branch("then", "Relu"), branch("else", "Abs", "Neg")
    tensors = [Tensor(n, "float32", (4,), "input") for n in "cx"]
    tensors += [Tensor(n, "float32", (4,)) for n in ("h", "y")]
    layers = [
        Layer(0, "not", "Not", (0,), (2,)),
        Layer(1, "if", "If", (2,), (3,), subgraphs=bodies),
    ]
    return Graph("onnx", "choice", layers, tensors, (0, 1), (3,))


def test_subgraphs_open_in_place(
    qtbot: QtBot,
    view: GraphView,
    workspace: Workspace,
    show: Show,
    settled: Callable[[], Drawing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SubgraphMenu, "popup", lambda *_: None)
    document = show(with_if())
    assert view.trail.isHidden()
    drawing = settled()
    holder = node_of(drawing, Node("layer", 1))
    assert [body.name for body in drawing.subgraphs_of(holder)] == ["then", "else"]
    click(qtbot, view, holder, double=True)
    menu = next(m for m in view.findChildren(SubgraphMenu))
    assert [a.text() for a in menu.actions()] == ["then: 1 layer", "else: 2 layers"]
    menu.actions()[1].trigger()
    inner = settled()
    assert workspace.selection == Selection(document, "layer", "onnx", 1, (1,))
    kinds = [node.kind for node in inner.visible.nodes]
    assert sorted(kinds) == ["input", "layer", "layer", "output"]
    click(qtbot, view, node_of(inner, Node("layer", 1)))
    assert workspace.selection == Selection(document, "layer", "onnx", 1, (1, 1))
    assert view.trail.isVisible()
    assert view.trail.bodies is not None
    view.trail.bodies.buttons["0"].click()
    assert settled().structure.graph.name == "then"
    view.canvas.setFocus()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Backspace)
    assert settled() is drawing
    assert workspace.selection == Selection(document, "layer", "onnx", 1)
    assert view.canvas.marks.current == holder
    assert view.trail.isHidden()


def test_what_is_selected_in_a_subgraph_is_gone_to(
    view: GraphView, workspace: Workspace, show: Show, settled: Callable[[], Drawing]
) -> None:
    document = show(with_if())
    workspace.select(Selection(document, "layer", "onnx", 1, (1, 0)))
    drawing = settled()
    assert view.canvas.marks.current == node_of(drawing, Node("layer", 0))
    assert drawing.structure.graph.layers[0].type == "Abs"
    workspace.select(Selection(document, "layer", "onnx", 0))
    assert settled().structure.graph.layers[0].type == "Not"
    assert view.canvas.marks.current == node_of(settled(), Node("layer", 0))
    workspace.select(Selection(document, "layer", "onnx", 1, (0,)))
    assert settled().structure.graph.name == "then"
    assert view.escape()
    assert workspace.selection == Selection(document, "layer", "onnx", 1)


def test_a_tensor_of_a_subgraph_is_gone_to_and_selected(
    qtbot: QtBot,
    view: GraphView,
    workspace: Workspace,
    show: Show,
    settled: Callable[[], Drawing],
) -> None:
    document = show(with_if())
    workspace.select(Selection(document, "tensor", "onnx", 1, (1, 1)))
    drawing = settled()
    assert drawing.structure.graph.name == "else"
    assert view.canvas.marks.current == node_of(drawing, Node("layer", 0)), "which puts it out"
    assert view.canvas.marks.edges
    click(qtbot, view, node_of(drawing, Node("input", 0)))
    assert workspace.selection == Selection(document, "tensor", "onnx", 1, (1, 0))


def test_better_known_tensors_change_the_labels_and_nothing_else(
    view: GraphView, show: Show, settled: Callable[[], Drawing]
) -> None:
    graph = blocks(200)
    document = show(graph)
    view.board.unfold(groups(settled())[0])
    before = settled()
    view.canvas.zoom_by(1.5)
    zoom, origin = view.canvas.zoom, view.canvas.origin
    tensors = [*graph.tensors[:1], *(replace(t, shape=("N", 99)) for t in graph.tensors[1:])]
    complete = replace(graph, tensors=tensors)
    document.readings["onnx"] = Reading(complete)
    view.show_graph(document, "onnx", complete)
    after = settled()
    assert after is not before
    assert after.sight == before.sight
    assert (after.placed.centers == before.placed.centers).all()
    assert {label.text for label in after.edge_labels.items} >= {"N×99 float16"}
    assert (view.canvas.zoom, view.canvas.origin) == (zoom, origin)

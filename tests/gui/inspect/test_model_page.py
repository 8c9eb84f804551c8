"""The Model page with real clicks and keys; engines are faked but for one real parse."""

import json
from collections.abc import Iterator
from concurrent.futures import Future
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document, Reading, Selection
from trtstudio.gui.graph.graph_view import GraphView
from trtstudio.gui.inspect.graph_table import GraphTable
from trtstudio.gui.inspect.model_page import ModelPage
from trtstudio.gui.rows.graph_rows import FIRST_LAYER, Column
from trtstudio.gui.rows.outline import TOP
from trtstudio.gui.theme import theme
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import LogLine, Progress
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.formats import ModelFile
from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.network_text import network_text
from trtstudio.model.plan.file import PlanHeader
from trtstudio.model.requests import EngineRequest, NetworkRequest

HEADER = PlanHeader("tensorrt_rtx", "1.7.1.116", 900, 900, targets=("sm_86",))


class QuietJob:
    """A job that ends when the test says so."""

    def __init__(self, request: object) -> None:
        self.request = request
        self.future: Future[Any] = Future()
        self.progress: Progress | None = None

    def take_log(self) -> list[LogLine]:
        return []

    def cancel(self, _grace_s: float = 0.0) -> None:
        self.future.set_exception(Cancelled("Stopped."))


class QuietEngines:
    def __init__(self) -> None:
        self.jobs: list[QuietJob] = []

    def submit(self, request: object, _interpreter: object = None) -> QuietJob:
        self.jobs.append(QuietJob(request))
        return self.jobs[-1]

    def close(self) -> None:
        pass


@pytest.fixture
def engines() -> QuietEngines:
    return QuietEngines()


@pytest.fixture
def quiet(qapp: QApplication, engines: QuietEngines) -> Iterator[Workspace]:
    """A workspace whose engines answer when told to."""
    qapp.setStyle("Fusion")
    theme().apply("light")
    workspace = Workspace(engines, qapp)  # type: ignore[arg-type]
    yield workspace
    workspace.shut_down()


@pytest.fixture
def page(qtbot: QtBot, quiet: Workspace) -> ModelPage:
    made = ModelPage(quiet)
    made.resize(900, 560)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    if quiet.current is not None:
        qtbot.waitUntil(lambda: made.table is not None)
    return made


@pytest.fixture
def sample(qtbot: QtBot, quiet: Workspace, sample_model: Path) -> Document:
    with qtbot.waitSignal(quiet.document_opened):
        quiet.open([sample_model])
    assert quiet.current is not None
    return quiet.current


def network_of(document: Document) -> Graph:
    """The same layers with types in TensorRT's words."""
    onnx = document.graph
    assert onnx is not None
    layers = [
        Layer(x.index, x.name, x.type.upper(), x.inputs[:1], x.outputs, origins=x.origins)
        for x in onnx.layers
    ]
    return Graph("network", onnx.name, layers, onnx.tensors, onnx.inputs, onnx.outputs)


def open_plan(workspace: Workspace, graph: Graph | None = None) -> Document:
    workspace._opened(ModelFile(Path("/nowhere/a.plan"), "plan", 900, graph, HEADER))
    assert workspace.current is not None
    return workspace.current


def shown_table(page: ModelPage) -> GraphTable:
    assert page.table is not None
    return page.table


def click(qtbot: QtBot, table: GraphTable, row: int, column: int = Column.NAME) -> None:
    """Click a cell near its left edge, where the mark of the first column is."""
    place = table.visualRect(table.graph_model.index(row, column))
    where = QPoint(place.left() + 12, place.center().y())
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)


def type_filter(qtbot: QtBot, page: ModelPage, text: str) -> None:
    page.filter.edit.selectAll()
    qtbot.keyClicks(page.filter.edit, text)
    model = shown_table(page).graph_model
    qtbot.waitUntil(lambda: model.query.text == text and not model.is_filtering)


def button_texts(page: ModelPage) -> list[str]:
    return [button.text() for button in page.switch.buttons.values() if button.isVisible()]


# Readings


def test_without_a_document_it_says_what_would_be_there(page: ModelPage) -> None:
    assert page.table is None
    assert "Open a model" in page.status.words.text()
    assert not page.switch.isVisible()


def test_the_onnx_graph_comes_first(page: ModelPage, sample: Document) -> None:
    assert shown_table(page).graph is sample.graph
    assert button_texts(page) == ["ONNX graph  94", "TensorRT network", "Engine"]
    engine = page.switch.buttons["engine"]
    assert not engine.isEnabled()
    assert "Build" in engine.toolTip()


def test_the_network_is_asked_for_once_when_chosen(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, sample: Document, engines: QuietEngines
) -> None:
    assert not engines.jobs
    page.switch.buttons["network"].click()
    assert page.table is None
    assert page.status.bar.isVisible()
    assert "efficientnet_lite0.onnx" in page.status.words.text()
    page.switch.buttons["onnx"].click()
    page.switch.buttons["network"].click()
    assert [job.request for job in engines.jobs] == [NetworkRequest(str(sample.path))]
    with qtbot.waitSignal(quiet.reading_changed):
        engines.jobs[0].future.set_result(network_of(sample))
    assert shown_table(page).graph.view == "network"
    assert button_texts(page)[1] == "TensorRT network  94"
    page.switch.buttons["onnx"].click()
    page.switch.buttons["network"].click()
    assert len(engines.jobs) == 1


def test_a_failure_is_shown_in_place_with_retry(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, sample: Document, engines: QuietEngines
) -> None:
    page.choose("network")
    error = StudioError("No TensorRT.", hint="Install it.", details="ModuleNotFoundError")
    with qtbot.waitSignal(quiet.reading_changed):
        engines.jobs[0].future.set_exception(error)
    notice = page.status.notice
    assert notice is not None
    assert notice.isVisible()
    qtbot.mouseClick(notice.details_button, Qt.MouseButton.LeftButton)
    assert notice.details_view.isVisible()
    qtbot.mouseClick(notice.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied == "No TensorRT.\nInstall it.\nModuleNotFoundError"
    qtbot.mouseClick(page.status.retry_button, Qt.MouseButton.LeftButton)
    assert page.status.bar.isVisible()
    assert page.status.notice is None
    with qtbot.waitSignal(quiet.reading_changed):
        engines.jobs[1].future.set_result(network_of(sample))
    assert page.table is not None


@pytest.mark.usefixtures("sample")
def test_stopped_is_no_error_and_is_not_asked_for_again_by_itself(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, engines: QuietEngines
) -> None:
    page.choose("network")
    with qtbot.waitSignal(quiet.reading_changed):
        quiet.jobs.running[0].cancel()
    assert page.status.notice is None
    assert page.status.retry_button.isVisible()
    assert len(engines.jobs) == 1


def test_stopped_while_the_page_is_hidden_it_stays_so(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, sample: Document, engines: QuietEngines
) -> None:
    page.choose("network")
    page.hide()
    with qtbot.waitSignal(quiet.reading_changed):
        quiet.jobs.running[0].cancel()
    qtbot.waitUntil(lambda: not page.status.retry_button.isHidden(), timeout=30_000)
    page.show()
    open_plan(quiet, fused(sample))
    quiet.set_current(sample)
    assert page.status.retry_button.isVisible()
    assert len(engines.jobs) == 1


def test_a_new_build_replaces_the_engine(
    page: ModelPage, quiet: Workspace, sample: Document
) -> None:
    tensors = [Tensor("a", "float16", (1,)), Tensor("b", "float16", (1,))]
    layers = [Layer(i, f"kernel{i}", "kgen", (0,), (1,)) for i in range(3)]
    graphs = [Graph("engine", "", layers[:n], tensors, (0,), (1,)) for n in (2, 3)]
    quiet.set_engine(sample, Path("/nowhere/a.plan"), graphs[0])
    assert shown_table(page).graph.view == "onnx"
    page.switch.buttons["engine"].click()
    assert button_texts(page)[2] == "Engine  2"
    quiet.set_engine(sample, Path("/nowhere/a.plan"), graphs[1])
    assert shown_table(page).graph is graphs[1]
    assert button_texts(page)[2] == "Engine  3"


def test_a_build_that_told_no_layers_is_asked_for_them(
    page: ModelPage, quiet: Workspace, sample: Document, engines: QuietEngines
) -> None:
    quiet.set_engine(sample, Path("/nowhere/a.plan"), None)
    page.choose("engine")
    assert [job.request for job in engines.jobs] == [EngineRequest(str(Path("/nowhere/a.plan")))]


def test_layers_that_were_not_told_are_asked_for_only_by_the_user(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, sample: Document, engines: QuietEngines
) -> None:
    page.choose("engine")  # as in a page that was left there before the build
    engines.jobs.clear()
    page.hide()
    quiet.set_engine(sample, Path("/nowhere/a.plan"), None)
    other = open_plan(quiet, fused(sample))
    quiet.set_current(sample)
    qtbot.waitUntil(lambda: not page.status.retry_button.isHidden(), timeout=30_000)
    page.show()
    quiet.set_current(other)
    quiet.set_current(sample)
    assert page.status.retry_button.isVisible()
    assert not engines.jobs
    page.switch.buttons["engine"].click()
    assert [job.request for job in engines.jobs] == [EngineRequest(str(Path("/nowhere/a.plan")))]


def test_a_plan_without_a_gpu_says_what_its_header_says(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, engines: QuietEngines
) -> None:
    open_plan(quiet)
    assert button_texts(page) == ["Engine"]
    with qtbot.waitSignal(quiet.reading_changed):
        engines.jobs[0].future.set_exception(StudioError("No GPU.", hint="Plug one in."))
    assert page.status.notice is not None
    facts = page.status.facts.text()
    assert "TensorRT-RTX 1.7.1.116 for sm_86" in facts
    assert page.status.facts.isVisible()
    assert not page.filter.edit.isEnabled()


def test_switching_documents_loses_nothing(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, sample: Document, engines: QuietEngines
) -> None:
    type_filter(qtbot, page, "conv")
    shown_table(page).graph_model.fold(0, unfolded=True)
    table = shown_table(page)
    open_plan(quiet)
    assert page.table is None
    assert page.filter.edit.text() == ""
    quiet.set_current(sample)
    assert page.table is table
    assert page.filter.edit.text() == "conv"
    assert table.graph_model.is_unfolded(0)
    quiet.close(sample)
    assert page.table is None
    quiet.close(quiet.documents[0])
    assert "Open a model" in page.status.words.text()
    assert len(engines.jobs) == 1


@pytest.mark.skipif(find_spec("tensorrt_rtx") is None, reason="TensorRT-RTX is not installed")
@pytest.mark.usefixtures("sample_document")
def test_a_real_network_is_read(qtbot: QtBot, workspace: Workspace) -> None:
    made = ModelPage(workspace)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(workspace.reading_changed, timeout=60_000):
        made.choose("network")
    table = shown_table(made)
    assert table.graph.view == "network"
    assert table.graph_model.index(4, Column.TYPE).data() == "CONVOLUTION"
    assert table.graph_model.index(4, Column.LOCATION).data() == "DEVICE"


# Rows


def test_a_click_selects_and_the_mark_unfolds(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, sample: Document
) -> None:
    table = shown_table(page)
    click(qtbot, table, 6)
    assert quiet.selection == Selection(sample, "layer", "onnx", 2)
    rows = table.graph_model.rowCount()
    click(qtbot, table, 6, Column.PLACE)
    assert table.graph_model.rowCount() == rows + 4
    click(qtbot, table, 7)
    assert quiet.selection is not None
    assert quiet.selection.kind == "tensor"
    click(qtbot, table, 6, Column.PLACE)
    assert table.graph_model.rowCount() == rows
    click(qtbot, table, 0)
    assert quiet.selection == Selection(sample)


@pytest.mark.usefixtures("sample")
def test_a_double_click_unfolds(qtbot: QtBot, page: ModelPage) -> None:
    table = shown_table(page)
    where = table.visualRect(table.graph_model.index(6, Column.NAME)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert table.graph_model.is_unfolded(6)


def test_keys_of_a_tree(qtbot: QtBot, page: ModelPage, quiet: Workspace, sample: Document) -> None:
    table = shown_table(page)
    table.enter()
    model = table.graph_model

    def press(key: Qt.Key) -> int:
        qtbot.keyClick(table, key)
        return table.currentIndex().row()

    assert table.currentIndex().row() == 0
    assert press(Qt.Key.Key_Left) == 0
    assert not model.is_unfolded(0)
    assert press(Qt.Key.Key_Return) == 0
    assert model.is_unfolded(0)
    assert press(Qt.Key.Key_Right) == 1
    assert press(Qt.Key.Key_Down) == 2
    assert press(Qt.Key.Key_Up) == 1
    assert press(Qt.Key.Key_Left) == 0
    assert press(Qt.Key.Key_End) == model.rowCount() - 1
    assert quiet.selection == Selection(sample, "layer", "onnx", 93)
    assert press(Qt.Key.Key_Right) == model.rowCount() - 5
    assert press(Qt.Key.Key_Right) == model.rowCount() - 4
    assert press(Qt.Key.Key_Left) == model.rowCount() - 5
    assert press(Qt.Key.Key_Home) == 0
    qtbot.keyClick(table, "c")
    letter = QKeyEvent(QEvent.Type.KeyPress, 0x416, Qt.KeyboardModifier.NoModifier, "ж")
    QApplication.sendEvent(table, letter)
    assert table.currentIndex().row() == 0


def test_what_is_selected_elsewhere_is_shown(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, sample: Document, engines: QuietEngines
) -> None:
    assert sample.graph is not None
    table = shown_table(page)
    quiet.select(Selection(sample, "layer", "onnx", 80))
    assert table.place() == (FIRST_LAYER + 80, TOP)
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    tensor = sample.graph.layers[40].outputs[0]
    assert tensor is not None
    quiet.select(Selection(sample, "tensor", "onnx", tensor))
    place = table.place()
    assert place is not None
    assert place[0] == FIRST_LAYER + 40
    assert table.graph_model.rows.tensor(place) == tensor
    quiet.select(Selection(sample))
    assert table.place() is None
    with qtbot.waitSignal(quiet.reading_changed):
        quiet.select(Selection(sample, "layer", "network", 7))
        engines.jobs[0].future.set_result(network_of(sample))
    assert shown_table(page).graph.view == "network"
    assert shown_table(page).place() == (FIRST_LAYER + 7, TOP)


def test_choosing_a_reading_takes_the_selection_along(
    page: ModelPage, quiet: Workspace, sample: Document
) -> None:
    sample.readings["network"] = type(sample.readings["onnx"])(graph=network_of(sample))
    quiet.select(Selection(sample, "layer", "onnx", 3))
    page.switch.buttons["network"].click()
    assert shown_table(page).graph.view == "network"
    assert quiet.selection == Selection(sample, "layer", "network", 3)
    page.switch.buttons["onnx"].click()
    assert quiet.selection == Selection(sample, "layer", "onnx", 3)


# Filter


def test_ctrl_f_filters_and_escape_clears(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, sample: Document
) -> None:
    table = shown_table(page)
    table.enter()
    quiet.select(Selection(sample, "layer", "onnx", 50))
    qtbot.keyClick(table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.filter.edit.hasFocus)
    type_filter(qtbot, page, "conv 24x")
    assert page.filter.count.text() == "6 of 94 layers"
    assert table.place() is None
    qtbot.keyClick(page.filter.edit, Qt.Key.Key_Escape)
    assert page.filter.edit.text() == page.filter.count.text() == ""
    assert table.place() == (FIRST_LAYER + 50, TOP)


@pytest.mark.usefixtures("sample")
def test_down_goes_from_the_filter_to_the_rows(qtbot: QtBot, page: ModelPage) -> None:
    page.filter.enter()
    qtbot.keyClicks(page.filter.edit, "gemm")
    qtbot.keyClick(page.filter.edit, Qt.Key.Key_Down)
    table = shown_table(page)
    qtbot.waitUntil(table.hasFocus)
    assert page.filter.count.text() == "1 of 94 layers"
    assert table.graph_model.index(table.currentIndex().row(), Column.TYPE).data() == "Gemm"


def test_a_selection_that_is_filtered_away_clears_the_filter(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, sample: Document
) -> None:
    click(qtbot, shown_table(page), 5)
    type_filter(qtbot, page, "gemm")
    selections = []
    quiet.selection_changed.connect(selections.append)
    quiet.select(Selection(sample, "layer", "onnx", 3))
    assert page.filter.edit.text() == ""
    assert shown_table(page).place() == (FIRST_LAYER + 3, TOP)
    assert selections == [Selection(sample, "layer", "onnx", 3)]


# Copy, fold all, theme


def test_copies(qtbot: QtBot, page: ModelPage, sample: Document) -> None:
    assert sample.graph is not None
    table, clipboard = shown_table(page), QGuiApplication.clipboard()
    table.go_to((FIRST_LAYER, TOP))
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(clipboard.dataChanged):
        qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in clipboard.text().splitlines()]
    assert [line[:3] for line in lines] == [
        ["0", "Conv", "/_conv_stem/Conv"],
        ["1", "Clip", "/_swish/Clip"],
    ]
    name = table.make_menu().actions()[0]
    *_, everything = table.make_copy_menu().actions()
    with qtbot.waitSignal(clipboard.dataChanged):
        name.trigger()
    assert clipboard.text() == "/_swish/Clip"
    with qtbot.waitSignal(clipboard.dataChanged):
        everything.trigger()
    assert clipboard.text() == network_text(sample.graph)


def test_unfold_all_and_fold_all_stay_where_they_are(
    page: ModelPage, quiet: Workspace, sample: Document
) -> None:
    table = shown_table(page)
    table.go_to((FIRST_LAYER + 30, 1))
    unfold, fold = table.make_menu().actions()[-2:]
    unfold.trigger()
    assert table.place() == (FIRST_LAYER + 30, 1)
    fold.trigger()
    assert table.graph_model.rowCount() == 96
    assert table.place() == (FIRST_LAYER + 30, TOP)
    assert quiet.selection == Selection(sample, "layer", "onnx", 30)


def test_selecting_everything_asks_for_no_rows(
    qtbot: QtBot, page: ModelPage, quiet: Workspace
) -> None:
    tensors = [Tensor("t", "float32", (1,))]
    layers = [Layer(i, f"l{i}", "Relu", (0,), (0,)) for i in range(100_000)]
    graph = Graph("onnx", "large", layers, tensors, (0,), (0,))
    quiet._opened(ModelFile(Path("/nowhere/large.onnx"), "onnx", 1, graph))
    qtbot.waitUntil(lambda: page.table is not None)  # a large graph's rows come after painting
    table = shown_table(page)
    asked = 0
    count = table.graph_model.rowCount

    def counted(*arguments: Any) -> int:
        nonlocal asked
        asked += 1
        return count(*arguments)

    table.graph_model.rowCount = counted  # type: ignore[method-assign]
    table.selectAll()
    QApplication.processEvents()
    assert asked < 50_000
    assert len(table.selected().places) == 100_004


@pytest.mark.usefixtures("sample")
def test_it_repaints_in_the_dark(page: ModelPage) -> None:
    light = shown_table(page).grab().toImage().pixelColor(300, 300).lightness()
    theme().apply("dark")
    QApplication.processEvents()
    dark = shown_table(page).grab().toImage().pixelColor(300, 300).lightness()
    assert dark < 80 < 170 < light


# Order and columns


def click_header(qtbot: QtBot, table: GraphTable, column: Column) -> None:
    """Click the title of a column."""
    header = table.header
    where = QPoint(header.sectionViewportPosition(column) + 12, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)


def shown_layers(table: GraphTable) -> list[int]:
    places = table.everything().places
    return [top - FIRST_LAYER for top, child in places if child == TOP and top >= FIRST_LAYER]


def test_clicks_on_the_head_sort_and_the_third_returns(
    qtbot: QtBot, page: ModelPage, sample: Document
) -> None:
    assert sample.graph is not None
    table, layers = shown_table(page), sample.graph.layers
    table.go_to((FIRST_LAYER + 30, TOP))
    original = list(range(94))
    rising = sorted(original, key=lambda i: layers[i].type.lower())
    click_header(qtbot, table, Column.TYPE)
    qtbot.waitUntil(lambda: shown_layers(table) == rising)
    assert table.place() == (FIRST_LAYER + 30, TOP)
    assert table.selected().places == [(FIRST_LAYER + 30, TOP)]
    falling = sorted(original, key=lambda i: layers[i].type.lower(), reverse=True)
    click_header(qtbot, table, Column.TYPE)
    qtbot.waitUntil(lambda: shown_layers(table) == falling)
    click_header(qtbot, table, Column.TYPE)
    qtbot.waitUntil(lambda: shown_layers(table) == original)
    assert table.header.sorted_by is None


def test_a_completed_graph_keeps_order_filter_place_and_scroll(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, sample: Document
) -> None:
    graph = sample.graph
    assert graph is not None
    table = shown_table(page)
    table.header.sort(Column.SHAPE)
    qtbot.waitUntil(lambda: shown_layers(table)[0] != 0)
    type_filter(qtbot, page, "type:conv")
    place = FIRST_LAYER + shown_layers(table)[20], TOP
    table.go_to(place)
    table.verticalScrollBar().setValue(123)
    before, scroll = shown_layers(table), table.verticalScrollBar().value()
    complete = replace(graph, tensors=[replace(t, location="here") for t in graph.tensors])
    sample.readings["onnx"] = Reading(complete)
    resets: list[None] = []
    table.graph_model.modelReset.connect(lambda: resets.append(None))
    quiet.reading_changed.emit(sample, "onnx")
    assert shown_table(page) is table and table.graph is complete
    qtbot.waitUntil(lambda: not table.graph_model.is_filtering)
    quiet.io.submit(int).result()
    QApplication.processEvents()
    assert shown_layers(table) == before
    assert table.place() == place
    assert table.verticalScrollBar().value() == scroll
    assert resets == []
    row = table.currentIndex().row()
    assert table.graph_model.index(row, Column.LOCATION).data() == "here"
    other = replace(complete, layers=complete.layers[:20])
    sample.readings["onnx"] = Reading(other)
    quiet.reading_changed.emit(sample, "onnx")
    assert shown_table(page) is not table


@pytest.mark.usefixtures("sample")
def test_tensors_and_ends_stay_where_they_belong(qtbot: QtBot, page: ModelPage) -> None:
    table = shown_table(page)
    table.graph_model.fold(4, unfolded=True)
    click_header(qtbot, table, Column.SHAPE)
    qtbot.waitUntil(lambda: shown_layers(table)[0] != 0)
    places = table.everything().places
    assert places[:4] == [(0, TOP), (0, 0), (1, TOP), (1, 0)]
    first = places.index((FIRST_LAYER, TOP))
    assert places[first + 1 : first + 5] == [(FIRST_LAYER, child) for child in range(4)]


@pytest.mark.usefixtures("sample")
def test_the_number_sign_returns_to_the_order_of_the_graph(qtbot: QtBot, page: ModelPage) -> None:
    table = shown_table(page)
    table.header.sort(Column.NAME)
    qtbot.waitUntil(lambda: shown_layers(table)[0] != 0)
    click_header(qtbot, table, Column.PLACE)
    qtbot.waitUntil(lambda: shown_layers(table) == list(range(94)))


@pytest.mark.usefixtures("sample")
def test_a_filter_keeps_the_order(qtbot: QtBot, page: ModelPage) -> None:
    table = shown_table(page)
    table.header.sort(Column.PLACE)
    table.header.sort(Column.PLACE)
    qtbot.waitUntil(lambda: shown_layers(table)[0] == 93)
    type_filter(qtbot, page, "type:add")
    found = shown_layers(table)
    assert len(found) == 9
    assert found == sorted(found, reverse=True)


@pytest.mark.usefixtures("sample")
def test_columns_are_chosen_for_all_of_a_kind_and_remembered(
    page: ModelPage, quiet: Workspace, sample: Document
) -> None:
    table = shown_table(page)
    assert table.isColumnHidden(Column.ELEMENTS)
    graph = sample.graph
    quiet._opened(ModelFile(Path("/nowhere/b.onnx"), "onnx", 1, graph))
    other = shown_table(page)
    menu = QMenu()
    other.header.fill_columns_menu(menu)
    actions = {action.text(): action for action in menu.actions()}
    assert "Name" not in actions
    assert not actions["Elements"].isChecked()
    actions["Elements"].trigger()
    actions["Dtype"].trigger()
    for shown in (table, other):
        assert not shown.isColumnHidden(Column.ELEMENTS)
        assert shown.isColumnHidden(Column.DTYPE)
    quiet._opened(ModelFile(Path("/nowhere/c.onnx"), "onnx", 1, graph))
    assert list(shown_table(page).header.columns()) == list(other.header.columns())
    open_plan(quiet, Graph("engine", "", [], [], (), ()))
    assert not shown_table(page).isColumnHidden(Column.DTYPE)


@pytest.mark.usefixtures("sample")
def test_the_name_is_never_squeezed(page: ModelPage) -> None:
    header = shown_table(page).header
    assert header.length() == header.viewport().width()
    for column in Column:
        header.setSectionHidden(column, False)
    assert header.sectionSize(Column.NAME) >= 160


# Expressions


@pytest.mark.usefixtures("sample")
def test_a_bad_expression_is_marked_and_nothing_is_lost(qtbot: QtBot, page: ModelPage) -> None:
    edit, table = page.filter.edit, shown_table(page)
    page.filter.regex.trigger()
    type_filter(qtbot, page, "type:^conv$")
    assert page.filter.count.text() == "49 of 94 layers"
    qtbot.keyClicks(edit, " name:(stem")
    qtbot.waitUntil(lambda: edit.property("level") == "error")
    assert "(stem" in edit.toolTip()
    assert "at character" in edit.toolTip()
    assert len(shown_layers(table)) == 49
    qtbot.keyClicks(edit, ")")
    qtbot.waitUntil(lambda: edit.property("level") == "")
    assert shown_layers(table) == [0]
    assert "dtype:" in edit.toolTip()


@pytest.mark.usefixtures("sample")
def test_the_mode_is_kept_with_what_was_typed(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, sample: Document
) -> None:
    page.filter.regex.trigger()
    page.filter.enter()
    qtbot.keyClicks(page.filter.edit, "(")
    open_plan(quiet, Graph("engine", "", [], [], (), ()))
    assert page.filter.edit.text() == ""
    assert not page.filter.regex.isChecked()
    assert page.filter.edit.property("level") == ""
    quiet.set_current(sample)
    assert page.filter.edit.text() == "("
    assert page.filter.regex.isChecked()
    assert page.filter.edit.property("level") == "error"
    page.filter.regex.trigger()
    assert page.filter.edit.property("level") == ""


# Copy and save


@pytest.mark.usefixtures("sample")
def test_ctrl_shift_c_offers_kinds(
    qtbot: QtBot, page: ModelPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _: menus.append(menu))
    table, clipboard = shown_table(page), QGuiApplication.clipboard()
    table.go_to((FIRST_LAYER + 1, TOP))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table, Qt.Key.Key_C, keys)
    selected_as_csv = menus[0].actions()[1]
    with qtbot.waitSignal(clipboard.dataChanged):
        selected_as_csv.trigger()
    assert clipboard.text().splitlines() == [
        "#,Type,Name,In,Out,Shape,Dtype",
        "1,Clip,/_swish/Clip,3,1,N x 32 x 112 x 112,float32",
    ]


@pytest.mark.usefixtures("sample")
def test_all_rows_are_copied_as_they_are_shown(qtbot: QtBot, page: ModelPage) -> None:
    table, clipboard = shown_table(page), QGuiApplication.clipboard()
    type_filter(qtbot, page, "type:gemm")
    as_json = table.make_copy_menu().actions()[6]
    with qtbot.waitSignal(clipboard.dataChanged):
        as_json.trigger()
    told = json.loads(clipboard.text())
    assert [layer["type"] for layer in told["layers"]] == ["Gemm"]
    assert told["layers"][0]["outputs"][0]["shape"] == ["N", 1000]


@pytest.mark.usefixtures("sample")
def test_rows_are_saved_where_the_user_says(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(*arguments: Any) -> tuple[str, str]:
        assert arguments[2] == "efficientnet_lite0-onnx.csv"
        return str(tmp_path / "rows"), "JSON (*.json)"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    with qtbot.waitSignal(quiet.noticed) as noticed:
        shown_table(page).save()
    assert "rows.json" in noticed.args[0].message
    assert len(json.loads((tmp_path / "rows.json").read_bytes())["layers"]) == 94
    names = iter((str(tmp_path / "rows"), ""))  # which is there by now: asked about, and refused
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(names), "JSON (*.json)"))
    with qtbot.assertNotEmitted(quiet.noticed):
        shown_table(page).save()
    assert next(names, None) is None
    answer_at = str(tmp_path / "rows.json" / "a.csv")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (answer_at, "CSV (*.csv)"))
    with qtbot.waitSignal(quiet.noticed) as noticed:
        shown_table(page).save()
    assert noticed.args[0].level == "error"


# One selection over the readings


def fused(document: Document) -> Graph:
    """An engine with a kernel for layers 2 and 3, one for 5 and 3, and one made of nothing."""
    assert document.graph is not None
    names = [layer.name for layer in document.graph.layers]
    layers = [
        Layer(0, "helper", "kgen", (), ()),
        Layer(1, "first", "correlation", (), (), {}, (names[2], names[3])),
        Layer(2, "second", "correlation", (), (), {}, (names[5], names[3])),
    ]
    return Graph("engine", "", layers, [], (), ())


def test_the_selection_goes_along_into_the_engine_and_back(
    page: ModelPage, quiet: Workspace, sample: Document
) -> None:
    quiet.set_engine(sample, Path("/nowhere/a.plan"), fused(sample))
    quiet.select(Selection(sample, "layer", "onnx", 3))
    page.switch.buttons["engine"].click()
    assert quiet.selection == Selection(sample, "layer", "engine", 1)
    table = shown_table(page)
    assert [top - FIRST_LAYER for top, _ in table.selected().places] == [1, 2]
    page.switch.buttons["onnx"].click()
    assert quiet.selection == Selection(sample, "layer", "onnx", 3)  # not 2, the first of both
    assert shown_layers_selected(page) == [2, 3]


def shown_layers_selected(page: ModelPage) -> list[int]:
    return [top - FIRST_LAYER for top, _ in shown_table(page).selected().places]


def test_what_was_folded_away_is_nowhere_in_the_engine(
    page: ModelPage, quiet: Workspace, sample: Document
) -> None:
    quiet.set_engine(sample, Path("/nowhere/a.plan"), fused(sample))
    page.switch.buttons["engine"].click()
    shown_table(page).go_to((FIRST_LAYER + 1, TOP))
    page.switch.buttons["onnx"].click()
    shown_table(page).go_to((FIRST_LAYER + 50, TOP))
    page.switch.buttons["engine"].click()
    assert quiet.selection == Selection(sample, "layer", "onnx", 50)
    assert shown_table(page).place() is None
    other = open_plan(quiet, fused(sample))
    assert quiet.selection == Selection(other)
    quiet.set_current(sample)
    assert quiet.selection == Selection(sample, "layer", "onnx", 50)
    assert shown_table(page).graph.view == "engine"


def test_each_document_keeps_its_selection(
    page: ModelPage, quiet: Workspace, sample: Document
) -> None:
    shown_table(page).go_to((FIRST_LAYER + 7, TOP))
    other = open_plan(quiet, fused(sample))
    shown_table(page).go_to((FIRST_LAYER + 1, TOP))
    quiet.set_current(sample)
    assert quiet.selection == Selection(sample, "layer", "onnx", 7)
    assert shown_table(page).place() == (FIRST_LAYER + 7, TOP)
    quiet.close(sample)
    assert quiet.selection == Selection(other, "layer", "engine", 1)


def test_links_of_large_graphs_are_found_in_the_io_thread(
    qtbot: QtBot, page: ModelPage, quiet: Workspace
) -> None:
    layers = [Layer(i, f"n{i}", "Add", (), (), {}, (f"n{i}",)) for i in range(2000)]
    onnx = Graph("onnx", "", layers, [], (), ())
    quiet._opened(ModelFile(Path("/nowhere/large.onnx"), "onnx", 1, onnx))
    document = quiet.current
    assert document is not None
    engine = Graph("engine", "", layers[::-1], [], (), ())
    quiet.set_engine(document, Path("/nowhere/large.plan"), engine)
    quiet.select(Selection(document, "layer", "onnx", 1500))
    page.switch.buttons["engine"].click()
    assert quiet.selection == Selection(document, "layer", "onnx", 1500)
    with qtbot.waitSignal(quiet.lookups.found):
        pass
    assert quiet.selection == Selection(document, "layer", "engine", 499)
    assert shown_table(page).place() == (FIRST_LAYER + 499, TOP)


# Subgraphs


def test_a_row_of_a_subgraph_is_selected_within_its_layer(
    qtbot: QtBot, page: ModelPage, quiet: Workspace
) -> None:
    deep = Graph("onnx", "deep", [Layer(0, "abs", "Abs", (), ())], [], (), ())
    inner = Layer(0, "inner", "If", (), (), subgraphs=(deep,))
    body = Graph("onnx", "body", [inner, Layer(1, "neg", "Neg", (), ())], [], (), ())
    layers = [Layer(0, "a", "Relu", (), ()), Layer(1, "loop", "Loop", (), (), subgraphs=(body,))]
    quiet._opened(ModelFile(Path("/n/a.onnx"), "onnx", 1, Graph("onnx", "", layers, [], (), ())))
    document = quiet.current
    assert document is not None
    table = shown_table(page)
    table.fold_all(True)
    rows = [[table.graph_model.index(r, c).data() for c in (0, 2)] for r in range(2, 9)]
    assert rows == [
        ["0", "a"],
        ["1", "loop"],
        ["›", "Subgraph body"],
        ["› 0", "inner"],
        ["››", "Subgraph deep"],
        ["›› 0", "abs"],
        ["› 1", "neg"],
    ]
    click(qtbot, table, 7)
    assert quiet.selection == Selection(document, "layer", "onnx", 1, (0, 0, 0, 0))
    table.fold_all(False)
    assert quiet.selection == Selection(document, "layer", "onnx", 1)
    quiet.select(Selection(document, "layer", "onnx", 1, (0, 1)))
    assert table.currentIndex().row() == 8


# The graph


@pytest.mark.usefixtures("sample")
def test_ctrl_g_shows_the_graph_and_the_list_again(
    qtbot: QtBot, page: ModelPage, quiet: Workspace, sample: Document
) -> None:
    table = shown_table(page)
    type_filter(qtbot, page, "gemm")
    qtbot.keyClick(table, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    drawing = page.stack.currentWidget()
    assert isinstance(drawing, GraphView)
    assert not page.filter.isVisible()
    assert drawing.tools.search.text() == "gemm"
    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(drawing.tools.search.hasFocus)
    quiet.select(Selection(sample, "layer", "onnx", 93))
    page.switch.buttons["network"].click()
    assert page.stack.currentWidget() is page.status
    page.switch.buttons["onnx"].click()
    assert page.stack.currentWidget() is drawing
    qtbot.mouseClick(page.form.buttons["list"], Qt.MouseButton.LeftButton)
    assert page.stack.currentWidget() is table
    assert page.filter.edit.text() == "gemm"
    assert table.place() == (FIRST_LAYER + 93, TOP)

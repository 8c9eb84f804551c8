"""The comparison of two open documents, with real models, real plans, clicks and keys."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

import onnx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from trtstudio.engine.build.build import build
from trtstudio.gui.document import Document, Selection
from trtstudio.gui.inspect.compare_page import ComparePage
from trtstudio.gui.inspect.comparison_model import ComparisonModel
from trtstudio.gui.inspect.comparison_rows import Row
from trtstudio.gui.inspect.comparison_view import ComparisonTable
from trtstudio.gui.shell.window import MainWindow
from trtstudio.gui.theme import theme
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.compare import compare
from trtstudio.model.graph import Graph, Layer

WAIT_MS = 60_000
LIGHT = Path(onnx.__file__).parent / "backend/test/data/light/light_squeezenet.onnx"

Opener = Callable[[Path], Document]


@pytest.fixture
def opened(qtbot: QtBot, workspace: Workspace) -> Opener:
    """Open a file and wait for it."""

    def opener(path: Path) -> Document:
        with qtbot.waitSignal(workspace.document_opened, timeout=WAIT_MS) as signal:
            workspace.open([path])
        return signal.args[0]

    return opener


@pytest.fixture
def changed(sample_model: Path, tmp_path: Path) -> Path:
    """The sample with other dilations in a Conv, without its last node, with a Softmax beside it,
    another producer and another output."""
    model = onnx.load(sample_model)
    conv = next(n for n in model.graph.node if n.op_type == "Conv")
    next(a for a in conv.attribute if a.name == "dilations").ints[:] = [2, 2]
    last = model.graph.node.pop()
    softmax = onnx.helper.make_node("Softmax", [last.input[0]], ["prob"], name="tail")
    model.graph.node.append(softmax)
    del model.graph.output[:]
    model.graph.output.append(onnx.helper.make_tensor_value_info("prob", 1, ["N", 1000]))
    model.producer_name = "somebody else"
    path = tmp_path / "changed.onnx"
    onnx.save(model, path)
    return path


@pytest.fixture
def page(window: MainWindow, sample_document: Document) -> ComparePage:
    """The page, with the sample open."""
    assert window.workspace.documents == [sample_document]
    window.show_page("compare")
    made = window.page("compare")
    assert isinstance(made, ComparePage)
    return made


def wait_for_answer(qtbot: QtBot, page: ComparePage) -> None:
    qtbot.waitUntil(page.view.isVisible, timeout=WAIT_MS)


def cells(table: ComparisonTable) -> list[list[str]]:
    model = table.model()
    columns = range(model.columnCount())
    return [[model.index(r, c).data() for c in columns] for r in range(model.rowCount())]


def click(qtbot: QtBot, table: ComparisonTable, row: int, column: int) -> None:
    where = table.visualRect(table.model().index(row, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)


def test_one_document_is_not_enough(
    qtbot: QtBot, page: ComparePage, opened: Opener, changed: Path, window: MainWindow
) -> None:
    assert page.open_button.isVisible()
    with qtbot.waitSignal(page.open_requested):
        page.open_requested.disconnect(window.stack.files_requested)
        qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    other = opened(changed)
    wait_for_answer(qtbot, page)
    assert not page.open_button.isVisible()
    window.workspace.close(other)
    assert page.open_button.isVisible()


def test_menu_leads_here_where_something_is_open(
    window: MainWindow, opened: Opener, sample_model: Path
) -> None:
    action = window.actions_.compare
    assert isinstance(action, QAction)
    assert not action.isEnabled()
    opened(sample_model)
    assert action.shortcut().toString() == "Ctrl+D"
    action.trigger()
    assert window.stack.currentWidget() is window.page("compare")


def test_changed_copy_as_compare_tells_it(
    qtbot: QtBot, page: ComparePage, opened: Opener, sample_document: Document, changed: Path
) -> None:
    other = opened(changed)
    wait_for_answer(qtbot, page)
    assert page.left.currentText() == "efficientnet_lite0.onnx - ONNX graph"
    assert page.right.currentText() == "changed.onnx - ONNX graph"
    assert sample_document.graph is not None and other.graph is not None
    found = compare(sample_document.graph, other.graph)
    assert page.view.summary.text() == (
        f"Layers: {found.same} the same, {len(found.changed)} changed, "
        f"{len(found.removed)} removed, {len(found.added)} added"
    )
    layers = cells(page.view.layers)
    assert [row[0] for row in layers] == ["~ changed", "- removed", "+ added"]
    assert "dilations: 1, 1 → 2, 2" in layers[0][4]
    assert layers[2][1:4] == ["Softmax", "-", "tail"]
    io = [row[:3] for row in cells(page.view.io)]
    assert io == [["- removed", "output", "logits"], ["+ added", "output", "prob"]]
    assert "somebody else 1" in [row[2] for row in cells(page.view.properties)]
    counts = {row[0]: (row[1], row[2]) for row in cells(page.view.types)}
    assert counts["Softmax"] == ("0", "1")


def test_clicks_and_enter_select_the_layer_in_its_document(
    qtbot: QtBot,
    page: ComparePage,
    opened: Opener,
    workspace: Workspace,
    sample_document: Document,
    changed: Path,
) -> None:
    other = opened(changed)
    wait_for_answer(qtbot, page)
    table = page.view.layers
    change, removed, added = (table.rows.row(i) for i in range(3))
    click(qtbot, table, 1, 0)
    assert workspace.current is sample_document
    assert workspace.selection == Selection(sample_document, "layer", "onnx", removed.left or 0)
    click(qtbot, table, 2, 0)
    assert workspace.current is other
    assert workspace.selection == Selection(other, "layer", "onnx", added.right or 0)
    click(qtbot, table, 0, 2)
    assert workspace.selection == Selection(sample_document, "layer", "onnx", change.left or 0)
    table.setCurrentIndex(table.model().index(0, 4))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert workspace.selection == Selection(other, "layer", "onnx", change.right or 0)


def test_swap_and_choice_are_kept(
    qtbot: QtBot,
    page: ComparePage,
    opened: Opener,
    workspace: Workspace,
    sample_model: Path,
    changed: Path,
) -> None:
    other = opened(changed)
    wait_for_answer(qtbot, page)
    qtbot.mouseClick(page.swap_button, Qt.MouseButton.LeftButton)
    wait_for_answer(qtbot, page)
    assert page.left.currentText().startswith("changed.onnx")
    assert cells(page.view.layers)[-1][3] != "tail"
    third = opened(LIGHT)
    assert page.left.currentText().startswith("changed.onnx")
    qtbot.keyClick(page.right, Qt.Key.Key_End)
    wait_for_answer(qtbot, page)
    assert page.right.currentText() == "light_squeezenet.onnx - ONNX graph"
    workspace.close(other)
    assert page.left.currentText().startswith(sample_model.name)
    workspace.close(third)
    assert page.open_button.isVisible()


def test_filter_and_order(qtbot: QtBot, page: ComparePage, opened: Opener, changed: Path) -> None:
    opened(changed)
    wait_for_answer(qtbot, page)
    qtbot.keyClicks(page.view.filter, "SOFTMAX added")
    assert [row[3] for row in cells(page.view.layers)] == ["tail"]
    page.view.filter.clear()
    page.view.layers.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [row[0] for row in cells(page.view.layers)] == ["+ added", "- removed", "~ changed"]
    page.view.tabs.setCurrentIndex(2)
    page.view.types.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    numbers = [int(row[1]) for row in cells(page.view.types)]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) > 2


def test_a_stale_answer_is_ignored(
    qtbot: QtBot, page: ComparePage, opened: Opener, changed: Path, monkeypatch: Any
) -> None:
    futures: list[Future[Any]] = []
    asked: list[Callable[[], Any]] = []

    def submit(work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        asked.append(partial(work, *arguments))
        futures.append(Future())
        return futures[-1]

    opened(changed)
    wait_for_answer(qtbot, page)
    monkeypatch.setattr(page._workspace.io, "submit", submit)
    page.swap()
    page.swap()
    assert page.status.isVisible()
    assert page.status.text() == "Comparing ..."
    futures[0].set_result(asked[0]())
    qtbot.wait(50)
    assert page.status.isVisible()
    futures[1].set_result(asked[1]())
    wait_for_answer(qtbot, page)
    assert cells(page.view.layers)[-1][3] == "tail"


def test_failure_is_told(
    qtbot: QtBot, page: ComparePage, opened: Opener, changed: Path, monkeypatch: Any
) -> None:
    opened(changed)
    wait_for_answer(qtbot, page)
    future: Future[Any] = Future()
    monkeypatch.setattr(page._workspace.io, "submit", lambda *_: future)
    page.swap()
    future.set_exception(MemoryError("no room"))
    qtbot.waitUntil(lambda: "no room" in page.status.text())
    assert page.status.isVisible()


def test_two_plans_by_their_records(
    qtbot: QtBot, window: MainWindow, opened: Opener, tmp_path: Path
) -> None:
    pytest.importorskip("tensorrt_rtx")
    for name, precision in (("a", "keep"), ("b", "fp16")):
        request = BuildRequest(
            str(LIGHT), str(tmp_path / f"{name}.plan"), precision=precision, targets=("sm_86",)
        )
        build(request, on_progress=print, on_log=print, cancelled=lambda: False)
        opened(tmp_path / f"{name}.plan")
    window.show_page("compare")
    page = window.page("compare")
    assert isinstance(page, ComparePage)
    wait_for_answer(qtbot, page)
    assert page.left.currentText() == "a.plan - Engine"
    shares = {row[0]: row[1:] for row in cells(page.view.precision)}
    assert shares["float32"][0] == "100.0 %"
    assert shares["float16"][0] == "0.0 %"
    assert float(shares["float16"][1].rstrip("%")) > 90
    aligned = page.view.precision.rows.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag(aligned) & Qt.AlignmentFlag.AlignRight
    changes = [row[4] for row in cells(page.view.layers)]
    assert any("precision: float32 → float16" in change for change in changes)


def test_different_readings_may_be_compared_and_are_said_to_differ(
    qtbot: QtBot, page: ComparePage, workspace: Workspace, sample_document: Document
) -> None:
    engine = Graph("engine", "e", [Layer(0, "kernel", "kgen", (), ())], [], (), ())
    workspace.set_engine(sample_document, Path("/nowhere/a.plan"), engine)
    wait_for_answer(qtbot, page)
    assert page.note.isVisible()
    assert page.right.currentText() == "efficientnet_lite0.onnx - Engine"


@pytest.mark.usefixtures("qapp", "workspace")
def test_item_model() -> None:
    model = ComparisonModel(("Change", "Count", "Share"))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show(
        [
            Row(("+ added", 1200, 0.25), "added", haystack="+ added conv"),
            Row(("- removed", 30, 1.0), "removed", haystack="- removed gemm"),
        ]
    )
    assert [model.index(0, c).data() for c in range(3)] == ["+ added", "1,200", "25.0 %"]
    model.sort(1)
    assert model.index(0, 1).data() == "30"
    model.filter("conv")
    assert model.rowCount() == 1
    assert model.row(0).mark == "added"
    model.filter("nothing like it")
    assert model.rowCount() == 0
    model.filter("")
    model.sort(-1)
    assert model.index(0, 1).data() == "1,200"
    color = model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole)
    assert color.name() == theme().colors.accent
    model.repaint()
    model.show([])


def test_a_model_beside_its_engine_shows_what_became_of_it(
    qtbot: QtBot, page: ComparePage, sample_document: Document
) -> None:
    assert sample_document.graph is not None
    names = [layer.name for layer in sample_document.graph.layers]
    kernel = Layer(0, "fused", "kgen", (), (), {}, (names[0], names[1]))
    helper = Layer(1, "__mye1", "wait", (), ())
    engine = Graph("engine", "", [kernel, helper], [], (), ())
    page._workspace.set_engine(sample_document, Path("/some/a.plan"), engine)
    wait_for_answer(qtbot, page)
    assert page.view.summary.text() == f"2 of {len(names)} layers are in 1 of 2"
    rows = cells(page.view.layers)
    assert rows[0][:4] == ["made of", "kgen", f"{names[0]}, {names[1]}", "fused"]
    assert rows[1][:4] == ["+ added", "wait", "-", "__mye1"]
    assert rows[2][:4] == ["- gone", sample_document.graph.layers[2].type, names[2], "-"]
    page.swap()
    qtbot.waitUntil(lambda: cells(page.view.layers)[0][2] == "fused")
    click(qtbot, page.view.layers, 0, 2)
    assert page._workspace.selection == Selection(sample_document, "layer", "engine", 0)

"""Earlier builds in the window: found, filtered, repeated, compared and forgotten."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from trtstudio.gui.build.builds import Builds
from trtstudio.gui.build.history_model import BuildHistoryModel
from trtstudio.gui.build.history_page import BuildHistoryPage
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import BuildRequest, BuildResult, ShapeRange
from trtstudio.model.build.build_history import builds, remember_build, remember_failure
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, Layer
from trtstudio.model.history import History

TIMEOUT_MS = 60_000


@pytest.fixture
def history(tmp_path: Path) -> History:
    """A small and a large build of two models, the older first, and one that failed."""
    history = History(tmp_path / "history.sqlite3")
    for name, kinds, size, seconds in (
        ("small", ("conv",), 900, 10.0),
        ("large", ("conv", "gemm"), 9_000_000, 9.0),
    ):
        layers = tuple(Layer(i, kind, kind, (), ()) for i, kind in enumerate(kinds))
        request = BuildRequest(
            str(tmp_path / f"{name}.onnx"),
            str(tmp_path / f"{name}.plan"),
            profiles=({"x": ShapeRange((1,), (2,), (4,))},),
            flags=("REFIT",),
        )
        engine = Graph("engine", name, layers, (), (), ())
        result = BuildResult(
            request.plan, size, "00", "TensorRT 11", seconds, ("sm_86",), (), {}, engine
        )
        remember_build(history, request, result)
    remember_failure(history, request, StudioError("The disk is full."), 1.0)
    return history


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, history: History) -> BuildHistoryPage:
    made = BuildHistoryPage(workspace, Builds(workspace, workspace, history))
    qtbot.addWidget(made)
    made.resize(900, 560)
    made.show()
    qtbot.waitUntil(lambda: made.table.model().rowCount() == 3)
    return made


def cells(page: BuildHistoryPage, column: int) -> list[str]:
    model = page.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def select(page: BuildHistoryPage, *rows: int) -> None:
    page.table.clearSelection()
    for row in rows:
        page.table.selectionModel().select(
            page.table.model().index(row, 0),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )


@pytest.mark.usefixtures("qapp")
def test_the_model_keeps_the_rules_of_models(history: History) -> None:
    model = BuildHistoryModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(builds(history))
    assert model.rowCount() == 3
    model.set_rows(())
    assert model.rowCount() == 0


def test_columns_are_sorted_by_value_and_not_by_text(page: BuildHistoryPage) -> None:
    assert cells(page, 1) == ["large.onnx", "large.onnx", "small.onnx"]
    page.table.sortByColumn(5, Qt.SortOrder.AscendingOrder)
    assert cells(page, 5) == ["1.0 s", "9.0 s", "10.0 s"]
    page.table.sortByColumn(6, Qt.SortOrder.AscendingOrder)
    assert cells(page, 6) == ["", "900 B", "9.0 MB"]


def test_the_filter_looks_in_every_column(qtbot: QtBot, page: BuildHistoryPage) -> None:
    qtbot.keyClicks(page.filter, "FAILED")
    assert cells(page, 2) == ["failed"]
    page.filter.clear()
    qtbot.keyClicks(page.filter, "small")
    assert cells(page, 1) == ["small.onnx"]


def test_what_was_asked_for_is_shown(page: BuildHistoryPage) -> None:
    assert "Choose a build" in page.details.text()
    select(page, 0)
    words = page.details.text()
    assert "The disk is full." in words
    assert "x=1,2,4" in words
    assert "REFIT" in words
    assert page.repeat_button.isEnabled() and page.repeat_button.toolTip().startswith("Build")
    for button in (page.open_button, page.compare_button):
        assert not button.isEnabled() and "that have a plan" in button.toolTip()


def test_two_builds_are_compared(qtbot: QtBot, page: BuildHistoryPage) -> None:
    select(page, 1, 2)
    qtbot.mouseClick(page.compare_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.below.currentWidget() is page.comparison)
    assert "1 added" in page.comparison.summary.text()
    select(page, 1)
    assert page.below.currentWidget() is page.details


def test_what_is_chosen_stays_chosen_when_another_build_is_kept(
    qtbot: QtBot, page: BuildHistoryPage, history: History
) -> None:
    select(page, 1, 2)
    chosen = [kept.id for kept in page.chosen()]
    request = page.chosen()[0].entry.request
    remember_failure(history, request, StudioError("The disk is full."), 1.0)
    page._builds.recorded.emit()
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    assert [kept.id for kept in page.chosen()] == chosen


def test_forgetting_leaves_the_others(
    qtbot: QtBot, page: BuildHistoryPage, history: History
) -> None:
    select(page, 0, 1)
    qtbot.mouseClick(page.forget_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 1)
    assert [Path(k.entry.request.model).name for k in builds(history)] == ["small.onnx"]


def test_a_build_is_repeated_on_a_model_that_is_opened_for_it(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path, sample_model: Path
) -> None:
    history = History(tmp_path / "history.sqlite3")
    plan = tmp_path / "again.plan"
    request = BuildRequest(str(sample_model), str(plan), precision="no such precision")
    remember_failure(history, request, StudioError("No."), 1.0)
    controller = Builds(workspace, workspace, history)
    page = BuildHistoryPage(workspace, controller)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 1)
    select(page, 0)
    with qtbot.waitSignal(controller.failed, timeout=TIMEOUT_MS) as failed:
        qtbot.mouseClick(page.repeat_button, Qt.MouseButton.LeftButton)
    assert failed.args[0].path == sample_model
    assert "no such precision" in failed.args[1].message
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 2)


def test_a_model_that_cannot_be_opened_is_not_built_when_it_can_be(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path, sample_model: Path
) -> None:
    history = History(tmp_path / "history.sqlite3")
    model = tmp_path / "late.onnx"
    remember_failure(
        history, BuildRequest(str(model), str(tmp_path / "late.plan")), StudioError("No."), 1.0
    )
    controller = Builds(workspace, workspace, history)
    page = BuildHistoryPage(workspace, controller)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 1, timeout=TIMEOUT_MS)
    select(page, 0)
    with qtbot.waitSignal(workspace.opening_failed, timeout=TIMEOUT_MS):
        qtbot.mouseClick(page.repeat_button, Qt.MouseButton.LeftButton)
    model.write_bytes(sample_model.read_bytes())
    with qtbot.waitSignal(workspace.document_opened, timeout=TIMEOUT_MS):
        workspace.open([model])
    assert not controller.builds


def test_an_empty_history_says_so(qtbot: QtBot, workspace: Workspace, tmp_path: Path) -> None:
    history = History(tmp_path / "none.sqlite3")
    page = BuildHistoryPage(workspace, Builds(workspace, workspace, history))
    qtbot.addWidget(page)
    page.show()
    assert page.details.text() == "Nothing was built yet."
    assert not page.repeat_button.isEnabled()
    assert page.repeat_button.toolTip() == "Choose one build"

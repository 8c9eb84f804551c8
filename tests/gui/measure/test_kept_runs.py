"""Sweeps and kept benchmarks in the window, measured for real on the CPU."""

import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.measure.bench_figures_model import BenchFiguresModel
from trtstudio.gui.measure.bench_history_model import NOTE, PART, BenchHistoryModel
from trtstudio.gui.measure.kept import KeptRunsView
from trtstudio.gui.measure.kept_plots import MOST
from trtstudio.gui.measure.page import MeasurePage
from trtstudio.gui.measure.sweep import SweepView
from trtstudio.gui.measure.sweep_model import SweepModel
from trtstudio.gui.measure.sweep_plots import SweepPlots
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.history import History
from trtstudio.model.measure.bench import (
    COLUMNS,
    BenchRequest,
    BenchResult,
    Samples,
    SweepPoint,
)
from trtstudio.model.measure.bench_history import (
    Subject,
    SweepRun,
    benchmarks,
    remember_benchmark,
    remember_sweep,
    sweeps,
)
from trtstudio.model.measure.bench_sets import remember_parallel
from trtstudio.model.measure.latency import summarize
from trtstudio.model.measure.parallel import ParallelResult

LEFT = Qt.MouseButton.LeftButton
TIMEOUT_MS = 30_000


@pytest.fixture
def workspace(lasting_workspace: Workspace) -> Workspace:
    return lasting_workspace


@pytest.fixture
def page(workspace: Workspace, qtbot: QtBot) -> MeasurePage:
    made = MeasurePage(workspace, Runs(workspace, workspace))
    qtbot.addWidget(made)
    made.resize(900, 560)
    made.show()
    return made


@pytest.fixture
def sample(workspace: Workspace, page: MeasurePage, sample_model: Path, qtbot: QtBot) -> Document:
    document = Document(formats.read(sample_model))
    workspace.documents.append(document)
    workspace.set_current(document)
    qtbot.waitUntil(lambda: page._sessions.loaded(document) is not None, timeout=TIMEOUT_MS)
    return document


def made_result(latency_ms: float, count: int = 4) -> BenchResult:
    times = np.linspace(latency_ms, 2 * latency_ms, count, dtype=np.float32)
    table = np.zeros((count, len(COLUMNS)), np.float32)
    table[:, COLUMNS.index("latency_ms")] = times
    table[:, COLUMNS.index("end_s")] = np.cumsum(times) / 1000
    found = summarize(times)
    samples = Samples(table)
    shapes = {"images": (1, 3, 224, 224)}
    return BenchResult(
        "TensorRT 11", "GPU", count, 1000 / latency_ms, found, None, None, None, None,
        shapes, samples=samples,
    )  # fmt: skip


def keep(name: str, latency_ms: float, note: str = "") -> int:
    about = Subject(f"/models/{name}.onnx", f"/models/{name}.plan")
    return remember_benchmark(History(), about, BenchRequest(0), made_result(latency_ms), note)


# Benchmarks


def kept_view(page: MeasurePage, qtbot: QtBot, rows: int) -> KeptRunsView:
    view = page.show_view("kept")
    assert isinstance(view, KeptRunsView)
    qtbot.waitUntil(lambda: view.table.proxy.rowCount() == rows)
    return view


def choose(view: KeptRunsView, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    view.table.clearSelection()
    for row in rows:
        index = view.table.proxy.index(row, 0)
        view.table.selectionModel().select(index, flags.Select | flags.Rows)


def cells(view: KeptRunsView, column: int) -> list[str]:
    proxy = view.table.proxy
    return [proxy.index(row, column).data() for row in range(proxy.rowCount())]


@pytest.mark.usefixtures("qapp")
def test_the_models_keep_the_rules_of_models() -> None:
    keep("a", 1.0)
    keep("b", 2.0, "note")
    found = benchmarks(History())
    table, figures, points = BenchHistoryModel(), BenchFiguresModel(), SweepModel()
    for model in (table, figures, points):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.set_rows(found)
    figures.set_runs(found)
    assert (table.rowCount(), figures.columnCount()) == (2, 2)
    one, two = (SweepPoint({"batch": n}, made_result(n)) for n in (1, 2))
    points.show_points(("batch",), [one])
    points.show_points(("batch",), [one, two])
    assert [points.index(row, 0).data() for row in range(2)] == ["1", "2"]
    points.show_points(("batch", "streams"), [])
    figures.set_runs([])
    assert (points.rowCount(), figures.rowCount()) == (0, 0)


def test_a_finished_benchmark_is_kept_by_itself(
    qtbot: QtBot, page: MeasurePage, sample: Document
) -> None:
    request = BenchRequest(0, duration_s=0.1, warmup_ms=0, iterations=3)
    with qtbot.waitSignal(page.measurements.kept.changed, timeout=TIMEOUT_MS):
        page.measurements.start(sample, request)
    (kept,) = benchmarks(History(), str(sample.path))
    result = page.measurements.measurement(sample).result  # type: ignore[union-attr]
    assert result is not None
    assert kept.entry.result.latency_ms == result.latency_ms
    assert kept.entry.subject.file == str(sample.path)
    view = kept_view(page, qtbot, 1)
    assert cells(view, 3) == [f"{result.latency_ms.median:.3f}"]


def test_without_a_document_the_list_is_there(qtbot: QtBot, page: MeasurePage) -> None:
    keep("slow", 10.0)
    view = kept_view(page, qtbot, 1)
    assert view.isVisible() and "Choose one" in view.hint.text()


def test_nothing_kept_says_how_something_comes(qtbot: QtBot, page: MeasurePage) -> None:
    view = kept_view(page, qtbot, 0)
    assert "Nothing was measured yet" in view.hint.text()
    assert not view.save.button.isEnabled()


def test_columns_are_sorted_by_value_and_filtered(qtbot: QtBot, page: MeasurePage) -> None:
    for name, latency in (("slow", 10.0), ("fast", 9.0), ("fastest", 0.5)):
        keep(name, latency)
    view = kept_view(page, qtbot, 3)
    view.table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert cells(view, 1) == ["fastest.plan", "fast.plan", "slow.plan"]
    qtbot.keyClicks(view.filter, "FAST")
    assert cells(view, 1) == ["fastest.plan", "fast.plan"]


def test_several_are_compared_with_the_first(qtbot: QtBot, page: MeasurePage) -> None:
    keep("slow", 10.0)
    keep("fast", 2.0)
    view = kept_view(page, qtbot, 2)
    choose(view, 0, 1)
    assert view.plots is not None
    plots = view.plots
    over_time = plots.plot("time")
    qtbot.waitUntil(lambda: len(over_time._series) == 2, timeout=TIMEOUT_MS)
    np.testing.assert_allclose(over_time._series[1].values, np.linspace(10, 20, 4), 1e-6)
    rows = {
        view.figures.headerData(row, Qt.Orientation.Vertical): row
        for row in range(view.figures.rowCount())
    }
    median = rows["Latency median (ms)"]
    assert view.figures.index(median, 0).data() == "3.000"
    assert view.figures.index(median, 1).data() == "15.000   x 5.00"
    qtbot.mouseClick(plots.segments.buttons["shares"], LEFT)
    x, y = plots.plot("shares")._lines[0].getData()
    assert (x[0], x[-1], y[0], y[-1]) == (2.0, 4.0, 0.0, 100.0)
    plots.quantity.setCurrentIndex(plots.quantity.findData("gpu_ms"))
    qtbot.waitUntil(lambda: "not measured" in plots.note.text())


def test_more_than_there_are_colours(qtbot: QtBot, page: MeasurePage) -> None:
    for number in range(MOST + 2):
        keep(f"net{number}", 1.0 + number)
    view = kept_view(page, qtbot, MOST + 2)
    view.table.selectAll()
    assert view.plots is not None
    qtbot.waitUntil(lambda: view.plots.note.text() == "+ 2 not drawn")
    assert view.figures.columnCount() == MOST + 2


def test_a_note_is_written_into_its_cell(qtbot: QtBot, page: MeasurePage) -> None:
    number = keep("slow", 10.0)
    view = kept_view(page, qtbot, 1)
    view.table.clearSelection()
    assert view.note_button.toolTip() == "Choose one benchmark"
    assert view.open_button.toolTip() == view.forget_button.toolTip() == "Nothing is chosen."
    choose(view, 0)
    assert view.note_button.toolTip() == "Write a note to it"
    qtbot.mouseClick(view.note_button, LEFT)
    editor = view.table.indexWidget(view.table.proxy.index(0, NOTE))
    qtbot.keyClicks(editor, "before the change")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cells(view, NOTE) == ["before the change"])
    (kept,) = benchmarks(History())
    assert (kept.id, kept.entry.note) == (number, "before the change")
    assert [run.id for run in view.chosen()] == [number], "it stays chosen"
    assert not view.model.flags(view.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_forgetting_leaves_the_others(qtbot: QtBot, page: MeasurePage) -> None:
    keep("slow", 10.0)
    keep("fast", 2.0)
    view = kept_view(page, qtbot, 2)
    choose(view, 0)
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: cells(view, 1) == ["slow.plan"])
    assert len(benchmarks(History())) == 1


def test_the_chosen_are_saved(qtbot: QtBot, page: MeasurePage, tmp_path: Path) -> None:
    keep("slow", 10.0)
    keep("fast", 2.0)
    view = kept_view(page, qtbot, 2)
    choose(view, 0)
    html, samples = tmp_path / "report.html", tmp_path / "samples.json"
    view.save.save(html, "html")
    view.save.save(samples, "samples")
    qtbot.waitUntil(samples.exists)
    assert "fast.plan" in html.read_text("utf-8") and "slow.plan" not in html.read_text("utf-8")
    (found,) = json.loads(samples.read_text("utf-8"))["benchmarks"]
    assert len(found["samples"]["latency_ms"]) == 4


@pytest.mark.usefixtures("chinese")
def test_a_report_is_in_the_language_of_the_window(
    qtbot: QtBot, page: MeasurePage, tmp_path: Path
) -> None:
    keep("slow", 10.0)
    view = kept_view(page, qtbot, 1)
    choose(view, 0)
    view.save.save(tmp_path / "report.html", "html")
    qtbot.waitUntil((tmp_path / "report.html").exists)
    assert '<html lang="zh-CN">' in (tmp_path / "report.html").read_text("utf-8")


# Sweeps


@pytest.fixture
def sweep(page: MeasurePage, sample: Document) -> SweepView:
    view = page.show_view("sweep")
    assert isinstance(view, SweepView)
    base = BenchRequest(0, warmup_ms=0, iterations=2)
    view._measurements.set_settings(sample, base)
    view.form(sample).seconds.setValue(0.1)
    return view


def type_values(qtbot: QtBot, view: SweepView, document: Document, text: str) -> None:
    line = view.form(document).rows[0].values
    line.selectAll()
    qtbot.keyClicks(line, text)


def test_the_form_offers_what_the_model_has(
    qtbot: QtBot, sweep: SweepView, sample: Document
) -> None:
    form = sweep.form(sample)
    assert [offer.name for offer in form._offers] == ["batch", "precision"], (
        "a CPU has no streams to choose"
    )
    assert form.axes() == {"batch": (1, 2, 4, 8)}
    assert "Points: 4" in form.count.text()
    type_values(qtbot, sweep, sample, "1, x")
    assert form.axes() is None and not sweep.start_button.isEnabled()
    assert "valid values" in sweep.start_button.toolTip()
    assert "1, 2, 4, 8" in form.rows[0].sentence.text()
    type_values(qtbot, sweep, sample, "2 1,2")
    assert form.axes() == {"batch": (2, 1)} and sweep.start_button.isEnabled()
    assert not form.rows[0].remove_button.isEnabled(), "one axis must stay"
    form.add_button.click()
    assert form.rows[1].offer.name == "precision" and not form.add_button.isEnabled()


def drawn(qtbot: QtBot, sweep: SweepView) -> SweepPlots:
    """The curves, once all points are drawn."""
    qtbot.waitUntil(lambda: sweep.result._turns.is_idle and sweep.result.plots is not None)
    plots = sweep.result.plots
    assert plots is not None
    qtbot.waitUntil(lambda: plots._turns.is_idle)
    return plots


def test_points_come_one_after_another_and_are_kept(
    qtbot: QtBot, sweep: SweepView, sample: Document
) -> None:
    type_values(qtbot, sweep, sample, "1, 2")
    qtbot.mouseClick(sweep.start_button, LEFT)
    assert sweep.stop_button.isEnabled() and not sweep.start_button.isEnabled()
    assert not sweep.resume_button.isEnabled()
    assert sweep.resume_button.toolTip() == "A measurement is running."
    qtbot.waitUntil(lambda: "Done: 2 of 2" in sweep.result.status.text(), timeout=TIMEOUT_MS)
    assert sweep.result.model.rowCount() == 2
    x, y = drawn(qtbot, sweep).latency._lines[0][0].getData()
    np.testing.assert_array_equal(x, [1, 2])
    assert (y > 0).all()
    qtbot.waitUntil(lambda: bool(sweeps(History())) and sweeps(History())[0].entry.complete)
    (kept,) = sweeps(History(), str(sample.path))
    assert [p.values for p in kept.entry.points] == [{"batch": 1}, {"batch": 2}]
    qtbot.waitUntil(sweep.save.button.isEnabled)
    assert not sweep.resume_button.isEnabled()
    assert "stopped before its end" in sweep.resume_button.toolTip()


def test_a_stopped_sweep_goes_on_in_its_place(
    qtbot: QtBot, sweep: SweepView, sample: Document
) -> None:
    sweep.form(sample).seconds.setValue(0.7)
    type_values(qtbot, sweep, sample, "1, 2, 3, 4")
    qtbot.mouseClick(sweep.start_button, LEFT)
    qtbot.waitUntil(lambda: sweep.result.model.rowCount() >= 1, timeout=TIMEOUT_MS)
    sweep.stop()
    qtbot.waitUntil(lambda: "Stopped" in sweep.result.status.text(), timeout=TIMEOUT_MS)
    qtbot.waitUntil(sweep.resume_button.isEnabled)
    first = sweep._sweeps.work(sample).points[0]  # type: ignore[union-attr]
    qtbot.mouseClick(sweep.resume_button, LEFT)
    qtbot.waitUntil(lambda: "Done: 4 of 4" in sweep.result.status.text(), timeout=TIMEOUT_MS)
    work = sweep._sweeps.work(sample)
    assert work is not None
    assert work.points[0].result.throughput_qps == first.result.throughput_qps  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bool(sweeps(History())) and sweeps(History())[0].entry.complete)
    assert len(sweeps(History())) == 1


def earlier(sample: Document, **changes: object) -> int:
    about = Subject(str(sample.path), str(sample.path), "ab" * 32)
    points = (SweepPoint({"batch": 1}, made_result(3.0)), SweepPoint({"batch": 2}, problem="no"))
    base = BenchRequest(0, duration_s=0.2, warmup_ms=0, iterations=2)
    run = SweepRun(about, base, {"batch": (1, 2)}, points, "TensorRT 11", "GPU")
    return remember_sweep(History(), replace(run, **changes))


def test_an_earlier_sweep_is_shown_again(
    qtbot: QtBot, page: MeasurePage, sweep: SweepView, sample: Document
) -> None:
    number = earlier(sample)
    page.show_view("kept")
    page.show_view("sweep")
    qtbot.waitUntil(lambda: len(sweep.earlier.choices.actions()) == 1)
    sweep.earlier.choices.actions()[0].trigger()
    assert sweep._sweeps.work(sample).number == number  # type: ignore[union-attr]
    assert sweep.form(sample).axes() == {"batch": (1, 2)}
    assert sweep.result.model.rowCount() == 2
    assert "Stopped: 1 of 2 points." in sweep.result.status.text()
    reason = sweep.result.model.index(1, sweep.result.model.columnCount() - 1)
    assert reason.data() == "no" and not sweep.result.table.isColumnHidden(reason.column())


def test_figures_of_another_engine_are_not_gone_on_with(
    qtbot: QtBot, workspace: Workspace, sweep: SweepView, sample: Document
) -> None:
    earlier(sample)
    sweep._list_earlier()
    qtbot.waitUntil(lambda: len(sweep.earlier.choices.actions()) == 1)
    sweep.earlier.choices.actions()[0].trigger()
    with qtbot.waitSignal(workspace.noticed) as noticed:
        qtbot.mouseClick(sweep.resume_button, LEFT)
    assert "another engine" in noticed.args[0].message
    assert not sweep._sweeps.is_running(sample)


def test_closing_the_document_in_the_middle_is_safe(
    qtbot: QtBot, workspace: Workspace, sweep: SweepView, sample: Document
) -> None:
    sweep.form(sample).seconds.setValue(600)
    qtbot.mouseClick(sweep.start_button, LEFT)
    qtbot.waitUntil(lambda: sweep._sweeps.work(sample).job is not None)  # type: ignore[union-attr]
    workspace.close(sample)
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=TIMEOUT_MS)
    assert sweep._sweeps.work(sample) is None


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_after_the_engine_died_a_sweep_can_be_started(
    qtbot: QtBot, workspace: Workspace, sweep: SweepView, sample: Document
) -> None:
    sweep.form(sample).seconds.setValue(600)
    qtbot.mouseClick(sweep.start_button, LEFT)
    qtbot.waitUntil(lambda: sweep._sweeps.work(sample).job is not None)  # type: ignore[union-attr]
    os.kill(workspace._engines.runner._life._process.pid, signal.SIGKILL)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not sweep._sweeps.is_running(sample), timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: sweep._sessions.loaded(sample) is None, timeout=TIMEOUT_MS)
    sweep.form(sample).seconds.setValue(0.1)
    type_values(qtbot, sweep, sample, "3")
    qtbot.waitUntil(sweep.start_button.isEnabled)
    qtbot.mouseClick(sweep.start_button, LEFT)
    qtbot.waitUntil(lambda: "Done: 1 of 1" in sweep.result.status.text(), timeout=TIMEOUT_MS)


def test_precisions_are_one_axis_of_a_sweep(
    qtbot: QtBot, sweep: SweepView, sample: Document
) -> None:
    form = sweep.form(sample)
    form.set_axes({"precision": ("keep", "fp16")})
    assert "Points: 2" in form.count.text()
    qtbot.mouseClick(sweep.start_button, LEFT)
    qtbot.waitUntil(lambda: "Done: 2 of 2" in sweep.result.status.text(), timeout=TIMEOUT_MS)
    cells = [sweep.result.model.index(row, 0).data() for row in range(2)]
    assert cells == ["FP32", "FP16"]
    ((line, points),) = drawn(qtbot, sweep).latency._lines
    x, _ = points.getData()
    np.testing.assert_array_equal(x, [1, 2])
    assert line.getData()[0] is None, "nothing lies between two precisions"
    kept = lambda: sweeps(History(), str(sample.path))  # noqa: E731
    qtbot.waitUntil(lambda: bool(kept()) and kept()[0].entry.complete, timeout=TIMEOUT_MS)
    (run,) = kept()
    assert run.entry.axes == {"precision": ("keep", "fp16")}
    assert run.entry.precisions.model == str(sample.path)


def test_a_whole_set_is_chosen_at_once(qtbot: QtBot, page: MeasurePage) -> None:
    keep("other", 3.0)
    about = Subject("/models/net.onnx", "/models/net.plan")
    found = ParallelResult(made_result(2.0), {0: made_result(2.0), 1: made_result(2.0)}, (0, 1))
    numbers = remember_parallel(History(), about, BenchRequest(0), found)
    view = kept_view(page, qtbot, 4)
    choose(view, 3)
    assert [run.entry.part for run in view.chosen()] == [None]
    assert not view.set_button.isEnabled()
    choose(view, 0)
    qtbot.mouseClick(view.set_button, LEFT)
    assert {run.id for run in view.chosen()} == set(numbers)
    assert not view.table.isColumnHidden(PART)
    assert "GPU 1, 2 at once" in cells(view, PART)[0]

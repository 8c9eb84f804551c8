"""The Measure page and its Benchmark view, with real measurements on the CPU."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.measure.benchmark import BenchmarkView
from trtstudio.gui.measure.page import MeasurePage
from trtstudio.gui.measure.result import MeasureResult
from trtstudio.gui.measure.why import WhyView
from trtstudio.gui.parts.shape_text import parse_shape
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.graph import format_shape
from trtstudio.model.measure.loop import Loop

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def workspace(lasting_workspace: Workspace) -> Workspace:
    return lasting_workspace


def make_page(workspace: Workspace, qtbot: QtBot) -> MeasurePage:
    page = MeasurePage(workspace, Runs(workspace, workspace))
    qtbot.addWidget(page)
    page.resize(900, 560)
    page.show()
    return page


@pytest.fixture
def whole(workspace: Workspace, qtbot: QtBot) -> MeasurePage:
    return make_page(workspace, qtbot)


@pytest.fixture
def page(whole: MeasurePage) -> BenchmarkView:
    view = whole.show_view("benchmark")
    assert isinstance(view, BenchmarkView)
    return view


def open_document(workspace: Workspace, path: Path) -> Document:
    document = Document(formats.read(path))
    workspace.documents.append(document)
    workspace.set_current(document)
    return document


@pytest.fixture
def sample(workspace: Workspace, page: BenchmarkView, sample_model: Path, qtbot: QtBot) -> Document:
    document = open_document(workspace, sample_model)
    qtbot.waitUntil(lambda: page._sessions.loaded(document) is not None)
    return document


def measurement_of(page: BenchmarkView, document: Document) -> Any:
    measurement = page._measurements.measurement(document)
    assert measurement is not None
    return measurement


def settled(qtbot: QtBot, page: BenchmarkView) -> MeasureResult:
    """The figures, once all of them are shown."""
    result = page.result
    assert result is not None
    qtbot.waitUntil(lambda: result._turns.is_idle)
    return result


def test_the_form_asks_for_the_dynamic_inputs(page: BenchmarkView, sample: Document) -> None:
    form = page.form(sample)
    assert {name: box.text() for name, box in form._shapes.items()} == {
        "images": "1 x 3 x 224 x 224"
    }
    request = form.request()
    assert request is not None
    assert request.shapes == {"images": (1, 3, 224, 224)}
    assert (request.warmup_ms, request.duration_s, request.iterations) == (200.0, 3.0, 10)


def test_a_wrong_shape_is_told_while_it_is_typed(
    qtbot: QtBot, page: BenchmarkView, sample: Document
) -> None:
    form = page.form(sample)
    box = form._shapes["images"]
    box.selectAll()
    qtbot.keyClicks(box, "2 x 3 x 224")
    assert "N x 3 x 224 x 224" in form.problem.text() and form.problem.isVisible()
    assert not page.start_button.isEnabled()
    assert "shapes" in page.start_button.toolTip()
    qtbot.keyClicks(box, " x 224")
    assert not form.problem.isVisible() and page.start_button.isEnabled()


def test_a_measurement_shows_its_figures(
    qtbot: QtBot, page: BenchmarkView, sample: Document, tmp_path: Path
) -> None:
    form = page.form(sample)
    form._shapes["images"].setText("2 x 3 x 224 x 224")
    form.duration.setValue(0.3)
    form.warmup.setValue(10)
    form.iterations.setValue(3)
    qtbot.mouseClick(page.start_button, LEFT)
    assert not page.start_button.isEnabled() and page.stop_button.isEnabled()
    measurement = measurement_of(page, sample)
    qtbot.waitUntil(lambda: not measurement.is_running)
    result = measurement.result
    assert result.iterations == result.samples_ms.size >= 3
    assert result.shapes == {"images": (2, 3, 224, 224)}
    shown = settled(qtbot, page)
    median, unit = shown.figures["median"].text().split()
    assert float(median) == pytest.approx(result.latency_ms.median, rel=1e-2) and unit == "ms"
    assert shown.figures["iterations"].text() == f"{result.iterations:,}"
    series = shown.plot.plot._series[0]
    np.testing.assert_array_equal(series.values, result.samples_ms)
    assert series.times[-1] <= result.seconds
    assert shown.table.item(0, 0).text() == f"{result.latency_ms.median:.3f}"
    assert shown.table.isColumnHidden(1), "a CPU has no GPU times"
    assert page.status.text().startswith("Done") and "CPU" in shown.diagnoses.text()
    assert "studio" in shown.method.text() and "ONNX Runtime" in shown.method.text()
    assert "GPU" in shown.clocks_problem.text() and shown.clocks is None

    qtbot.mouseClick(shown.exports.copy_json, LEFT)
    copied = json.loads(QGuiApplication.clipboard().text())
    assert copied["iterations"] == result.iterations
    assert copied["latency_ms"]["p99"] == result.latency_ms.p99
    assert copied["gpu_ms"] is None
    qtbot.mouseClick(shown.exports.copy_text, LEFT)
    text = QGuiApplication.clipboard().text()
    assert "ONNX Runtime" in text and "images  [2 x 3 x 224 x 224]" in text
    QGuiApplication.clipboard().clear()

    for kind in ("json", "csv", "samples"):
        shown.exports.save(tmp_path / kind, kind)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: (tmp_path / "samples").exists())
    written = json.loads((tmp_path / "json").read_text())
    np.testing.assert_array_equal(np.float32(written["samples"]["latency_ms"]), result.samples_ms)
    with (tmp_path / "samples").open() as file:
        rows = list(csv.DictReader(file))
    assert [np.float32(row["latency_ms"]) for row in rows] == list(result.samples_ms)
    assert (tmp_path / "csv").read_text().splitlines()[1].startswith("latency,")


def test_figures_come_while_it_runs_and_escape_keeps_them(
    qtbot: QtBot, page: BenchmarkView, sample: Document
) -> None:
    page.form(sample).duration.setValue(600)
    page.start_button.click()
    measurement = measurement_of(page, sample)
    qtbot.waitUntil(lambda: measurement.count > 5)
    shown = page.result
    assert shown is not None
    qtbot.waitUntil(lambda: shown.plot.plot._series[0].values.size > 5)
    qtbot.waitUntil(lambda: bool(shown.figures["median"].text()))
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not measurement.is_running)
    assert measurement.count > 5
    assert page.start_button.isEnabled() and not page.stop_button.isEnabled()
    settled(qtbot, page)
    assert shown.plot.plot._series[0].values.size == measurement.count
    assert "Stopped early" in shown.diagnoses.text()


def test_each_document_keeps_its_form_and_figures(
    workspace: Workspace,
    page: BenchmarkView,
    sample: Document,
    light_models: tuple[Path, ...],
) -> None:
    page.form(sample).duration.setValue(7)
    other = open_document(workspace, light_models[0])
    assert page._forms.currentWidget().widget() is page.form(other)
    assert page.form(other).duration.value() == 3
    workspace.set_current(sample)
    assert page.form(sample).duration.value() == 7
    workspace.close(other)
    assert page._forms.count() == 1


def test_nothing_is_made_for_a_page_that_is_not_seen(
    workspace: Workspace, whole: MeasurePage, page: BenchmarkView, light_models: tuple[Path, ...]
) -> None:
    whole.hide()
    document = open_document(workspace, light_models[0])
    assert page._forms.count() == 0
    whole.show()
    assert page._forms.currentWidget().widget() is page.form(document)


def test_without_a_document_the_page_says_what_to_do(
    qtbot: QtBot, whole: MeasurePage, page: BenchmarkView
) -> None:
    assert whole._stack.currentWidget() is whole._hint
    page.start()
    whole.stop()
    qtbot.mouseClick(whole.segments.buttons["why"], LEFT)
    assert whole._stack.currentWidget() is whole._hint


def test_what_onnx_runtime_cannot_do_is_disabled_and_says_why(
    qtbot: QtBot, whole: MeasurePage, page: BenchmarkView, sample: Document
) -> None:
    form = page.form(sample)
    for control in (form.preset, form.loop.streams, *form.loop.boxes.values()):
        assert not control.isEnabled() and "ONNX Runtime" in control.toolTip()
    assert form.loop.reason.isVisible()
    request = form.request()
    assert request is not None and request.loop == Loop() and request.preset == "studio"
    qtbot.mouseClick(whole.segments.buttons["why"], LEFT)
    why = whole.show_view("why")
    assert isinstance(why, WhyView)
    assert not why.start_button.isEnabled() and "ONNX Runtime" in why.words.text()


def test_the_settings_are_there_for_other_views(
    qtbot: QtBot, whole: MeasurePage, page: BenchmarkView, sample: Document
) -> None:
    with qtbot.waitSignal(whole.measurements.settings_changed):
        page.form(sample).duration.setValue(9)
    with qtbot.waitSignal(whole.measurements.settings_changed):
        page.form(sample).seed.setValue(3)
    settings = whole.measurements.settings(sample)
    assert settings.seed == 3 and settings.preset == "studio"
    assert settings.duration_s == 9 and settings.shapes == {"images": (1, 3, 224, 224)}


# Shapes


@given(st.lists(st.integers(0, 99_999), min_size=1, max_size=6).map(tuple))
def test_a_shape_is_read_back_as_it_is_shown(shape: tuple[int, ...]) -> None:
    for text in (format_shape(shape), "x".join(map(str, shape)), ", ".join(map(str, shape))):
        assert parse_shape(text) == shape


@pytest.mark.parametrize("text", ["", "x", "1 x", "N x 3", "-1 x 3", "1.5", "1 x x 2", "١ x y"])
def test_what_is_no_shape(text: str) -> None:
    assert parse_shape(text) is None

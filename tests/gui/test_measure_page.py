"""The measure page: real measurements on the CPU, and over told engines what a GPU would answer."""

import json
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.measurements import RECENT
from trtstudio.gui.pages.measure_page import MeasurePage
from trtstudio.gui.runs import Runs
from trtstudio.gui.theme import theme
from trtstudio.gui.widgets.measure_form import fits, parse_shape
from trtstudio.gui.workspace import Document, Workspace
from trtstudio.host.engines import Engines
from trtstudio.model import formats
from trtstudio.model.bench import COLUMNS, BenchRequest, BenchResult, Samples
from trtstudio.model.build import Progress
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.graph import Tensor, format_shape
from trtstudio.model.latency import summarize
from trtstudio.model.run import LoadRequest, SessionInfo
from trtstudio.model.runtime import Installation

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    engines = Engines()
    yield engines
    engines.close()


@pytest.fixture
def workspace(engines: Engines, qtbot: QtBot) -> Iterator[Workspace]:
    theme().apply("light")
    workspace = Workspace(engines)
    workspace.installation = Installation(None)
    yield workspace
    for document in list(workspace.documents):
        workspace.close(document)
    qtbot.waitUntil(lambda: not workspace.jobs.running)
    workspace.io.shutdown()


def make_page(workspace: Workspace, qtbot: QtBot) -> MeasurePage:
    page = MeasurePage(workspace, Runs(workspace, workspace))
    qtbot.addWidget(page)
    page.resize(900, 560)
    page.show()
    return page


@pytest.fixture
def page(workspace: Workspace, qtbot: QtBot) -> MeasurePage:
    return make_page(workspace, qtbot)


def open_document(workspace: Workspace, path: Path) -> Document:
    document = Document(formats.read(path))
    workspace.documents.append(document)
    workspace.set_current(document)
    return document


@pytest.fixture
def sample(workspace: Workspace, page: MeasurePage, sample_model: Path, qtbot: QtBot) -> Document:
    document = open_document(workspace, sample_model)
    qtbot.waitUntil(lambda: page._sessions.loaded(document) is not None, timeout=20_000)
    return document


def measurement_of(page: MeasurePage, document: Document) -> Any:
    measurement = page.measurements.measurement(document)
    assert measurement is not None
    return measurement


def test_the_form_asks_for_the_dynamic_inputs(page: MeasurePage, sample: Document) -> None:
    form = page.form(sample)
    assert {name: box.text() for name, box in form._shapes.items()} == {
        "images": "1 x 3 x 224 x 224"
    }
    request = form.request()
    assert request is not None
    assert request.shapes == {"images": (1, 3, 224, 224)}
    assert (request.warmup_ms, request.duration_s, request.iterations) == (200.0, 3.0, 10)


def test_a_wrong_shape_is_told_while_it_is_typed(
    qtbot: QtBot, page: MeasurePage, sample: Document
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


def test_a_measurement_shows_its_figures(qtbot: QtBot, page: MeasurePage, sample: Document) -> None:
    form = page.form(sample)
    form._shapes["images"].setText("2 x 3 x 224 x 224")
    form.duration.setValue(0.3)
    form.warmup.setValue(10)
    form.iterations.setValue(3)
    qtbot.mouseClick(page.start_button, LEFT)
    assert not page.start_button.isEnabled() and page.stop_button.isEnabled()
    measurement = measurement_of(page, sample)
    qtbot.waitUntil(lambda: not measurement.is_running, timeout=20_000)
    result = measurement.result
    assert result.iterations == result.samples_ms.size >= 3
    assert result.shapes == {"images": (2, 3, 224, 224)}
    assert page.result is not None
    shown = page.result
    assert shown.figures["median"].text() == f"{result.latency_ms.median:.3f} ms"
    assert shown.figures["iterations"].text() == f"{result.iterations:,}"
    np.testing.assert_array_equal(shown.plot.samples_ms, result.samples_ms)
    assert shown.table.item(0, 0).text() == f"{result.latency_ms.median:.3f}"
    assert shown.table.isColumnHidden(1), "a CPU has no GPU times"
    assert "CPU" in page.status.text() and "CPU" in page.warnings.text()

    qtbot.mouseClick(shown.copy_json, LEFT)
    copied = json.loads(QGuiApplication.clipboard().text())
    assert copied["iterations"] == result.iterations
    assert copied["latency_ms"]["p99"] == result.latency_ms.p99
    assert "gpu_ms" not in copied
    qtbot.mouseClick(shown.copy_text, LEFT)
    text = QGuiApplication.clipboard().text()
    assert "ONNX Runtime" in text and "images  [2 x 3 x 224 x 224]" in text
    QGuiApplication.clipboard().clear()


def test_figures_come_while_it_runs_and_escape_keeps_them(
    qtbot: QtBot, page: MeasurePage, sample: Document
) -> None:
    page.form(sample).duration.setValue(600)
    page.start_button.click()
    measurement = measurement_of(page, sample)
    qtbot.waitUntil(lambda: measurement.samples_ms.size > 5, timeout=20_000)
    assert page.result is not None and page.result.plot.samples_ms.size
    assert page.result.figures["median"].text()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not measurement.is_running, timeout=20_000)
    assert measurement.samples_ms.size > 5
    assert page.start_button.isEnabled() and not page.stop_button.isEnabled()
    assert page.result.plot.samples_ms.size == measurement.samples_ms.size


def test_each_document_keeps_its_form_and_figures(
    workspace: Workspace,
    page: MeasurePage,
    sample: Document,
    light_models: tuple[Path, ...],
) -> None:
    page.form(sample).duration.setValue(7)
    other = open_document(workspace, light_models[0])
    assert page._form_stack.currentWidget() is page.form(other)
    assert page.form(other).duration.value() == 3
    workspace.set_current(sample)
    assert page.form(sample).duration.value() == 7
    workspace.close(other)
    assert page._form_stack.count() == 1


def test_without_a_document_the_page_says_what_to_do(page: MeasurePage) -> None:
    assert page._stack.currentIndex() == 0
    page.start()
    page.stop()


# Over engines that answer as they are told


def latencies(*times_ms: float) -> Samples:
    table = np.zeros((len(times_ms), len(COLUMNS)), np.float32)
    table[:, COLUMNS.index("latency_ms")] = times_ms
    return Samples(table)


class ToldJob:
    def __init__(self, request: Any) -> None:
        self.request = request
        self.future: Future[Any] = Future()
        self.progress: Progress | None = None
        self.samples: list[Samples] = []

    def take_log(self) -> list[Any]:
        return []

    def take_samples(self) -> list[Samples]:
        taken, self.samples = self.samples, []
        return taken

    def cancel(self) -> None:
        self.future.set_exception(Cancelled("Stopped."))


class ToldEngines:
    def __init__(self) -> None:
        self.benches: list[ToldJob] = []

    def submit(self, request: Any, _interpreter: object = None) -> ToldJob:
        job = ToldJob(request)
        if isinstance(request, LoadRequest):
            tensor = Tensor("x", "float32", (1, 2))
            info = SessionInfo(
                5, request.path, "ONNX Runtime", "CPU", (tensor,), (tensor,), {"x": (1, 2)}
            )
            job.future.set_result(info)
        elif isinstance(request, BenchRequest):
            self.benches.append(job)
        else:
            job.future.set_result(None)
        return job

    def close(self) -> None:
        pass


@pytest.fixture
def told() -> ToldEngines:
    return ToldEngines()


@pytest.fixture
def told_page(told: ToldEngines, qtbot: QtBot, light_models: tuple[Path, ...]) -> Any:
    theme().apply("light")
    workspace = Workspace(told)  # type: ignore[arg-type]
    workspace.installation = Installation(None)
    page = make_page(workspace, qtbot)
    document = open_document(workspace, light_models[0])
    qtbot.waitUntil(lambda: page._sessions.loaded(document) is not None)
    page.start_button.click()
    assert len(told.benches) == 1
    yield page
    workspace.shut_down()


def test_on_a_gpu_every_part_has_its_column(
    qtbot: QtBot, told: ToldEngines, told_page: MeasurePage
) -> None:
    samples = np.linspace(1, 2, 50)
    summary = summarize(samples)
    assert told.benches[0].request.session == 5
    told.benches[0].future.set_result(
        BenchResult(
            "TensorRT", "GPU", 50, 600.0, summary, summary, summary, summary, summary, samples, {}
        )
    )
    qtbot.waitUntil(lambda: told_page.result is not None)
    table = told_page.result.table
    assert not any(table.isColumnHidden(column) for column in range(5))
    assert table.item(6, 4).text() == "2.000"
    width = table.verticalHeader().width() + table.horizontalHeader().length()
    assert width <= table.width(), "every column can be seen"


def test_samples_that_came_before_a_kill_are_kept(
    qtbot: QtBot, told: ToldEngines, told_page: MeasurePage
) -> None:
    told.benches[0].samples = [latencies(2.0, 4.0), latencies(6.0)]
    qtbot.waitUntil(lambda: told_page.result is not None)
    told.benches[0].samples = [latencies(8.0)]
    qtbot.mouseClick(told_page.stop_button, LEFT)
    qtbot.waitUntil(lambda: told_page.start_button.isEnabled())
    assert told_page.result.plot.samples_ms.tolist() == [2, 4, 6, 8]
    assert told_page.result.figures["median"].text() == "5.000 ms"
    assert told_page.result.figures["throughput"].text() == "200.0 /s"
    assert told_page.status.text().startswith("Stopped")


def test_a_long_measurement_is_looked_at_by_its_end(
    qtbot: QtBot, told: ToldEngines, told_page: MeasurePage
) -> None:
    long = RECENT + 5000
    told.benches[0].samples = [latencies(*[1.0] * long), latencies(*[3.0] * RECENT)]
    qtbot.waitUntil(lambda: told_page.result is not None)
    assert told_page.result.figures["iterations"].text() == f"{long + RECENT:,}"
    assert told_page.result.figures["median"].text() == "3.000 ms"
    numbers = told_page.result.plot._line.getOriginalDataset()[0]
    assert numbers[0] == long + 1
    told.benches[0].cancel()
    qtbot.waitUntil(lambda: told_page.start_button.isEnabled())
    assert told_page.result.figures["median"].text() == "1.000 ms", "all of them, at the end"
    assert told_page.result.plot._line.getOriginalDataset()[0][0] == 1


def test_waiting_for_a_build_is_said(
    qtbot: QtBot, told: ToldEngines, told_page: MeasurePage
) -> None:
    told.benches[0].progress = Progress("waiting for the build to finish")
    qtbot.waitUntil(lambda: "waiting for the build" in told_page.status.text())
    told.benches[0].cancel()
    qtbot.waitUntil(lambda: told_page.start_button.isEnabled())


def test_a_failure_is_told_and_can_be_tried_again(
    qtbot: QtBot, told: ToldEngines, told_page: MeasurePage
) -> None:
    told.benches[0].future.set_exception(StudioError("It does not run.", hint="Try less."))
    qtbot.waitUntil(lambda: told_page.start_button.isEnabled())
    assert told_page.status.text() == "It does not run. Try less."
    told_page.start_button.click()
    qtbot.waitUntil(lambda: len(told.benches) == 2)
    told.benches[1].cancel()
    qtbot.waitUntil(lambda: told_page.start_button.isEnabled())


# Shapes


@given(st.lists(st.integers(0, 99_999), min_size=1, max_size=6).map(tuple))
def test_a_shape_is_read_back_as_it_is_shown(shape: tuple[int, ...]) -> None:
    for text in (format_shape(shape), "x".join(map(str, shape)), ", ".join(map(str, shape))):
        assert parse_shape(text) == shape


@pytest.mark.parametrize("text", ["", "x", "1 x", "N x 3", "-1 x 3", "1.5", "1 x x 2", "١ x y"])
def test_what_is_no_shape(text: str) -> None:
    assert parse_shape(text) is None


def test_a_shape_has_the_rank_and_the_fixed_sizes() -> None:
    tensor = Tensor("x", "float32", ("N", 3, -1))
    assert fits((4, 3, 7), tensor)
    for wrong in (None, (4, 3), (4, 2, 7), (0, 3, 7)):
        assert not fits(wrong, tensor)
    assert fits((9,), Tensor("y", "float32", None))

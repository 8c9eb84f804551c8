"""The Benchmark and "Why slower?" views over engines that answer what a GPU would."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.measure.benchmark import BenchmarkView
from trtstudio.gui.measure.measurement import RECENT
from trtstudio.gui.measure.page import MeasurePage
from trtstudio.gui.measure.result import MeasureResult
from trtstudio.gui.measure.why import WhyView
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.sessions import run_choice
from trtstudio.gui.sessions.run_choice import Choice
from trtstudio.gui.theme import theme
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import Cancelled, NotLoaded, StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.measure.bench import (
    COLUMNS,
    BenchRequest,
    BenchResult,
    ClockSample,
    CompareLoopsRequest,
    LoopComparison,
    LoopVariant,
    Samples,
    StreamResult,
    method,
)
from trtstudio.model.measure.latency import summarize
from trtstudio.model.measure.loop import PRESETS, Loop
from trtstudio.model.run import LoadRequest, SessionInfo
from trtstudio.model.runtime import Device, Installation, Runtime

LEFT = Qt.MouseButton.LeftButton
LOAD_OPTIONS = ("device", "weight_streaming", "cuda_graphs", "context_memory", "keep_kernels")
INSTALLATION = Installation(
    Runtime("tensorrt_rtx", "1.6.1.120", load_options=LOAD_OPTIONS),
    devices=(Device("NVIDIA H200", "sm_90"), Device("NVIDIA H200", "sm_90")),
)


def latencies(*times_ms: float, gpu_ms: float = 0.0, begin_s: float = 0.0) -> Samples:
    """Inferences that take so long, one every 5 ms."""
    table = np.zeros((len(times_ms), len(COLUMNS)), np.float32)
    table[:, COLUMNS.index("latency_ms")] = times_ms
    table[:, COLUMNS.index("gpu_ms")] = gpu_ms
    table[:, COLUMNS.index("end_s")] = begin_s + 0.005 * np.arange(1, len(times_ms) + 1)
    return Samples(table)


def gpu_result(
    request: BenchRequest,
    samples: Samples,
    clocks: Sequence[ClockSample] = (),
    warnings: tuple[str, ...] = (),
) -> BenchResult:
    """All parts measured, every one as long as the latency."""
    times = samples.column("latency_ms")
    summary, loop = summarize(times), request.loop
    streams = [StreamResult(n, len(times), 100.0, summary, summary) for n in range(loop.streams)]
    return BenchResult(
        "TensorRT-RTX 1.6.1.120",
        "NVIDIA H200",
        len(samples),
        200.0 * loop.streams,
        *[summary] * 5,
        shapes={},
        warnings=warnings,
        host_ms=summary,
        method=method(request),
        loop=loop,
        seconds=0.005 * len(samples),
        samples=samples,
        streams=tuple(streams) if loop.streams > 1 else (),
        clocks=tuple(clocks),
    )


def variant(name: str, loop: Loop, ratio: float, problem: str = "") -> LoopVariant:
    """A loop with so many times the throughput of the first."""
    if problem:
        return LoopVariant(name, loop, problem=problem)
    result = gpu_result(BenchRequest(0, loop=loop), latencies(1.0, 1.0, gpu_ms=0.5))
    return LoopVariant(name, loop, result, ratio, cause=f"{name} is why.")


class ToldJob:
    def __init__(self, request: Any) -> None:
        self.request = request
        self.future: Future[Any] = Future()
        self.progress: Progress | None = None
        self.samples: list[Samples] = []
        self.clocks: list[ClockSample] = []
        self.parts: list[Any] = []

    def take_log(self) -> list[Any]:
        return []

    def take_samples(self) -> list[Samples]:
        taken, self.samples = self.samples, []
        return taken

    def take_clocks(self) -> list[ClockSample]:
        taken, self.clocks = self.clocks, []
        return taken

    def take_parts(self) -> list[Any]:
        taken, self.parts = self.parts, []
        return taken

    def cancel(self, _grace_s: float = 0.0) -> None:
        self.future.set_exception(Cancelled("Stopped."))


class ToldEngines:
    """``loads`` are the requests to load; ``asked`` the jobs of what measures, still open."""

    def __init__(self) -> None:
        self.loads: list[LoadRequest] = []
        self.asked: list[ToldJob] = []

    def submit(self, request: Any, _interpreter: object = None) -> ToldJob:
        job = ToldJob(request)
        if isinstance(request, LoadRequest):
            self.loads.append(request)
            if self.refuses(request):
                job.future.set_exception(StudioError("It cannot be loaded like this."))
                return job
            tensor = Tensor("x", "float32", (1, 2))
            info = SessionInfo(
                len(self.loads),
                request.path,
                "TensorRT-RTX 1.6.1.120",
                "NVIDIA H200",
                (tensor,),
                (tensor,),
                {"x": (1, 2)},
            )
            job.future.set_result(info)
        elif isinstance(request, BenchRequest | CompareLoopsRequest):
            self.asked.append(job)
        else:
            job.future.set_result(None)
        return job

    def has(self, _session: int) -> bool:
        return True

    def refuses(self, request: LoadRequest) -> bool:
        """A budget of nothing."""
        return request.options.weight_streaming == 0

    def close(self) -> None:
        pass


@pytest.fixture
def told() -> ToldEngines:
    return ToldEngines()


@pytest.fixture
def page(
    told: ToldEngines,
    qtbot: QtBot,
    light_models: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MeasurePage]:
    """The page of a document with an engine."""
    theme().apply("light")
    path = light_models[0]
    monkeypatch.setattr(run_choice, "choose", lambda *_: Choice(path, "tensorrt", "{what}."))
    workspace = Workspace(told)  # type: ignore[arg-type]
    workspace.installation = INSTALLATION
    page = MeasurePage(workspace, Runs(workspace, workspace))
    qtbot.addWidget(page)
    page.resize(900, 560)
    page.show()
    document = Document(formats.read(path))
    workspace.documents.append(document)
    workspace.set_current(document)
    qtbot.waitUntil(lambda: page._sessions.loaded(document) is not None)
    yield page
    workspace.shut_down()


@pytest.fixture
def document(page: MeasurePage) -> Document:
    current = page._workspace.current
    assert current is not None
    return current


@pytest.fixture
def view(page: MeasurePage) -> BenchmarkView:
    view = page.show_view("benchmark")
    assert isinstance(view, BenchmarkView)
    return view


@pytest.fixture
def why(page: MeasurePage) -> WhyView:
    view = page.show_view("why")
    assert isinstance(view, WhyView)
    return view


def wait_for_figures(qtbot: QtBot, view: BenchmarkView, count: int) -> MeasureResult:
    """The figures of so many inferences, once all of them are shown: the widget is made before."""
    figure = f"{count:,}"

    def is_shown() -> bool:
        result = view.result
        if result is None or result.figures["iterations"].text() != figure:
            return False
        return result._turns.is_idle

    qtbot.waitUntil(is_shown)
    assert view.result is not None
    return view.result


# The benchmark


def test_on_a_gpu_every_part_has_its_column(
    qtbot: QtBot, told: ToldEngines, view: BenchmarkView, document: Document
) -> None:
    form = view.form(document)
    form.choose_preset("trtexec-10")
    form.loop.streams.setValue(2)
    qtbot.mouseClick(view.start_button, LEFT)
    job = told.asked[0]
    assert job.request.session == 1
    assert (job.request.preset, job.request.loop) == ("trtexec-10", Loop(streams=2, overlap=True))
    samples = latencies(*np.linspace(1, 2, 50), gpu_ms=0.5)
    clocks = [ClockSample(0.1, 1980, 2619, 45, 310.0), ClockSample(0.2, None, None, None, None)]
    job.future.set_result(gpu_result(job.request, samples, clocks, ("It is throttled.",)))
    result = wait_for_figures(qtbot, view, 50)
    table = result.table
    assert not any(table.isColumnHidden(column) for column in range(6))
    item = table.item(6, 4)
    assert item is not None and item.text() == "2.000"
    width = table.verticalHeader().width() + table.horizontalHeader().length()
    assert width <= table.width(), "every column can be seen"
    assert "trtexec-10 with 2 streams" in result.method.text()
    assert "It is throttled." in result.diagnoses.text()
    assert result.streams.isVisible() and result.streams.rowCount() == 2
    assert result.clocks is not None and result.clocks.isVisible()
    assert not result.clocks_problem.isVisible()
    assert result.plot.legend.text().count("■") == 2


def test_finished_benchmarks_are_told(
    qtbot: QtBot, told: ToldEngines, page: MeasurePage, view: BenchmarkView
) -> None:
    view.start()
    result = gpu_result(told.asked[0].request, latencies(1.0))
    with qtbot.waitSignal(page.measurements.finished) as finished:
        told.asked[0].future.set_result(result)
    assert finished.args[1] is result


def test_clocks_come_while_it_runs(qtbot: QtBot, told: ToldEngines, view: BenchmarkView) -> None:
    view.start()
    told.asked[0].samples = [latencies(*[1.0] * 40, gpu_ms=0.5)]
    told.asked[0].clocks = [
        ClockSample(0.0, 1980),
        ClockSample(0.05, 1500, throttle=("power cap",)),
        ClockSample(0.1, 1980),
        ClockSample(0.15, 1980, throttle=("sync boost",)),
    ]
    clocks = wait_for_figures(qtbot, view, 40).clocks
    assert clocks is not None and clocks.isVisible()
    np.testing.assert_array_equal(clocks.clocks._series[0].values, [1980, 1500, 1980, 1980])
    assert clocks.throttled.text() == "Held down: power cap"
    assert list(clocks._shades[0].opts["x0"]) == [0.05]
    assert list(clocks._shades[0].opts["x1"]) == [0.1]
    told.asked[0].cancel()
    qtbot.waitUntil(lambda: view.start_button.isEnabled())


def test_samples_that_came_before_a_kill_are_kept(
    qtbot: QtBot, told: ToldEngines, view: BenchmarkView
) -> None:
    view.start()
    told.asked[0].samples = [latencies(2.0, 4.0), latencies(6.0, begin_s=0.01)]
    result = wait_for_figures(qtbot, view, 3)
    told.asked[0].samples = [latencies(8.0, begin_s=0.015)]
    qtbot.mouseClick(view.stop_button, LEFT)
    qtbot.waitUntil(lambda: view.start_button.isEnabled())
    wait_for_figures(qtbot, view, 4)
    assert result.plot.plot._series[0].values.tolist() == [2, 4, 6, 8]
    assert result.figures["median"].text() == "5.000 ms"
    assert result.figures["throughput"].text() == "200.0 /s"
    assert view.status.text().startswith("Stopped")
    assert not result.exports.save_button.isEnabled()


def test_a_long_measurement_is_looked_at_by_its_end(
    qtbot: QtBot, told: ToldEngines, view: BenchmarkView
) -> None:
    view.start()
    long = RECENT + 5000
    told.asked[0].samples = [
        latencies(*[1.0] * long),
        latencies(*[3.0] * RECENT, begin_s=0.005 * long),
    ]
    result = wait_for_figures(qtbot, view, long + RECENT)
    figures = result.figures
    assert figures["median"].text() == "3.000 ms"
    assert result.plot.plot._series[0].values.size == long + RECENT
    told.asked[0].cancel()
    qtbot.waitUntil(lambda: figures["median"].text() == "1.000 ms")  # all of them, at the end


def test_waiting_for_a_build_is_said(qtbot: QtBot, told: ToldEngines, view: BenchmarkView) -> None:
    view.start()
    told.asked[0].progress = Progress("waiting for the build to finish")
    qtbot.waitUntil(lambda: "waiting for the build" in view.status.text())
    told.asked[0].cancel()
    qtbot.waitUntil(lambda: view.start_button.isEnabled())


def test_a_failure_is_told_and_can_be_tried_again(
    qtbot: QtBot, told: ToldEngines, view: BenchmarkView
) -> None:
    view.start()
    told.asked[0].future.set_exception(StudioError("It does not run.", hint="Try less."))
    qtbot.waitUntil(lambda: view.start_button.isEnabled())
    assert view.status.text() == "It does not run. Try less."
    view.start_button.click()
    qtbot.waitUntil(lambda: len(told.asked) == 2)
    told.asked[1].cancel()
    qtbot.waitUntil(lambda: view.start_button.isEnabled())


def test_a_session_that_is_gone_is_loaded_again_once(
    qtbot: QtBot, told: ToldEngines, view: BenchmarkView
) -> None:
    view.start()
    told.asked[0].future.set_exception(NotLoaded("gone"))
    qtbot.waitUntil(lambda: len(told.asked) == 2)
    assert told.asked[1].request.session == len(told.loads) == 2
    told.asked[1].future.set_exception(NotLoaded("gone again"))
    qtbot.waitUntil(lambda: view.start_button.isEnabled())
    assert len(told.asked) == 2 and view.status.text().startswith("gone again")


def test_what_was_stopped_does_not_begin_again_in_a_new_process(
    qtbot: QtBot, told: ToldEngines, view: BenchmarkView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToldJob, "cancel", lambda *_: None)  # it comes too late
    view.start()
    view.stop()
    told.asked[0].future.set_exception(NotLoaded("gone"))
    qtbot.waitUntil(view.start_button.isEnabled)
    assert len(told.asked) == 1


def test_a_closed_document_ends_its_measurement(
    qtbot: QtBot, told: ToldEngines, page: MeasurePage, view: BenchmarkView, document: Document
) -> None:
    view.start()
    page._workspace.close(document)
    qtbot.waitUntil(lambda: told.asked[0].future.done())
    assert page.measurements.measurement(document) is None
    page.measurements.start(document, BenchRequest(0))  # asked for before, as a sweep's folder is
    assert page.measurements.measurement(document) is None and len(told.asked) == 1


# Loading


def test_a_choice_of_loading_loads_again(
    qtbot: QtBot, told: ToldEngines, view: BenchmarkView, document: Document
) -> None:
    form = view.form(document).loading
    form.chosen.emit(form._options)
    assert len(told.loads) == 1, "nothing else was chosen"
    form._choose(weight_streaming=2**28, device=1)
    qtbot.waitUntil(lambda: len(told.loads) == 2)
    options = told.loads[1].options
    assert (options.weight_streaming, options.device) == (2**28, 1)
    qtbot.waitUntil(lambda: form._options == options)


def test_a_choice_that_is_refused_can_be_taken_back(
    qtbot: QtBot, told: ToldEngines, view: BenchmarkView, document: Document
) -> None:
    form = view.form(document).loading
    form._choose(weight_streaming=0)
    qtbot.waitUntil(lambda: view._sessions.problem(document) is not None)
    assert not view.start_button.isEnabled()
    assert "cannot be loaded like this" in view.start_button.toolTip()
    form._choose(weight_streaming=None)
    qtbot.waitUntil(lambda: view._sessions.loaded(document) is not None)
    assert view.start_button.isEnabled()
    assert told.loads[-1].options.weight_streaming is None


# Why slower?


def test_a_loop_appears_as_soon_as_it_is_measured(
    qtbot: QtBot, told: ToldEngines, page: MeasurePage, why: WhyView
) -> None:
    qtbot.mouseClick(why.start_button, LEFT)
    job = told.asked[0]
    assert job.request.session == 1
    assert page.measurements.is_measuring(page._workspace.documents[0])
    assert not page.bar.chooser.isEnabled(), "another runtime would end it"
    job.progress = Progress("Loop 2 of 9: one by one")
    job.parts = [variant("pageable", Loop(pinned=False), 1.0)]
    qtbot.waitUntil(lambda: len(why.rows.rows) == 1 and "Loop 2 of 9" in why.status.text())
    job.parts = [
        variant("one by one", Loop(), 1.5),
        variant("many", Loop(streams=2), 0.0, "Out of memory."),
    ]
    qtbot.waitUntil(lambda: len(why.rows.rows) == 3)
    marked = [not row.mark.isHidden() for row in why.rows.rows]
    assert marked == [False, True, False], "the form's settings"
    assert why.rows.rows[0].cause.text() == "pageable is why."
    assert why.rows.rows[2].cause.text() == "Out of memory."
    assert why.rows.rows[2].bar.share == 0 and why.rows.rows[0].bar.share == 1
    assert not why.copy_json.isEnabled()
    variants = (variant("pageable", Loop(pinned=False), 1.0), variant("2", Loop(streams=2), 2.0))
    job.future.set_result(LoopComparison("TensorRT", "GPU", variants))
    qtbot.waitUntil(lambda: why.status.text().startswith("Done"))
    assert page.bar.chooser.isEnabled()
    assert len(why.rows.rows) == 2
    assert [row.bar.share for row in why.rows.rows] == [0.5, 1.0]
    assert why.rows.rows[1].bar.words == "2.00 x"
    assert why.unlike.text()
    qtbot.mouseClick(why.segments.buttons["latency"], LEFT)
    assert [row.bar.share for row in why.rows.rows] == [1.0, 1.0]
    qtbot.mouseClick(why.copy_text, LEFT)
    assert "pageable is why." in QGuiApplication.clipboard().text()
    qtbot.mouseClick(why.copy_json, LEFT)
    copied = json.loads(QGuiApplication.clipboard().text())
    assert [each["ratio"] for each in copied["variants"]] == [1.0, 2.0]
    QGuiApplication.clipboard().clear()


def test_escape_ends_a_comparison_and_keeps_its_rows(
    qtbot: QtBot, told: ToldEngines, page: MeasurePage, why: WhyView
) -> None:
    why.start()
    told.asked[0].parts = [variant("pageable", Loop(pinned=False), 1.0)]
    qtbot.waitUntil(lambda: len(why.rows.rows) == 1)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: why.start_button.isEnabled())
    assert why.status.text().startswith("Stopped") and len(why.rows.rows) == 1


# The form


def test_a_preset_is_named_and_what_differs_from_it(
    view: BenchmarkView, document: Document
) -> None:
    form = view.form(document)
    for name, preset in PRESETS.items():
        form.choose_preset(name)
        request = form.request()
        assert request is not None
        assert (request.preset, request.loop) == (name, preset.loop)
        assert form.preset.currentData() == name
        assert name in form.preset.currentText(), "the word that figures are named by"
    form.loop.boxes["spin"].click()
    assert form.preset.currentText() == "Changed"
    assert form.method.text() == "trtexec-11 with blocking wait"
    form.loop.boxes["spin"].click()
    assert form.preset.currentData() == "trtexec-11"
    assert form.preset.findText("Changed") < 0

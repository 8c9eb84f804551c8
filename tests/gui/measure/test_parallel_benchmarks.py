"""Several GPUs at once, with engines that are told what to answer."""

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.measure.gpu_curves import GpuSamples, thinned, throughput_so_far
from trtstudio.gui.measure.gpus import GpusView
from trtstudio.gui.measure.page import MeasurePage
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.sessions import run_choice
from trtstudio.gui.sessions.run_choice import Choice
from trtstudio.gui.theme import theme
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.history import History
from trtstudio.model.measure.bench import COLUMNS, BenchRequest, BenchResult, Samples
from trtstudio.model.measure.bench_history import benchmarks
from trtstudio.model.measure.latency import summarize
from trtstudio.model.requests import UnloadRequest
from trtstudio.model.run import LoadRequest, RuntimeChoice, SessionInfo
from trtstudio.model.runtime import Device, Installation, Runtime

LEFT = Qt.MouseButton.LeftButton
TIMEOUT_MS = 30_000


def gpus(count: int) -> Installation:
    devices = tuple(Device("NVIDIA H200", "sm_90", driver="580") for _ in range(count))
    return Installation(Runtime("tensorrt", "11.0"), devices=devices)


def result(qps: float) -> BenchResult:
    table = np.ones((4, len(COLUMNS)), np.float32)
    summary = summarize(table[:, 0])
    return BenchResult(
        "TensorRT 11.0", "NVIDIA H200", 4, qps, *[summary] * 5, {"x": (1, 2)}, seconds=1.0,
        samples=Samples(table),
    )  # fmt: skip


class ToldJob:
    def __init__(self, request: Any) -> None:
        self.request = request
        self.future: Future[Any] = Future()
        self.progress: Progress | None = None
        self.samples: list[Samples] = []

    def cancel(self, _grace_s: float = 0.0) -> None:
        if not self.future.done():
            self.future.set_exception(Cancelled("Stopped."))

    def take_log(self) -> list[Any]:
        return []

    def take_clocks(self) -> list[Any]:
        return []

    def take_samples(self) -> list[Samples]:
        taken, self.samples = self.samples, []
        return taken


class ToldEngines:
    """``loads`` and ``groups`` are the jobs that were asked for, still open but for the first
    load; ``unloaded`` the sessions that were given back.
    """

    def __init__(self) -> None:
        self.loads: list[ToldJob] = []
        self.groups: list[list[ToldJob]] = []
        self.unloaded: list[int] = []

    def submit(self, request: Any, _interpreter: object = None) -> ToldJob:
        job = ToldJob(request)
        if isinstance(request, LoadRequest):
            self.loads.append(job)
            if len(self.loads) == 1:
                self.load(0)
            return job
        if isinstance(request, UnloadRequest):
            self.unloaded.append(request.session)
        job.future.set_result(None)
        return job

    def submit_together(self, requests: Any, _interpreter: object = None) -> list[ToldJob]:
        self.groups.append([ToldJob(request) for request in requests])
        return self.groups[-1]

    def load(self, number: int) -> None:
        """Answer a load; the sessions are called 100, 101, ..."""
        request = self.loads[number].request
        info = SessionInfo(
            100 + number, request.path, "TensorRT 11.0", "NVIDIA H200", (), (), {},
            options=request.options,
        )  # fmt: skip
        self.loads[number].future.set_result(info)

    def has(self, _session: int) -> bool:
        return True

    def close(self) -> None:
        pass


@pytest.fixture
def told() -> ToldEngines:
    return ToldEngines()


@pytest.fixture
def page(
    told: ToldEngines, qtbot: QtBot, sample_model: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MeasurePage]:
    """The page of a document with an engine, on a machine with two GPUs."""
    theme().apply("light")
    runtime: list[RuntimeChoice] = ["tensorrt"]
    monkeypatch.setattr(
        run_choice, "choose", lambda *_: Choice(sample_model, runtime[0], "{what}.")
    )
    workspace = Workspace(told)  # type: ignore[arg-type]
    workspace.installation = gpus(2)
    made = MeasurePage(workspace, Runs(workspace, workspace))
    qtbot.addWidget(made)
    made.resize(900, 560)
    made.show()
    document = Document(formats.read(sample_model))
    workspace.documents.append(document)
    workspace.set_current(document)
    qtbot.waitUntil(lambda: made._sessions.loaded(document) is not None, timeout=TIMEOUT_MS)
    yield made
    workspace.shut_down()


@pytest.fixture
def view(page: MeasurePage) -> GpusView:
    made = page.show_view("gpus")
    assert isinstance(made, GpusView)
    return made


@pytest.fixture
def document(page: MeasurePage) -> Document:
    current = page._workspace.current
    assert current is not None
    return current


def start(qtbot: QtBot, told: ToldEngines, view: GpusView) -> None:
    """As far as the first GPU being measured alone."""
    qtbot.mouseClick(view.start_button, LEFT)
    assert [job.request.options.device for job in told.loads] == [0, 1]
    assert not told.groups, "the engine is not on both yet"
    told.load(1)
    qtbot.waitUntil(lambda: len(told.groups) == 1, timeout=TIMEOUT_MS)


def test_one_alone_then_both_together(qtbot: QtBot, told: ToldEngines, view: GpusView) -> None:
    assert [box.text() for box in view.boxes] == ["0: NVIDIA H200", "1: NVIDIA H200"]
    start(qtbot, told, view)
    (alone,) = told.groups[0]
    assert isinstance(alone.request, BenchRequest) and alone.request.session == 100
    assert "GPU 0 alone" in view.status.text() and view.stop_button.isEnabled()
    assert not view.boxes[1].isEnabled()
    assert view.boxes[1].toolTip() == "A measurement is running."
    alone.future.set_result(result(100.0))
    qtbot.waitUntil(lambda: len(told.groups) == 2, timeout=TIMEOUT_MS)
    assert [job.request.session for job in told.groups[1]] == [100, 101]
    for job, qps in zip(reversed(told.groups[1]), (96.0, 95.0), strict=True):
        job.future.set_result(result(qps))
    qtbot.waitUntil(lambda: view.status.text() == "Done.", timeout=TIMEOUT_MS)
    assert view.factor.text() == "1.91 x"
    cells = [
        [view.model.index(row, column).data() for column in (0, 2, 3)]
        for row in range(view.model.rowCount())
    ]
    assert cells == [["0", "100.0", "95.0"], ["1", "", "96.0"]]
    assert told.unloaded == [101], "the session of the document stays"
    qtbot.waitUntil(lambda: len(benchmarks(History())) == 3, timeout=TIMEOUT_MS)
    assert {run.entry.part.of for run in benchmarks(History()) if run.entry.part} == {"gpus"}
    assert view.start_button.isEnabled()
    assert view.boxes[1].isEnabled() and not view.boxes[1].toolTip()


def test_a_stop_frees_the_other_gpu(
    qtbot: QtBot, told: ToldEngines, view: GpusView, document: Document
) -> None:
    start(qtbot, told, view)
    qtbot.mouseClick(view.stop_button, LEFT)
    assert view.status.text() == "Stopped."
    assert told.unloaded == [101]
    assert not view._measurements.is_measuring(document)
    assert not view.factor.isVisible()


def test_what_is_loaded_after_a_stop_is_given_back(
    qtbot: QtBot, told: ToldEngines, view: GpusView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToldJob, "cancel", lambda *_: None)  # the answer was on its way
    qtbot.mouseClick(view.start_button, LEFT)
    view.stop()
    told.load(1)
    qtbot.waitUntil(lambda: told.unloaded == [101], timeout=TIMEOUT_MS)


def test_one_gpu_that_fails_ends_it(qtbot: QtBot, told: ToldEngines, view: GpusView) -> None:
    start(qtbot, told, view)
    told.groups[0][0].future.set_result(result(100.0))
    qtbot.waitUntil(lambda: len(told.groups) == 2, timeout=TIMEOUT_MS)
    told.groups[1][1].future.set_exception(StudioError("Out of device memory.", hint="Free some."))
    qtbot.waitUntil(lambda: "Out of device memory." in view.status.text(), timeout=TIMEOUT_MS)
    assert told.groups[1][0].future.done(), "the other is stopped"
    assert 101 in told.unloaded
    qtbot.waitUntil(lambda: len(benchmarks(History())) == 1)
    (kept,) = benchmarks(History())
    assert kept.entry.part is not None and kept.entry.part.name == "GPU 0 alone"


def test_a_stop_keeps_the_gpus_that_are_done(
    qtbot: QtBot, told: ToldEngines, view: GpusView, document: Document
) -> None:
    start(qtbot, told, view)
    told.groups[0][0].future.set_result(result(100.0))
    qtbot.waitUntil(lambda: len(told.groups) == 2)
    told.groups[1][1].future.set_result(result(96.0))
    work = view._parallel.work(document)
    assert work is not None
    qtbot.waitUntil(lambda: set(work.together) == {1})
    qtbot.mouseClick(view.stop_button, LEFT)
    assert view.status.text() == "Stopped." and view.factor.isHidden()

    def parts() -> set[tuple[str, int]]:
        found = {run.entry.part for run in benchmarks(History())}
        return {(part.name, part.first) for part in found if part}

    wanted = {("GPU 0 alone", 1), ("GPU 1, 2 at once", 1)}
    qtbot.waitUntil(lambda: parts() == wanted, timeout=TIMEOUT_MS)


def test_closing_the_document_ends_it(
    qtbot: QtBot, told: ToldEngines, view: GpusView, document: Document
) -> None:
    start(qtbot, told, view)
    view._workspace.close(document)
    assert told.groups[0][0].future.done()
    qtbot.waitUntil(lambda: set(told.unloaded) == {100, 101}, timeout=TIMEOUT_MS)


def test_two_must_be_chosen(view: GpusView) -> None:
    assert view.start_button.isEnabled()
    view.boxes[1].click()
    assert not view.start_button.isEnabled() and "two GPUs" in view.start_button.toolTip()


@pytest.mark.parametrize(("count", "words"), [(0, "no NVIDIA GPU"), (1, "one GPU")])
def test_why_there_is_nothing_to_measure(view: GpusView, count: int, words: str) -> None:
    workspace = view._workspace
    workspace.installation = gpus(count)
    workspace.installation_changed.emit(workspace.installation)
    assert words in view.words.text()
    assert not view.start_button.isEnabled() and words in view.start_button.toolTip()
    assert not any(box.isEnabled() for box in view.boxes)


def test_a_cpu_has_no_part_in_it(view: GpusView, document: Document) -> None:
    state = view._sessions._states[document]
    assert state.loaded is not None
    choice = replace(state.loaded.choice, runtime="onnxruntime")
    state.loaded = replace(state.loaded, choice=choice)
    assert "only an engine" in view._parallel.why_not(document)


# Live


def latencies(*times_ms: float, begin_s: float = 0.0) -> Samples:
    """Inferences that take so long, one every 5 ms."""
    table = np.zeros((len(times_ms), len(COLUMNS)), np.float32)
    table[:, COLUMNS.index("latency_ms")] = times_ms
    table[:, COLUMNS.index("end_s")] = begin_s + 0.005 * np.arange(1, len(times_ms) + 1)
    return Samples(table)


def figures(view: GpusView) -> list[list[str]]:
    """Alone, together and median of every row."""
    rows, columns = range(view.model.rowCount()), range(2, 5)
    return [[view.model.index(row, column).data() for column in columns] for row in rows]


def latency_curves(view: GpusView) -> list[list[float]]:
    """What is drawn: the first GPU alone, then each."""
    plot = view.curves.latency
    return [] if plot is None else [series.values.tolist() for series in plot._series]


def test_curves_and_figures_come_while_it_runs(
    qtbot: QtBot, told: ToldEngines, view: GpusView
) -> None:
    assert view._curves_card.isHidden()
    start(qtbot, told, view)
    (alone,) = told.groups[0]
    alone.samples = [latencies(*[2.0] * 40)]
    qtbot.waitUntil(lambda: latency_curves(view) == [[], [2.0] * 40])
    qtbot.waitUntil(lambda: "0.2 of 3 s" in view.status.text())
    assert view._curves_card.isVisible() and view.factor.isHidden()
    alone.samples = [latencies(*[2.0] * 40, begin_s=0.2)]
    qtbot.waitUntil(lambda: latency_curves(view) == [[], [2.0] * 80])
    assert view.curves.legend.text().count("■") == 1
    alone.future.set_result(result(100.0))
    qtbot.waitUntil(lambda: len(told.groups) == 2)

    first, second = told.groups[1]
    first.samples, second.samples = [latencies(*[2.0] * 50)], [latencies(*[4.0] * 100)]
    kept = [1.0] * 4
    qtbot.waitUntil(lambda: latency_curves(view) == [kept, [2.0] * 50, [4.0] * 100])
    qtbot.waitUntil(lambda: figures(view) == [["100.0", "200.0", "2.000"], ["", "200.0", "4.000"]])
    assert view.factor.text() == "4.00 x" and view.factor.isVisible()
    assert view.curves.legend.text().count("■") == 3
    qtbot.waitUntil(lambda: view.curves._turns.is_idle)
    throughput = view.curves.throughput
    assert throughput is not None
    np.testing.assert_allclose(throughput._series[2].values, 200, rtol=1e-4)
    assert throughput._series[2].times[0] >= 0.1 and throughput._series[2].times[-1] == 0.5

    for job, qps in zip((first, second), (150.0, 50.0), strict=True):
        job.future.set_result(result(qps))
    qtbot.waitUntil(lambda: view.status.text() == "Done.")
    assert view.factor.text() == "2.00 x"
    qtbot.waitUntil(lambda: latency_curves(view) == [kept, kept, kept])  # those of the results


def test_what_a_stopped_gpu_sent_stays(qtbot: QtBot, told: ToldEngines, view: GpusView) -> None:
    start(qtbot, told, view)
    told.groups[0][0].samples = [latencies(2.0, 3.0)]
    qtbot.waitUntil(lambda: latency_curves(view) == [[], [2.0, 3.0]])
    told.groups[0][0].samples = [latencies(4.0, begin_s=0.01)]
    qtbot.mouseClick(view.stop_button, LEFT)
    qtbot.waitUntil(lambda: latency_curves(view) == [[], [2.0, 3.0, 4.0]])


def test_waiting_for_another_work_is_said(qtbot: QtBot, told: ToldEngines, view: GpusView) -> None:
    start(qtbot, told, view)
    told.groups[0][0].progress = Progress("waiting for the build to finish")
    qtbot.waitUntil(lambda: view.status.text() == "waiting for the build to finish")


def test_a_view_that_is_not_seen_does_nothing(
    qtbot: QtBot,
    told: ToldEngines,
    page: MeasurePage,
    view: GpusView,
    document: Document,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start(qtbot, told, view)
    page.hide()
    updates: list[str] = []
    for name in ("_show_curves", "_show_figures", "_show_devices"):
        monkeypatch.setattr(view, name, lambda *_, name=name: updates.append(name))
    told.groups[0][0].samples = [latencies(2.0, 3.0)]
    work = view._parallel.work(document)
    assert work is not None
    qtbot.waitUntil(lambda: work.live[0].count == 2)
    view._workspace.runtimes.changed.emit()
    assert updates == []
    page.show()
    assert set(updates) == {"_show_curves", "_show_figures", "_show_devices"}


def test_many_inferences_are_thinned_only_while_more_come() -> None:
    values = np.random.default_rng(0).random(5000).astype(np.float32)
    samples = GpuSamples(np.arange(5000, dtype=np.float32), values)
    times_s, few = thinned(samples, 300)
    assert times_s.size == few.size <= 302
    assert (few.min(), few.max()) == (values.min(), values.max())
    assert thinned(samples, None)[1] is values


def test_the_throughput_so_far_counts_from_the_beginning() -> None:
    ends_s = np.sort(np.random.default_rng(1).uniform(0.001, 3, 1000)).astype(np.float32)
    times_s, rates = throughput_so_far(GpuSamples(ends_s, ends_s))
    assert 0.1 <= times_s[0] <= 0.12 and times_s[-1] == ends_s[-1] and times_s.size == 200
    counts = [(ends_s <= time_s).sum() for time_s in times_s]
    np.testing.assert_allclose(rates, counts / times_s, rtol=1e-6)
    nothing = throughput_so_far(GpuSamples(ends_s[:0], ends_s[:0]))
    assert [each.size for each in nothing] == [0, 0]

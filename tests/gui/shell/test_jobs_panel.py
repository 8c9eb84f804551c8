"""Log and jobs: the list, the log of the selected job, filter, search and copy."""

import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.courier import Courier
from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.shell.job_list import LIMIT, STATE, TITLE
from trtstudio.gui.shell.jobs_panel import JobsPanel
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import LogLine, Progress
from trtstudio.model.errors import Cancelled, StudioError

LINES = [
    LogLine("verbose", "trying a tactic", 1.0),
    LogLine("info", "Total Weights Memory: 9265920 bytes", 2.0),
    LogLine("warning", "Weights were clipped\nto the range of FP16", 3.0),
    LogLine("error", "Network must have at least one output", 4.0),
]


class TalkingJob:
    def __init__(self, request: object) -> None:
        self.request = request
        self.future: Future[Any] = Future()
        self.progress: Progress | None = None
        self.lines: list[LogLine] = []

    def take_log(self) -> list[LogLine]:
        lines, self.lines = self.lines, []
        return lines

    def cancel(self, _grace_s: float = 0.7) -> None:
        self.future.set_exception(Cancelled("Stopped."))


class TalkingEngines:
    def submit(self, request: object, _interpreter: object = None) -> TalkingJob:
        return TalkingJob(request)

    def close(self) -> None:
        pass


@pytest.fixture
def talking(qapp: QApplication) -> Iterator[Workspace]:
    workspace = Workspace(TalkingEngines(), qapp)  # type: ignore[arg-type]
    yield workspace
    workspace.shut_down()


@pytest.fixture
def panel(qtbot: QtBot, talking: Workspace) -> JobsPanel:
    panel = JobsPanel(talking)
    qtbot.addWidget(panel)
    panel.resize(900, 200)
    panel.show()
    return panel


def start(workspace: Workspace, title: str = "Building x.plan") -> tuple[WindowJob, TalkingJob]:
    entry = workspace.jobs.run(title, None, lambda _: None, lambda _: None)
    return entry, entry._job  # type: ignore[return-value]


def end(
    qtbot: QtBot, workspace: Workspace, job: TalkingJob, error: StudioError | None = None
) -> None:
    with qtbot.waitSignal(workspace.jobs.finished):
        if error is None:
            job.future.set_result(None)
        else:
            job.future.set_exception(error)


def test_lists_jobs_with_their_state(qtbot: QtBot, talking: Workspace, panel: JobsPanel) -> None:
    tester = QAbstractItemModelTester(
        panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    _, first = start(talking, "first")
    _, second = start(talking, "second")
    _, third = start(talking, "third")
    first.progress = Progress("Parsing the model")
    with qtbot.waitSignal(talking.jobs.progressed):
        pass
    titles = [panel.model.index(row, TITLE).data() for row in range(3)]
    assert titles == ["third", "second", "first"]
    assert panel.model.index(2, STATE).data() == "Parsing the model"
    end(qtbot, talking, first)
    end(qtbot, talking, second, StudioError("No."))
    end(qtbot, talking, third, Cancelled("Stopped."))
    states = [panel.model.index(row, STATE).data() for row in range(3)]
    assert states == ["stopped", "failed", "done"]
    del tester


def test_remembers_no_request_and_no_answer(
    qtbot: QtBot, talking: Workspace, panel: JobsPanel
) -> None:
    request, answer = np.zeros(4), np.ones(4)
    there = [weakref.ref(request), weakref.ref(answer)]
    told: list[float] = []
    entry = talking.jobs.run("run", request, lambda a: told.append(a.sum()), told.append)
    entry._job.future.set_result(answer)  # type: ignore[union-attr]
    del request, answer
    qtbot.waitUntil(lambda: told == [4.0] and not talking.jobs.running)
    qtbot.waitUntil(lambda: gc.collect() >= 0 and not any(gone() for gone in there))
    assert panel.model.rows == [entry]
    entry.cancel()
    assert (entry.take_samples(), entry.take_clocks(), entry.take_parts()) == ([], [], [])


def test_forgets_the_oldest(qtbot: QtBot, talking: Workspace, panel: JobsPanel) -> None:
    tester = QAbstractItemModelTester(
        panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    for _ in range(LIMIT + 2):
        end(qtbot, talking, start(talking)[1])
    assert panel.model.rowCount() == LIMIT
    del tester


def test_follows_the_log_of_the_selected_job(
    qtbot: QtBot, talking: Workspace, panel: JobsPanel
) -> None:
    tester = QAbstractItemModelTester(
        panel.log.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    entry, job = start(talking)
    assert panel.selected() is entry
    job.lines = LINES[:2]
    qtbot.waitUntil(lambda: panel.log.model.rowCount() == 2)
    job.lines = LINES[2:]
    qtbot.waitUntil(lambda: panel.log.model.rowCount() == 5)  # one message has two lines
    other, _ = start(talking, "other")
    assert panel.selected() is entry  # it still runs and stays
    qtbot.mouseClick(
        panel.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=panel.list.visualRect(panel.model.index(0, TITLE)).center(),
    )
    assert panel.selected() is other
    assert panel.log.model.rowCount() == 0
    panel.select(entry)
    assert panel.log.model.rowCount() == 5
    del tester


def test_filter_search_and_copy(qtbot: QtBot, talking: Workspace, panel: JobsPanel) -> None:
    entry, job = start(talking)
    job.lines = list(LINES)
    end(qtbot, talking, job)
    log = panel.log
    assert log.model.rowCount() == 5
    log.severity.setFocus()
    qtbot.keyClicks(log.severity, "Warnings")
    assert [log.model.index(row, 1).data() for row in range(3)] == ["warning", "warning", "error"]
    qtbot.keyClicks(log.search, "fp16")
    assert log.model.rowCount() == 1
    assert log.count.text() == "1 of 5 lines"
    qtbot.mouseClick(log.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().endswith("warning to the range of FP16")
    qtbot.keyClicks(log.search, "nothing like it")
    assert not log.copy_button.isEnabled()
    assert entry.log == LINES


def test_copies_the_selected_lines(qtbot: QtBot, talking: Workspace, panel: JobsPanel) -> None:
    _, job = start(talking)
    job.lines = list(LINES)
    end(qtbot, talking, job)
    panel.log.table.selectRow(1)
    qtbot.keyClick(panel.log.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert "9265920" in text
    assert "\n" not in text


def test_stays_where_the_user_scrolled_to(
    qtbot: QtBot, talking: Workspace, panel: JobsPanel
) -> None:
    _, job = start(talking)
    job.lines = [LogLine("info", f"line {i}") for i in range(500)]
    bar = panel.log.table.verticalScrollBar()
    qtbot.waitUntil(lambda: panel.log.model.rowCount() == 500)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)
    bar.setValue(10)
    job.lines = [LogLine("info", "one more")]
    qtbot.waitUntil(lambda: panel.log.model.rowCount() == 501)
    assert bar.value() == 10
    panel.log.table.updateGeometries()  # else the end is still where it was before that line
    bar.setValue(bar.maximum())
    job.lines = [LogLine("info", "and one more")]
    qtbot.waitUntil(lambda: panel.log.model.rowCount() == 502)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())


def test_stops_the_selected_job(qtbot: QtBot, talking: Workspace, panel: JobsPanel) -> None:
    assert not panel.stop_button.isEnabled()
    assert panel.stop_button.toolTip()
    entry, _ = start(talking)
    with qtbot.waitSignal(talking.jobs.finished):
        qtbot.mouseClick(panel.stop_button, Qt.MouseButton.LeftButton)
    assert entry.outcome == "stopped"
    assert not panel.stop_button.isEnabled()


def test_shows_jobs_that_ran_before_it_was_made(qtbot: QtBot, talking: Workspace) -> None:
    entry, job = start(talking)
    panel = JobsPanel(talking)
    qtbot.addWidget(panel)
    panel.show()
    assert panel.selected() is entry
    end(qtbot, talking, job)


def test_hidden_it_only_remembers_the_jobs(
    qtbot: QtBot, talking: Workspace, panel: JobsPanel
) -> None:
    first, job = start(talking)
    panel.hide()
    job.lines = list(LINES)
    qtbot.waitUntil(lambda: len(first.log) == len(LINES))
    end(qtbot, talking, job)
    second, _ = start(talking, "second")
    assert panel.selected() is first and panel.log.model.rowCount() == 0
    panel.show()
    assert panel.selected() is second
    panel.select(first)
    assert panel.log.model.rowCount() == 5


@pytest.mark.usefixtures("qapp")
def test_what_ends_after_its_courier_is_gone_disturbs_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    courier, future = Courier(), Future[int]()
    courier.watch(future, lambda _: None, lambda _: None)
    courier.stop()
    shiboken6.delete(courier)
    future.set_result(1)
    assert caplog.records == [], "an exception in a future's callback is only logged"

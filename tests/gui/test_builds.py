"""The controller of builds, over engines that answer when a test tells them to."""

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.builds import Builds
from trtstudio.gui.workspace import Document, Workspace
from trtstudio.model import formats
from trtstudio.model.build import BuildRequest, BuildResult, LogLine, Progress
from trtstudio.model.errors import Cancelled, EngineDied, StudioError
from trtstudio.model.graph import Graph, Layer

ENGINE = Graph("engine", "e", (Layer(0, "conv", "correlation", (), ()),), (), (), ())


class ToldJob:
    """A job that ends as it is told to."""

    def __init__(self, request: BuildRequest) -> None:
        self.request = request
        self.future: Future[Any] = Future()
        self.progress: Progress | None = None
        self.log: list[LogLine] = []

    def take_log(self) -> list[LogLine]:
        lines, self.log = self.log, []
        return lines

    def cancel(self) -> None:
        self.future.set_exception(Cancelled("Stopped."))

    def succeed(self) -> BuildResult:
        result = BuildResult(
            self.request.plan, 1000, "ab" * 32, "TensorRT", 1.0, (), (), {"float32": 1.0}, ENGINE
        )
        self.future.set_result(result)
        return result


class ToldEngines:
    def __init__(self) -> None:
        self.jobs: list[ToldJob] = []

    def submit(self, request: BuildRequest) -> ToldJob:
        self.jobs.append(ToldJob(request))
        return self.jobs[-1]

    def close(self) -> None:
        pass


@pytest.fixture
def engines() -> ToldEngines:
    return ToldEngines()


@pytest.fixture
def told(qapp: QApplication, engines: ToldEngines) -> Iterator[Workspace]:
    workspace = Workspace(engines, qapp)  # type: ignore[arg-type]
    yield workspace
    workspace.shut_down()


@pytest.fixture
def document(told: Workspace, sample_model: Path) -> Document:
    document = Document(formats.read(sample_model))
    told.documents.append(document)
    return document


REQUEST = BuildRequest("model.onnx", "model.plan")


def test_a_build_gives_the_document_its_plan(
    qtbot: QtBot, told: Workspace, engines: ToldEngines, document: Document
) -> None:
    builds = Builds(told)
    with qtbot.waitSignal(builds.started) as started:
        builds.start(document, REQUEST)
    assert started.args == [document]
    assert builds.is_building(document)
    with qtbot.waitSignals([builds.finished, told.reading_changed]):
        result = engines.jobs[0].succeed()
    build = builds.build(document)
    assert build is not None
    assert build.result is result
    assert not builds.is_building(document)
    assert document.plan == Path("model.plan")
    assert document.readings["engine"].graph is ENGINE


def test_a_document_is_built_once_at_a_time(
    told: Workspace, engines: ToldEngines, document: Document
) -> None:
    builds = Builds(told)
    builds.start(document, REQUEST)
    builds.start(document, REQUEST)
    assert len(engines.jobs) == 1


@pytest.mark.parametrize(
    "error", [StudioError("No.", hint="Do."), EngineDied("Died.", details="last words")]
)
def test_a_failure_keeps_the_document_and_the_next_build_works(
    qtbot: QtBot, told: Workspace, engines: ToldEngines, document: Document, error: StudioError
) -> None:
    builds = Builds(told)
    builds.start(document, REQUEST)
    with qtbot.waitSignal(builds.failed) as failed:
        engines.jobs[0].future.set_exception(error)
    assert failed.args == [document, error]
    assert document.plan is None
    builds.start(document, REQUEST)
    with qtbot.waitSignal(builds.finished):
        engines.jobs[1].succeed()
    assert document.plan is not None


def test_stop(qtbot: QtBot, told: Workspace, document: Document) -> None:
    builds = Builds(told)
    builds.start(document, REQUEST)
    with qtbot.waitSignal(builds.failed):
        builds.stop(document)
    build = builds.build(document)
    assert build is not None
    assert isinstance(build.error, Cancelled)
    builds.stop(document)  # nothing runs, nothing happens


def test_closing_the_document_stops_its_build(
    qtbot: QtBot, told: Workspace, engines: ToldEngines, document: Document
) -> None:
    builds = Builds(told)
    builds.start(document, REQUEST)
    with qtbot.waitSignal(builds.failed):
        told.close(document)
    assert builds.build(document) is None
    assert engines.jobs[0].future.done()


def test_a_plan_of_a_closed_document_is_left_alone(
    qtbot: QtBot, told: Workspace, engines: ToldEngines, document: Document
) -> None:
    builds = Builds(told)
    builds.start(document, REQUEST)
    told.documents.remove(document)  # closed while the answer was on its way
    with qtbot.waitSignal(builds.finished):
        engines.jobs[0].succeed()
    assert document.plan is None

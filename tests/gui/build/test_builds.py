"""The controller of builds, over engines that answer when a test tells them to."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from trtstudio.gui.build.builds import Builds
from trtstudio.gui.document import Document, Reading
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.build import build_history
from trtstudio.model.build.build import BuildRequest, BuildResult
from trtstudio.model.errors import Cancelled, EngineDied, StudioError
from trtstudio.model.graph import Graph, Layer
from trtstudio.model.history import History

ENGINE = Graph("engine", "e", (Layer(0, "conv", "correlation", (), ()),), (), (), ())


def succeed(job: Any) -> BuildResult:
    """Have a build end with its plan."""
    plan = job.request.plan
    result = BuildResult(plan, 1000, "ab" * 32, "TensorRT", 1.0, (), (), {"float32": 1.0}, ENGINE)
    job.future.set_result(result)
    return result


@pytest.fixture
def document(told: Workspace, sample_model: Path) -> Document:
    document = Document(formats.read(sample_model))
    told.documents.append(document)
    return document


REQUEST = BuildRequest("model.onnx", "model.plan")


def test_a_build_gives_the_document_its_plan(
    qtbot: QtBot, told: Workspace, engines: Any, document: Document
) -> None:
    builds = Builds(told)
    with qtbot.waitSignal(builds.started) as started:
        builds.start(document, REQUEST)
    assert started.args == [document]
    assert builds.is_building(document)
    with qtbot.waitSignals([builds.finished, told.reading_changed]):
        result = succeed(engines.jobs[0])
    build = builds.build(document)
    assert build is not None
    assert build.result is result
    assert not builds.is_building(document)
    assert document.plan == Path("model.plan")
    assert document.readings["engine"].graph is ENGINE


def test_builds_that_are_over_are_not_kept(
    qtbot: QtBot, told: Workspace, engines: Any, document: Document
) -> None:
    builds = Builds(told)
    for number in range(3):
        builds.start(document, REQUEST)
        with qtbot.waitSignal(builds.finished):
            succeed(engines.jobs[number])
    (last,) = builds.builds
    assert builds.build(document) is last and last.result is not None


def test_a_plan_is_not_written_by_two_builds_at_once(
    told: Workspace, engines: Any, document: Document
) -> None:
    builds = Builds(told)
    builds.start(document, REQUEST)
    builds.start(document, REQUEST)
    assert len(engines.jobs) == 1


def test_other_plans_of_the_same_model_wait_in_line(
    qtbot: QtBot, told: Workspace, engines: Any, document: Document
) -> None:
    builds = Builds(told)
    builds.start(document, REQUEST)
    builds.start(document, replace(REQUEST, plan="other.plan", precision="fp16"))
    first, second = builds.builds
    assert builds.build(document) is first
    with qtbot.waitSignal(builds.finished):
        succeed(engines.jobs[0])
    assert builds.build(document) is second
    assert builds.is_building(document)
    with qtbot.waitSignal(builds.failed):
        builds.stop(document)
    assert document.plan == Path("model.plan")


def test_every_build_enters_the_history(
    qtbot: QtBot, told: Workspace, engines: Any, document: Document
) -> None:
    builds = Builds(told)
    with qtbot.waitSignal(builds.recorded):
        builds.start(document, REQUEST)
        succeed(engines.jobs[0])
    with qtbot.waitSignal(builds.recorded):
        builds.start(document, REQUEST)
        engines.jobs[1].future.set_exception(StudioError("No."))
    failed, built = build_history.builds(builds.history, REQUEST.model)
    assert (built.entry.outcome, failed.entry.outcome) == ("built", "failed")
    layers = build_history.layers_of(builds.history, built.id)
    assert layers is not None
    assert [layer.name for layer in layers.layers] == ["conv"]


def test_the_estimate_comes_from_the_history(
    qtbot: QtBot, told: Workspace, engines: Any, document: Document
) -> None:
    builds = Builds(told)
    heard: list[float | None] = []
    builds.estimate(REQUEST, "TensorRT", heard.append)
    qtbot.waitUntil(lambda: heard == [None])
    with qtbot.waitSignal(builds.recorded):
        builds.start(document, REQUEST)
        succeed(engines.jobs[0])
    builds.estimate(REQUEST, "TensorRT", heard.append)
    qtbot.waitUntil(lambda: heard == [None, 1.0])


def test_a_history_that_cannot_be_written_is_said_and_the_build_stays(
    qtbot: QtBot, told: Workspace, engines: Any, document: Document, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    builds = Builds(told, history=History(in_the_way / "history.sqlite3"))
    with qtbot.waitSignal(told.noticed) as noticed:
        builds.start(document, REQUEST)
        succeed(engines.jobs[0])
    assert "history" in noticed.args[0].message
    assert document.plan == Path("model.plan")


@pytest.mark.parametrize(
    "error", [StudioError("No.", hint="Do."), EngineDied("Died.", details="last words")]
)
def test_a_failure_keeps_the_document_and_the_next_build_works(
    qtbot: QtBot, told: Workspace, engines: Any, document: Document, error: StudioError
) -> None:
    builds = Builds(told)
    builds.start(document, REQUEST)
    with qtbot.waitSignal(builds.failed) as failed:
        engines.jobs[0].future.set_exception(error)
    assert failed.args == [document, error]
    assert document.plan is None
    builds.start(document, REQUEST)
    with qtbot.waitSignal(builds.finished):
        succeed(engines.jobs[1])
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
    qtbot: QtBot, told: Workspace, engines: Any, document: Document
) -> None:
    builds = Builds(told)
    builds.start(document, REQUEST)
    with qtbot.waitSignal(builds.failed):
        told.close(document)
    assert builds.build(document) is None
    assert engines.jobs[0].future.done()


def test_a_plan_of_a_closed_document_is_left_alone(
    qtbot: QtBot, told: Workspace, engines: Any, document: Document
) -> None:
    builds = Builds(told)
    builds.start(document, REQUEST)
    told.documents.remove(document)  # closed while the answer was on its way
    with qtbot.waitSignal(builds.finished):
        succeed(engines.jobs[0])
    assert document.plan is None


@pytest.mark.parametrize("is_refused", [False, True])
def test_the_layers_of_an_older_engine_do_not_take_the_place_of_a_newer_one(
    qtbot: QtBot, told: Workspace, engines: Any, document: Document, is_refused: bool
) -> None:
    document.plan = Path("model.plan")
    told.request_reading(document, "engine")
    told.set_engine(document, document.plan, ENGINE)
    answer = engines.jobs[0].future
    if is_refused:
        answer.set_exception(StudioError("The plan is being written."))
    else:
        answer.set_result(Graph("engine", "older", (), (), (), ()))
    qtbot.waitUntil(lambda: not told.jobs.running)
    assert document.readings["engine"] == Reading(ENGINE)

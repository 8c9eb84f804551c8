"""Which TensorRT builds and runs what is remembered, and used again in the window."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui import settings
from trtstudio.gui.build.builds import Builds
from trtstudio.gui.build.page import BuildPage
from trtstudio.gui.document import Document
from trtstudio.gui.sessions.run_choice import Candidate, choose
from trtstudio.gui.sessions.runtime_bar import RuntimeBar
from trtstudio.gui.sessions.runtime_memory import (
    MOST_FILES,
    RunWish,
    remember_builder,
    remember_wish,
    remembered_builder,
    remembered_wish,
)
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model import core_words, formats
from trtstudio.model.build import build_history
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.build_history import BuildRun
from trtstudio.model.errors import StudioError
from trtstudio.model.history import History
from trtstudio.model.interpreters import OWN, Interpreter, KnownRuntime
from trtstudio.model.requests import ProbeRequest
from trtstudio.model.run import LoadRequest
from trtstudio.model.runtime import Device, Installation, Runtime

WAIT_MS = 30_000
OTHER = Interpreter("/venvs/16/bin/python")
GPU = Device("GPU", "sm_86", 1 << 33)
SEVEN, SIX = (
    Runtime("tensorrt_rtx", version, precisions=("keep",), targets=("sm_86",))
    for version in ("1.7.1.116", "1.6.1.120")
)
OTHERS = (KnownRuntime(OTHER, Installation(SIX, devices=(GPU,))),)


class ToldJob:
    def __init__(self, request: Any, interpreter: Interpreter) -> None:
        self.request, self.interpreter = request, interpreter
        self.future: Future[Any] = Future()
        self.progress = None
        self.life = None

    def take_log(self) -> list[Any]:
        return []

    def cancel(self, _grace_s: float = 0.0) -> None:
        self.future.cancel()


class ToldEngines:
    """They answer when a test tells them to."""

    def __init__(self) -> None:
        self.jobs: list[ToldJob] = []

    def submit(self, request: Any, interpreter: Interpreter = OWN) -> ToldJob:
        self.jobs.append(ToldJob(request, interpreter))
        return self.jobs[-1]

    def asked(self, kind: type) -> list[ToldJob]:
        return [job for job in self.jobs if isinstance(job.request, kind)]

    def has(self, _session: int) -> bool:
        return True

    def close(self) -> None:
        pass


@pytest.fixture
def engines() -> ToldEngines:
    return ToldEngines()


@pytest.fixture
def told(qapp: QApplication, engines: ToldEngines) -> Iterator[Workspace]:
    workspace = Workspace(engines, qapp)  # type: ignore[arg-type]
    workspace.installation = Installation(SEVEN, devices=(GPU,))
    yield workspace
    workspace.shut_down()


def open_document(workspace: Workspace, path: Path) -> Document:
    file = formats.read(path)
    document = Document(file, plan=path if file.format == "plan" else None)
    workspace.documents.append(document)
    workspace.set_current(document)
    return document


@pytest.mark.usefixtures("qapp")
def test_a_model_is_built_by_what_built_it_last_and_a_new_one_by_what_built_any(
    tmp_path: Path,
) -> None:
    one, two, new = (tmp_path / f"{name}.onnx" for name in ("one", "two", "new"))
    assert remembered_builder(one) == OWN
    remember_builder(one, OTHER)
    remember_builder(two, OWN)
    assert remembered_builder(one) == OTHER
    assert remembered_builder(two) == remembered_builder(new) == OWN


@pytest.mark.usefixtures("qapp")
def test_the_files_chosen_for_longest_ago_are_forgotten(tmp_path: Path) -> None:
    first, second = tmp_path / "1.plan", tmp_path / "2.plan"
    remember_wish(first, RunWish("onnxruntime"))
    remember_wish(second, RunWish("tensorrt", OTHER))
    for i in range(MOST_FILES - 1):
        remember_wish(tmp_path / f"later{i}.plan", RunWish("tensorrt"))
    assert remembered_wish(first) == RunWish()
    assert remembered_wish(second) == RunWish("tensorrt", OTHER)


@pytest.mark.usefixtures("qapp")
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path) -> None:
    settings.save_text("runtimes/builders", "[1]")
    settings.save_text("runtimes/runners", '{"x": {"runtime": "abacus"}}')
    assert remembered_builder(tmp_path) == OWN
    assert remembered_wish(Path("x")) == RunWish()


def test_the_build_page_takes_the_remembered_runtime_as_soon_as_it_is_known(
    qtbot: QtBot, told: Workspace, sample_model: Path
) -> None:
    remember_builder(sample_model, OTHER)
    page = BuildPage(told, Builds(told, told))
    qtbot.addWidget(page)
    page.show()
    open_document(told, sample_model)
    view = page.view()
    assert view is not None
    assert view.interpreter == OWN
    told.runtimes._others = OTHERS
    told.runtimes.changed.emit()
    assert view.interpreter == OTHER
    assert page.chooser.currentData() == OTHER
    page.chooser.setCurrentIndex(0)
    page.chooser.activated.emit(0)
    assert view.interpreter == OWN
    assert remembered_builder(sample_model) == OWN
    told.runtimes.changed.emit()
    assert view.interpreter == OWN


def test_a_plan_is_run_by_what_was_chosen_for_it(
    qtbot: QtBot, told: Workspace, engines: ToldEngines, sample_model: Path
) -> None:
    told.runtimes._others = OTHERS
    document = open_document(told, sample_model)
    bar = RuntimeBar(Sessions(told, told))
    qtbot.addWidget(bar)
    bar.show_document(document)
    texts = [bar.chooser.itemText(i) for i in range(bar.chooser.count())]
    assert texts[3:] == ["TensorRT-RTX 1.7.1.116", "TensorRT-RTX 1.6.1.120 (/venvs/16)"]
    bar.chooser.activated.emit(4)
    assert remembered_wish(sample_model) == RunWish("tensorrt", OTHER)

    again = Sessions(told, told)
    assert again.wanted(document) == "tensorrt"
    assert again.interpreter(document) == OTHER
    bar = RuntimeBar(again)
    qtbot.addWidget(bar)
    bar.show_document(document)
    assert bar.chooser.currentIndex() == 4
    told.runtimes._others = ()
    told.runtimes.changed.emit()
    assert bar.chooser.count() == 3
    assert bar.chooser.currentText() == "TensorRT engine"
    assert engines.asked(LoadRequest) == []


def test_a_runtime_that_is_gone_leaves_the_plan_to_one_that_fits(bad_files: Path) -> None:
    plan = bad_files / "release.plan"
    version = formats.read(plan).header
    assert version is not None
    fitting = Runtime("tensorrt_rtx", version.version, targets=("sm_86",))
    known = (KnownRuntime(OWN, Installation(fitting, devices=(GPU,))),)
    choice = choose(Candidate(None, plan), "auto", known, OTHER)
    assert choice.interpreter == OWN
    assert "fits this GPU" in choice.reason


def test_the_problem_told_is_that_of_the_runtime_that_reads_the_plan(bad_files: Path) -> None:
    plan = bad_files / "release.plan"
    header = formats.read(plan).header
    assert header is not None
    reading = Runtime("tensorrt_rtx", header.version, targets=("sm_86",))
    known = (
        KnownRuntime(OWN, Installation(replace(SEVEN, version="1.0.0.1"))),
        KnownRuntime(OTHER, Installation(reading)),
    )
    with pytest.raises(StudioError, match="none was found here"):
        choose(Candidate(None, plan), "auto", known)


def test_asking_the_runtimes_again_loads_nothing_twice(
    qtbot: QtBot,
    told: Workspace,
    engines: ToldEngines,
    sample_model: Path,
    all_told: Callable[[Workspace], None],
) -> None:
    document = open_document(told, sample_model)
    sessions = Sessions(told, told)
    sessions.prepare(document)
    qtbot.waitUntil(lambda: len(engines.asked(LoadRequest)) == 1, timeout=WAIT_MS)
    with qtbot.waitSignals([told.runtimes.asking_changed] * 2, timeout=WAIT_MS):
        told.runtimes.ask(OTHER)
        assert told.runtimes.find(OTHER) == KnownRuntime(OTHER)
        engines.asked(ProbeRequest)[0].future.set_result(Installation(SIX))
    told.installation_changed.emit(told.installation)
    all_told(told)
    assert len(engines.asked(LoadRequest)) == 1
    assert sessions.is_loading(document)


def test_the_list_changes_once_for_an_answer_and_not_for_the_same_again(
    qtbot: QtBot, told: Workspace, engines: ToldEngines
) -> None:
    changes: list[None] = []
    told.runtimes.changed.connect(lambda: changes.append(None))
    for _ in range(2):
        told.runtimes.ask(OTHER)
        told.runtimes.ask(OTHER)
        engines.asked(ProbeRequest)[-1].future.set_result(Installation(SIX))
        qtbot.waitUntil(lambda: not told.runtimes.is_asking(OTHER), timeout=WAIT_MS)
    assert len(engines.asked(ProbeRequest)) == 2
    assert len(changes) == 1


@pytest.mark.parametrize("is_listed", [False, True])
def test_an_interpreter_that_is_removed_while_it_is_asked_stays_away(
    qtbot: QtBot, told: Workspace, engines: ToldEngines, is_listed: bool
) -> None:
    runtimes = told.runtimes
    if is_listed:
        runtimes.ask(OTHER)
        engines.asked(ProbeRequest)[-1].future.set_result(Installation(SIX))
        qtbot.waitUntil(lambda: not runtimes.is_asking(OTHER), timeout=WAIT_MS)
    runtimes.ask(OTHER)
    runtimes.remove(OTHER)
    assert runtimes.find(OTHER) is None
    engines.asked(ProbeRequest)[-1].future.set_result(Installation(SIX))
    qtbot.waitUntil(lambda: not told.jobs.running, timeout=WAIT_MS)
    assert runtimes.find(OTHER) is None


def test_a_build_is_repeated_by_the_tensorrt_that_made_it(
    told: Workspace, engines: ToldEngines, sample_model: Path, tmp_path: Path
) -> None:
    told.runtimes._others = OTHERS
    document = open_document(told, sample_model)
    builds = Builds(told, told, History(tmp_path / "history.sqlite3"))
    request = BuildRequest(str(sample_model), str(tmp_path / "a.plan"))
    builds.repeat(document, BuildRun(request, "built", 1.0, SIX.label))
    assert engines.jobs[-1].interpreter == OTHER
    notices: list[Any] = []
    told.noticed.connect(notices.append)
    other = replace(request, plan=str(tmp_path / "b.plan"))
    builds.repeat(document, BuildRun(other, "built", 1.0, "TensorRT 9.9"))
    assert engines.jobs[-1].interpreter == OWN
    assert "TensorRT 9.9 is not here any more" in notices[0].message


def test_the_history_keeps_english_whatever_the_window_speaks(
    qtbot: QtBot, told: Workspace, engines: ToldEngines, sample_model: Path, tmp_path: Path
) -> None:
    from trtstudio import assets

    document = open_document(told, sample_model)
    history = History(tmp_path / "history.sqlite3")
    builds = Builds(told, told, history)
    english = "The engine process was killed."
    core_words.use(assets.ROOT / "translations" / "trtstudio_zh_CN.ts")
    try:
        assert core_words.core_text(english) != english
        builds.start(document, BuildRequest(str(sample_model), str(tmp_path / "a.plan")))
        with qtbot.waitSignal(builds.recorded, timeout=WAIT_MS):
            engines.jobs[-1].future.set_exception(StudioError(english))
        build = builds.build(document)
        assert build is not None
        assert build.error is not None
        assert build.error.message == core_words.core_text(english)
    finally:
        core_words.use(None)
    (kept,) = build_history.builds(history)
    assert kept.entry.problem == english

"""New weights for the loaded engine, with engines that are told what to answer."""

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.measure.refits import Refits
from trtstudio.gui.notice import Notice
from trtstudio.gui.sessions import run_choice
from trtstudio.gui.sessions.run_choice import Choice
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.refit import RefitRequest, RefitResult
from trtstudio.model.run import LoadRequest, RuntimeChoice, SessionInfo
from trtstudio.model.runtime import Installation

TIMEOUT_MS = 30_000


class ToldJob:
    def __init__(self, request: Any) -> None:
        self.request = request
        self.future: Future[Any] = Future()
        self.progress = None

    def cancel(self, _grace_s: float = 0.0) -> None:
        self.future.set_exception(Cancelled("Stopped."))

    def take_log(self) -> list[Any]:
        return []


class ToldEngines:
    """Loads everything at once; ``refits`` are still open."""

    def __init__(self) -> None:
        self.loads = 0
        self.refits: list[ToldJob] = []

    def submit(self, request: Any, _interpreter: object = None) -> ToldJob:
        job = ToldJob(request)
        if isinstance(request, RefitRequest):
            self.refits.append(job)
        elif isinstance(request, LoadRequest):
            self.loads += 1
            info = SessionInfo(self.loads, request.path, "TensorRT", "GPU", (), (), {})
            job.future.set_result(info)
        else:
            job.future.set_result(None)
        return job

    def has(self, _session: int) -> bool:
        return True

    def close(self) -> None:
        pass


class Loaded:
    """A document whose plan is loaded, and who gives it weights."""

    def __init__(self, model: Path, runtime: RuntimeChoice) -> None:
        self.told = ToldEngines()
        self.workspace = Workspace(self.told)  # type: ignore[arg-type]
        self.workspace.installation = Installation(None)
        self.runtime = runtime
        self.built = 1
        self.sessions = Sessions(self.workspace, self.workspace)
        self.refits = Refits(self.workspace, self.sessions, self.workspace)
        self.document = Document(formats.read(model))
        self.workspace.documents.append(self.document)
        self.notices: list[Notice] = []
        self.workspace.noticed.connect(self.notices.append)

    def choose(self, *_: object) -> Choice:
        return Choice(Path("/m/net.plan"), self.runtime, "{what}.", self.built)

    def finish(self, output: str) -> None:
        """The builder has written the plan."""
        self.built += 1
        result = RefitResult(output, 10, "ab", 42, 1.0, ("One is missing.",))
        self.told.refits[-1].future.set_result(result)


@pytest.fixture
def loaded(
    sample_model: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, request: Any
) -> Iterator[Loaded]:
    made = Loaded(sample_model, getattr(request, "param", "tensorrt"))
    monkeypatch.setattr(run_choice, "choose", made.choose)
    made.sessions.prepare(made.document)
    qtbot.waitUntil(lambda: made.sessions.loaded(made.document) is not None, timeout=TIMEOUT_MS)
    yield made
    made.workspace.shut_down()


def test_the_loaded_plan_is_written_and_loaded_again(qtbot: QtBot, loaded: Loaded) -> None:
    loaded.refits.start(loaded.document, Path("/m/new.onnx"), Path("/m/net.plan"))
    (job,) = loaded.told.refits
    assert job.request == RefitRequest("/m/net.plan", "/m/new.onnx", "/m/net.plan")
    assert "being given" in loaded.refits.why_not(loaded.document)
    loaded.finish("/m/net.plan")
    qtbot.waitUntil(lambda: loaded.told.loads == 2, timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: loaded.sessions.loaded(loaded.document) is not None, timeout=TIMEOUT_MS)
    assert [notice.level for notice in loaded.notices] == ["info", "warning"]
    assert "42" in loaded.notices[0].message
    assert not loaded.refits.why_not(loaded.document)


def test_another_plan_is_opened(
    qtbot: QtBot, loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(loaded.workspace, "open", opened.extend)
    loaded.refits.start(loaded.document, Path("/m/new.onnx"), Path("/m/other.plan"))
    loaded.finish("/m/other.plan")
    qtbot.waitUntil(lambda: opened == [Path("/m/other.plan")], timeout=TIMEOUT_MS)
    assert loaded.told.loads == 1


def test_a_plan_that_takes_none_says_so(qtbot: QtBot, loaded: Loaded) -> None:
    loaded.refits.start(loaded.document, Path("/m/new.onnx"), Path("/m/net.plan"))
    loaded.told.refits[0].future.set_exception(StudioError("net.plan takes no new weights."))
    qtbot.waitUntil(lambda: bool(loaded.notices), timeout=TIMEOUT_MS)
    assert loaded.notices[0].level == "error"
    assert not loaded.refits.why_not(loaded.document)
    assert loaded.sessions.loaded(loaded.document) is not None, "it is loaded as before"


@pytest.mark.parametrize("loaded", ["onnxruntime"], indirect=True)
def test_a_model_is_no_engine(loaded: Loaded) -> None:
    assert "only an engine" in loaded.refits.why_not(loaded.document)
    loaded.refits.start(loaded.document, Path("/m/new.onnx"), Path("/m/net.plan"))
    assert not loaded.told.refits


def test_both_files_are_asked_for(
    qtbot: QtBot, loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    answers = {"open": ("/m/new.onnx", ""), "save": ("", "")}
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: answers["open"])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answers["save"])
    loaded.refits.ask(loaded.document, parent)
    assert not loaded.told.refits
    answers["save"] = ("/m/other", "")
    loaded.refits.ask(loaded.document, parent)
    assert loaded.told.refits[0].request.output == "/m/other.plan"


def test_closing_the_document_gives_it_up(loaded: Loaded) -> None:
    loaded.refits.start(loaded.document, Path("/m/new.onnx"), Path("/m/net.plan"))
    loaded.workspace.close(loaded.document)
    assert isinstance(loaded.told.refits[0].future.exception(0), Cancelled)

"""What a window that is closed still does: it writes what its user would miss, stops what it does
itself, and tidies up after the processes that it ends.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui import workspace as workspace_module
from trtstudio.gui.build.builds import Builds
from trtstudio.gui.document import Document
from trtstudio.gui.errands import Errand
from trtstudio.gui.measure.memory_ledgers import MemoryLedgers
from trtstudio.gui.sessions.picture_memory import PictureMemory
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.tensor import saving
from trtstudio.gui.workspace import Workspace
from trtstudio.host.engines import Job
from trtstudio.model import formats
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.runtime import Installation

WAIT_S = 30
WAIT_MS = 1000 * WAIT_S


class SilentEngines:
    """Nothing that is asked is ever answered."""

    def __init__(self) -> None:
        self.requests: list[object] = []
        self.closings = 0

    def submit(self, request: object, _interpreter: object = None) -> Job[object]:
        self.requests.append(request)
        return Job(request, lambda *_: None)

    def close(self) -> None:
        self.closings += 1


@pytest.fixture(autouse=True)
def _time_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a file may not be written within the time that a window gives it."""
    monkeypatch.setattr(workspace_module, "CLOSING_S", WAIT_S)


@pytest.fixture
def silent() -> SilentEngines:
    return SilentEngines()


@pytest.fixture
def workspace(qapp: QApplication, silent: SilentEngines) -> Iterator[Workspace]:
    made = Workspace(silent, qapp)  # type: ignore[arg-type]
    made.installation = Installation(None)
    yield made
    made.shut_down()


@pytest.fixture
def document(workspace: Workspace, sample_model: Path) -> Document:
    document = Document(formats.read(sample_model))
    workspace.documents.append(document)
    return document


def test_what_is_to_be_kept_is_written_though_the_window_closes(workspace: Workspace) -> None:
    may_end, written = threading.Event(), []
    first = workspace.io.submit(may_end.wait, WAIT_S)
    read = workspace.io.submit(written.append, "read")
    kept = workspace.io.keep(written.append, "kept")
    threading.Timer(0.05, may_end.set).start()
    workspace.shut_down()
    assert first.done() and read.cancelled() and kept.done()
    assert written == ["kept"]
    assert workspace.io.keep(written.append, "late").cancelled()


def test_it_shuts_down_once_though_window_and_application_ask(
    workspace: Workspace, silent: SilentEngines
) -> None:
    told: list[str] = []
    workspace.closing.connect(lambda: told.append("closing"))
    workspace.closed.connect(lambda: told.append("closed"))
    workspace.shut_down()
    workspace.shut_down()
    assert told == ["closing", "closed"] and silent.closings == 1


def test_choices_of_the_last_moment_are_remembered(workspace: Workspace, tmp_path: Path) -> None:
    from trtstudio.vision.choices import Choices, remembered

    model, choices = tmp_path / "a.onnx", Choices(batch=3)
    PictureMemory(workspace, workspace).keep(model, choices)
    assert remembered(model) == Choices()
    workspace.shut_down()
    assert remembered(model) == choices


def test_parts_of_a_plan_that_was_being_built_are_removed(
    workspace: Workspace, document: Document, tmp_path: Path
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    plan = tmp_path / "a.plan"
    own, dead = (tmp_path / f".a.plan.{pid}-00ff.part" for pid in (os.getpid(), int(ended.stdout)))
    builds = Builds(workspace, workspace)
    builds.start(document, BuildRequest("a.onnx", str(plan)))
    own.touch()
    dead.touch()
    workspace.shut_down()
    assert own.exists() and not dead.exists()


def test_what_the_window_does_itself_is_stopped(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    begun, failures = threading.Event(), []

    def work(errand: Errand) -> None:
        def report(done: int, of: int) -> None:
            begun.set()
            errand.report(done % of, of)

        while True:
            saving.save_csv(tmp_path / "a.csv", lambda _: np.ones((4, 4096)), report)

    job = workspace.jobs.do("Saving", work, lambda _: None, failures.append)
    assert begun.wait(WAIT_S)
    qtbot.waitUntil(lambda: job.progress is not None, timeout=WAIT_MS)
    assert job.progress is not None and job.progress.phase.endswith(" %")
    job.cancel()
    qtbot.waitUntil(lambda: not job.is_running, timeout=WAIT_MS)
    assert job.outcome == "stopped" and isinstance(failures[0], Cancelled)
    begun.clear()
    other = workspace.jobs.do("Saving", work, lambda _: None, failures.append)
    assert begun.wait(WAIT_S)
    workspace.shut_down()
    assert isinstance(other._job.future.exception(WAIT_S), Cancelled)
    assert [path for path in tmp_path.iterdir() if path.name != "a.csv"] == []


def test_work_of_its_own_ends_with_its_error(qtbot: QtBot, workspace: Workspace) -> None:
    def fail(_: Errand) -> None:
        raise StudioError("The disk is full.")

    failures: list[StudioError] = []
    job = workspace.jobs.do("Saving", fail, lambda _: None, failures.append)
    qtbot.waitUntil(lambda: not job.is_running, timeout=WAIT_MS)
    assert job.outcome == "failed" and failures[0].message == "The disk is full."


def test_counting_memory_is_stopped_while_its_runtime_is_chosen(
    workspace: Workspace,
    silent: SilentEngines,
    document: Document,
    all_told: Callable[[Workspace], None],
) -> None:
    ledgers = MemoryLedgers(workspace, Sessions(workspace, workspace), workspace)
    told: list[Document] = []
    may_end = threading.Event()
    workspace.io.submit(may_end.wait, WAIT_S)
    ledgers.start(document, 1, {})
    ledgers.changed.connect(told.append)
    ledgers.stop(document)
    count = ledgers.count(document)
    assert count is not None and not count.is_running and told == [document]
    may_end.set()
    all_told(workspace)
    assert not silent.requests and isinstance(count.error, Cancelled)

"""What runs over many pictures wait for: models that are loaded one after another, captures that
are written, and what of that is still wanted when it is there.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from trtstudio.gui.batch import sources as batch_sources
from trtstudio.gui.batch.batches import Batch, Batches
from trtstudio.gui.batch.files import save_capture
from trtstudio.gui.batch.view import BatchView
from trtstudio.gui.document import Document
from trtstudio.gui.parts.picture_images import as_image
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import NotLoaded, StudioError

Done = Callable[[Any], None]


class SlowSessions(Sessions):
    """Loads what it is asked for when the test says so."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(workspace, parent)
        self.asked: list[tuple[Document, Done]] = []
        self.blamed: list[Document] = []

    def request(self, document: Document, ready: Done, failed: Done) -> None:  # noqa: ARG002
        self.asked.append((document, ready))

    def report_failure(self, document: Document, error: StudioError) -> None:  # noqa: ARG002
        self.blamed.append(document)


class DoneWork:
    """A work that has ended with an error."""

    rows: tuple[()] = ()
    is_over, is_stopped = True, False

    def __init__(self, error: StudioError) -> None:
        self.error = error

    def stop(self) -> None:
        pass


@pytest.fixture
def sessions(idle: Workspace) -> SlowSessions:
    return SlowSessions(idle, idle)


@pytest.fixture
def batches(idle: Workspace, sessions: SlowSessions) -> Batches:
    return Batches(idle, sessions, idle)


@pytest.fixture
def documents(
    qtbot: QtBot, idle: Workspace, light_models: tuple[Path, ...]
) -> tuple[Document, Document, Document]:
    idle.open(light_models[:3])
    qtbot.waitUntil(lambda: len(idle.documents) == 3)
    first, second, third = idle.documents
    return first, second, third


def test_what_was_replaced_or_stopped_loads_nothing_more(
    batches: Batches, sessions: SlowSessions, documents: tuple[Document, ...]
) -> None:
    batch = Batch(documents[0], "pair", (Path("a"),))
    batches.start(batch)
    ((asked, ready),) = sessions.asked
    assert asked is documents[0] and batch.other is not None
    batches.restart(batch)
    ready("loaded")
    assert [document for document, _ in sessions.asked] == [documents[0]] * 2
    again = batches.batch(documents[0], "pair")
    assert again is not None and again is not batch
    batches.stop(again)
    assert again.has_ended
    sessions.asked[-1][1]("loaded")
    assert len(sessions.asked) == 2 and again.work is None
    batches.go_on(again)
    third = batches.batch(documents[0], "pair")
    assert third is not None and third is not again and not third.has_ended
    sessions.asked[-1][1]("loaded")
    assert sessions.asked[-1][0] is third.other


def test_the_reader_that_was_used_is_blamed_and_only_for_what_a_session_does(
    batches: Batches, sessions: SlowSessions, documents: tuple[Document, ...]
) -> None:
    finder, used, newer = documents
    batches.readers.choose(finder, used)
    batch = Batch(finder, "many", (Path("a"),), is_second_try=True)
    batches.start(batch)
    batches.readers.choose(finder, newer)
    batches._end(batch, DoneWork(StudioError("There is no camera 0.")))  # type: ignore[arg-type]
    assert sessions.blamed == [] and batch.error is not None
    batches._end(batch, DoneWork(NotLoaded("It is gone.")))  # type: ignore[arg-type]
    assert sessions.blamed == [finder, used]


def test_a_run_whose_partner_is_closed_is_told_to_have_ended(
    idle: Workspace, batches: Batches, documents: tuple[Document, ...]
) -> None:
    own, other, _ = documents
    batches.partners.choose(own, other)
    batch = Batch(own, "pair", (Path("a"),))
    batches.start(batch)
    told: list[Batch] = []
    batches.changed.connect(told.append)
    idle.close(other)
    assert batch.has_ended and told == [batch]
    assert batches.batch(own, "pair") is batch
    idle.close(own)
    assert batches.batch(own, "pair") is None


def test_a_dropped_folder_is_taken_with_its_folders_where_that_is_chosen(
    qtbot: QtBot, idle: Workspace, batches: Batches, documents: tuple[Document, ...]
) -> None:
    view = BatchView(idle, batches, "many")
    qtbot.addWidget(view)
    view.show()
    for is_recursive in (True, False):
        view.sources.recursive.setChecked(is_recursive)
        batches.drop(documents[0], [Path("a")])
        batch = batches.batch(documents[0], "many")
        assert batch is not None and batch.recursive is is_recursive
    view.sources.recursive.setChecked(True)
    view.hide()
    batches.drop(documents[0], [Path("a")])
    batch = batches.batch(documents[0], "many")
    assert batch is not None and not batch.recursive


def test_a_capture_runs_on_the_document_that_it_was_taken_for(
    qtbot: QtBot,
    idle: Workspace,
    batches: Batches,
    documents: tuple[Document, ...],
    monkeypatch: pytest.MonkeyPatch,
    all_told: Callable[[Workspace], None],
) -> None:
    first, second, third = documents
    view = BatchView(idle, batches, "many")
    qtbot.addWidget(view)
    image = QImage(8, 8, QImage.Format.Format_RGB888)
    image.fill(0)
    waiting: list[Done] = []
    monkeypatch.setattr(batch_sources, "capture", lambda _, taken, __: waiting.append(taken))
    idle.set_current(first)
    view.sources.region.click()
    idle.set_current(second)
    waiting.pop()(image)
    view.take_image(image)
    idle.set_current(third)
    qtbot.waitUntil(lambda: batches.batch(second, "many") is not None)
    runs = [batches.batch(document, "many") for document in documents]
    assert [run is not None for run in runs] == [True, True, False]
    sources = {run.sources[0] for run in runs if run is not None}
    assert len(sources) == 2 and all(path.is_file() for path in sources)
    view.take_image(image)
    idle.close(third)
    all_told(idle)
    assert batches.batch(third, "many") is None


def test_a_capture_for_which_there_is_no_room(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(small_disk))
    noise = np.random.default_rng(0).integers(0, 256, (200, 200, 3), np.uint8)
    with pytest.raises(StudioError, match="the disk is full"):
        save_capture(as_image(noise))
    assert not [path for path in small_disk.rglob("*") if path.is_file()]


def test_captures_of_the_same_second_are_files_of_their_own() -> None:
    images = [QImage(4, 4, QImage.Format.Format_RGB888) for _ in range(3)]
    for number, image in enumerate(images):
        image.fill(number)
    paths = [save_capture(image) for image in images]
    assert len(set(paths)) == 3
    assert [QImage(str(path)).pixel(0, 0) for path in paths] == [i.pixel(0, 0) for i in images]

"""What reads the texts that a document finds, now and when it is opened again."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from trtstudio.gui.document import Document
from trtstudio.gui.sessions.readers import Readers
from trtstudio.gui.sessions.runtime_memory import remembered_reader
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.workspace import Workspace

AllTold = Callable[[Workspace], None]


def open_document(qtbot: QtBot, workspace: Workspace, path: Path) -> Document:
    with qtbot.waitSignal(workspace.document_opened) as opened:
        workspace.open([path])
    document = opened.args[0]
    assert isinstance(document, Document)
    return document


def test_a_reader_is_there_again_when_its_document_is(
    qtbot: QtBot, idle: Workspace, light_models: tuple[Path, ...]
) -> None:
    readers = Readers(idle, Sessions(idle, idle), idle)
    finder, path = open_document(qtbot, idle, light_models[0]), light_models[1]
    assert readers.reader(finder) is None
    readers.open(finder, path)
    qtbot.waitUntil(lambda: readers.reader(finder) is not None)
    idle.close(finder)
    again = open_document(qtbot, idle, light_models[0])
    qtbot.waitUntil(lambda: readers.reader(again) is not None)
    reader = readers.reader(again)
    assert reader is not None and reader.path == path
    readers.choose(again, None)
    assert remembered_reader(again.path) is None


def test_a_reader_that_is_closed_or_gone_is_still_remembered_and_says_nothing(
    qtbot: QtBot, idle: Workspace, light_models: tuple[Path, ...], tmp_path: Path
) -> None:
    readers, gone = Readers(idle, Sessions(idle, idle), idle), tmp_path / "reader.onnx"
    gone.write_bytes(light_models[1].read_bytes())
    finder, reader = (open_document(qtbot, idle, path) for path in (light_models[0], gone))
    readers.choose(finder, reader)
    idle.close(reader)
    assert readers.reader(finder) is None and remembered_reader(finder.path) == gone
    idle.close(finder)
    gone.unlink()
    notices: list[object] = []
    idle.noticed.connect(notices.append)
    again = open_document(qtbot, idle, light_models[0])
    idle.io.submit(lambda: None).result(30)
    other = open_document(qtbot, idle, light_models[2])
    assert readers.reader(again) is None and other is not again and not notices


def test_a_newer_choice_stands_when_an_earlier_one_arrives(
    qtbot: QtBot, idle: Workspace, light_models: tuple[Path, ...], all_told: AllTold
) -> None:
    readers = Readers(idle, Sessions(idle, idle), idle)
    finder, chosen = (open_document(qtbot, idle, path) for path in light_models[:2])
    readers.open(finder, light_models[2])
    readers.choose(finder, chosen)
    all_told(idle)
    assert readers.reader(finder) is chosen and remembered_reader(finder.path) == chosen.path
    idle.close(finder)
    again = open_document(qtbot, idle, light_models[0])
    readers.open(again, light_models[2])
    readers.choose(again, None)
    all_told(idle)
    assert readers.reader(again) is None and remembered_reader(again.path) is None


def test_a_reader_of_two_documents_is_opened_once(
    qtbot: QtBot, idle: Workspace, light_models: tuple[Path, ...], all_told: AllTold
) -> None:
    readers = Readers(idle, Sessions(idle, idle), idle)
    finders = [open_document(qtbot, idle, path) for path in light_models[:2]]
    for finder in finders:
        readers.open(finder, light_models[2])
        readers.open(finder, light_models[2])
    qtbot.waitUntil(lambda: all(readers.reader(finder) is not None for finder in finders))
    all_told(idle)
    first, second = (readers.reader(finder) for finder in finders)
    assert first is second
    assert len(readers.offered(finders[0])) == 2, "the other one, and the reader"

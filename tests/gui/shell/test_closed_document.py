"""What the pages keep of a document after its tab was closed: nothing, for it may be large."""

import gc
import weakref
from pathlib import Path

from pytestqt.qtbot import QtBot

from trtstudio.gui.batch.batches import Batch
from trtstudio.gui.document import Document, Reading
from trtstudio.gui.inspect.model_page import ModelPage
from trtstudio.gui.run.page import RunPage
from trtstudio.gui.shell.window import MainWindow
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats


class WatchedDocument(Document):
    """One that can be referred to weakly."""


def open_document(workspace: Workspace, path: Path) -> WatchedDocument:
    file = formats.read(path)
    document = WatchedDocument(file, {"onnx": Reading(file.graph)})
    workspace.documents.append(document)
    workspace.document_opened.emit(document)
    workspace.set_current(document)
    return document


def see_all_pages(qtbot: QtBot, window: MainWindow, document: Document, picture: Path) -> None:
    """With the graph, a run, one over many pictures and the choice of what it is compared with."""
    window.workspace.probe()
    qtbot.waitUntil(lambda: window.workspace.installation is not None)
    for name in ("build", "measure", "run", "model"):
        window.show_page(name)
    model, run, runs = window.page("model"), window.page("run"), window.runs
    assert isinstance(model, ModelPage) and isinstance(run, RunPage)
    for view in ("pair", "many"):
        run.views.show_view(view)
    runs.batches.start(Batch(document, "many", (picture,)))
    qtbot.waitUntil(lambda: (many := runs.batches.batch(document, "many")) and many.has_ended)
    runs.run_paths(document, [picture])
    qtbot.waitUntil(lambda: run.history.count() == 1)
    model.show_form("graph")
    qtbot.waitUntil(lambda: model._drawing._following._followed[0] is not None)


def test_a_document_goes_when_it_is_closed(
    qtbot: QtBot,
    window: MainWindow,
    workspace: Workspace,
    sample_model: Path,
    sample_pictures: tuple[Path, ...],
) -> None:
    document = open_document(workspace, sample_model)
    see_all_pages(qtbot, window, document, sample_pictures[0])
    there = weakref.ref(document)
    workspace.close(document)
    del document
    qtbot.waitUntil(lambda: gc.collect() >= 0 and there() is None)
    run = window.page("run")
    assert isinstance(run, RunPage) and run.history.count() == 0

"""The open documents, the current one, and the one selection that all views share. Main thread
only.

A view asks through one call here and hears through one signal. Files are read by one worker
thread, engines are asked through ``jobs``.
"""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from trtstudio import assets
from trtstudio.gui.desk import Desk
from trtstudio.gui.document import Document, Reading, Selection
from trtstudio.gui.knowledge.insights import Insights
from trtstudio.gui.knowledge.layer_figures import LayerFigures
from trtstudio.gui.knowledge.lookups import Lookups
from trtstudio.gui.knowledge.plan_checks import PlanChecks
from trtstudio.gui.knowledge.runtimes import Runtimes
from trtstudio.gui.notice import Notice
from trtstudio.host.engines import Engines
from trtstudio.model import formats
from trtstudio.model.arrays import ARRAY_SUFFIXES
from trtstudio.model.core_words import core_error
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.files import address_of, expanded, not_here
from trtstudio.model.graph import Graph, View
from trtstudio.model.interpreters import OWN, Interpreter, find_fitting
from trtstudio.model.requests import EngineRequest, NetworkRequest
from trtstudio.vision.batch.sources import LIST_SUFFIXES, VIDEO_SUFFIXES
from trtstudio.vision.picture_suffixes import PICTURE_SUFFIXES

CLOSING_S = 2.0
_INPUT_SUFFIXES = PICTURE_SUFFIXES | ARRAY_SUFFIXES | VIDEO_SUFFIXES | LIST_SUFFIXES


def is_input(path: Path) -> bool:
    """Whether this is something to run a model on, and no model. A folder is one of pictures, a
    text file names them.
    """
    return path.suffix.lower() in _INPUT_SUFFIXES or path.is_dir()


class Workspace(Desk):
    """What the window works on: a desk, with all that is known of its documents at hand."""

    opening_failed = Signal(object)  # Path
    current_changed = Signal(object)  # Document | None
    selection_changed = Signal(object)  # Selection | None
    pictures_dropped = Signal(object)  # list[Path]: to run the current document on
    closing = Signal()  # now is the time to have the io thread keep what is not written yet
    closed = Signal()  # all engine processes have ended

    def __init__(self, engines: Engines, parent: QObject | None = None) -> None:
        super().__init__(engines, parent)
        self.current: Document | None = None
        self.selection: Selection | None = None
        self.lookups = Lookups(self)
        self.insights = Insights(self)
        self.figures = LayerFigures(self, self.insights)
        self.runtimes = Runtimes(self)
        self.plan_checks = PlanChecks(self, self.runtimes)
        self._selections: dict[Document, Selection] = {}
        self._opening: set[Path] = set()
        self._inputs: list[Path] = []
        self._engines = engines
        self._is_shut_down = False
        self.reading_changed.connect(self._drop_selection)  # before anybody else looks

    # Files

    def open(self, paths: Iterable[Path]) -> None:
        """Open models and plans; pictures and arrays go to the current document instead."""
        for path in (expanded(path).absolute() for path in paths):
            if address := address_of(path):
                self.report(core_error(not_here(address)))
            elif is_input(path):
                self._inputs.append(path)
            else:
                self._open_model(path)
        if self._inputs and not self.documents and not self._opening:
            self.notify(
                Notice("info", self.tr("No model was open, so the bundled sample answers."))
            )
            self._open_model(assets.SAMPLE_MODEL)
        self._deliver_inputs()

    def close(self, document: Document) -> None:
        """Forget a document; its file is not touched."""
        position = self.documents.index(document)
        self.documents.remove(document)
        if document is self.current:
            rest = self.documents[max(0, position - 1) :][:1]
            self.set_current(rest[0] if rest else None)
        self._selections.pop(document, None)
        document.is_closed = True
        self.document_closed.emit(document)

    def set_current(self, document: Document | None) -> None:
        """Show another open document, or none, with what was selected in it."""
        if document is self.current:
            return
        self.current = document
        self.current_changed.emit(document)
        self.select(self._selections.get(document, Selection(document)) if document else None)

    def select(self, selection: Selection | None) -> None:
        """Make this the selection of every view."""
        if selection is not None:
            self._selections[selection.document] = selection
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit(selection)

    # Engines

    def request_reading(self, document: Document, view: View) -> Reading:
        """The reading; where it is not there yet, it is asked for and ``reading_changed`` tells."""
        reading = document.readings.get(view)
        if reading is None:
            reading = document.readings[view] = Reading(is_loading=True)
            self._request(document, view, reading)
        return reading

    def set_engine(
        self, document: Document, plan: Path, engine: Graph | None, builder: Interpreter = OWN
    ) -> None:
        """A plan has been built from this document; ``engine`` is its layer table."""
        document.plan, document.builder = plan, builder
        document.readings["engine"] = Reading(graph=engine)
        self.reading_changed.emit(document, "engine")

    # The end

    def shut_down(self) -> None:
        """End all threads and processes within about ``CLOSING_S``, in which what is to be kept is
        written; nothing may be asked afterwards. Once: the window asks for it as it closes, the
        application as it ends, which it can without a window that closes.
        """
        if self._is_shut_down:
            return
        self._is_shut_down = True
        deadline = time.monotonic() + CLOSING_S
        self.closing.emit()
        self.courier.stop()
        self.jobs.stop()
        self.io.close()
        self._engines.close()
        for own in (self.io, self.jobs):
            own.finish(max(0.0, deadline - time.monotonic()))
        self.closed.emit()

    # What comes of it

    def _open_model(self, path: Path) -> None:
        known = next((d for d in self.documents if d.path == path), None)
        if known is not None:
            self.set_current(known)
        elif path not in self._opening:
            self._opening.add(path)

            def failed(error: StudioError) -> None:
                self._opening.discard(path)
                self.report(error)
                self.opening_failed.emit(path)
                self._deliver_inputs()

            self.courier.watch(self.io.submit(formats.read, path), self._opened, failed)

    def _deliver_inputs(self) -> None:
        """Hand over what was dropped, once the model that it was dropped with is there."""
        if self._inputs and self.current is not None and not self._opening:
            inputs, self._inputs = self._inputs, []
            self.pictures_dropped.emit(inputs)

    def _opened(self, file: formats.ModelFile) -> None:
        self._opening.discard(file.path)
        document = Document(file, plan=file.path if file.format == "plan" else None)
        if file.graph is not None:
            document.readings[file.graph.view] = Reading(file.graph)
        self.documents.append(document)
        for text in file.warnings:
            self.notify(Notice("warning", text))
        self.document_opened.emit(document)
        self.set_current(document)
        self._deliver_inputs()

    def _drop_selection(self, document: Document, view: View) -> None:
        """What is selected may not be there any more: another build has other layers."""
        selection, reading = self._selections.get(document), document.readings.get(view)
        graph = reading.graph if reading is not None else None
        if selection is None or selection.view != view or graph is None:
            return
        there = {"file": 1, "layer": len(graph.layers), "tensor": len(graph.tensors)}
        if selection.index >= there["layer" if selection.inner else selection.kind]:
            self._selections[document] = Selection(document)
            if document is self.current:
                self.select(self._selections[document])

    def _request(self, document: Document, view: View, reading: Reading) -> None:
        def done(graph: Graph) -> None:
            finish(Reading(graph=graph))

        def failed(error: StudioError) -> None:
            finish(Reading() if isinstance(error, Cancelled) else Reading(problem=error))

        def finish(found: Reading) -> None:
            if document.readings.get(view) is reading:  # else a newer one came meanwhile
                document.readings[view] = found
                self.reading_changed.emit(document, view)

        request: Any
        interpreter = OWN
        if view == "network" and document.file.format == "onnx":
            title = self.tr("Parsing {name} with TensorRT").format(name=document.path.name)
            request = NetworkRequest(str(document.path))
        elif view == "engine" and document.plan is not None:
            title = self.tr("Reading the layers of {name}").format(name=document.plan.name)
            request = EngineRequest(str(document.plan))
            interpreter = self._reader_of(document)
        else:
            reading.is_loading = False
            reading.problem = StudioError(self.tr("This file has no such reading."))
            return
        self.jobs.run(title, request, done, failed, interpreter=interpreter)

    def _reader_of(self, document: Document) -> Interpreter:
        """Whose TensorRT reads the document's plan: the one that built it, as far as is known."""
        header = document.file.header
        fitting = find_fitting(header, self.runtimes.known) if header else None
        return fitting.interpreter if fitting else document.builder

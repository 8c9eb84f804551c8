"""Which model reads the texts that a document finds, and reading those of its runs. Main thread
only; the reading itself waits for inferences in a thread of its own.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.batch.order import Ask
from trtstudio.gui.core_words import core_error
from trtstudio.gui.document import Document
from trtstudio.gui.run.run import Run
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.errors import StudioError

if TYPE_CHECKING:  # it uses this module
    from trtstudio.gui.run.runs import Runs


class Readers(QObject):
    """For each document at most one; a model that is opened here gets no tab of its own."""

    changed = Signal(object)  # Document

    def __init__(
        self, workspace: Workspace, sessions: Sessions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._sessions = workspace, sessions
        self._chosen: dict[Document, Document] = {}
        self._hidden: list[Document] = []
        workspace.document_closed.connect(self._close)

    def reader(self, document: Document) -> Document | None:
        """What reads the texts that it finds."""
        return self._chosen.get(document)

    def offered(self, document: Document) -> Sequence[Document]:
        """What can be chosen: the other open models, and those that were opened here."""
        others = [*self._workspace.documents, *self._hidden]
        return [other for other in others if other is not document]

    def choose(self, document: Document, reader: Document | None) -> None:
        """Read by this from now on, or not at all."""
        if reader is self._chosen.get(document):
            return
        if reader is None:
            del self._chosen[document]
        else:
            self._chosen[document] = reader
        self.changed.emit(document)

    def open(self, document: Document, path: Path) -> None:
        """Read by the model at this place."""
        known = next((each for each in self.offered(document) if each.path == path), None)
        if known is not None:
            self.choose(document, known)
            return

        def opened(file: formats.ModelFile) -> None:
            if document not in self._workspace.documents:
                return
            reader = Document(file, plan=file.path if file.format == "plan" else None)
            self._hidden.append(reader)
            self.choose(document, reader)

        future = self._workspace.io.submit(formats.read, path)
        self._workspace.courier.watch(future, opened, self._workspace.report)

    def _close(self, document: Document) -> None:
        self._chosen.pop(document, None)
        for owner, reader in list(self._chosen.items()):
            if reader is document:
                self.choose(owner, None)
        for reader in [each for each in self._hidden if each not in self._chosen.values()]:
            self._hidden.remove(reader)
            reader.is_closed = True
            self._sessions.close(reader)


class TextReading(QObject):
    """Follows the runs: what they found is read as soon as it is there, one run after another."""

    def __init__(self, workspace: Workspace, runs: "Runs", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._runs = workspace, runs
        self._readers = runs.batches.readers
        self._waiting: deque[tuple[Document, Run]] = deque()
        self._current: tuple[Document, Run] | None = None
        runs.run_added.connect(self._take)
        runs.run_revised.connect(self._revised)
        self._readers.changed.connect(self._read_anew)

    @property
    def is_reading(self) -> bool:
        """Whether something is not read yet."""
        return self._current is not None

    def _revised(self, document: Document, before: Run, after: Run) -> None:
        self._waiting = deque(item for item in self._waiting if item[1] is not before)
        self._take(document, after)

    def _take(self, document: Document, run: Run) -> None:
        if run.answer is None or self._readers.reader(document) is None:
            return
        from trtstudio.vision.reading import is_unread

        if is_unread(run.answer):
            self._waiting.append((document, run))
            self._go_on()

    def _read_anew(self, document: Document) -> None:
        """With another reader, or none."""
        from trtstudio.vision.reading import without_texts

        for run in list(self._runs.history(document)):
            if run.answer is not None and run.answer.task == "text-detection":
                plain = replace(run, answer=without_texts(run.answer))
                self._runs.revise(document, run, plain)

    def _go_on(self) -> None:
        while self._current is None and self._waiting:
            document, run = self._current = self._waiting.popleft()
            reader = self._readers.reader(document)
            if reader is None or document not in self._workspace.documents:
                self._current = None
                continue
            self._runs.sessions.request(
                reader, partial(self._read, document, run, reader), partial(self._fail, document)
            )

    def _read(self, document: Document, run: Run, reader: Document, loaded: Loaded) -> None:
        found: list[Run] = []

        def work(_: object) -> None:
            found.append(_read(run, loaded, self._workspace.jobs.ask))

        def done(_: None) -> None:
            self._current = None
            if self._readers.reader(document) is reader:
                self._runs.revise(document, run, found[0])
            self._go_on()

        def failed(error: StudioError) -> None:
            self._runs.sessions.report_failure(reader, error)
            self._fail(document, error)

        title = self.tr("Reading the texts of {name}").format(name=run.name)
        self._workspace.jobs.do(title, work, done, failed)

    def _fail(self, document: Document, error: StudioError) -> None:
        """Nothing more is read by it, since it would fail at the next one too."""
        self._current = None
        self._workspace.report(core_error(error))
        self._readers.choose(document, None)
        self._go_on()


def _read(run: Run, loaded: Loaded, ask: Ask) -> Run:
    """In a thread of its own."""
    from trtstudio.gui.batch.steps import reader_of
    from trtstudio.vision.picture import read_picture
    from trtstudio.vision.reading import read_texts

    assert run.answer is not None and run.source is not None
    reader = reader_of(loaded, ask)
    picture = read_picture(run.source) if isinstance(run.source, Path) else run.source
    return replace(run, answer=read_texts(picture, run.answer, reader))

"""Which model reads the texts that a document finds. Main thread only."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.document import Document
from trtstudio.gui.sessions.runtime_memory import remember_reader, remembered_reader
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model import formats
from trtstudio.model.errors import StudioError


class Readers(QObject):
    """For each document at most one, which is there again when the document is opened the next
    time; a model that is opened here gets no tab of its own.
    """

    changed = Signal(object)  # Document

    def __init__(
        self, workspace: Workspace, sessions: Sessions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._sessions = workspace, sessions
        self._chosen: dict[Document, Document] = {}
        self._hidden: list[Document] = []
        self._awaited: dict[Document, object] = {}
        workspace.document_opened.connect(self._restore)
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
        self._awaited.pop(document, None)  # what is still being opened was wanted before
        remember_reader(document.path, reader.path if reader is not None else None)
        self._set(document, reader)

    def _set(self, document: Document, reader: Document | None) -> None:
        if reader is self._chosen.get(document):
            return
        if reader is None:
            del self._chosen[document]
        else:
            self._chosen[document] = reader
        self.changed.emit(document)

    def open(self, document: Document, path: Path) -> None:
        """Read by the model at this place."""
        self._open(document, path, partial(self.choose, document), self._workspace.report)

    def _restore(self, document: Document) -> None:
        """Read by what read it last; where that is no longer there, it can be chosen again."""
        path = remembered_reader(document.path)
        if path is not None:
            self._open(document, path, partial(self._set, document), lambda _: None)

    def _open(
        self,
        document: Document,
        path: Path,
        choose: Callable[[Document], None],
        failed: Callable[[StudioError], None],
    ) -> None:
        known = self._known(document, path)
        if known is not None:
            choose(known)
            return
        self._awaited[document] = wish = object()

        def opened(file: formats.ModelFile) -> None:
            if self._awaited.get(document) is wish:
                del self._awaited[document]
                choose(self._known(document, path) or self._add(file))

        future = self._workspace.io.submit(formats.read, path)
        self._workspace.courier.watch(future, opened, failed)

    def _known(self, document: Document, path: Path) -> Document | None:
        return next((each for each in self.offered(document) if each.path == path), None)

    def _add(self, file: formats.ModelFile) -> Document:
        reader = Document(file, plan=file.path if file.format == "plan" else None)
        self._hidden.append(reader)
        return reader

    def _close(self, document: Document) -> None:
        self._chosen.pop(document, None)
        self._awaited.pop(document, None)
        for owner, reader in list(self._chosen.items()):
            if reader is document:
                self._set(owner, None)
        for reader in [each for each in self._hidden if each not in self._chosen.values()]:
            self._hidden.remove(reader)
            reader.is_closed = True
            self._sessions.close(reader)

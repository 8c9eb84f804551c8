"""What every document is compared with: another document, or itself by another runtime, loaded
beside it. Main thread only.
"""

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.document import Document
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model.graph import View
from trtstudio.model.run import RuntimeChoice


class Partners(QObject):
    """For each document one partner; a stand-in is a document that no tab shows."""

    changed = Signal(object)  # Document

    def __init__(
        self, workspace: Workspace, sessions: Sessions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._sessions = sessions
        self._stand_ins: dict[Document, Document] = {}
        self._chosen: dict[Document, Document] = {}
        workspace.reading_changed.connect(self._reading_changed)
        workspace.document_closed.connect(self._close)

    def partner(self, document: Document) -> Document:
        """The one that was chosen, else the document by ONNX Runtime."""
        chosen = self._chosen.get(document)
        if chosen is not None and chosen is not self._stand_ins.get(document):
            return chosen
        return self._stand_in(document)

    def choose(self, document: Document, partner: Document | RuntimeChoice) -> None:
        """Compare it with another document, or with itself by this runtime."""
        if isinstance(partner, Document):
            self._chosen[document] = partner
        else:
            self._chosen[document] = stand_in = self._stand_in(document)
            self._sessions.choose(stand_in, partner)
        self.changed.emit(document)

    def is_stand_in(self, partner: Document) -> bool:
        """Whether it is a document beside itself."""
        return partner in self._stand_ins.values()

    def runtime(self, document: Document) -> RuntimeChoice:
        """What runs its stand-in."""
        return self._sessions.wanted(self._stand_in(document))

    def _stand_in(self, document: Document) -> Document:
        """With the plan that the document has now."""
        known = self._stand_ins.get(document)
        if known is None:
            known = Document(document.file, is_closed=document.is_closed)
            if not known.is_closed:
                self._stand_ins[document] = known
            self._sessions.choose(known, "onnxruntime")
        known.plan, known.builder = document.plan, document.builder
        return known

    def _reading_changed(self, document: Document, view: View) -> None:
        """Its stand-in may run by the engine that has been built."""
        if view == "engine" and document in self._stand_ins:
            self._sessions.review(self._stand_in(document))

    def _close(self, document: Document) -> None:
        for owner, partner in list(self._chosen.items()):
            if document in (owner, partner):
                del self._chosen[owner]
        stand_in = self._stand_ins.pop(document, None)
        if stand_in is not None:
            stand_in.is_closed = True
            self._sessions.close(stand_in)

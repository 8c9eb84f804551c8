"""The Memory view of the Measure page: what running the model takes, before it is run. Main thread
only.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.document import Document
from trtstudio.gui.measure.frame import follow
from trtstudio.gui.measure.memory_form import MemoryForm
from trtstudio.gui.measure.memory_ledger_view import MemoryLedgerView
from trtstudio.gui.measure.memory_ledgers import Count, MemoryLedgers
from trtstudio.gui.measure.words import end_words
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace

_FORM_WIDTH = 240


class MemoryView(QWidget):
    """Counts for the current document when it is first shown, and again when its user asks."""

    def __init__(self, workspace: Workspace, runs: Runs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.ledgers = MemoryLedgers(workspace, runs.sessions, self)
        self._forms: dict[Document, MemoryForm] = {}
        self._arrange()
        follow(self, workspace, [self.ledgers.changed], self._update)
        workspace.installation_changed.connect(self._update)
        workspace.document_closed.connect(self._forget)

    def start(self) -> None:
        """Count for what the form of the current document says."""
        document = self._workspace.current
        form = self._forms.get(document) if document is not None else None
        shapes = form.shapes() if form is not None else None
        if self._workspace.installation is None:  # counted as soon as it is known
            return
        if document is not None and form is not None and shapes is not None:
            self.ledgers.start(document, form.contexts.value(), shapes)

    def stop(self) -> None:
        """Give up what is being counted."""
        if self._workspace.current is not None:
            self.ledgers.stop(self._workspace.current)

    def form(self, document: Document) -> MemoryForm:
        """The form of a document."""
        if document not in self._forms:
            form = self._forms[document] = MemoryForm()
            form.count_requested.connect(self.start)
            self._left.insertWidget(0, form)
        return self._forms[document]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._update()

    def _arrange(self) -> None:
        left = QFrame()
        left.setProperty("role", "card")
        left.setFixedWidth(_FORM_WIDTH)
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(12, 12, 12, 12)
        self._left.addStretch(1)
        self.ledger = MemoryLedgerView()
        self.words = QLabel(wordWrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setProperty("role", "muted")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addWidget(self.ledger)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(left)
        row.addWidget(area, 1)

    def _update(self) -> None:
        document = self._workspace.current
        if document is None or not self.isVisible():
            return
        form = self.form(document)
        for each in self._forms.values():
            each.setVisible(each is form)
        count = self.ledgers.count(document)
        if count is None and self._workspace.installation is not None:
            self.ledgers.start(document, form.contexts.value(), {})
            return
        self._show(form, count)

    def _show(self, form: MemoryForm, count: Count | None) -> None:
        ledger = count.ledger if count is not None else None
        form.show_state(count)
        self.ledger.setVisible(ledger is not None)
        if ledger is not None:
            self.ledger.show_ledger(ledger)
        words = self._words(count)
        self.words.setText(words)
        self.words.setVisible(bool(words) and ledger is None)

    def _words(self, count: Count | None) -> str:
        if count is None or count.is_running:
            return self.tr("Counting ...")
        return end_words(count.error) if count.error is not None else ""

    def _forget(self, document: Document) -> None:
        form = self._forms.pop(document, None)
        if form is not None:
            form.deleteLater()

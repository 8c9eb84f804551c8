"""What the views of the Measure page are made of: the buttons that start and stop, their cards and
forms, and which document they follow. Main thread only.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, Qt, SignalInstance
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.document import Document
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace

FORM_WIDTH = 272


class StartStop(QWidget):
    """Start, what else there is, and Stop."""

    def __init__(
        self, start: str, can_start: str, can_stop: str, between: Sequence[QWidget] = ()
    ) -> None:
        """``can_start`` and ``can_stop`` say what the two buttons do."""
        super().__init__()
        self._can_start, self._can_stop = can_start, can_stop
        self.start = QPushButton(start)
        self.start.setProperty("role", "primary")
        self.stop = QPushButton(_tr("Stop"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for button in (self.start, *between, self.stop):
            row.addWidget(button, 1)
        self.show_state("", is_running=False)

    def show_state(self, why_not: str, *, is_running: bool) -> None:
        """Start is disabled for this reason, where there is one."""
        enable_unless(why_not, self.start, self._can_start)
        enable_unless("" if is_running else _tr("Nothing is running."), self.stop, self._can_stop)


def state_label(*, wrap: bool = False) -> QLabel:
    """The line that says how far it is."""
    label = QLabel(wordWrap=wrap)
    label.setAccessibleName(_tr("State"))
    return label


def head_card(title: str, words: QLabel, *rows: QLayout) -> QFrame:
    """What a view does: its title, the words for it, and the rows to set and start it by."""
    card = QFrame()
    card.setProperty("role", "card")
    heading = QLabel(title)
    heading.setProperty("role", "heading")
    words.setProperty("role", "muted")
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 12, 12, 12)
    column.setSpacing(GRID)
    column.addWidget(heading)
    column.addWidget(words)
    for row in rows:
        column.addLayout(row)
    return card


def start_row(buttons: StartStop, status: QLabel) -> QHBoxLayout:
    """The buttons, and beside them how far it is."""
    row = QHBoxLayout()
    row.setSpacing(GRID)
    row.addWidget(buttons)
    row.addWidget(status, 1)
    return row


def follow(
    view: QWidget,
    workspace: Workspace,
    signals: Iterable[SignalInstance],
    update: Callable[[], None],
    for_all: Iterable[SignalInstance] = (),
) -> None:
    """Update the view when one of these signals tells of the current document, when another one
    becomes the current, and when one of ``for_all`` tells of what all documents depend on, while it
    is seen. What is hidden updates when it is shown.
    """

    def changed_for_all() -> None:
        if view.isVisible():
            update()

    hear(view, workspace, (workspace.current_changed, *signals), update)
    for signal in for_all:
        signal.connect(changed_for_all)


def hear(
    view: QWidget,
    workspace: Workspace,
    signals: Iterable[SignalInstance],
    update: Callable[[], None],
) -> None:
    """Update a part of the view when one of these signals tells of the current document, while it
    is seen.
    """

    def changed(document: Document | None) -> None:
        if document is workspace.current and view.isVisible():
            update()

    for signal in signals:
        signal.connect(changed)


Form = TypeVar("Form", bound=QWidget)


class DocumentForms(QStackedWidget, Generic[Form]):
    """A form for every document, each made when it is first asked for, in an area that scrolls."""

    def __init__(self, workspace: Workspace, make: Callable[[Document], Form]) -> None:
        super().__init__()
        self._make = make
        self._forms: dict[Document, tuple[Form, QScrollArea]] = {}
        workspace.document_closed.connect(self._forget)

    def form(self, document: Document) -> Form:
        """The document's."""
        if document not in self._forms:
            made = self._make(document)
            self._forms[document] = made, scrolled(made)
            self.addWidget(self._forms[document][1])
        return self._forms[document][0]

    def show_form(self, document: Document) -> Form:
        """Bring it to the front."""
        form = self.form(document)
        self.setCurrentWidget(self._forms[document][1])
        return form

    def _forget(self, document: Document) -> None:
        if document in self._forms:
            _, area = self._forms.pop(document)
            self.removeWidget(area)
            area.deleteLater()


def scrolled(content: QWidget) -> QScrollArea:
    """The content on the card's own ground, as wide as its area."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area


def _tr(text: str) -> str:
    return QCoreApplication.translate("MeasureFrame", text)

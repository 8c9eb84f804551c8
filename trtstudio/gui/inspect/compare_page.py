"""The page on which two open documents are compared. Main thread only; comparing is done in the io
thread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import permutations
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.document import Document, Selection
from trtstudio.gui.inspect.comparison_rows import ComparisonRows, comparison_rows, difference_rows
from trtstudio.gui.inspect.comparison_view import ComparisonView, comparison_words
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.compare import compare_files
from trtstudio.model.errors import StudioError
from trtstudio.model.formats import ModelFile
from trtstudio.model.graph import Graph, View


class Side(NamedTuple):
    """What stands on one side: a reading of a document, as it was when it was offered."""

    document: Document
    view: View
    graph: Graph

    def is_same(self, other: "Side") -> bool:
        """Whether the user would call it the same."""
        return self.document is other.document and self.view == other.view


Pair = tuple[Side, Side]


class ComparePage(QWidget):
    """Two readings of open documents side by side, and what differs."""

    open_requested = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._sides: list[Side] = []
        self._chosen: Pair | None = None
        self._asked: Pair | None = None
        self._arrange()
        for signal in (
            workspace.document_opened,
            workspace.document_closed,
            workspace.reading_changed,
        ):
            signal.connect(self._refresh)
        self._refresh()

    # Putting it together

    def _arrange(self) -> None:
        self.left, self.right = QComboBox(), QComboBox()
        self.left.setAccessibleName(self.tr("Left document"))
        self.right.setAccessibleName(self.tr("Right document"))
        for box in (self.left, self.right):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(16)
            box.activated.connect(self._choose)
        self.swap_button = QPushButton(self.tr("Swap"))
        self.swap_button.setToolTip(self.tr("Change the sides"))
        self.swap_button.clicked.connect(self.swap)
        self.note = QLabel(wordWrap=True)
        self.note.setProperty("role", "muted")
        self.view = ComparisonView()
        self.view.layer_chosen.connect(self._select)
        self.status = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.status.setProperty("role", "muted")
        self._answer = QStackedWidget()
        self._answer.addWidget(self.status)
        self._answer.addWidget(self.view)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_invitation())
        self._stack.addWidget(self._make_content())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _make_content(self) -> QWidget:
        content = QWidget()
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.left, 1)
        row.addWidget(self.swap_button)
        row.addWidget(self.right, 1)
        column = QVBoxLayout(content)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addWidget(self._answer, 1)
        return content

    def _make_invitation(self) -> QWidget:
        invitation = QWidget()
        words = QLabel(self.tr("Open two models or two plans to see what differs between them."))
        words.setProperty("role", "muted")
        self.open_button = QPushButton(self.tr("Open another model ..."))
        self.open_button.setToolTip(self.tr("Choose a file to compare with"))
        self.open_button.clicked.connect(self.open_requested)
        column = QVBoxLayout(invitation)
        column.setSpacing(2 * GRID)
        column.addStretch()
        for widget in (words, self.open_button):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignCenter)
        column.addStretch()
        return invitation

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    # What is compared

    def swap(self) -> None:
        """Change the sides."""
        pair = self._pair()
        if pair is not None:
            self._chosen = pair[1], pair[0]
            self._refresh()

    def _choose(self) -> None:
        self._chosen = self._sides[self.left.currentIndex()], self._sides[self.right.currentIndex()]
        self._refresh()

    def _refresh(self) -> None:
        """Offer what there is now, and compare it where the page is in sight."""
        self._sides = [
            Side(document, view, reading.graph)
            for document in self._workspace.documents
            for view, reading in document.readings.items()
            if reading.graph is not None
        ]
        pair = self._pair()
        self._stack.setCurrentIndex(0 if pair is None else 1)
        if pair is None:
            self._chosen = self._asked = None
            return
        for box, side in zip((self.left, self.right), pair, strict=True):
            box.clear()
            box.addItems([self._name(side) for side in self._sides])
            box.setCurrentIndex(self._sides.index(side))
        self._show_note(pair)
        if self.isVisible():
            self._compare(pair)

    def _pair(self) -> Pair | None:
        """What was chosen, while both are there; else two that can well be compared."""
        if self._chosen is not None:
            kept = [side for old in self._chosen for side in self._sides if side.is_same(old)]
            if len(kept) == 2:
                return kept[0], kept[1]
            self._chosen = None
        return _best_pair(self._sides)

    def _name(self, side: Side) -> str:
        readings = {
            "onnx": self.tr("ONNX graph"),
            "network": self.tr("TensorRT network"),
            "engine": self.tr("Engine"),
        }
        path = side.document.path
        names = [document.path.name for document in self._workspace.documents]
        name = path.name if names.count(path.name) == 1 else f"{path.parent.name}/{path.name}"
        return f"{name} - {readings[side.view]}"

    def _show_note(self, pair: Pair) -> None:
        is_mixed = pair[0].view != pair[1].view
        self.note.setVisible(is_mixed)
        if is_mixed:
            self.note.setText(
                self.tr("Different readings: which layers of the one are in which of the other.")
            )

    # Comparing

    def _compare(self, pair: Pair) -> None:
        if self._asked is not None and _are_same_graphs(pair, self._asked):
            return
        self._asked = pair
        self._say(self.tr("Comparing ..."))
        future = self._workspace.io.submit(
            _look, pair, comparison_words(), *(side.document.file for side in pair)
        )
        self._workspace.courier.watch(
            future, partial(self._show_rows, pair), partial(self._show_failure, pair)
        )

    def _show_rows(self, pair: Pair, rows: ComparisonRows) -> None:
        if pair is self._asked:
            self.view.show_rows(rows)
            self._answer.setCurrentWidget(self.view)

    def _show_failure(self, pair: Pair, error: StudioError) -> None:
        if pair is self._asked:
            self._say(error.message)

    def _say(self, words: str) -> None:
        self.status.setText(words)
        self._answer.setCurrentWidget(self.status)

    def _select(self, left: int | None, right: int | None, prefers_left: bool) -> None:
        """Make a layer the selection, in its document: the right one unless only the left is there
        or meant."""
        if self._asked is None:
            return
        is_left = right is None or (prefers_left and left is not None)
        side, index = (self._asked[0], left) if is_left else (self._asked[1], right)
        if index is not None:
            self._workspace.set_current(side.document)
            self._workspace.select(Selection(side.document, "layer", side.view, index))


def _look(
    pair: Pair, words: Mapping[str, str], left: ModelFile, right: ModelFile
) -> ComparisonRows:
    """What differs between the readings, and between their files. For a worker."""
    rows = comparison_rows(pair[0].graph, pair[1].graph, words)
    files = difference_rows(compare_files(left, right))
    return replace(rows, properties=(*files, *rows.properties))


def _best_pair(sides: Sequence[Side]) -> Pair | None:
    """The first two of different documents and the same reading, else of the same document."""
    pairs = list(permutations(sides, 2))
    same = (pair for pair in pairs if pair[0].view == pair[1].view)
    return next(same, pairs[0] if pairs else None)


def _are_same_graphs(pair: Pair, other: Pair) -> bool:
    return all(a.graph is b.graph for a, b in zip(pair, other, strict=True))

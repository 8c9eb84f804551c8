"""A memory ledger as a verdict, a bar and tables. Main thread only."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.measure.memory_ledger_bar import MemoryLedgerBar, item_color
from trtstudio.gui.measure.memory_words import conditions, item_name, item_size, notes, verdict
from trtstudio.gui.theme import GRID, mono_font, theme
from trtstudio.model.core_words import core_text
from trtstudio.model.measure.memory import MemoryItem, MemoryLedger
from trtstudio.model.quantities import format_bytes

_SWATCH = 10
_ROW_HEIGHT = 24
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SHEET = "QTableView { border: none; } QTableView::item { padding: 0 8px; }"


class MemoryLedgerView(QFrame):
    """Shows one ledger."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._ledger: MemoryLedger | None = None
        self.verdict = QLabel(wordWrap=True)
        self.verdict.setProperty("role", "heading")
        self.conditions = QLabel(wordWrap=True)
        self.conditions.setProperty("role", "muted")
        self.bar = MemoryLedgerBar()
        item, each, number = self.tr("Item"), self.tr("Each"), self.tr("Number")
        together, source = self.tr("Together"), self.tr("Known from")
        self.items = _Table((item, each, number, together, source))
        self.items.setAccessibleName(self.tr("What takes memory"))
        self.profiles = _Table((self.tr("Optimization profile"), self.tr("Activations")))
        self.profiles.setAccessibleName(self.tr("Activations of each optimization profile"))
        self.notes = QLabel(wordWrap=True)
        self.notes.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(GRID)
        for widget in (self.verdict, self.conditions, self.bar, self.items, self.profiles):
            column.addWidget(widget)
        column.addWidget(self.notes)
        column.addStretch(1)
        theme().changed.connect(self._restyle)

    def show_ledger(self, ledger: MemoryLedger) -> None:
        """Show this one."""
        self._ledger = ledger
        self.verdict.setText(verdict(ledger))
        self.verdict.setProperty("level", "" if ledger.fits else "error")
        self.verdict.style().polish(self.verdict)
        self.conditions.setText(conditions(ledger))
        self.bar.show_ledger(ledger)
        total = (self.tr("Together"), "", "", format_bytes(ledger.total_bytes), "")
        self.items.show_rows([*map(_cells, ledger.items), total])
        rows = [(str(p.profile), format_bytes(p.activation_bytes)) for p in ledger.profiles]
        self.profiles.show_rows(rows)
        self.profiles.setVisible(len(rows) > 1)
        self.notes.setText("\n".join((*notes(ledger), *map(core_text, ledger.warnings))))
        self._restyle()

    def _restyle(self) -> None:
        for row, item in enumerate(self._ledger.items if self._ledger else ()):
            swatch = QPixmap(_SWATCH, _SWATCH)
            swatch.fill(item_color(item.kind))
            if (cell := self.items.item(row, 0)) is not None:
                cell.setIcon(QIcon(swatch))


class _Table(QTableWidget):
    """As high as what it holds; all but the first and the last of several columns are numbers."""

    def __init__(self, heads: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(0, len(heads), parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setStyleSheet(_SHEET)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self._numbers = range(1, max(2, len(heads) - 1))
        for column, text in enumerate(heads):
            head = QTableWidgetItem(text)
            is_number = column in self._numbers
            head.setTextAlignment(_RIGHT if is_number else Qt.AlignmentFlag.AlignLeft)
            self.setHorizontalHeaderItem(column, head)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these texts."""
        self.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column in self._numbers:
                    item.setTextAlignment(_RIGHT)
                    item.setFont(mono_font())
                self.setItem(row, column, item)
        height = self.horizontalHeader().sizeHint().height() + len(rows) * _ROW_HEIGHT + 2
        self.setFixedHeight(height)


def _cells(item: MemoryItem) -> tuple[str, ...]:
    each = format_bytes(item.bytes_each)
    source = core_text(item.source)
    return item_name(item.kind), each, str(item.count), item_size(item), source

"""The pictures of a long run as a table or a contact sheet, of one class or all. Main thread
only.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.batch.arrangement import AGREEMENT, ANSWER, NAME, PROBLEMS, SCORE, TIME
from trtstudio.gui.batch.model import BatchModel, most_common
from trtstudio.gui.batch.row_order import BatchOrder
from trtstudio.gui.batch.rows import BatchRow
from trtstudio.gui.batch.sheet import BatchSheet
from trtstudio.gui.batch.thumbnails import Thumbnails
from trtstudio.gui.parts.eliding_box import ElidingBox
from trtstudio.gui.parts.segments import Segments
from trtstudio.gui.theme import GRID, theme
from trtstudio.gui.workspace import Workspace

_WIDTHS = {NAME: 140, SCORE: 64, AGREEMENT: 108, TIME: 80}
_MOST_CLASSES = 200
_LETTERS, _MOST_WIDTH = 4, 28 * GRID  # of a box: it gets what room there is


class BatchList(QWidget):
    """Both views have one model, and one picture is chosen in both."""

    row_chosen = Signal(object)  # BatchRow

    def __init__(
        self, workspace: Workspace, *, is_pair: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = BatchModel(workspace, self)
        self.thumbnails = Thumbnails(workspace, self)
        self.table = self._make_table(is_pair=is_pair)
        self.sheet = BatchSheet(self.model, self.thumbnails)
        self.sheet.row_chosen.connect(lambda position: self._choose(self.model.row(position)))
        self.model.modelReset.connect(self._restore_choice)
        self.chosen: BatchRow | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(self._make_head())
        column.addWidget(self._stack, 1)
        theme().changed.connect(self.table.viewport().update)

    def clear(self) -> None:
        """Show nothing."""
        self.chosen = None
        self.sheet.choose(None)
        self.model.clear()
        self.thumbnails.show(None)
        self._list_classes()

    def choose_first(self) -> None:
        """The first of the shown pictures, as if it was clicked."""
        if self.model.rowCount():
            self._choose(self.model.row(0))

    def extend(self, rows: Sequence[BatchRow], journal: Path) -> None:
        """Add pictures of the run that this file keeps."""
        if not self.model.count:
            self.thumbnails.show(journal)
        self.model.extend(rows)
        self._restore_choice()
        self._list_classes()

    def _make_table(self, *, is_pair: bool) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Pictures"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSortingEnabled(True)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + GRID)
        table.horizontalHeader().setSortIndicator(NAME, Qt.SortOrder.AscendingOrder)
        for section, width in _WIDTHS.items():
            table.setColumnWidth(section, width)
        table.horizontalHeader().setMinimumSectionSize(GRID * 6)
        table.horizontalHeader().setSectionResizeMode(ANSWER, QHeaderView.ResizeMode.Stretch)
        for section in (SCORE, TIME) if is_pair else (AGREEMENT,):
            table.setColumnHidden(section, True)
        table.selectionModel().currentRowChanged.connect(self._current_changed)
        return table

    def _make_head(self) -> QHBoxLayout:
        self.views = Segments(
            (("table", self.tr("Table")), ("sheet", self.tr("Contact sheet"))),
            self.tr("How the pictures are listed"),
        )
        self.views.show_chosen("table")
        self.views.chosen.connect(self.show_view)
        self.classes = ElidingBox()
        self.classes.setAccessibleName(self.tr("Which pictures"))
        self.classes.setToolTip(self.tr("Show only the pictures in which this was found"))
        self.classes.activated.connect(self._filter)
        self.order = BatchOrder(self.table)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.views)
        for box in (self.classes, self.order):
            box.setMinimumContentsLength(_LETTERS)
            box.setMaximumWidth(_MOST_WIDTH)
            row.addWidget(box, 1)
        row.addStretch()
        return row

    def show_view(self, key: str) -> None:
        """``table`` or ``sheet``."""
        self.views.show_chosen(key)
        self._stack.setCurrentWidget(self.table if key == "table" else self.sheet)

    def _filter(self) -> None:
        self.model.filter(self.classes.currentData() or "")

    def _list_classes(self) -> None:
        """With how many pictures each has; what was chosen stays."""
        if self.classes.view().isVisible():
            return
        wanted = self.classes.currentData() or ""
        entries = [(self.tr("All pictures"), "", self.model.count)]
        if self.model.problems:
            entries.append((self.tr("Without an answer"), PROBLEMS, self.model.problems))
        found = most_common(self.model.classes.items())[:_MOST_CLASSES]
        entries += [(name, name, count) for name, count in found]
        if wanted and all(key != wanted for _, key, _ in entries):
            entries.append((wanted, wanted, self.model.classes[wanted]))
        texts = [f"{text} ({count:,})" for text, _, count in entries]
        self.classes.blockSignals(True)
        while self.classes.count() > len(entries):
            self.classes.removeItem(self.classes.count() - 1)
        for position, (text, (_, key, _)) in enumerate(zip(texts, entries, strict=True)):
            if position == self.classes.count():
                self.classes.addItem(text, key)
            elif self.classes.itemText(position) != text:
                self.classes.setItemText(position, text)
                self.classes.setItemData(position, key)
        self.classes.setCurrentIndex(max(0, self.classes.findData(wanted)))
        self.classes.blockSignals(False)

    def _current_changed(self, current: QModelIndex, _: QModelIndex) -> None:
        if current.isValid():
            self._choose(self.model.row(current.row()))

    def _choose(self, row: BatchRow) -> None:
        if row is self.chosen:
            return
        self.chosen = row
        self._restore_choice()
        self.row_chosen.emit(row)

    def _restore_choice(self) -> None:
        """Mark the chosen picture in both views, wherever it stands now."""
        if self.chosen is None:
            return
        self.sheet.choose(self.chosen.number)
        position = self.model.position(self.chosen.number)
        if position is not None and self.table.currentIndex().row() != position:
            self.table.setCurrentIndex(self.model.index(position, NAME))

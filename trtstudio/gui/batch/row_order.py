"""The order in which the pictures of a long run are shown, in the table and on the contact sheet.
Main thread only.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QWidget

from trtstudio.gui.batch.arrangement import AGREEMENT, ANSWER, NAME, SCORE, TIME
from trtstudio.gui.parts.eliding_box import ElidingBox

_Order = Qt.SortOrder


class BatchOrder(ElidingBox):
    """Every order that the header of the table can be given, which shows the same one."""

    def __init__(self, table: QTableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Order"))
        self.setToolTip(self.tr("In which order the pictures stand, on the contact sheet too"))
        self._table, self._header = table, table.horizontalHeader()
        up, down = _Order.AscendingOrder, _Order.DescendingOrder
        self._orders = [
            (words, column, order)
            for words, column, order in (
                (self.tr("In order"), NAME, up),
                (self.tr("Last first"), NAME, down),
                (self.tr("Surest first"), SCORE, down),
                (self.tr("Least sure first"), SCORE, up),
                (self.tr("Least alike first"), AGREEMENT, up),
                (self.tr("Most alike first"), AGREEMENT, down),
                (self.tr("By answer"), ANSWER, up),
                (self.tr("By answer, backwards"), ANSWER, down),
                (self.tr("Slowest first"), TIME, down),
                (self.tr("Fastest first"), TIME, up),
            )
            if not table.isColumnHidden(column)
        ]
        self.addItems([words for words, _, _ in self._orders])
        self.activated.connect(self._sort)
        self._header.sortIndicatorChanged.connect(self._show)

    def _sort(self, position: int) -> None:
        _, column, order = self._orders[position]
        self._table.sortByColumn(column, order)

    def _show(self, column: int, order: Qt.SortOrder) -> None:
        orders = [(each, direction) for _, each, direction in self._orders]
        self.setCurrentIndex(orders.index((column, order)))

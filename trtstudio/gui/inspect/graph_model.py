"""A graph as an outline in a flat table: its inputs and outputs, then its layers, each with its
tensors under it. A row is made when it is painted. Main thread only.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QIcon

from trtstudio.gui.icons import icon
from trtstudio.gui.inspect.column_words import column_tip, column_title
from trtstudio.gui.knowledge.figures import Figures
from trtstudio.gui.rows.graph_rows import FIGURES, FIRST_LAYER, Cell, Column, GraphRows, Place
from trtstudio.gui.rows.haystack import Haystack, Search
from trtstudio.gui.rows.layer_query import Query
from trtstudio.gui.rows.outline import TOP, Outline
from trtstudio.gui.theme import colors
from trtstudio.model.completion import completes
from trtstudio.model.graph import Graph

SLICE_S = 0.004
FIRST_SLICE_MS = 50

_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_NUMBERS = (Column.INPUTS, Column.OUTPUTS, Column.ELEMENTS, *FIGURES)
_PLAIN = (Column.TYPE, Column.LOCATION, Column.FORMAT)
_CUT = (Column.TYPE, Column.NAME, Column.SHAPE, Column.ELEMENTS, Column.FORMAT)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Look(NamedTuple):
    """What is painted in a cell: its text in a colour, with an icon before it, as a badge, or over
    a bar that fills this part of it. ``is_under`` says that its row is under another.
    """

    text: str
    color: str
    is_mono: bool
    is_right: bool
    is_badge: bool
    is_under: bool
    icon: QIcon | None
    bar: float | None


class GraphModel(QAbstractTableModel):
    """The visible rows of a graph. The inputs and the outputs are unfolded at first."""

    filtered = Signal()

    def __init__(self, graph: Graph, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = GraphRows(graph)
        self.query = Query()
        self.match_count = len(graph.layers)
        self._found: NDArray[np.int64] = np.arange(FIRST_LAYER + len(graph.layers))
        self._ranks: NDArray[np.int64] | None = None
        self._last: tuple[Place, tuple[Cell, ...]] = ((-1, TOP), ())
        self._outline = Outline(len(self.rows), self.rows.count)
        for top in range(FIRST_LAYER):
            self._outline.fold(top, unfolded=True)
        self._haystack = Haystack(graph)
        self._search: Search | None = None
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._extend)
        # The first rows are painted before the names are read for the filter.
        QTimer.singleShot(FIRST_SLICE_MS, self._slices, self._slices.start)

    @property
    def graph(self) -> Graph:
        """What it shows."""
        return self.rows.graph

    @property
    def is_filtering(self) -> bool:
        """Whether the query has yet to be answered."""
        return self._search is not None

    # What is shown

    def complete(self, graph: Graph) -> bool:
        """Show this graph from now on, if it only says more of the tensors of the one before;
        whether it does.
        """
        if not completes(graph, self.graph):
            return False
        figures, self.rows = self.rows.figures, GraphRows(graph)
        self._haystack = Haystack(graph)
        self.set_figures(figures)
        if self.query.terms:
            self.set_filter(self.query)
        else:
            self._slices.start()
        return True

    def set_figures(self, figures: Mapping[Column, Figures]) -> None:
        """Show these figures of the layers in their columns."""
        self.rows.figures = figures
        self._last = ((-1, TOP), ())
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # Filter and order

    def set_filter(self, query: Query) -> None:
        """Show the layers that match, they or their tensors; ``filtered`` tells when.

        That is at once but for expressions and the first second of a very large graph.
        """
        self.query, self._search = query, Search(self._haystack, query)
        self._slices.start()
        self._extend()

    def set_order(self, order: NDArray[np.int64] | None) -> None:
        """Show the layers in this order of their positions, or as the graph has them."""
        ranks = None if order is None else np.argsort(order)
        if ranks is None or self._ranks is None or not np.array_equal(ranks, self._ranks):
            self._ranks = ranks
            self._show()

    def _extend(self) -> None:
        """Go on with the search, or with reading the names for the first, unnoticed."""
        work = self._search or self._haystack
        work.extend(SLICE_S)
        if not work.is_complete:
            return
        if self._haystack.is_complete:
            self._slices.stop()
        if isinstance(work, Search):
            self._take(work)
        else:
            self.filtered.emit()

    def _take(self, search: Search) -> None:
        before, self._search, self._found = self._found, None, search.found
        self.match_count = int(np.count_nonzero(search.found >= FIRST_LAYER))
        if np.array_equal(before, search.found):
            self.filtered.emit()
        else:
            self._show()

    def _show(self) -> None:
        """Show what was found, in order."""
        tops = self._found
        if self._ranks is not None:
            head, layers = np.split(tops, [np.searchsorted(tops, FIRST_LAYER)])
            ranks = self._ranks[layers - FIRST_LAYER]
            tops = np.concatenate((head, layers[np.argsort(ranks)]))
        self.beginResetModel()
        self._outline.show(tops)
        self.endResetModel()
        self.filtered.emit()

    # Places and folding

    def place(self, row: int) -> Place:
        """What is at a row; a place stays true however rows are folded."""
        return self._outline.at(row)

    def places(self, first: int, last: int) -> list[Place]:
        """What is at the rows from ``first`` to ``last``."""
        return self._outline.between(first, last)

    def row(self, place: Place) -> int | None:
        """Where a place is to be seen, if it is."""
        return self._outline.row(*place)

    def can_unfold(self, row: int) -> bool:
        """Whether there is something under this row."""
        top, child = self.place(row)
        return child == TOP and self.rows.count(top) > 0

    def is_unfolded(self, row: int) -> bool:
        """Whether what is under this row is visible."""
        top, child = self.place(row)
        return child == TOP and self._outline.is_unfolded(top)

    def fold(self, row: int, unfolded: bool) -> None:
        """Show or hide what is under a row, if there is anything."""
        if not self.can_unfold(row) or self.is_unfolded(row) == unfolded:
            return
        top, _ = self.place(row)
        first, last = row + 1, row + self.rows.count(top)
        if unfolded:
            self.beginInsertRows(_ROOT, first, last)
            self._outline.fold(top, unfolded=True)
            self.endInsertRows()
        else:
            self.beginRemoveRows(_ROOT, first, last)
            self._outline.fold(top, unfolded=False)
            self.endRemoveRows()
        mark = self.index(row, Column.PLACE)
        self.dataChanged.emit(mark, mark, [Qt.ItemDataRole.DecorationRole])

    def fold_all(self, unfolded: bool) -> None:
        """Show or hide what is under all rows."""
        self.beginResetModel()
        self._outline.fold_all(unfolded)
        self.endResetModel()

    # For the view

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._outline)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in _NUMBERS else _LEFT
        if role == Qt.ItemDataRole.DisplayRole:
            return column_title(Column(section))
        return column_tip(Column(section)) if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        say = _ROLES.get(role)
        if say is None or not index.isValid():
            return None
        return say(self, index.row(), index.column())

    def look(self, row: int, column: int) -> Look:
        """How a cell is painted. Not by Qt's roles: to ask for each takes as long as to paint."""
        cell, place = self._cell(row, column), self.place(row)
        return Look(
            text=cell.text,
            color=_color(cell),
            is_mono=column not in _PLAIN,
            is_right=column in _NUMBERS,
            is_badge=cell.is_badge,
            is_under=place[1] != TOP,
            icon=self._icon(row, place) if column == Column.PLACE else None,
            bar=self._bar(place, column) if column in FIGURES else None,
        )

    def _cell(self, row: int, column: int) -> Cell:
        # A view asks for one row after the other, with several roles for every cell.
        place = self.place(row)
        if self._last[0] != place:
            self._last = (place, self.rows.cells(place))
        return self._last[1][column]

    def _text(self, row: int, column: int) -> str:
        return self._cell(row, column).text

    def _tip(self, row: int, column: int) -> str:
        return self._text(row, column) if column in _CUT else ""

    def _bar(self, place: Place, column: int) -> float | None:
        figures, layer = self.rows.figures.get(Column(column)), self.rows.layer(place)
        if figures is None or layer is None or place[1] != TOP:
            return None
        return figures.part(layer)

    def _icon(self, row: int, place: Place) -> QIcon | None:
        if self.rows.is_tensor(place):
            return icon("log-in" if self.rows.is_input(place) else "log-out", colors().border)
        if not self.can_unfold(row):
            return None
        return icon("chevron-down" if self.is_unfolded(row) else "chevron-right", colors().muted)

    def _spoken(self, row: int, column: int) -> str:
        text = self._text(row, column)
        if column != Column.PLACE or not self.can_unfold(row):
            return text
        state = self.tr("unfolded") if self.is_unfolded(row) else self.tr("folded")
        return f"{text} {state}"


_ROLES: dict[int, Callable[[GraphModel, int, int], str]] = {
    Qt.ItemDataRole.DisplayRole: GraphModel._text,
    Qt.ItemDataRole.ToolTipRole: GraphModel._tip,
    Qt.ItemDataRole.AccessibleTextRole: GraphModel._spoken,
}


def _color(cell: Cell) -> str:
    palette = colors()
    if cell.tone == "layer":
        return palette.layer(cell.text)
    return palette.dtype(cell.text) if cell.tone == "dtype" else getattr(palette, cell.tone)

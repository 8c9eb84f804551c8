"""The head of a graph's rows: which columns are there, and by which one they are sorted. Main
thread only.
"""

from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QStyleOptionHeader, QWidget

from trtstudio.gui import settings
from trtstudio.gui.inspect.column_words import column_title
from trtstudio.gui.inspect.graph_model import GraphModel
from trtstudio.gui.rows.graph_rows import FIGURES, Column
from trtstudio.gui.theme import GRID
from trtstudio.model.graph import View

_WIDEST = {
    Column.PLACE: "00000000",
    Column.TYPE: "network output 00",
    Column.INPUTS: "000",
    Column.OUTPUTS: "000",
    Column.SHAPE: "N x 1280 x 112 x 112",
    Column.ELEMENTS: "N x 000,000,000",
    Column.DTYPE: "bfloat16",
    Column.LOCATION: "Location",
    Column.FORMAT: "Row-major linear FP16",
    Column.TIME: "≤ 00.0000 ms",
    Column.FLOPS: "0,000.00 M",
    Column.PARAMETERS: "00,000,000",
    Column.ACTIVATIONS: "000.0 MB",
}
"""Texts that set the first widths; the name takes what is left."""

_OPTIONAL = tuple(c for c in Column if c not in (Column.PLACE, Column.NAME))
_UNSORTED = -1
_UP, _DOWN = " \u25b4", " \u25be"
_LEAST_NAME = 160


class GraphHeader(QHeaderView):
    """Sorts at a click; its menu chooses the columns, which each kind of reading remembers."""

    columns_changed = Signal()

    def __init__(self, model: GraphModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(_UNSORTED, Qt.SortOrder.AscendingOrder)
        self.setMinimumSectionSize(40)

    def start(self) -> None:
        """Once the view has its model: widths and columns."""
        self.setSortIndicatorShown(True)
        # To paint, a header asks row for row whether the whole column is selected: 2 s for 100,000.
        self.setSelectionModel(QItemSelectionModel(self._model, self))
        for column, text in _WIDEST.items():
            texts = (text, column_title(column) + _DOWN)
            width = max(map(self.fontMetrics().horizontalAdvance, texts))
            self.resizeSection(column, width + 3 * GRID)
        self.sectionResized.connect(self._fit_name)
        self.load_columns()

    @property
    def sorted_by(self) -> tuple[Column, bool] | None:
        """The column, and whether its order descends; None for the order of the graph."""
        section = self.sortIndicatorSection()
        if section == _UNSORTED:
            return None
        return Column(section), self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder

    def columns(self) -> dict[Column, str]:
        """The columns that are there, with their titles."""
        return {c: column_title(c) for c in Column if not self.isSectionHidden(c)}

    def load_columns(self) -> None:
        """Show the columns that were chosen for this kind of reading."""
        hidden = self._hidden()
        for column in _OPTIONAL:
            self.setSectionHidden(column, not self._is_there(column) or column.name in hidden)

    def show_column(self, column: Column, shown: bool) -> None:
        """Show or hide a column, from now on."""
        self.setSectionHidden(column, not shown)
        hidden = self._hidden() - {column.name} if shown else self._hidden() | {column.name}
        settings.save_text(_key(self._model.graph.view), " ".join(sorted(hidden)))
        self.columns_changed.emit()

    def fill_columns_menu(self, menu: QMenu) -> None:
        """An action for each column that need not be there."""
        for column in filter(self._is_there, _OPTIONAL):
            action = menu.addAction(column_title(column))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(column))
            action.toggled.connect(lambda shown, c=column: self.show_column(c, shown))

    def fill_sort_menu(self, menu: QMenu) -> None:
        """An action for each column to sort by, as a click on it does, and one for none."""
        for column, title in self.columns().items():
            menu.addAction(title, partial(self.sort, column))
        menu.addSeparator()
        menu.addAction(self.tr("&Order of the graph"), lambda: self.sort(None))

    def sort(self, column: Column | None) -> None:
        """As clicks do: ascending, descending at the second time, else in the graph's order."""
        order = Qt.SortOrder
        if column is None or self.sorted_by == (column, True):
            self.setSortIndicator(_UNSORTED, order.AscendingOrder)
        else:
            again = self.sorted_by == (column, False)
            self.setSortIndicator(column, order.DescendingOrder if again else order.AscendingOrder)

    def _hidden(self) -> set[str]:
        """The names of the columns that are not shown in this kind of reading."""
        view = self._model.graph.view
        at_first = " ".join(column.name for column in _hidden_at_first(view))
        return set(settings.load_text(_key(view), at_first).split())

    def _is_there(self, column: Column) -> bool:
        """Whether there is anything to show in a column."""
        return column not in FIGURES or column in self._model.rows.figures

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_name()

    def _fit_name(self, resized: int = -1) -> None:
        """The name takes what the others leave; Qt's stretching would leave it a few letters."""
        if resized == Column.NAME:
            return
        others = self.length() - self.sectionSize(Column.NAME)
        self.resizeSection(Column.NAME, max(self.viewport().width() - others, _LEAST_NAME))

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """With the mark of the sorted column as text; Qt's own would be painted over the title."""
        super().initStyleOptionForIndex(option, section)
        option.sortIndicator = QStyleOptionHeader.SortIndicator.None_
        if self.sorted_by is not None and self.sorted_by[0] == section:
            option.text += _DOWN if self.sorted_by[1] else _UP

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_columns_menu(menu)
        menu.popup(event.globalPos())


def _hidden_at_first(view: View) -> tuple[Column, ...]:
    """The ONNX graph does not say where its tensors are; the rest is for those who ask."""
    costs = tuple(column for column in FIGURES if column != Column.TIME)
    rest = (Column.ELEMENTS, Column.FORMAT, *costs)
    return (Column.LOCATION, *rest) if view == "onnx" else rest


def _key(view: View) -> str:
    return f"hidden_columns/{view}"

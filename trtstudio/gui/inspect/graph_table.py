"""One reading of a model as rows that unfold, with keys and menu of a tree. Main thread only."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QKeyCombination,
    QModelIndex,
    QPoint,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from trtstudio.gui.icons import icon
from trtstudio.gui.inspect.graph_export import Excerpt, ExportFormat
from trtstudio.gui.inspect.graph_header import GraphHeader
from trtstudio.gui.inspect.graph_model import GraphModel
from trtstudio.gui.inspect.row_delegate import ICON, RowDelegate
from trtstudio.gui.knowledge.figures import Figures
from trtstudio.gui.rows.graph_rows import Column, Place
from trtstudio.gui.rows.outline import TOP
from trtstudio.gui.theme import GRID, theme
from trtstudio.model.graph import Graph

COPY_MENU = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_C
)


class GraphTable(QTableView):
    """The rows of a graph. Going to a row tells what it is by ``place_chosen``."""

    place_chosen = Signal(object)  # Place
    sort_requested = Signal()  # as header.sorted_by says
    copy_requested = Signal(object, str)  # Excerpt, ExportFormat
    save_requested = Signal(object)  # Excerpt

    def __init__(self, graph: Graph, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.graph_model = GraphModel(graph, self)
        self.header = GraphHeader(self.graph_model, self)
        self.setHorizontalHeader(self.header)
        self.setModel(self.graph_model)
        self.header.start()
        self.header.sortIndicatorChanged.connect(self.sort_requested)
        self.setItemDelegate(RowDelegate(self.graph_model, self))
        self.setAccessibleName(self.tr("Layers and tensors"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self._size_rows()
        self._last_place: Place | None = None
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.graph_model.filtered.connect(self._stay)
        theme().changed.connect(self.viewport().update)

    @property
    def graph(self) -> Graph:
        """What it shows."""
        return self.graph_model.graph

    def place(self) -> Place | None:
        """What the current row is."""
        index = self.currentIndex()
        return self.graph_model.place(index.row()) if index.isValid() else None

    def set_figures(self, figures: Mapping[Column, Figures]) -> None:
        """Show these figures of the layers, each in its column where that was chosen."""
        is_other = figures.keys() != self.graph_model.rows.figures.keys()
        self.graph_model.set_figures(figures)
        if is_other:
            self.header.load_columns()

    def go_to(self, place: Place) -> None:
        """Make the row of a place current, unfolding what it is under; it must not be filtered."""
        model = self.graph_model
        top = model.row((place[0], TOP))
        if top is None:
            return
        if model.row(place) is None:
            model.fold(top, unfolded=True)
            self.updateGeometries()  # else one cannot scroll to the new rows yet
        row = model.row(place)
        assert row is not None
        self.setCurrentIndex(model.index(row, Column.PLACE))

    def enter(self) -> None:
        """Take the keyboard, at the current row or the first."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid() and self.graph_model.rowCount():
            self._go_to_row(0)

    def leave(self) -> None:
        """Make no row current."""
        self._last_place = None
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def fold_all(self, unfolded: bool) -> None:
        """Fold or unfold everything and stay at the current row."""
        self.graph_model.fold_all(unfolded)
        self._stay()

    def copy_name(self) -> None:
        """Copy the name of what the current row is."""
        if (place := self.place()) is not None:
            QGuiApplication.clipboard().setText(self.graph_model.rows.name(place))

    def mark(self, places: Iterable[Place]) -> None:
        """Select the rows of these places too, as far as they are to be seen."""
        model, marks = self.graph_model, QItemSelection()
        for row in filter(None, map(model.row, places)):
            marks.select(model.index(row, 0), model.index(row, 0))
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(marks, flag.Select | flag.Rows)

    def selected(self) -> Excerpt:
        """The selected rows, from top to bottom."""
        ranges = sorted((r.top(), r.bottom()) for r in self.selectionModel().selection())  # type: ignore[attr-defined]
        return self._excerpt(ranges)

    def everything(self) -> Excerpt:
        """All rows that are shown."""
        return self._excerpt([(0, self.graph_model.rowCount() - 1)])

    def _excerpt(self, ranges: Iterable[tuple[int, int]]) -> Excerpt:
        between = self.graph_model.places
        places = [place for first, last in ranges for place in between(first, last)]
        return Excerpt(self.graph_model.rows, places, self.header.columns())

    # Keys, mouse, menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit(self.selected(), "text")
            return
        if event.keyCombination() == COPY_MENU:
            self._pop_up(self.make_copy_menu(), self.visualRect(self.currentIndex()).bottomLeft())
            return
        act = self._keys().get(event.key())
        if act is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif (row := self.currentIndex().row()) >= 0:
            act(row)

    def keyboardSearch(self, _: str) -> None:
        """Letters do not search: that would ask for every row in turn. Ctrl+F does."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._is_mark(index, event):
            self._toggle(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mouseDoubleClickEvent(event)
        if index.isValid():
            self._toggle(index.row())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        position = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            position = self.visualRect(self.currentIndex()).bottomLeft()
        self._pop_up(self.make_menu(), position)

    def _pop_up(self, menu: QMenu, position: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(position))

    def make_menu(self) -> QMenu:
        """What can be done with the selected rows and with all of them."""
        menu = QMenu(self)
        name = menu.addAction(icon("copy"), self.tr("Copy the &name"), self.copy_name)
        name.setEnabled(self.place() is not None)
        menu.addMenu(self.make_copy_menu(menu))
        menu.addAction(icon("save"), self.tr("&Save all rows as ..."), self.save)
        menu.addSeparator()
        self.header.fill_sort_menu(menu.addMenu(self.tr("S&ort by")))
        self.header.fill_columns_menu(menu.addMenu(self.tr("Co&lumns")))
        menu.addSeparator()
        menu.addAction(self.tr("&Unfold all"), lambda: self.fold_all(True))
        menu.addAction(self.tr("&Fold all"), lambda: self.fold_all(False))
        return menu

    def make_copy_menu(self, parent: QWidget | None = None) -> QMenu:
        """Selected or all rows, as text and as data."""
        menu = QMenu(self.tr("&Copy"), parent or self)
        kinds: tuple[tuple[ExportFormat, str, str], ...] = (
            ("text", self.tr("Selected rows as &text"), self.tr("All rows as te&xt")),
            ("csv", self.tr("Selected rows as &CSV"), self.tr("All rows as CS&V")),
            ("json", self.tr("Selected rows as &JSON"), self.tr("All rows as JS&ON")),
        )
        for kind, title, _ in kinds:
            action = menu.addAction(title, partial(self._copy, self.selected, kind))
            action.setEnabled(self.selectionModel().hasSelection())
        menu.actions()[0].setShortcut(QKeySequence.StandardKey.Copy)
        menu.addSeparator()
        for kind, _, title in kinds:
            menu.addAction(title, partial(self._copy, self.everything, kind))
        menu.addAction(
            self.tr("The whole graph as &NetworkPrinter text"),
            lambda: self._copy(self.everything, "network"),
        )
        return menu

    def save(self) -> None:
        """Ask for all rows to be saved."""
        self.save_requested.emit(self.everything())

    def _copy(self, rows: Callable[[], Excerpt], kind: ExportFormat) -> None:
        self.copy_requested.emit(rows(), kind)

    def _keys(self) -> dict[int, Callable[[int], None]]:
        last = self.graph_model.rowCount() - 1
        return {
            Qt.Key.Key_Return: self._toggle,
            Qt.Key.Key_Enter: self._toggle,
            Qt.Key.Key_Right: self._go_in,
            Qt.Key.Key_Left: self._go_out,
            Qt.Key.Key_Home: lambda _: self._go_to_row(0),
            Qt.Key.Key_End: lambda _: self._go_to_row(last),
        }

    def _toggle(self, row: int) -> None:
        self.graph_model.fold(row, not self.graph_model.is_unfolded(row))

    def _go_in(self, row: int) -> None:
        if self.graph_model.is_unfolded(row):
            self._go_to_row(row + 1)
        else:
            self.graph_model.fold(row, unfolded=True)

    def _go_out(self, row: int) -> None:
        top, _ = self.graph_model.place(row)
        if self.graph_model.is_unfolded(row):
            self.graph_model.fold(row, unfolded=False)
        elif (parent := self.graph_model.row((top, TOP))) is not None:
            self._go_to_row(parent)

    def _go_to_row(self, row: int) -> None:
        self.setCurrentIndex(self.graph_model.index(row, Column.PLACE))

    def _is_mark(self, index: QModelIndex, event: QMouseEvent) -> bool:
        """Whether the mouse is on the mark that folds and unfolds."""
        if not index.isValid() or index.column() != Column.PLACE:
            return False
        edge = self.visualRect(index).left() + ICON + GRID
        return event.position().x() < edge

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self._last_place = self.graph_model.place(current.row())
            self.place_chosen.emit(self._last_place)

    def _stay(self) -> None:
        """Go back to what was current before the rows were made anew, or to what holds it."""
        if (place := self._last_place) is None:
            return
        row, top = self.graph_model.row(place), self.graph_model.row((place[0], TOP))
        if row is not None:
            with QSignalBlocker(self):  # nothing else is chosen
                self._go_to_row(row)
        elif top is not None:
            self._go_to_row(top)

    # Sizes

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._size_rows()

    def _size_rows(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 9)

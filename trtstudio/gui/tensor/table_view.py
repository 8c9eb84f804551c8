"""A part of a tensor as a table whose cells tell where they are. Main thread only."""

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from trtstudio.gui.tensor.tensor_table import TensorTable
from trtstudio.gui.tensor.values import Values
from trtstudio.gui.theme import mono_font

_CELL = "-0.0000000e-00 "
_NARROW_CELL = "-00000000 "


class TableView(QTableView):
    """Rows and columns of equal size, so that any number of them costs nothing."""

    hovered = Signal(object)  # the index in the part, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Values as a table"))
        self.values = TensorTable(self)
        self.setModel(self.values)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(self.ScrollMode.ScrollPerPixel)
        metrics = QFontMetrics(mono_font())
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
        self.verticalHeader().setMinimumSectionSize(metrics.height())
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 6)
        self.entered.connect(self._tell)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_part(self, part: Values) -> None:
        """Show a part with no, one or two axes; what was scrolled to stays."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        is_narrow = part.dtype.kind in "biu" and part.dtype.itemsize <= 4
        width = QFontMetrics(mono_font()).horizontalAdvance(_NARROW_CELL if is_narrow else _CELL)
        self.horizontalHeader().setDefaultSectionSize(width)
        self.values.show_part(part)
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)

    def mark(self, at: tuple[int, ...]) -> None:
        """Make this index of the part the current cell."""
        self.setCurrentIndex(self.values.cell_of(at))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(None)

    def _tell(self, index: QModelIndex, *_: QModelIndex) -> None:
        has_value = index.isValid() and index.data() is not None
        self.hovered.emit(self.values.index_of(index) if has_value else None)

"""What differs between two graphs: a line of figures, and tables under tabs. Main thread only."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.inspect.comparison_model import ComparisonModel
from trtstudio.gui.inspect.comparison_rows import ComparisonRows
from trtstudio.gui.plural import counted
from trtstudio.gui.theme import GRID, theme
from trtstudio.model.fusion import Fusion

LEFT_COLUMN = 2
"""Where the left layer is named."""


def comparison_words() -> dict[str, str]:
    """What ``comparison_rows`` calls each mark, an input and an output, and how layers of different
    readings are related.
    """
    words = {
        "added": QT_TRANSLATE_NOOP("ComparePage", "+ added"),
        "removed": QT_TRANSLATE_NOOP("ComparePage", "- removed"),
        "changed": QT_TRANSLATE_NOOP("ComparePage", "~ changed"),
        "made of": QT_TRANSLATE_NOOP("ComparePage", "made of"),
        "gone": QT_TRANSLATE_NOOP("ComparePage", "- gone"),
        "and inserted": QT_TRANSLATE_NOOP("ComparePage", "and of nodes that were put in"),
        "input": QT_TRANSLATE_NOOP("ComparePage", "input"),
        "output": QT_TRANSLATE_NOOP("ComparePage", "output"),
    }
    return {k: QCoreApplication.translate("ComparePage", str(text)) for k, text in words.items()}


def _widths(rows: ComparisonRows) -> tuple[int, int]:
    """Those of the left and the right layer: where many nodes are beside one kernel, there is
    little to say of what changed.
    """
    if rows.fusion is None:
        return 150, 150
    return (300, 160) if rows.fusion.before.view == rows.left_view else (160, 300)


class ComparisonTable(QTableView):
    """One kind of difference; ``widths`` is how wide all columns but the last are, in pixels."""

    def __init__(self, name: str, headers: tuple[str, ...], widths: tuple[int, ...]) -> None:
        super().__init__(showGrid=False, wordWrap=False, cornerButtonEnabled=False)
        self.rows = ComparisonModel(headers, self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for column, width in enumerate(widths):
            header.resizeSection(column, width)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        theme().changed.connect(self.rows.repaint)


class ComparisonView(QWidget):
    """Shows a comparison. A click or Enter on a layer tells its position in the left and in the
    right graph, and whether the left one is meant.
    """

    layer_chosen = Signal(object, object, bool)  # int | None, int | None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = QLabel()
        self.summary.setProperty("role", "heading")
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.filter.setPlaceholderText(self.tr("Filter: words of a name, a type or a change"))
        self.filter.setAccessibleName(self.tr("Filter the layers that differ"))
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self._make_tables()
        self._make_tabs()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.summary)
        column.addWidget(self.tabs, 1)
        self.filter.textChanged.connect(self.layers.rows.filter)
        self.layers.rows.counted.connect(self._show_count)
        self.layers.clicked.connect(self._choose)
        self.layers.activated.connect(self._choose)

    def show_rows(self, rows: ComparisonRows) -> None:
        """Show this comparison."""
        self.summary.setText(self._summary(rows))
        self.layers.rows.show(rows.layers)
        for column, width in zip((LEFT_COLUMN, LEFT_COLUMN + 1), _widths(rows), strict=True):
            self.layers.horizontalHeader().resizeSection(column, width)
        self.io.rows.show(rows.io)
        self.precision.rows.show(rows.precision)
        self.types.rows.show(rows.types)
        self.properties.rows.show(rows.properties)
        counts = (len(rows.layers), len(rows.io), None, len(rows.properties))
        for tab, (title, count) in enumerate(zip(self._titles, counts, strict=True)):
            self.tabs.setTabText(tab, title if count is None else f"{title}  {count:,}")

    def _summary(self, rows: ComparisonRows) -> str:
        found = rows.found
        if rows.fusion is not None:
            return self._fusion_summary(rows.fusion)
        if found.is_equal:
            one = self.tr("Nothing differs: the only layer is the same.")
            many = self.tr("Nothing differs: {count:,} layers are the same.")
            return counted(found.same, one, many)
        words = self.tr(
            "Layers: {same:,} the same, {changed:,} changed, {removed:,} removed, {added:,} added"
        )
        return words.format(
            same=found.same,
            changed=len(found.changed),
            removed=len(found.removed),
            added=len(found.added),
        )

    def _fusion_summary(self, fusion: Fusion) -> str:
        before, after = fusion.before, fusion.after
        words = self.tr("{found:,} of {all:,} layers are in {kernels:,} of {most:,}")
        return words.format(
            found=len(before.layers) - len(fusion.gone),
            all=len(before.layers),
            kernels=len(fusion.made_of),
            most=len(after.layers),
        )

    def _make_tables(self) -> None:
        left, right, kind = self.tr("Left"), self.tr("Right"), self.tr("Type")
        change, what = self.tr("Change"), self.tr("What changed")
        layers = (change, kind, left, right, what)
        self.layers = ComparisonTable(self.tr("Layers that differ"), layers, (100, 110, 150, 150))
        io = (change, self.tr("Role"), self.tr("Name"), left, right)
        self.io = ComparisonTable(
            self.tr("Inputs and outputs that differ"), io, (110, 90, 180, 220)
        )
        name = self.tr("Precision")
        self.precision = ComparisonTable(name, (name, left, right), (170, 100))
        name = self.tr("Layer type")
        self.types = ComparisonTable(name, (name, left, right), (170, 100))
        properties = (self.tr("Property"), left, right)
        self.properties = ComparisonTable(self.tr("Properties that differ"), properties, (220, 280))

    def _make_tabs(self) -> None:
        self._titles = (
            self.tr("Layers"),
            self.tr("Inputs and outputs"),
            self.tr("Precision and types"),
            self.tr("Properties"),
        )
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.tabBar().setDrawBase(False)
        pages = (self._make_layers(), self.io, self._make_figures(), self.properties)
        for page, title in zip(pages, self._titles, strict=True):
            self.tabs.addTab(page, title)

    def _make_layers(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.filter, 1)
        row.addWidget(self._count)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self.layers, 1)
        return page

    def _make_figures(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, GRID, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.precision)
        row.addWidget(self.types)
        return page

    def _show_count(self, count: int) -> None:
        self._count.setText(self.tr("{count:,} shown").format(count=count))

    def _choose(self, index: QModelIndex) -> None:
        row = self.layers.rows.row(index.row())
        self.layer_chosen.emit(row.left, row.right, index.column() == LEFT_COLUMN)

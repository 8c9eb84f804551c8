"""What came of a build: the plan, what it really computes in, and its layers. Main thread only."""

from pathlib import Path

from PySide6.QtCore import QLocale, QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.build_words import duration, target_name
from trtstudio.gui.icons import icon
from trtstudio.gui.items.fused_layers import DTYPE, INDEX, NAME, NODES, TYPE, FusedLayerModel
from trtstudio.gui.theme import GRID, mono_font, theme
from trtstudio.gui.widgets.copy_line import CopyLine
from trtstudio.gui.widgets.precision_bar import PrecisionBar
from trtstudio.gui.workspace import Document, Selection, Workspace
from trtstudio.model.build import BuildResult
from trtstudio.model.graph import Graph


class BuildResultView(QWidget):
    """The card of one finished build and, below it, the fused layers."""

    run_requested = Signal()
    model_requested = Signal()
    form_requested = Signal()

    def __init__(
        self,
        workspace: Workspace,
        document: Document,
        result: BuildResult,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self.result = document, result
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._make_card())
        layout.addLayout(self._make_buttons())
        if result.engine is None:
            layout.addWidget(QLabel(self.tr("The builder gave no layer table for this engine.")))
            layout.addStretch(1)
        else:
            self.layers = FusedLayerTable(workspace, document, result.engine)
            layout.addWidget(self.layers, stretch=1)
        theme().changed.connect(self._draw_icons)
        self._draw_icons()

    def _make_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(GRID)
        layout.addLayout(self._make_figures())
        layout.addLayout(self._make_facts())
        for warning in self.result.warnings:
            label = QLabel(warning, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            label.setProperty("level", "warning")
            layout.addWidget(label)
        return card

    def _make_figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(5 * GRID)
        size = QLocale().formattedDataSize(self.result.plan_bytes, 1)
        figures = [(size, self.tr("plan")), (duration(self.result.build_seconds), self.tr("build"))]
        engine, source = self.result.engine, self._document.graph
        if engine is not None and source is not None:
            nodes = self.tr("layers from {nodes} ONNX nodes").format(nodes=len(source.layers))
            figures.append((str(len(engine.layers)), nodes))
        for figure, caption in figures:
            row.addLayout(_figure(figure, caption))
        row.addStretch(1)
        return row

    def _make_facts(self) -> QFormLayout:
        result, form = self.result, QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID // 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.plan_line = CopyLine(result.plan, self.tr("the path"))
        self.folder_button = QToolButton(autoRaise=True)
        self.folder_button.setToolTip(self.tr("Open its folder"))
        self.folder_button.setAccessibleName(self.tr("Open the plan's folder"))
        self.folder_button.clicked.connect(lambda: _reveal(Path(result.plan)))
        self.plan_line.row.insertWidget(2, self.folder_button)
        self.hash_line = CopyLine(result.sha256, "SHA-256", shown=f"{result.sha256[:16]}…")
        targets = ", ".join(map(target_name, result.targets))
        rows = [
            (self.tr("Plan"), self.plan_line),
            ("SHA-256", self.hash_line),
            (self.tr("Built with"), QLabel(result.runtime)),
        ]
        if targets:
            rows.append((self.tr("Runs on"), QLabel(targets, wordWrap=True)))
        if result.precision:
            rows.append((self.tr("Really computes in"), PrecisionBar(result.precision)))
        for text, field in rows:
            label = QLabel(text)
            label.setProperty("role", "muted")
            form.addRow(label, field)
        return form

    def _make_buttons(self) -> QHBoxLayout:
        self.run_button = QPushButton(self.tr("Run it"))
        self.run_button.setProperty("role", "primary")
        self.run_button.clicked.connect(self.run_requested)
        self.layers_button = QPushButton(self.tr("Show layers"))
        self.layers_button.clicked.connect(self.model_requested)
        self.again_button = QPushButton(self.tr("Change and build again"))
        self.again_button.setShortcut("Ctrl+B")
        self.again_button.setToolTip(self.tr("Back to the form (Ctrl+B)"))
        self.again_button.clicked.connect(self.form_requested)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for button in (self.run_button, self.layers_button, self.again_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _draw_icons(self) -> None:
        self.layers_button.setIcon(icon("layers"))
        self.again_button.setIcon(icon("rotate-ccw"))
        self.folder_button.setIcon(icon("folder-open"))


class FusedLayerTable(QTableView):
    """The engine's layers; the row chosen here is what all views select, and the other way."""

    def __init__(self, workspace: Workspace, document: Document, engine: Graph) -> None:
        super().__init__(showGrid=False, wordWrap=False, cornerButtonEnabled=False)
        self._workspace, self._document = workspace, document
        self.layers = FusedLayerModel(engine, self)
        self.setModel(self.layers)
        self.setAccessibleName(self.tr("Layers of the engine"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setFont(mono_font())
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(3 * GRID)
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setSortIndicator(INDEX, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        for column, width in ((INDEX, 64), (TYPE, 120), (NAME, 260), (DTYPE, 120), (NODES, 260)):
            self.setColumnWidth(column, width)
        self.selectionModel().currentRowChanged.connect(self._select)
        workspace.selection_changed.connect(self._show)
        theme().changed.connect(self.layers.repaint)

    def _select(self, current: QModelIndex) -> None:
        if current.isValid():
            position = self.layers.position(current.row())
            self._workspace.select(Selection(self._document, "layer", "engine", position))

    def _show(self, selection: Selection | None) -> None:
        if (
            selection is not None
            and selection.document is self._document
            and (selection.kind, selection.view) == ("layer", "engine")
            and selection.index < self.layers.rowCount()
        ):
            row = self.layers.row(selection.index)
            if row != self.currentIndex().row():
                self.selectRow(row)


def _figure(figure: str, caption: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    for text, role in ((figure, "figure"), (caption, "muted")):
        label = QLabel(text)
        label.setProperty("role", role)
        column.addWidget(label)
    return column


def _reveal(path: Path) -> None:
    """Show the folder of a file in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

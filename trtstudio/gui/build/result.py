"""What came of a build: the plan, what it really computes in, and its layers. Main thread only."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
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
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.build.parts import tool_button
from trtstudio.gui.build.precision_bar import PrecisionBar
from trtstudio.gui.build.words import duration, target_name
from trtstudio.gui.document import Document, Selection
from trtstudio.gui.icons import set_icon
from trtstudio.gui.inspect.fused_layers import DTYPE, INDEX, NAME, NODES, TYPE, FusedLayerModel
from trtstudio.gui.parts.copy_line import CopyLine
from trtstudio.gui.theme import GRID, mono_font, theme
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import BuildResult
from trtstudio.model.core_words import core_text
from trtstudio.model.graph import Graph
from trtstudio.model.plan.record import record_path
from trtstudio.model.quantities import format_bytes


class BuildResultView(QWidget):
    """The card of one finished build and, below it, the fused layers."""

    page_requested = Signal(str)
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

    def _make_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(GRID)
        layout.addLayout(self._make_figures())
        layout.addLayout(self._make_facts())
        texts = list(map(core_text, self.result.warnings))
        if self.result.identical is False:
            texts.append(self.tr("The same build made another plan before: its kernels differ."))
        if self.result.identical is False and "RTX" not in self.result.runtime:
            texts.append(self.tr("With a timing cache, builds choose the same kernels again."))
        for text in texts:
            label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            label.setProperty("level", "warning")
            layout.addWidget(label)
        return card

    def _make_figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(5 * GRID)
        size = format_bytes(self.result.plan_bytes)
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
        self.folder_button = tool_button(
            "folder-open", self.tr("Open the plan's folder"), lambda: _reveal(Path(result.plan))
        )
        self.plan_line.row.insertWidget(2, self.folder_button)
        self.hash_line = CopyLine(result.sha256, "SHA-256", shown=f"{result.sha256[:16]}…")
        targets = ", ".join(map(target_name, result.targets))
        record = str(record_path(Path(result.plan)))
        self.record_line = CopyLine(record, self.tr("the path"), shown=Path(record).name)
        rows = [
            (self.tr("Plan"), self.plan_line),
            (self.tr("Record"), self.record_line),
            ("SHA-256", self.hash_line),
            (self.tr("Built with"), QLabel(result.runtime)),
        ]
        if result.identical:
            same = QLabel(self.tr("byte for byte, to the last build of the same"), wordWrap=True)
            rows.append((self.tr("Identical"), same))
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
        self.run_button = QPushButton(self.tr("Run"))
        self.run_button.setProperty("role", "primary")
        self.run_button.setToolTip(self.tr("Run pictures or arrays on this engine"))
        self.layers_button = QPushButton(self.tr("Open in Model"))
        self.layers_button.setToolTip(self.tr("Its layers beside the nodes that they came from"))
        self.measure_button = QPushButton(self.tr("Benchmark"))
        self.measure_button.setToolTip(self.tr("Measure its latency and throughput"))
        for button, page in (
            (self.run_button, "run"),
            (self.layers_button, "model"),
            (self.measure_button, "measure"),
        ):
            button.clicked.connect(lambda _=False, p=page: self.page_requested.emit(p))
        self.again_button = QPushButton(self.tr("Change and build again"))
        self.again_button.setShortcut("Ctrl+B")
        self.again_button.setToolTip(self.tr("Back to the form (Ctrl+B)"))
        self.again_button.clicked.connect(self.form_requested)
        set_icon(self.layers_button, "layers")
        set_icon(self.measure_button, "gauge")
        set_icon(self.again_button, "rotate-ccw")
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for button in (
            self.run_button,
            self.layers_button,
            self.measure_button,
            self.again_button,
        ):
            row.addWidget(button)
        row.addStretch(1)
        return row


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

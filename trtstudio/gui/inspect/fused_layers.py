"""The layers of a built engine, with the ONNX nodes that each was fused from. Main thread only."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from trtstudio.gui.parts.table_model import Index, TableModel, alignment
from trtstudio.gui.theme import colors
from trtstudio.model.graph import Graph, Layer

INDEX, TYPE, NAME, DTYPE, NODES = range(5)


class FusedLayerModel(TableModel):
    """One row for each layer, by its place in the graph; sorts itself."""

    def __init__(self, engine: Graph, parent: Any = None) -> None:
        super().__init__(parent)
        self._engine = engine
        texts = ("#", self.tr("Type"), self.tr("Layer"), self.tr("Output type"))
        self.headings = (*texts, self.tr("ONNX nodes in it"))
        self.rows: list[int] = list(range(len(engine.layers)))

    def position(self, row: int) -> int:
        """Where in the graph the layer of this row is."""
        return self.rows[row]

    def row(self, position: int) -> int:
        """Where the layer at this position of the graph is shown."""
        return self.rows.index(position)

    def is_number(self, column: int) -> bool:
        return column == INDEX

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        layer, column = self._engine.layers[self.rows[index.row()]], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(layer, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(layer.origins) if column == NODES else self._text(layer, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.is_number(column))
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._color(layer, column)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        positions = [self.rows[index.row()] for index in before]
        self.rows.sort(
            key=lambda i: self._sort_key(i, column), reverse=order == Qt.SortOrder.DescendingOrder
        )
        rows = {position: row for row, position in enumerate(self.rows)}
        after = [
            self.index(rows[position], index.column())
            for position, index in zip(positions, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _text(self, layer: Layer, column: int) -> str:
        if column == NODES:
            return f"{len(layer.origins)}: {', '.join(layer.origins)}" if layer.origins else ""
        return (str(layer.index), layer.type, layer.name, self._dtype(layer))[column]

    def _sort_key(self, position: int, column: int) -> tuple[int, str]:
        layer = self._engine.layers[position]
        if column in (INDEX, NODES):
            return (layer.index if column == INDEX else len(layer.origins)), ""
        return 0, self._text(layer, column).lower()

    def _color(self, layer: Layer, column: int) -> QColor | None:
        if column == TYPE:
            return QColor(colors().layer(layer.type))
        return QColor(colors().dtype(self._dtype(layer))) if column == DTYPE else None

    def _dtype(self, layer: Layer) -> str:
        first = next((i for i in layer.outputs if i is not None), None)
        return "" if first is None else self._engine.tensors[first].dtype

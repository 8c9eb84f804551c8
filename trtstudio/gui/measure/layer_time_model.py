"""The times of layers, or of groups of them, as a table. Main thread only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from trtstudio.gui.parts.table_model import Index, TableModel, alignment
from trtstudio.gui.theme import mono_font
from trtstudio.model.measure.layer_profile import (
    LayerProfile,
    LayerTime,
    TimeGroup,
    by_node,
    by_type,
)
from trtstudio.model.measure.layer_profile_export import By
from trtstudio.model.quantities import format_percent

PART_ROLE = Qt.ItemDataRole.UserRole
"""How much of a cell a bar fills, between 0 and 1; None for no bar."""


class Column(IntEnum):
    """The columns; ``PLACE`` is the order in which layers ran, ``LAYERS`` how many a group has."""

    PLACE, NAME, TYPE, LAYERS, MEDIAN, MEAN, SHARE, NODES = range(8)


_NUMBERS = (Column.PLACE, Column.LAYERS, Column.MEDIAN, Column.MEAN, Column.SHARE)
_OF_LAYERS = (Column.PLACE, Column.TYPE, Column.MEAN, Column.NODES)


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A layer, or a group with its first layer."""

    place: int
    name: str
    layers: int
    median_ms: float
    share: float
    layer: LayerTime


def time_rows(profile: LayerProfile, by: By) -> list[TimeRow]:
    """Layers in the order in which they ran, or groups, the slowest first."""
    if by == "layer":
        return [
            TimeRow(place, layer.name, 1, layer.median_ms, layer.share, layer)
            for place, layer in enumerate(profile.layers)
        ]
    groups = by_node(profile) if by == "node" else by_type(profile)
    first: dict[str, LayerTime] = {}
    for layer in profile.layers:
        name = layer.type if by == "type" else " + ".join(layer.origins) or layer.name
        first.setdefault(name, layer)
    return [_group_row(place, group, first[group.name]) for place, group in enumerate(groups)]


def _group_row(place: int, group: TimeGroup, first: LayerTime) -> TimeRow:
    return TimeRow(place, group.name, group.layers, group.median_ms, group.share, first)


class LayerTimeModel(TableModel):
    """The rows of one profile; at first the slowest is on top."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[TimeRow] = []
        self._greatest = 1.0
        self.by: By = "layer"
        self._order = (Column.MEDIAN, Qt.SortOrder.DescendingOrder)
        self._sort()

    def show_profile(self, profile: LayerProfile | None, by: By) -> None:
        """Show this one, told by this."""
        self.beginResetModel()
        self.by = by
        self.rows = time_rows(profile, by) if profile is not None else []
        self._greatest = max((row.share for row in self.rows), default=0.0) or 1.0
        self._sort()
        self.endResetModel()

    def columns(self) -> list[Column]:
        """The columns that say something of such rows."""
        hidden = (Column.LAYERS,) if self.by == "layer" else _OF_LAYERS
        return [column for column in Column if column not in hidden]

    def slowest(self, count: int) -> Sequence[TimeRow]:
        """So many rows at most, the slowest first."""
        return sorted(self.rows, key=lambda row: -row.median_ms)[:count]

    def row_of(self, wanted: TimeRow) -> int:
        """Where a row is."""
        return self.rows.index(wanted)

    # For the view

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0:
            return
        self._order = Column(column), order
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        rows = [self.rows[index.row()] for index in kept]
        self._sort()
        for index, row in zip(kept, rows, strict=True):
            self.changePersistentIndex(index, self.index(self.row_of(row), index.column()))
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def is_number(self, column: int) -> bool:
        return column in _NUMBERS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _TEXTS[column](row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _TEXTS[column](row) if column in (Column.NAME, Column.NODES) else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.is_number(column))
        if role == Qt.ItemDataRole.FontRole:
            return None if column == Column.TYPE else mono_font()
        if role == PART_ROLE:
            return row.share / self._greatest if column == Column.SHARE else None
        return None

    def _sort(self) -> None:
        column, order = self._order
        self.headings = [self._title(each) + self._mark(each) for each in Column]
        self.rows.sort(key=_KEYS[Column.PLACE])
        self.rows.sort(key=_KEYS[column], reverse=order == Qt.SortOrder.DescendingOrder)

    def _mark(self, column: Column) -> str:
        """As text, since Qt's own mark is painted over titles on the right."""
        sorted_by, order = self._order
        if column != sorted_by:
            return ""
        return " ▾" if order == Qt.SortOrder.DescendingOrder else " ▴"

    def _title(self, column: Column) -> str:
        names = {"layer": self.tr("Layer"), "node": self.tr("ONNX nodes"), "type": self.tr("Type")}
        return {
            Column.PLACE: "#",
            Column.NAME: names[self.by],
            Column.TYPE: self.tr("Type"),
            Column.LAYERS: self.tr("Layers"),
            Column.MEDIAN: self.tr("Median (ms)"),
            Column.MEAN: self.tr("Mean (ms)"),
            Column.SHARE: self.tr("Share"),
            Column.NODES: self.tr("ONNX nodes"),
        }[column]


_TEXTS: dict[Column, Callable[[TimeRow], str]] = {
    Column.PLACE: lambda row: str(row.place),
    Column.NAME: lambda row: row.name,
    Column.TYPE: lambda row: row.layer.type,
    Column.LAYERS: lambda row: f"{row.layers:,}",
    Column.MEDIAN: lambda row: f"{row.median_ms:.4f}",
    Column.MEAN: lambda row: f"{row.layer.mean_ms:.4f}",
    Column.SHARE: lambda row: format_percent(row.share, 1),
    Column.NODES: lambda row: " + ".join(row.layer.origins),
}

_KEYS: dict[Column, Callable[[TimeRow], Any]] = {
    Column.PLACE: lambda row: row.place,
    Column.NAME: lambda row: row.name.casefold(),
    Column.TYPE: lambda row: row.layer.type.casefold(),
    Column.LAYERS: lambda row: row.layers,
    Column.MEDIAN: lambda row: row.median_ms,
    Column.MEAN: lambda row: row.layer.mean_ms,
    Column.SHARE: lambda row: row.share,
    Column.NODES: lambda row: row.layer.origins,
}

"""The base of the window's flat tables, as Qt's own tester and a view see it."""

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from trtstudio.gui.parts.table_model import Index, TableModel

ACROSS, DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
ALIGNED = Qt.ItemDataRole.TextAlignmentRole


class Sizes(TableModel):
    headings = ("Name", "Size")

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, int]] = []

    def is_number(self, column: int) -> bool:
        return column == 1

    def add(self, *row: Any) -> None:
        self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows))
        self.rows.append(row)
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()][index.column()]
        return None


@pytest.mark.usefixtures("qapp")
def test_it_is_a_flat_table_with_headings() -> None:
    model = Sizes()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.add("a", 3)
    model.add("b", 4)
    assert (model.rowCount(), model.columnCount()) == (2, 2)
    assert (model.rowCount(model.index(0, 0)), model.columnCount(model.index(0, 0))) == (0, 0)
    assert [model.headerData(section, ACROSS) for section in range(3)] == ["Name", "Size", None]
    sides = [Qt.AlignmentFlag(model.headerData(section, ACROSS, ALIGNED)) for section in range(2)]
    assert Qt.AlignmentFlag.AlignLeft in sides[0]
    assert Qt.AlignmentFlag.AlignRight in sides[1]
    assert model.headerData(0, DOWN) is None
    assert tester.model() is model


def test_other_colours_change_all_cells(qtbot: QtBot) -> None:
    model = Sizes()
    with qtbot.assertNotEmitted(model.dataChanged):
        model.repaint()
    model.add("a", 3)
    model.add("b", 4)
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.repaint()
    first, last, roles = changed.args
    assert (first.row(), first.column(), last.row(), last.column()) == (0, 0, 1, 1)
    assert Qt.ItemDataRole.ForegroundRole in roles

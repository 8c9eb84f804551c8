"""The rows of a graph as they are painted."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from trtstudio.gui.inspect.graph_model import GraphModel
from trtstudio.gui.inspect.row_delegate import RowDelegate
from trtstudio.gui.knowledge.figures import Figures
from trtstudio.gui.rows.graph_rows import Column
from trtstudio.gui.theme import colors, theme
from trtstudio.model.graph import Graph, Layer, Tensor

CELL = QRect(0, 0, 200, 24)
CONV, LONG = 2, 3


@pytest.fixture
def delegate(qapp: QApplication) -> Iterator[RowDelegate]:
    theme().apply("light")
    layers = [Layer(0, "a", "Conv", (0,), (0,)), Layer(1, "x" * 20_000, "Relu", (), ())]
    model = GraphModel(Graph("onnx", "g", layers, [Tensor("t")], (), ()), qapp)
    model.set_figures({Column.FLOPS: Figures("FLOPs", {0: 4.0, 1: 2.0}.get, 4.0, str)})
    yield RowDelegate(model, model)
    model.deleteLater()


def painted(
    delegate: RowDelegate, row: int, column: Column, state: QStyle.StateFlag | None = None
) -> QImage:
    """A cell on white."""
    option = QStyleOptionViewItem()
    option.rect = CELL
    if state is not None:
        option.state = state
    image = QImage(CELL.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    delegate.paint(painter, option, delegate.parent().index(row, column))  # type: ignore[attr-defined]
    painter.end()
    return image


def inked(image: QImage) -> QRect:
    """What is not white."""
    white = QColor(Qt.GlobalColor.white)
    places = [
        QPoint(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) != white
    ]
    xs, ys = [p.x() for p in places] or [0], [p.y() for p in places] or [0]
    return QRect(QPoint(min(xs), min(ys)), QPoint(max(xs), max(ys)))


def test_text_stands_where_the_headings_do(delegate: RowDelegate) -> None:
    name, count = (
        inked(painted(delegate, CONV, column)) for column in (Column.NAME, Column.INPUTS)
    )
    assert 7 <= name.left() <= 10
    assert 188 <= count.right() <= 192
    assert abs(name.center().y() - CELL.center().y()) <= 4


def test_a_selected_row_is_filled_and_no_cell_is_framed(delegate: RowDelegate) -> None:
    flag = QStyle.StateFlag
    selected = painted(delegate, CONV, Column.NAME, flag.State_Selected)
    assert selected.pixelColor(199, 0) == QColor(colors().selection)
    focused = painted(delegate, CONV, Column.NAME, flag.State_Selected | flag.State_HasFocus)
    assert focused == selected


def test_a_long_name_is_cut_in_its_middle(delegate: RowDelegate) -> None:
    room = inked(painted(delegate, LONG, Column.NAME))
    assert room.left() >= 7
    assert room.right() <= 192
    assert room.width() > 150


def test_a_bar_is_as_long_as_its_part(delegate: RowDelegate) -> None:
    whole, half = (inked(painted(delegate, row, Column.FLOPS)) for row in (CONV, LONG))
    assert whole.right() == half.right()
    assert whole.width() == pytest.approx(2 * half.width(), abs=1)


def test_a_column_can_be_fitted_to_what_it_holds(delegate: RowDelegate) -> None:
    model: GraphModel = delegate.parent()  # type: ignore[assignment]
    option = QStyleOptionViewItem()
    name, long_name = (
        delegate.sizeHint(option, model.index(row, Column.NAME)).width() for row in (CONV, LONG)
    )
    assert 16 < name < 60
    assert long_name > 1000
    assert delegate.sizeHint(option, model.index(CONV, Column.PLACE)).width() > name

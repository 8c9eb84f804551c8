"""The rows of a long run: always in order, whatever comes and however it is sorted."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.batch.list import BatchList
from trtstudio.gui.batch.model import (
    AGREEMENT,
    ANSWER,
    NAME,
    PROBLEMS,
    SCORE,
    TIME,
    BatchModel,
)
from trtstudio.gui.batch.rows import BatchRow
from trtstudio.gui.batch.sheet import CELL, BatchSheet
from trtstudio.vision.batch.sources import Source


def row(number: int, score: float | None = 0.5, name: str = "cat", problem: str = "") -> BatchRow:
    return BatchRow(
        number,
        Source(Path(f"{number:05}.jpg")),
        number,
        "" if problem else f"{name} {number}",
        () if problem else (name,),
        None if problem else score,
        float(number % 7),
        problem,
    )


rows = st.lists(
    st.tuples(
        st.none() | st.floats(0, 1), st.sampled_from(("cat", "dog")), st.sampled_from(("", "gone"))
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(rows, max_size=4),
    st.sampled_from((NAME, ANSWER, SCORE, AGREEMENT, TIME)),
    st.booleans(),
    st.sampled_from(("", "cat", PROBLEMS)),
)
def test_rows_that_come_later_stand_where_sorting_all_puts_them(
    qapp: QApplication,  # noqa: ARG001
    parts: list[list[tuple[float | None, str, str]]],
    column: int,
    is_descending: bool,
    wanted: str,
) -> None:
    model, expected = BatchModel(), BatchModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    orders = Qt.SortOrder
    order = orders.DescendingOrder if is_descending else orders.AscendingOrder
    model.sort(column, order)
    model.filter(wanted)
    everything: list[BatchRow] = []
    for part in parts:
        added = [row(len(everything) + i + 1, *values) for i, values in enumerate(part)]
        everything += added
        model.extend(added)
    expected.extend(everything)
    expected.filter(wanted)
    expected.sort(column, order)
    assert [each.number for each in model.rows()] == [each.number for each in expected.rows()]
    assert model.count == len(everything)
    assert model.problems == sum(bool(each.problem) for each in everything)
    del tester


def test_what_has_no_score_comes_last_either_way(qapp: QApplication) -> None:  # noqa: ARG001
    model = BatchModel()
    model.extend([row(1, 0.2), row(2, None), row(3, 0.9), row(4, problem="gone")])
    model.sort(SCORE, Qt.SortOrder.AscendingOrder)
    assert [each.number for each in model.rows()] == [1, 3, 2, 4]
    model.sort(SCORE, Qt.SortOrder.DescendingOrder)
    assert [each.number for each in model.rows()] == [3, 1, 2, 4]
    assert model.index(3, ANSWER).data() == "gone"
    assert model.index(0, SCORE).data() == "90.0 %"


@pytest.fixture
def jpeg(tmp_path: Path) -> bytes:
    image = QImage(120, 80, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.red)
    image.save(str(tmp_path / "red.jpg"))
    return (tmp_path / "red.jpg").read_bytes()


def test_the_contact_sheet_shows_and_chooses_pictures(qtbot: QtBot, jpeg: bytes) -> None:
    model = BatchModel()
    sheet = BatchSheet(model)
    qtbot.addWidget(sheet)
    sheet.resize(QSize(3 * CELL.width() + 40, 3 * CELL.height()))
    sheet.show()
    pictures = [
        BatchRow(n, Source(Path(f"{n}.jpg")), n, "cat", ("cat",), 0.5, 1.0, thumbnail=jpeg)
        for n in range(1, 10_001)
    ]
    model.extend(pictures)
    assert sheet.columns == 3
    chosen: list[int] = []
    sheet.row_chosen.connect(chosen.append)
    place = sheet.cell(4).center()
    qtbot.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [4]
    qtbot.waitUntil(lambda: _color(sheet, place - QPoint(0, 20)) == "#fe0000", timeout=30_000)
    for key, position in (
        (Qt.Key.Key_Right, 5),
        (Qt.Key.Key_Down, 8),
        (Qt.Key.Key_Up, 5),
        (Qt.Key.Key_End, 9999),
        (Qt.Key.Key_Right, 9999),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(sheet, key)
        assert chosen[-1] == position
        assert sheet.viewport().rect().contains(sheet.cell(position).center())


def _color(sheet: BatchSheet, place: QPoint) -> str:
    return sheet.viewport().grab().toImage().pixelColor(place).name()


def test_a_choice_stays_through_sorting_and_filters(qtbot: QtBot) -> None:
    view = BatchList(is_pair=False)
    qtbot.addWidget(view)
    view.extend([row(n, n / 100, "dog" if n % 2 else "cat") for n in range(1, 51)])
    view.table.setCurrentIndex(view.model.index(9, NAME))
    assert view.chosen is not None and view.chosen.number == 10
    view.table.sortByColumn(SCORE, Qt.SortOrder.DescendingOrder)
    assert view.table.currentIndex().row() == 40
    view.extend([row(n, 0.99, "cat") for n in range(51, 61)])
    assert view.table.currentIndex().row() == 50
    view.classes.setCurrentIndex(view.classes.findData("cat"))
    view.classes.activated.emit(view.classes.currentIndex())
    assert view.model.rowCount() == 35
    assert view.table.currentIndex().row() == 30
    assert view.count.text() == "35 of 60 shown"

"""The rows of a long run: always in order, whatever comes and however it is sorted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from trtstudio.gui.batch import thumbnails as thumbnails_module
from trtstudio.gui.batch.arrangement import (
    AGREEMENT,
    ANSWER,
    NAME,
    PROBLEMS,
    SCORE,
    TIME,
    Arrangement,
)
from trtstudio.gui.batch.cells import answer_text
from trtstudio.gui.batch.list import BatchList
from trtstudio.gui.batch.model import BatchModel
from trtstudio.gui.batch.preview import BatchPreview
from trtstudio.gui.batch.rows import BatchRow, row_of
from trtstudio.gui.batch.sheet import CELL, BatchSheet
from trtstudio.gui.batch.thumbnails import Thumbnails
from trtstudio.gui.workspace import Workspace
from trtstudio.model.files import address_of
from trtstudio.vision.answer import Answer, Detection
from trtstudio.vision.batch.records import Heading, Journal, Record
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.drawing.contact_sheet import small_jpeg
from trtstudio.vision.preprocess import Preprocess
from trtstudio.vision.settings import Settings


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


def sorted_by(
    rows: Sequence[BatchRow], column: int, *, is_descending: bool, wanted: str
) -> list[int]:
    """The numbers of what passes, as Python sorts it: twice, for equal rows stay in order."""
    values: dict[int, Callable[[BatchRow], Any]] = {
        NAME: lambda row: row.number,
        ANSWER: lambda row: None if row.problem else row.words.lower(),
        SCORE: lambda row: row.score,
        AGREEMENT: lambda row: row.agreement,
        TIME: lambda row: None if row.problem else row.total_ms,
    }
    value = values[column]
    left = [row for row in rows if not wanted or wanted in (row.classes or (PROBLEMS,))]
    said = [row for row in left if value(row) is not None]
    silent = [row for row in left if value(row) is None]
    return [row.number for row in (*sorted(said, key=value, reverse=is_descending), *silent)]


columns = st.sampled_from((NAME, ANSWER, SCORE, AGREEMENT, TIME))


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(rows, max_size=4), columns, st.booleans(), st.sampled_from(("", "cat", PROBLEMS)))
def test_rows_that_come_later_stand_where_sorting_all_puts_them(
    idle: Workspace,
    parts: list[list[tuple[float | None, str, str]]],
    column: int,
    is_descending: bool,
    wanted: str,
) -> None:
    model = BatchModel(idle)
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
    expected = sorted_by(everything, column, is_descending=is_descending, wanted=wanted)
    assert [each.number for each in model.rows()] == expected
    assert [each.number for each in Arrangement(column, is_descending, wanted).of(everything)] == (
        expected
    )
    assert model.count == len(everything)
    assert model.problems == sum(bool(each.problem) for each in everything)
    del tester


@pytest.mark.parametrize("column", [NAME, ANSWER, SCORE, TIME])
@pytest.mark.parametrize("is_descending", [False, True])
def test_many_rows_are_put_in_order_beside_the_window(
    qtbot: QtBot, idle: Workspace, column: int, is_descending: bool
) -> None:
    model, numbers = BatchModel(idle), np.random.default_rng(0)
    many = [
        row(n, problem="gone") if n % 7 == 0 else row(n, score, f"cat {score}")
        for n, score in enumerate(numbers.integers(0, 40, 5000).tolist(), 1)
    ]
    model.extend(many[:100])
    model.sort(column, Qt.SortOrder(int(is_descending)))
    model.extend(many[100:4000])
    assert model.is_arranging and model.rowCount() == 100, "what was shown stays meanwhile"
    model.extend(many[4000:-1])
    qtbot.waitUntil(lambda: not model.is_arranging)
    model.extend(many[-1:])
    expected = sorted_by(many, column, is_descending=is_descending, wanted="")
    assert [each.number for each in model.rows()] == expected
    for position in (0, 2500, 4999):
        assert model.position(expected[position]) == position


def test_only_what_was_wanted_last_is_shown(qtbot: QtBot, idle: Workspace) -> None:
    model, resets = BatchModel(idle), []
    model.extend([row(n, n / 1000, "dog" if n % 2 else "cat") for n in range(1, 1001)])
    qtbot.waitUntil(lambda: not model.is_arranging)
    model.modelReset.connect(lambda: resets.append(model.rowCount()))
    model.sort(TIME)
    model.filter("dog")
    model.sort(SCORE, Qt.SortOrder.DescendingOrder)
    assert model.rowCount() == 1000
    qtbot.waitUntil(lambda: not model.is_arranging)
    assert [each.number for each in model.rows()] == list(range(999, 0, -2))
    assert model.position(998) is None
    assert resets == [500]
    model.filter("cat")
    model.clear()
    model.extend([row(1)])
    assert model.rowCount() == 1, "nothing of the rows before is waited for"


def test_a_table_of_many_rows_keeps_its_choice_and_place(qtbot: QtBot, idle: Workspace) -> None:
    view = BatchList(idle, is_pair=False)
    qtbot.addWidget(view)
    view.show()
    view.extend([row(n, n / 5000) for n in range(1, 5001)], Path("run.jsonl"))
    qtbot.waitUntil(lambda: not view.model.is_arranging)
    bar = view.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 2000)  # the table is laid out a moment later
    bar.setValue(2000)
    view.table.sortByColumn(SCORE, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: not view.model.is_arranging)
    assert bar.value() == 2000, "nothing is chosen: it stays where it is"
    view.table.setCurrentIndex(view.model.index(2010, NAME))
    assert view.chosen is not None and view.chosen.number == 2990
    view.table.sortByColumn(SCORE, Qt.SortOrder.AscendingOrder)
    assert view.table.currentIndex().row() == 2010, "until the rows are in their new order"
    qtbot.waitUntil(lambda: not view.model.is_arranging)
    assert view.table.currentIndex().row() == 2989
    assert (
        view.table.viewport()
        .rect()
        .contains(view.table.visualRect(view.table.currentIndex()).center())
    )


def test_what_has_no_score_comes_last_either_way(idle: Workspace) -> None:
    model = BatchModel(idle)
    model.extend([row(1, 0.2), row(2, None), row(3, 0.9), row(4, problem="gone")])
    model.sort(SCORE, Qt.SortOrder.AscendingOrder)
    assert [each.number for each in model.rows()] == [1, 3, 2, 4]
    model.sort(SCORE, Qt.SortOrder.DescendingOrder)
    assert [each.number for each in model.rows()] == [3, 1, 2, 4]
    assert model.index(3, ANSWER).data() == "gone"
    assert model.index(0, SCORE).data() == "90.0 %"


COLORS = ("#fe0000", "#00fe00", "#0000fe")


@pytest.fixture
def journal(tmp_path: Path) -> tuple[Path, list[int]]:
    """The file of a run over a red, a green and a blue picture, and where their records stand."""
    pixels = [np.full((80, 120, 3), np.eye(3)[number] * 254, np.uint8) for number in range(3)]
    heading = Heading(
        Path("m"), "", Preprocess((4, 6)), "classification", Settings(), None, (tmp_path,)
    )
    file = Journal(tmp_path / "run.jsonl", heading, go_on=False)
    places = [
        file.add(Record(Source(Path(f"{n}.jpg")), thumbnail=small_jpeg(each, None, 120)))
        for n, each in enumerate(pixels)
    ]
    file.close()
    return tmp_path / "run.jsonl", places


def seen_row(number: int, place: int) -> BatchRow:
    source = Source(Path(f"{number}.jpg"))
    return BatchRow(number, source, place, "cat", ("cat",), 0.5, 1.0, has_thumbnail=True)


def test_the_contact_sheet_shows_and_chooses_pictures(
    qtbot: QtBot, idle: Workspace, journal: tuple[Path, list[int]]
) -> None:
    model, thumbnails = BatchModel(idle), Thumbnails(idle)
    sheet = BatchSheet(model, thumbnails)
    qtbot.addWidget(sheet)
    path, places = journal
    thumbnails.show(path)
    sheet.resize(QSize(3 * CELL.width() + 40, 3 * CELL.height()))
    sheet.show()
    model.extend([seen_row(n, places[(n - 1) % 3]) for n in range(1, 10_001)])
    qtbot.waitUntil(lambda: not model.is_arranging)
    assert sheet.columns == 3
    chosen: list[int] = []
    sheet.row_chosen.connect(chosen.append)
    place = sheet.cell(4).center()
    qtbot.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [4]
    for position in range(6):
        point, color = sheet.cell(position).center() - QPoint(0, 20), COLORS[position % 3]
        qtbot.waitUntil(lambda p=point, c=color: _is_near(_color(sheet, p), c), timeout=30_000)
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


def _color(sheet: BatchSheet, place: QPoint) -> QColor:
    return sheet.viewport().grab().toImage().pixelColor(place)


def _is_near(color: QColor, wanted: str) -> bool:
    pairs = zip(color.getRgb(), QColor(wanted).getRgb(), strict=True)
    return all(abs(one - other) < 8 for one, other in pairs)


def test_only_what_is_in_sight_is_read_and_little_of_it_kept(
    qtbot: QtBot,
    idle: Workspace,
    journal: tuple[Path, list[int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(thumbnails_module, "MOST_KEPT", 6)
    (path, places), thumbnails = journal, Thumbnails(idle)
    rows = [seen_row(n, places[n % 3]) for n in range(1, 41)]
    thumbnails.show(path)
    for first in (0, 30):
        thumbnails.want(rows[first : first + 4])
        qtbot.waitUntil(lambda n=first: thumbnails.image(rows[n + 3]) is not None, timeout=30_000)
    assert thumbnails.image(rows[15]) is None
    assert len(thumbnails._images) == 6 and thumbnails.image(rows[0]) is None
    thumbnails.want(rows[:20])
    qtbot.waitUntil(lambda: all(thumbnails.image(each) for each in rows[:20]), timeout=30_000)
    missing = BatchRow(41, Source(Path("gone.jpg")), 7, problem="gone")
    assert thumbnails.image(missing) == QImage()
    assert thumbnails.image(rows[0]) != thumbnails.image(rows[1])


def test_another_run_has_other_thumbnails(
    qtbot: QtBot, idle: Workspace, journal: tuple[Path, list[int]], tmp_path: Path
) -> None:
    (path, places), thumbnails = journal, Thumbnails(idle)
    first = seen_row(1, places[0])
    thumbnails.show(path)
    thumbnails.want([first])
    thumbnails.show(tmp_path / "gone.jsonl")
    told: list[object] = []
    idle.noticed.connect(told.append)
    thumbnails.want([first])
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert thumbnails.image(first) is None, "what was read of the run before is not shown"


def test_a_choice_stays_through_sorting_and_filters(qtbot: QtBot, idle: Workspace) -> None:
    view, path = BatchList(idle, is_pair=False), Path("run.jsonl")
    qtbot.addWidget(view)
    view.extend([row(n, n / 100, "dog" if n % 2 else "cat") for n in range(1, 51)], path)
    view.table.setCurrentIndex(view.model.index(9, NAME))
    assert view.chosen is not None and view.chosen.number == 10
    view.table.sortByColumn(SCORE, Qt.SortOrder.DescendingOrder)
    assert view.table.currentIndex().row() == 40
    view.extend([row(n, 0.99, "cat") for n in range(51, 61)], path)
    assert view.table.currentIndex().row() == 50
    view.classes.setCurrentIndex(view.classes.findData("cat"))
    view.classes.activated.emit(view.classes.currentIndex())
    assert view.model.rowCount() == 35
    assert view.table.currentIndex().row() == 30
    assert view.classes.currentText() == "cat (35)"


@pytest.mark.parametrize("is_pair", [False, True])
def test_the_order_is_chosen_for_the_contact_sheet_too(
    qtbot: QtBot, idle: Workspace, is_pair: bool
) -> None:
    view = BatchList(idle, is_pair=is_pair)
    qtbot.addWidget(view)
    rows = [replace(row(n, score), agreement=score) for n, score in enumerate((0.5, 0.9, 0.1), 1)]
    view.extend(rows, Path("run.jsonl"))
    view.show_view("sheet")
    header, box = view.table.horizontalHeader(), view.order
    expected = {"In order": [1, 2, 3], "Last first": [3, 2, 1]}
    if is_pair:
        expected |= {"Least alike first": [3, 1, 2], "Most alike first": [2, 1, 3]}
    else:
        expected |= {"Surest first": [2, 1, 3], "Least sure first": [3, 1, 2]}
    for words, numbers in expected.items():
        box.setCurrentIndex(box.findText(words))
        box.activated.emit(box.currentIndex())
        assert [each.number for each in view.model.rows()] == numbers
        assert view.sheet.position_at(5, 5) == 0 and box.currentText() == words
    for column in range(view.model.columnCount()):
        for order in Qt.SortOrder:
            if not header.isSectionHidden(column):
                header.setSortIndicator(column, order)
                assert box.currentIndex() >= 0
    header.setSortIndicator(NAME, Qt.SortOrder.DescendingOrder)
    assert box.currentText() == "Last first"


@pytest.mark.parametrize("place", ["/pictures/cat.jpg", "https://example.org/cat.jpg"])
def test_a_reason_does_not_begin_with_where_the_picture_is(place: str) -> None:
    path = Path(place)
    record = Record(Source(path), problem=f"{address_of(path) or path} is gone.")
    assert row_of(1, -1, record).problem == "cat.jpg is gone."


GONE = "cut.avi ends after 15 of its 30 frames. It is damaged or was not copied completely."


@pytest.mark.usefixtures("chinese")
def test_reasons_and_classes_are_in_the_window_s_language(qtbot: QtBot, idle: Workspace) -> None:
    view = BatchList(idle, is_pair=False)
    qtbot.addWidget(view)
    answer = Answer("detection", detections=(Detection("class 56", 0.9, (0, 0, 1, 1), 56),))
    cut, chair = row(1, problem=GONE), row_of(2, -1, Record(Source(Path("a.jpg")), answer=answer))
    view.extend([cut, chair], Path("run.jsonl"))
    assert "15" in answer_text(cut) and "frames" not in answer_text(cut)
    assert view.model.index(0, ANSWER).data() == answer_text(cut)
    assert view.classes.findText("类别 56 (1)") >= 0
    preview = BatchPreview(is_pair=False)
    qtbot.addWidget(preview)
    preview.show_problem(cut.name, cut.problem)
    assert preview.words.text() == answer_text(cut)
    preview.show_record(Record(cut.source, problem=GONE), None)
    assert preview.words.text() == answer_text(cut)
    found = Answer("detection", detections=(Detection("class 56", 0.9, (0, 0, 1, 1), 56),))
    assert row_of(3, 7, Record(chair.source, answer=found)).words == "类别 56 90 %"

"""What the table of a long run says of a picture. Plain functions for any thread."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.batch.arrangement import AGREEMENT, ANSWER, NAME, SCORE, TIME
from trtstudio.gui.batch.rows import BatchRow
from trtstudio.model.core_words import core_text
from trtstudio.model.quantities import format_percent

COLUMNS = (NAME, ANSWER, SCORE, AGREEMENT, TIME)


def answer_text(row: BatchRow) -> str:
    """What was found, or the problem."""
    nothing = QCoreApplication.translate("BatchModel", "nothing found")
    return core_text(row.problem) or row.words or nothing


def cell_text(row: BatchRow, column: int) -> str:
    """Empty where it has no such figure."""
    if column == NAME:
        return row.name
    if column == ANSWER:
        return answer_text(row)
    if column == SCORE:
        return "" if row.score is None else format_percent(row.score, 1)
    if column == AGREEMENT:
        return "" if row.agreement is None else format_percent(row.agreement, 1)
    return "" if row.problem else f"{row.total_ms:.2f} ms"


def table_text(rows: Iterable[BatchRow]) -> str:
    """A line for each row, as spreadsheets take it."""
    return "\n".join("\t".join(cell_text(row, column) for column in COLUMNS) for row in rows)

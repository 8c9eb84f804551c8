"""Which rows of a long run are shown, and in which order. Any thread; many rows are meant for a
worker, which never holds the GIL for long.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isnan
from typing import Any

from trtstudio.gui.batch.rows import BatchRow
from trtstudio.gui.rows.sort_order import merged_order

NAME, ANSWER, SCORE, AGREEMENT, TIME = range(5)
"""The columns."""

PROBLEMS = "problems"
"""The filter that leaves what has no answer; another one is the name of a class."""

_TURNED = bytes(range(255, -1, -1))
_LAST_TEXT = b"\xff\xff"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """By a column; what has no value in it comes last, and equal rows stand by their numbers.

    ``wanted`` leaves the pictures of this class, those with ``PROBLEMS``, or with ``""`` all.
    """

    column: int = NAME
    is_descending: bool = False
    wanted: str = ""

    def of(self, rows: Sequence[BatchRow]) -> list[BatchRow]:
        """These rows, which are in the order of their numbers."""
        left = [row for row in rows if self.passes(row)]
        return [left[i] for i in merged_order([self._key(row) for row in left])]

    def passes(self, row: BatchRow) -> bool:
        """Whether it is shown."""
        if self.wanted == PROBLEMS:
            return bool(row.problem)
        return not self.wanted or self.wanted in row.classes

    def place(self, row: BatchRow) -> tuple[Any, int]:
        """What is smaller of what stands before it, and of no two rows the same."""
        return self._key(row), row.number

    def _key(self, row: BatchRow) -> Any:
        """All of one type, so that it is quick."""
        if self.column == ANSWER:
            return _text_key(row, is_descending=self.is_descending)
        value = _value(row, self.column)
        if value is None or isnan(value):
            return inf
        return -value if self.is_descending else value


def _value(row: BatchRow, column: int) -> float | None:
    if column == SCORE:
        return row.score
    if column == AGREEMENT:
        return row.agreement
    if column == TIME:
        return None if row.problem else row.total_ms
    return row.number


def _text_key(row: BatchRow, *, is_descending: bool) -> bytes:
    if row.problem:
        return _LAST_TEXT
    text = row.words.lower().encode()
    return (text + b"\0").translate(_TURNED) if is_descending else text

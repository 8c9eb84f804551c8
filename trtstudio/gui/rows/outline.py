"""Which rows of a two-level outline are visible, as arrays: a million rows take milliseconds.

QTreeView keeps an item for every row and asks Python for each one: 0.3 s for 100,000 rows, at every
reset. An outline with this in a flat QTableView takes 5 ms. No Qt; one thread at a time.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

TOP = -1
"""The child number of a row that is a top itself."""

_HIDDEN = -1


class Outline:
    """So many tops in their order, shown or not, unfolded or not. ``count`` tells the number of a
    top's children; it is asked only about those that are unfolded.
    """

    def __init__(self, size: int, count: Callable[[int], int]) -> None:
        self._count = count
        self._visible = np.zeros(size, np.int64)  # children of each top
        self._shown = np.arange(size)
        self._lay_out()

    def __len__(self) -> int:
        """The number of visible rows."""
        return len(self._tops)

    def at(self, row: int) -> tuple[int, int]:
        """The top that a row belongs to, and which of its children it is, or ``TOP``."""
        return int(self._tops[row]), int(self._children[row])

    def between(self, first: int, last: int) -> list[tuple[int, int]]:
        """The same for the rows from ``first`` to ``last``."""
        rows = slice(first, last + 1)
        return list(zip(self._tops[rows].tolist(), self._children[rows].tolist(), strict=True))

    def row(self, top: int, child: int = TOP) -> int | None:
        """The row where this is to be seen, if it is."""
        row = int(self._rows[top])
        is_open = child == TOP or child < self._visible[top]
        return row + 1 + child if row != _HIDDEN and is_open else None

    def is_unfolded(self, top: int) -> bool:
        """Whether its children are visible where it is."""
        return bool(self._visible[top])

    def fold(self, top: int, unfolded: bool) -> None:
        """Show or hide the children of one top."""
        self._visible[top] = self._count(top) if unfolded else 0
        self._lay_out()

    def fold_all(self, unfolded: bool) -> None:
        """Show or hide the children of all tops, of those that are not shown too."""
        self._visible[:] = list(map(self._count, range(len(self._visible)))) if unfolded else 0
        self._lay_out()

    def show(self, tops: Sequence[int] | NDArray[np.int64]) -> None:
        """Show these tops, each once, in this order, and no others."""
        self._shown = np.asarray(tops, np.int64)
        self._lay_out()

    def _lay_out(self) -> None:
        sizes = 1 + self._visible[self._shown]
        starts = np.cumsum(sizes) - sizes
        self._rows = np.full(len(self._visible), _HIDDEN, np.int64)
        self._rows[self._shown] = starts
        self._tops: NDArray[np.int64] = np.repeat(self._shown, sizes)
        self._children: NDArray[np.int64] = (
            np.arange(len(self._tops)) - np.repeat(starts, sizes) + TOP
        )

"""What is drawn as cells in rows and columns: a plane, a picture with channels, tiles of feature
maps. Only the cells that are on the screen are picked. Safe in any thread.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Protocol

import numpy as np

from trtstudio.gui.tensor.kinds import Kind
from trtstudio.gui.tensor.values import Values
from trtstudio.model.run import Array

_PIECE = 1 << 20


class Sheet(Protocol):
    """``height`` x ``width`` cells, each a value or a value for each channel."""

    @property
    def values(self) -> Values: ...

    @property
    def height(self) -> int: ...

    @property
    def width(self) -> int: ...

    def sample(self, rows: Array, columns: Array) -> tuple[Array, Array | None]:
        """The cells where these rows and columns cross, rows x columns (x channels); and where
        there are cells at all, None for everywhere.
        """
        ...

    def index(self, row: int, column: int) -> tuple[int, ...] | None:
        """The index in ``values`` of a cell (its first channel), None where there is none."""
        ...

    def cell(self, index: tuple[int, ...]) -> tuple[int, int]:
        """The row and the column of an index in ``values``."""
        ...


@dataclass(frozen=True, slots=True)
class Plane:
    """The values have rows and columns."""

    values: Values

    @property
    def height(self) -> int:
        return self.values.shape[0]

    @property
    def width(self) -> int:
        return self.values.shape[1]

    def sample(self, rows: Array, columns: Array) -> tuple[Array, Array | None]:
        return self.values.pick(np.ix_(rows, columns)), None

    def index(self, row: int, column: int) -> tuple[int, ...] | None:
        return (row, column)

    def cell(self, index: tuple[int, ...]) -> tuple[int, int]:
        return index[0], index[1]


@dataclass(frozen=True, slots=True)
class Picture(Plane):
    """The values have rows, columns and channels."""

    def index(self, row: int, column: int) -> tuple[int, ...] | None:
        return (row, column, 0)


@dataclass(frozen=True, slots=True)
class Tiles:
    """The values have tiles, rows and columns; tiles are put side by side with gaps between."""

    values: Values

    @property
    def gap(self) -> int:
        """Cells between two tiles."""
        return max(1, round(max(self.values.shape[1:]) / 24))

    @property
    def across(self) -> int:
        """Tiles in a row, so that all of them are about 3 wide and 2 high."""
        count, height, width = self.values.shape
        return min(count, max(1, ceil(sqrt(1.5 * count * height / width))))

    @property
    def height(self) -> int:
        down = ceil(self.values.shape[0] / self.across)
        return down * (self.values.shape[1] + self.gap) - self.gap

    @property
    def width(self) -> int:
        return self.across * (self.values.shape[2] + self.gap) - self.gap

    def sample(self, rows: Array, columns: Array) -> tuple[Array, Array | None]:
        count, height, width = self.values.shape
        down, y = np.divmod(rows[:, None], height + self.gap)
        right, x = np.divmod(columns[None, :], width + self.gap)
        tile = down * self.across + right
        inside = (y < height) & (x < width) & (tile < count)
        key = (np.minimum(tile, count - 1), np.minimum(y, height - 1), np.minimum(x, width - 1))
        return self.values.pick(key), inside

    def index(self, row: int, column: int) -> tuple[int, ...] | None:
        count, height, width = self.values.shape
        down, y = divmod(row, height + self.gap)
        right, x = divmod(column, width + self.gap)
        tile = down * self.across + right
        return (tile, y, x) if y < height and x < width and tile < count else None

    def cell(self, index: tuple[int, ...]) -> tuple[int, int]:
        tile, y, x = index
        down, right = divmod(tile, self.across)
        _, height, width = self.values.shape
        return down * (height + self.gap) + y, right * (width + self.gap) + x


def sheet_of(kind: Kind, part: Values) -> Sheet:
    """How this view lays out this part of a tensor."""
    if kind == "image":
        return Picture(part)
    return Tiles(part) if kind == "grid" else Plane(part)


@dataclass(frozen=True, slots=True)
class Extent:
    """The smallest and the largest finite value, both NaN where there is none, and whether there
    are others.
    """

    low: float
    high: float
    has_nan: bool
    has_inf: bool


def extent_of(values: Values) -> Extent:
    """Of all values of a part of a tensor, looked through a piece at a time."""
    low, high, has_nan, has_inf = np.inf, -np.inf, False, False
    for piece in _bands(values):
        numbers = piece if piece.dtype.kind == "f" else piece.astype(np.float64)
        finite = numbers[np.isfinite(numbers)]
        if finite.size < numbers.size:
            has_nan |= bool(np.isnan(numbers).any())
            has_inf |= bool(np.isinf(numbers).any())
        if finite.size:
            low, high = min(low, float(finite.min())), max(high, float(finite.max()))
    known = low <= high
    return Extent(low if known else np.nan, high if known else np.nan, has_nan, has_inf)


def _bands(values: Values) -> Iterator[Array]:
    """The values, a few rows at a time."""
    shape = values.shape
    across = max(1, int(np.prod(shape[1:])))
    step = max(1, _PIECE // across)
    for start in range(0, shape[0], step):
        yield values.pick(slice(start, start + step))

"""A tensor's values or its difference from another, and the part of it that is seen. Nothing is
computed or copied before it is picked. Safe in any thread.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from trtstudio.model.run import Array
from trtstudio.model.tensor_difference import relative, subtract
from trtstudio.model.tensor_summary import pieces_of

How = Literal["value", "other", "difference", "relative"]


@dataclass(frozen=True, eq=False, slots=True)
class Values:
    """The values of ``main``, or what ``how`` makes of them and of ``other``."""

    main: Array
    other: Array | None = None
    how: How = "value"

    @property
    def shape(self) -> tuple[int, ...]:
        """As an array's."""
        return tuple(self.main.shape)

    @property
    def size(self) -> int:
        """The number of values."""
        return int(self.main.size)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of what is picked."""
        if self.how in ("difference", "relative"):
            return np.dtype(np.float64)
        return self._shown.dtype

    def view(self, key: tuple[int | slice, ...], order: Sequence[int]) -> "Values":
        """A part of it without a copy, the axes that are left in this order."""
        parts = (
            None if array is None else array[(*key, ...)].transpose(order)
            for array in (self.main, self.other)
        )
        main, other = parts
        assert main is not None
        return Values(main, other, self.how)

    def pick(self, key: Any) -> Array:
        """The values at a NumPy index."""
        if self.other is None or self.how in ("value", "other"):
            return np.asarray(self._shown[key])
        combine = subtract if self.how == "difference" else relative
        return combine(self.main[key], self.other[key])

    def pieces(self) -> Iterator[Array]:
        """All of them in C order, a piece at a time."""
        if self.other is None or self.how in ("value", "other"):
            yield from pieces_of(self._shown)
            return
        combine = subtract if self.how == "difference" else relative
        for left, right in zip(pieces_of(self.main), pieces_of(self.other), strict=True):
            yield combine(left, right)

    @property
    def _shown(self) -> Array:
        return self.other if self.how == "other" and self.other is not None else self.main


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a tensor that is seen: all of ``axes``, in this order, and of every other axis
    one position. ``positions`` has an entry for every axis.
    """

    axes: tuple[int, ...]
    positions: tuple[int, ...]

    def of(self, values: Values) -> Values:
        """That part, with as many axes as are seen."""
        key = tuple(
            slice(None) if axis in self.axes else position
            for axis, position in enumerate(self.positions)
        )
        return values.view(key, np.argsort(np.argsort(self.axes)).tolist())

    def index(self, at: Sequence[int]) -> tuple[int, ...]:
        """The whole tensor's index of what is at this index of the part."""
        whole = list(self.positions)
        for axis, position in zip(self.axes, at, strict=True):
            whole[axis] = position
        return tuple(whole)

    def with_axis(self, role: int, axis: int) -> "Cut":
        """See ``axis`` in this place; an axis that is seen already changes places."""
        axes = list(self.axes)
        if axis in axes:
            axes[axes.index(axis)] = axes[role]
        axes[role] = axis
        return Cut(tuple(axes), self.positions)

    def at(self, axis: int, position: int) -> "Cut":
        """The same at another position of an axis."""
        positions = list(self.positions)
        positions[axis] = position
        return Cut(self.axes, tuple(positions))

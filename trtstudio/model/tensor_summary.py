"""Figures over a tensor's values, a piece at a time. Safe in any thread."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trtstudio.model import dtypes
from trtstudio.model.run import Array

BINS = 64
DISTINCT_LIMIT = 1 << 16
_PIECE = 1 << 16  # of larger arrays the C library gives the memory back each time
_Floats = NDArray[np.float64]

Pieces = Callable[[], Iterable[Array]]
"""Gives a tensor's values in C order, one-dimensional piece by piece, whenever it is called."""


@dataclass(frozen=True, slots=True)
class TensorSummary:
    """What a tensor's ``count`` values are like.

    ``nans`` and ``infs`` are counted and otherwise left out; without any other value, ``min`` and
    ``max`` are None. ``variance`` is the population's; ``sad`` is the sum of the absolute
    differences of neighbours. ``histogram`` counts the values in bins of equal width from ``min``
    to ``max``, a single one where all values are the same. ``distinct`` counts different integers,
    None for other types and above ``DISTINCT_LIMIT``.
    """

    count: int
    zeros: int
    nans: int
    infs: int
    min: float | None
    max: float | None
    mean: float
    variance: float
    sum_abs: float
    sad: float
    histogram: tuple[int, ...]
    distinct: int | None = None

    @property
    def std(self) -> float:
        """The standard deviation."""
        return float(np.sqrt(self.variance))

    @property
    def network_text(self) -> str:
        """The figures as the TensorRT cookbook's NetworkPrinter writes them after a shape."""
        high, low = (np.nan if end is None else end for end in (self.max, self.min))
        return (
            f"SumAbs={self.sum_abs:.5e},Var={self.variance:.5f},"
            f"Max={high:.5f},Min={low:.5f},SAD={self.sad:.5f}"
        )


def pieces_of(values: Array) -> Iterator[Array]:
    """An array's values in C order; of one in another order never more than a piece is copied."""
    flat = values.reshape(-1) if values.flags.c_contiguous else values.flat
    for at in range(0, values.size, _PIECE):
        yield flat[at : at + _PIECE]


def summarize(pieces: Pieces, bins: int = BINS) -> TensorSummary:
    """The figures of a tensor, which is read twice."""
    for summary in summary_steps(pieces, bins):
        if summary is not None:
            return summary
    raise AssertionError("the last step gives a summary")


def summary_steps(pieces: Pieces, bins: int = BINS) -> Iterator[TensorSummary | None]:
    """The same for those who have something else to do in between: None after each piece, and the
    figures at last.
    """
    figures = _Figures()
    for piece in pieces():
        figures.add(piece)
        yield None
    counts = _Counts(figures.low, figures.high, bins) if figures.finite else None
    if counts is not None and counts.is_spread:
        for piece in pieces():
            counts.add(piece)
            yield None
        yield figures.summary(tuple(counts.counts.tolist()))
    else:
        yield figures.summary((figures.finite,) if figures.finite else ())


class _Figures:
    """The figures of the pieces that were added; all float64."""

    def __init__(self) -> None:
        self.count = self.zeros = self.nans = self.infs = self.finite = 0
        self.low, self.high = np.inf, -np.inf
        self.mean = self.squares = self.sum_abs = self.sad = 0.0
        self.last: _Floats = np.empty(0)
        self.distinct: Array | None = None
        self.is_countable = True

    def add(self, piece: Array) -> None:
        with np.errstate(all="ignore"):
            values = piece.astype(np.float64)
            finite = values[np.isfinite(values)]
            nans = int(np.count_nonzero(np.isnan(values)))
            self.count += len(values)
            self.nans += nans
            self.infs += len(values) - len(finite) - nans
            if len(finite):
                self._add_finite(finite)
        self._add_distinct(piece)

    def _add_finite(self, values: _Floats) -> None:
        self.zeros += len(values) - int(np.count_nonzero(values))
        self.low = min(self.low, float(values.min()))
        self.high = max(self.high, float(values.max()))
        self.sum_abs += float(np.abs(values).sum())
        self.sad += float(np.abs(np.diff(values, prepend=self.last)).sum())
        self.last = values[-1:]
        # Chan's way to join two variances: sums of squares would cancel each other out.
        mean, joined = float(values.mean()), self.finite + len(values)
        apart = mean - self.mean
        self.squares += float(np.square(values - mean).sum())
        self.squares += apart * apart * self.finite * len(values) / joined
        self.mean += apart * len(values) / joined
        self.finite = joined

    def _add_distinct(self, piece: Array) -> None:
        name = str(piece.dtype)
        self.is_countable &= name == "bool" or dtypes.is_integer(name)
        if not self.is_countable:
            return
        found = np.unique(piece if piece.dtype.isbuiltin == 1 else piece.astype(np.int8))
        self.distinct = found if self.distinct is None else np.union1d(self.distinct, found)
        self.is_countable = len(self.distinct) <= DISTINCT_LIMIT

    def summary(self, histogram: tuple[int, ...]) -> TensorSummary:
        some = self.finite > 0
        is_counted = self.is_countable and self.distinct is not None
        return TensorSummary(
            count=self.count,
            zeros=self.zeros,
            nans=self.nans,
            infs=self.infs,
            min=self.low if some else None,
            max=self.high if some else None,
            mean=self.mean,
            variance=self.squares / max(self.finite, 1),
            sum_abs=self.sum_abs,
            sad=self.sad,
            histogram=histogram,
            distinct=len(self.distinct) if is_counted and self.distinct is not None else None,
        )


class _Counts:
    """How many of the values that were added are in each of the bins from ``low`` to ``high``."""

    def __init__(self, low: float, high: float, bins: int) -> None:
        # Halves, because the whole may be more than a float64 can hold.
        self._half_low = low / 2
        self._half_width = (high / 2 - low / 2) / bins
        self.counts = np.zeros(bins, np.int64)

    @property
    def is_spread(self) -> bool:
        """Whether there is more than one value."""
        return self._half_width > 0

    def add(self, piece: Array) -> None:
        values = piece.astype(np.float64)
        at = (values[np.isfinite(values)] / 2 - self._half_low) / self._half_width
        bins = len(self.counts)
        self.counts += np.bincount(np.minimum(at, bins - 1).astype(np.intp), minlength=bins)

"""Figures over a weight's values, a piece at a time. Safe in any thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import WeightPlace
from trtstudio.model.weights import Array, open_weight

BINS = 64
_PIECE = 1 << 18
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WeightSummary:
    """What a weight's ``count`` values are like.

    ``nans`` and ``infs`` are counted and otherwise left out; without any other value, ``min`` and
    ``max`` are None. ``variance`` is the population's; ``sad`` is the sum of the absolute
    differences of neighbours. ``histogram`` counts the values in bins of equal width from ``min``
    to ``max``, a single one where all values are the same.
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


def summarize_weight(path: Path, place: WeightPlace, bins: int = BINS) -> WeightSummary:
    """The figures of the weight at ``place`` in the model at ``path``, which is read twice.

    Raises StudioError as ``open_weight``, and for complex numbers.
    """
    figures = _Figures()
    with open_weight(path, place) as weight:
        if weight.dtype.kind == "c":
            raise StudioError(
                f"The weight {weight.name} holds complex numbers, which have no order.",
                hint="Its values can be looked at in the table.",
            )
        figures.add_all(weight.pieces)
    with open_weight(path, place) as weight:
        return figures.summary(weight.pieces, bins)


def summarize_array(values: Array, bins: int = BINS) -> WeightSummary:
    """The same of an array."""
    flat = values.reshape(-1)
    pieces = [flat[at : at + _PIECE] for at in range(0, len(flat), _PIECE)]
    figures = _Figures()
    figures.add_all(pieces)
    return figures.summary(pieces, bins)


class _Figures:
    """The figures of the pieces that were added; all float64."""

    def __init__(self) -> None:
        self.count = self.zeros = self.nans = self.infs = self.finite = 0
        self.low, self.high = np.inf, -np.inf
        self.mean = self.squares = self.sum_abs = self.sad = 0.0
        self.last: _Floats = np.empty(0)

    def add_all(self, pieces: Iterable[Array]) -> None:
        with np.errstate(all="ignore"):
            for piece in pieces:
                self._add(piece.astype(np.float64))

    def _add(self, values: _Floats) -> None:
        finite = values[np.isfinite(values)]
        nans = int(np.count_nonzero(np.isnan(values)))
        self.count += len(values)
        self.nans += nans
        self.infs += len(values) - len(finite) - nans
        if len(finite):
            self._add_finite(finite)

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

    def summary(self, pieces: Iterable[Array], bins: int) -> WeightSummary:
        some = self.finite > 0
        return WeightSummary(
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
            histogram=self._histogram(pieces, bins) if some else (),
        )

    def _histogram(self, pieces: Iterable[Array], bins: int) -> tuple[int, ...]:
        half = self.high / 2 - self.low / 2  # the whole may be more than a float64 can hold
        if not half / bins > 0:
            return (self.finite,)
        counts = np.zeros(bins, np.int64)
        for piece in pieces:
            values = piece.astype(np.float64)
            finite = values[np.isfinite(values)]
            at = (finite / 2 - self.low / 2) / (half / bins)
            counts += np.bincount(np.minimum(at, bins - 1).astype(np.intp), minlength=bins)
        return tuple(counts.tolist())

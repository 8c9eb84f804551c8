"""How the magnitudes of a tensor are distributed, gathered an array at a time, and the largest that
INT8 is to hold. Any thread.
"""

import numpy as np
from numpy.typing import NDArray

from trtstudio.model.build.conversion import CalibrationMethod
from trtstudio.model.run import Array

_BINS = 2048
_LEVELS = 128  # magnitudes that INT8 tells apart
_STRIDE = 16  # of the thresholds that entropy tries, in bins
_PERCENTILE = 0.9999
_Counts = NDArray[np.float64]


class Histogram:
    """Counts of magnitudes in bins of equal width from 0 on; what is not finite is left out.

    A larger magnitude than any before doubles the width until it fits, so that the memory needed
    does not depend on how much is added.
    """

    def __init__(self) -> None:
        self.counts: _Counts = np.zeros(_BINS)
        self.limit = 0.0
        self.largest = 0.0

    def add(self, values: Array) -> None:
        """Take the values of one more array."""
        magnitudes = np.abs(values[np.isfinite(values)].astype(np.float64))
        largest = float(magnitudes.max(initial=0.0))
        if largest == 0:
            self.counts[0] += magnitudes.size
            return
        self.largest = max(self.largest, largest)
        self._widen(largest)
        bins = np.minimum(magnitudes / self.limit * _BINS, _BINS - 1)
        self.counts += np.bincount(bins.astype(np.intp), minlength=_BINS)

    def _widen(self, largest: float) -> None:
        self.limit = self.limit or largest
        while self.limit < largest:
            joined = self.counts.reshape(-1, 2).sum(axis=1)
            self.counts = np.concatenate([joined, np.zeros(_BINS - len(joined))])
            self.limit *= 2

    def threshold(self, method: CalibrationMethod) -> float:
        """The magnitude that becomes 127: the largest, the one that 99.99 % stay below, or the one
        that loses least information (Kullback-Leibler divergence, as TensorRT's calibrator).
        """
        if method == "minmax" or not self.counts[1:].any():
            return self.largest
        if method == "percentile":
            shares = np.cumsum(self.counts) / self.counts.sum()
            chosen = int(np.searchsorted(shares, _PERCENTILE)) + 1
        else:
            chosen = _least_divergent(self.counts)
        return min(chosen * self.limit / _BINS, self.largest)


def _least_divergent(counts: _Counts) -> int:
    """How many bins to keep, all others being taken into the last of them."""
    counts = counts.copy()
    counts[0] = counts[1]  # zeros, of which ReLU makes many, are exact in any range
    candidates = range(_LEVELS, _BINS + 1, _STRIDE)
    return min(candidates, key=lambda kept: _divergence(counts, kept))


def _divergence(counts: _Counts, kept: int) -> float:
    """Between the distribution that is cut after ``kept`` bins and what INT8 makes of it."""
    actual = counts[:kept].copy()
    held = actual > 0
    starts = np.arange(_LEVELS) * kept // _LEVELS
    sizes = np.diff(starts, append=kept)
    sums = np.add.reduceat(actual, starts)
    filled = np.add.reduceat(held, starts, dtype=np.int64)
    level = np.repeat(np.divide(sums, filled, out=np.zeros(_LEVELS), where=filled > 0), sizes)
    actual[-1] += counts[kept:].sum()
    quantized = np.where(held, level, 0.0)
    total, quantized_total = actual.sum(), quantized.sum()
    if not quantized_total:
        return np.inf
    p, q = actual / total, quantized / quantized_total
    both = (p > 0) & (q > 0)
    lost = p[(p > 0) & (q == 0)].sum()  # only the last bin, where it held nothing of its own
    return float((p[both] * np.log(p[both] / q[both])).sum() + lost * 10)

"""How much two tensors of the same shape differ, a piece at a time. Safe in any thread."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import format_shape
from trtstudio.model.run import Array
from trtstudio.model.tensor_summary import pieces_of


@dataclass(frozen=True, slots=True)
class TensorDifference:
    """How ``a`` differs from ``b``, which is the one that it is measured by.

    ``max_abs`` is at ``max_at``, the first such index; None where there is no value.
    ``max_relative`` is the largest ``|a - b| / |b|`` of two values, ``relative_l2`` that of the
    whole tensors' Euclidean norms; ``cosine`` is NaN where one of them is all zero. ``outside``
    counts the values with ``|a - b| > atol + rtol * |b|`` as ``numpy.isclose`` does. NaN in both
    is no difference; in one only (``one_nan`` times) it is ``outside`` and otherwise left out, and
    the norms leave out infinity too.
    """

    count: int
    max_abs: float
    max_at: tuple[int, ...] | None
    mean_abs: float
    max_relative: float
    relative_l2: float
    cosine: float
    outside: int
    one_nan: int

    @property
    def is_close(self) -> bool:
        """Whether ``numpy.allclose`` would say so, NaN being equal to NaN."""
        return self.outside == 0


def difference(a: Array, b: Array, rtol: float = 1e-5, atol: float = 1e-8) -> TensorDifference:
    """How ``a`` differs from ``b``. Raises StudioError where their shapes differ."""
    for found in difference_steps(a, b, rtol, atol):
        if found is not None:
            return found
    raise AssertionError("the last step gives a difference")


def difference_steps(
    a: Array, b: Array, rtol: float = 1e-5, atol: float = 1e-8
) -> Iterator[TensorDifference | None]:
    """The same for those who have something else to do in between: None after each piece, and the
    difference at last.
    """
    if a.shape != b.shape:
        raise StudioError(
            f"[{format_shape(a.shape)}] and [{format_shape(b.shape)}] cannot be compared.",
            hint="Compare tensors of the same shape.",
        )
    sums = _Sums()
    for left, right in zip(pieces_of(a), pieces_of(b), strict=True):
        with np.errstate(all="ignore"):
            sums.add(left, right, rtol, atol)
        yield None
    yield sums.result(a.shape)


def subtract(a: Array, b: Array) -> Array:
    """``a - b`` as float64; 0 where both are the same infinity. Of integers it is what is nearest
    to the exact difference, also where float64 does not have them.
    """
    if _may_be_rounded(a, b):
        (a_high, a_low), (b_high, b_low) = _halves(a), _halves(b)
        return np.asarray((a_high - b_high) * 2.0**32 + (a_low - b_low))
    left, right = np.asarray(a, np.float64), np.asarray(b, np.float64)
    with np.errstate(all="ignore"):
        apart = np.asarray(left - right)
    apart[left == right] = 0.0  # infinity
    return apart


def _may_be_rounded(a: Array, b: Array) -> bool:
    """Whether both are integers, of which float64 does not have all."""
    return all(each.dtype.kind in "iu" for each in (a, b)) and 8 in (a.itemsize, b.itemsize)


def _halves(integers: Array) -> tuple[Array, Array]:
    """The upper and the lower 32 bits as float64, which has both."""
    wide = integers if integers.itemsize == 8 else integers.astype(np.int64)
    return (wide >> 32).astype(np.float64), (wide & 0xFFFFFFFF).astype(np.float64)


def relative(a: Array, b: Array) -> Array:
    """``|a - b| / |b|`` as float64; 0 where both are 0."""
    return _shares(np.abs(subtract(a, b)), np.abs(np.asarray(b, np.float64)))


def _shares(apart: Array, size: Array) -> Array:
    """``apart / size``, 0 where nothing is apart."""
    with np.errstate(all="ignore"):
        shares = np.asarray(apart / size)
    shares[apart == 0] = 0.0
    return shares


class _Sums:
    """What has been seen of the two tensors so far."""

    def __init__(self) -> None:
        self.count = self.known = self.outside = self.one_nan = 0
        self.max_abs, self.max_at = -1.0, -1
        self.sum_abs = self.max_relative = 0.0
        self.ab = self.aa = self.bb = self.dd = 0.0

    def add(self, a: Array, b: Array, rtol: float, atol: float) -> None:
        apart = subtract(a, b)
        np.abs(apart, out=apart)
        a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
        size = np.abs(b)
        shares = _shares(apart, size)
        self.max_relative = max(self.max_relative, float(np.nanmax(shares, initial=0.0)))
        known = ~np.isnan(apart)
        one_nan = int(np.count_nonzero(np.isnan(a) != np.isnan(b)))
        # numpy.isclose, which would round integers before it compares them
        is_close = (apart == 0) | ((apart <= atol + rtol * size) & np.isfinite(b))
        self.outside += one_nan + int(np.count_nonzero(~is_close & known))
        self.one_nan += one_nan
        self._add_largest(np.where(known, apart, -1.0))
        self.sum_abs += float(apart[known].sum())
        self._add_products(a, b, apart)
        self.count += len(a)
        self.known += int(np.count_nonzero(known))

    def _add_largest(self, apart: Array) -> None:
        at = int(apart.argmax()) if len(apart) else -1
        if at >= 0 and apart[at] > self.max_abs:
            self.max_abs, self.max_at = float(apart[at]), self.count + at

    def _add_products(self, a: Array, b: Array, apart: Array) -> None:
        finite = np.isfinite(a) & np.isfinite(b)
        if not finite.all():
            a, b, apart = a[finite], b[finite], apart[finite]
        self.ab += float(a @ b)
        self.aa += float(a @ a)
        self.bb += float(b @ b)
        self.dd += float(apart @ apart)

    def result(self, shape: tuple[int, ...]) -> TensorDifference:
        at = None if self.max_at < 0 else np.unravel_index(self.max_at, shape)
        norms = sqrt(self.aa) * sqrt(self.bb)
        return TensorDifference(
            count=self.count,
            max_abs=max(self.max_abs, 0.0),
            max_at=None if at is None else tuple(map(int, at)),
            mean_abs=self.sum_abs / max(self.known, 1),
            max_relative=self.max_relative,
            relative_l2=sqrt(self.dd / self.bb) if self.bb else (inf if self.dd else 0.0),
            cosine=self.ab / norms if norms else nan,
            outside=self.outside,
            one_nan=self.one_nan,
        )

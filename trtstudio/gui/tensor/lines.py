"""One axis of a tensor as a line: no more points than can be seen, no peak left out. Safe in any
thread.
"""

from dataclasses import dataclass

import numpy as np

from trtstudio.gui.parts.curves import MAX_POINTS, extremes, step_for
from trtstudio.gui.tensor.values import Values
from trtstudio.model.run import Array

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Line:
    """``y`` over positions ``x``, NaN where there is no finite value; where ``step`` is more than 1
    each pair is the smallest and the largest of so many. ``nans`` and ``infs`` are positions,
    spread over all that there are.
    """

    x: Array
    y: Array
    step: int
    nans: Array
    infs: Array


def line_of(part: Values, start: int, stop: int, points: int = MAX_POINTS) -> Line:
    """The values from ``start`` to ``stop`` of a part with one axis, in at most so many points."""
    step = step_for(stop - start, points)
    block = max(1, _BLOCK // step) * step
    found = [_block(part, at, min(at + block, stop), step) for at in range(start, stop, block)]
    empty = np.empty(0)
    x, y, nans, infs = (
        np.concatenate([piece[i] for piece in found]) if found else empty for i in range(4)
    )
    return Line(x, y, step, _thinned(nans, points), _thinned(infs, points))


def _block(part: Values, start: int, stop: int, step: int) -> tuple[Array, Array, Array, Array]:
    values = part.pick(slice(start, stop)).astype(np.float64)
    nans, infs = np.isnan(values), np.isinf(values)
    values[infs] = np.nan
    x, y = (np.arange(values.size), values) if step == 1 else extremes(values, step)
    return x + start, y, np.flatnonzero(nans) + start, np.flatnonzero(infs) + start


def _thinned(positions: Array, points: int) -> Array:
    return positions[:: -(-positions.size // points) or 1]

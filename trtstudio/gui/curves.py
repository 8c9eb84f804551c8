"""An output tensor reduced to what a plot and a line of figures show of it. Plain functions; meant
for the worker threads, because a tensor may be large.
"""

from dataclasses import dataclass

import numpy as np

from trtstudio.model.run import Array

MAX_POINTS = 20_000
"""A plot of more would look the same."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A tensor's values in C order: ``y`` over positions ``x``.

    Of more than ``MAX_POINTS`` values only the smallest and largest of every ``step`` are kept;
    ``low``, ``high`` and ``mean`` are of all finite values (NaN where there is none), ``bad``
    counts the rest.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    low: float
    high: float
    mean: float
    bad: int
    x: Array
    y: Array
    step: int = 1


def curve_of(name: str, array: Array) -> Curve:
    """What is shown of ``array``."""
    values = np.asarray(array).reshape(-1).astype(np.float64, copy=False)
    finite = values[np.isfinite(values)]
    known = finite if finite.size else np.array([np.nan])
    x, y, step = envelope(values)
    return Curve(
        name=name,
        dtype=str(array.dtype),
        shape=tuple(array.shape),
        low=float(known.min()),
        high=float(known.max()),
        mean=float(known.mean()),
        bad=values.size - finite.size,
        x=x,
        y=y,
        step=step,
    )


def envelope(values: Array) -> tuple[Array, Array, int]:
    """At most ``MAX_POINTS`` positions and values; of more, each pair of them is the smallest and
    largest of so many values.
    """
    if values.size <= MAX_POINTS:
        return np.arange(values.size), values, 1
    step = step_for(values.size)
    return *extremes(values, step), step


def step_for(count: int, points: int = MAX_POINTS) -> int:
    """Of how many values each pair is drawn where there are ``count``, for at most so many
    points.
    """
    return 1 if count <= points else -(-2 * count // points)


def extremes(values: Array, step: int) -> tuple[Array, Array]:
    """The first positions and, in pairs, the smallest and the largest of every ``step`` values;
    NaN only where there is nothing else.
    """
    starts = np.arange(0, values.size, step)
    lows, highs = np.fmin.reduceat(values, starts), np.fmax.reduceat(values, starts)
    return np.repeat(starts, 2), np.stack((lows, highs), axis=1).reshape(-1)

"""Many values reduced to what a plot can show of them. Plain functions; meant for the worker
threads, because there may be very many.
"""

import numpy as np

from trtstudio.model.run import Array

MAX_POINTS = 20_000
"""A plot of more would look the same."""


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

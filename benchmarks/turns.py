"""Ways of doing the same, measured in many short turns, so that a change of the clocks or of the
machine meets all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from math import comb
from statistics import median
from typing import TypeVar

T = TypeVar("T")

ROUNDS = 21


def in_turns(ways: Mapping[str, Callable[[], T]], rounds: int = ROUNDS) -> list[dict[str, T]]:
    """What each way answered in each round; every second round is backwards."""
    orders = [[*ways], [*ways][::-1]]
    return [{name: ways[name]() for name in orders[number % 2]} for number in range(rounds)]


def median_within(values: Sequence[float]) -> list[float]:
    """The median and its interval of 95 %, which reaches between two of the sorted values that are
    so far apart that as many throws of a coin seldom go beyond (David and Nagaraja, Order
    Statistics, 7.1)."""
    count, ranked, beyond, rank = len(values), sorted(values), 0.0, 0
    while (beyond := beyond + comb(count, rank) / 2**count) < 0.025:
        rank += 1
    low = max(rank - 1, 0)
    return [round(value, 4) for value in (median(ranked), ranked[low], ranked[count - 1 - low])]

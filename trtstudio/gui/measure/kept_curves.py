"""The inferences of kept benchmarks as curves. Plain functions for the io thread."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trtstudio.model.history import History
from trtstudio.model.measure.bench_history import samples_of
from trtstudio.model.measure.report.curves import common_edges, steps
from trtstudio.model.run import Array

Xy = tuple[Array, Array]
NOTHING: Xy = (np.empty(0, np.float32), np.empty(0, np.float32))


@dataclass(frozen=True, slots=True)
class RunCurves:
    """One benchmark: its times in ms over seconds, what share of them is at most so long, and how
    many are so long, both in percent.
    """

    number: int
    over_time: Xy = NOTHING
    shares: Xy = NOTHING
    distribution: Xy = NOTHING


def read_curves(history: History, numbers: Sequence[int], quantity: str) -> list[RunCurves]:
    """The curves of each benchmark; empty where the quantity was not measured, or not kept."""
    found = [(number, samples_of(history, number)) for number in numbers]
    measured = {
        number: (kept.samples.column("end_s"), kept.samples.column(quantity))
        for number, kept in found
        if kept is not None and kept.samples.column(quantity).any()
    }
    if not measured:
        return [RunCurves(number) for number in numbers]
    edges = common_edges([times for _, times in measured.values()])
    return [
        _curves(number, *measured[number], edges) if number in measured else RunCurves(number)
        for number in numbers
    ]


def _curves(number: int, seconds: Array, times_ms: Array, edges: Array) -> RunCurves:
    percent = np.linspace(0, 100, 401)
    shares = (np.quantile(times_ms, percent / 100), percent)
    return RunCurves(number, (seconds, times_ms), shares, steps(times_ms, edges))

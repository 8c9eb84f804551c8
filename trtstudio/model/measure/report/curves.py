"""The curves of a report: what many inferences look like in a few hundred points. Any thread."""

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

import numpy as np

from trtstudio.model.language import Words
from trtstudio.model.measure.bench import ClockSample, Samples
from trtstudio.model.measure.report.chart import Axes, Curve, curve_chart
from trtstudio.model.run import Array

_PIECES = 300
_BINS = 60


class Measured(NamedTuple):
    """The inferences of one benchmark, and what its curve is called."""

    name: str
    samples: Samples


def latency_charts(runs: Sequence[Measured], words: Words) -> list[Element]:
    """Latency over time, its distribution, and how often which latency was measured; the colours
    count the runs. A run without inferences has no curve.
    """
    known = [(n, run) for n, run in enumerate(runs) if len(run.samples)]
    if not known:
        return []
    latencies = {n: run.samples.column("latency_ms") for n, run in known}
    over_time = [Curve(run.name, *over_seconds(run.samples), n) for n, run in known]
    shares = np.linspace(0, 100, 201)
    spread = [
        Curve(run.name, np.quantile(latencies[n], shares / 100), shares, n) for n, run in known
    ]
    edges = common_edges(list(latencies.values()))
    often = [Curve(run.name, *steps(latencies[n], edges), n) for n, run in known]
    latency = words("Latency (ms)")
    return [
        curve_chart(words("Latency over time"), Axes(words("Seconds"), latency), over_time),
        curve_chart(words("Shares of the inferences"), Axes(latency, words("Up to (%)")), spread),
        curve_chart(words("Distribution"), Axes(latency, words("Inferences (%)")), often),
    ]


def over_seconds(samples: Samples) -> tuple[Array, Array]:
    """Seconds and latency in ms; of more than can be seen, the smallest and largest of each
    stretch.
    """
    order = np.argsort(samples.column("end_s"), kind="stable")
    seconds, latency = samples.column("end_s")[order], samples.column("latency_ms")[order]
    if len(samples) <= 2 * _PIECES:
        return seconds, latency
    starts = np.linspace(0, len(samples), _PIECES, endpoint=False).astype(np.int64)
    lows, highs = np.minimum.reduceat(latency, starts), np.maximum.reduceat(latency, starts)
    return np.repeat(seconds[starts], 2), np.stack((lows, highs), axis=1).reshape(-1)


def common_edges(latencies: Sequence[Array]) -> Array:
    """Edges of bins for all of them, from the smallest to what 99.5 % of each do not exceed."""
    low = min(float(values.min()) for values in latencies)
    high = max(float(np.quantile(values, 0.995)) for values in latencies)
    return np.linspace(low, high if high > low else low + 1e-3, _BINS + 1)


def steps(latency: Array, edges: Array) -> tuple[Array, Array]:
    """The outline of a histogram in percent of all; what is above the edges is in its last bin."""
    counts, _ = np.histogram(np.clip(latency, edges[0], edges[-1]), edges)
    shares = counts / latency.size * 100
    return np.repeat(edges, 2), np.concatenate(([0], np.repeat(shares, 2), [0]))


def clock_charts(clocks: Sequence[ClockSample], words: Words) -> list[Element]:
    """The GPU's clocks, its temperature and its power over time; those that it tells."""
    seconds = np.array([clock.time_s for clock in clocks])
    told = [
        (words("SM clock"), "MHz", _told(clocks, "sm_mhz")),
        (words("Memory clock"), "MHz", _told(clocks, "memory_mhz")),
        (words("Temperature"), "°C", _told(clocks, "temperature_c")),
        (words("Power"), "W", _told(clocks, "power_w")),
    ]
    return [
        curve_chart(title, Axes(words("Seconds"), unit), [Curve(title, seconds, values)])
        for title, unit, values in told
        if values is not None
    ]


def _told(clocks: Sequence[ClockSample], field: str) -> Array | None:
    values = np.array([getattr(clock, field) for clock in clocks], np.float64)
    return values if np.isfinite(values).any() else None

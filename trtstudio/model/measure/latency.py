"""Times of many inferences as one summary, in trtexec's definitions. Safe in any thread."""

import numpy as np

from trtstudio.model.measure.bench import Summary
from trtstudio.model.run import Array


def summarize(samples_ms: Array) -> Summary:
    """The distribution of these times in ms, in any order; ``ValueError`` when there is none."""
    ordered = np.sort(np.asarray(samples_ms, dtype=np.float64))
    if not ordered.size:
        raise ValueError("no samples")
    return Summary(
        min=float(ordered[0]),
        mean=float(ordered.mean()),
        median=float(np.median(ordered)),
        p90=percentile(ordered, 90),
        p95=percentile(ordered, 95),
        p99=percentile(ordered, 99),
        max=float(ordered[-1]),
    )


def percentile(ordered_ms: Array, percent: float) -> float:
    """trtexec's percentile of sorted times (``findPercentile`` in its sampleReporting.cpp): one
    that was measured, never one in between.
    """
    # In float32, as there: where the count is round, that is another index than in float64.
    share = np.float32(1) - np.float32(percent) / np.float32(100)
    excluded = int(share * np.float32(len(ordered_ms)))
    return float(ordered_ms[len(ordered_ms) - 1 - excluded])


def variation(samples_ms: Array) -> float:
    """The coefficient of variation: standard deviation by mean, 0 where the mean is 0."""
    mean = float(np.mean(samples_ms))
    return float(np.std(samples_ms)) / mean if mean else 0.0

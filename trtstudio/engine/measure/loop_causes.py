"""What a change of the loop brings and by what, in one sentence with the figures. Any thread."""

from trtstudio.model.measure.bench import BenchResult, Summary
from trtstudio.model.measure.loop import OPTIONS
from trtstudio.model.quantities import format_percent

_SAME = 0.02
"""Throughputs that differ by less count as equal."""


def cause(before: BenchResult | None, after: BenchResult) -> str:
    """How ``after`` comes to its throughput where ``before`` had another."""
    if before is None:
        return _where_the_time_goes(after)
    reasons = [
        _REASONS[name](before, after)
        for name in OPTIONS
        if getattr(before.loop, name) != getattr(after.loop, name)
    ]
    reasons += [w.rstrip(".") for w in after.warnings if w.startswith("Without a CUDA graph")]
    if before.loop == after.loop:  # all that was asked for besides is not to be had
        return f"{'; '.join(reasons)}. So this is the loop before it, measured again."
    return f"{'; '.join(reasons)}: {_effect(before, after)}."


def _where_the_time_goes(result: BenchResult) -> str:
    """The shares of the parts in the time that an inference has."""
    period_ms = 1e3 * result.loop.streams / result.throughput_qps
    parts = [
        f"{name} {format_percent(_median(summary) / period_ms)}"
        for name, summary in (
            ("H2D", result.h2d_ms),
            ("GPU compute", result.gpu_ms),
            ("D2H", result.d2h_ms),
        )
    ]
    return (
        f"Of the {period_ms:.3f} ms from one inference to the next: {', '.join(parts)}; the rest "
        "is the host's."
    )


def _effect(before: BenchResult, after: BenchResult) -> str:
    ratio = after.throughput_qps / before.throughput_qps
    if abs(ratio - 1) < _SAME:
        return "the throughput stays the same"
    if ratio > 1:
        return f"{ratio:.2f} times the throughput"
    return f"the throughput falls by {format_percent(1 - ratio)}"


def _pinned(before: BenchResult, after: BenchResult) -> str:
    kind = "Page-locked memory" if after.loop.pinned else "Pageable memory"
    return f"{kind}: the copies take {_copies(after):.3f} ms instead of {_copies(before):.3f} ms"


def _overlap(before: BenchResult, _after: BenchResult) -> str:
    busy = _median(before.gpu_ms) * before.throughput_qps / 1e3 / before.loop.streams
    return (
        f"Overlap: copies ({_copies(before):.3f} ms) and the host's work go beside the compute "
        f"({_median(before.gpu_ms):.3f} ms), which alone kept the GPU busy for "
        f"{format_percent(busy)} of the time"
    )


def _cuda_graph(before: BenchResult, after: BenchResult) -> str:
    return (
        f"CUDA graph: the enqueue takes the CPU {_median(after.enqueue_ms):.3f} ms "
        f"instead of {_median(before.enqueue_ms):.3f} ms, and the GPU computes for "
        f"{_median(after.gpu_ms):.3f} ms instead of {_median(before.gpu_ms):.3f} ms"
    )


def _transfers(before: BenchResult, _after: BenchResult) -> str:
    return (
        f"No transfers: the copies are left out, which took {_median(before.h2d_ms):.3f} ms to the "
        f"GPU (H2D) and {_median(before.d2h_ms):.3f} ms back (D2H)"
    )


def _spin(_before: BenchResult, after: BenchResult) -> str:
    how = "a busy core hears of the end at once" if after.loop.spin else "the core sleeps meanwhile"
    return f"{'Spin' if after.loop.spin else 'Blocking'} wait: {how}"


def _streams(before: BenchResult, after: BenchResult) -> str:
    return (
        f"{after.loop.streams} streams share the GPU: an inference computes for "
        f"{_median(after.gpu_ms):.3f} ms instead of {_median(before.gpu_ms):.3f} ms"
    )


_REASONS = {
    "streams": _streams,
    "transfers": _transfers,
    "overlap": _overlap,
    "cuda_graph": _cuda_graph,
    "spin": _spin,
    "pinned": _pinned,
}


def _median(summary: Summary | None) -> float:
    return summary.median if summary else 0.0


def _copies(result: BenchResult) -> float:
    return _median(result.h2d_ms) + _median(result.d2h_ms)

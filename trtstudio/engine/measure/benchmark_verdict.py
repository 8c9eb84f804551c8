"""What else than the GPU a benchmark's figures depend on, in plain words. Any thread."""

from collections.abc import Mapping, Sequence

import numpy as np

from trtstudio.model.measure.bench import HELD_DOWN, ClockSample
from trtstudio.model.measure.latency import variation
from trtstudio.model.measure.loop import Loop
from trtstudio.model.quantities import format_percent
from trtstudio.model.run import Array

_ENQUEUE_BOUND = (
    "The CPU is the limit: it takes {enqueue:.3f} ms to start an inference that the GPU computes "
    "in {gpu:.3f} ms. {remedy}"
)
_COPY_BOUND = (
    "Copying {way} is the limit: {copy:.3f} ms for {gpu:.3f} ms of computing. Smaller dtypes for "
    "inputs and outputs help, and so does keeping data on the GPU."
)
_NO_OVERLAP = (
    "Overlap is off: the copies take {share} of an inference, and nothing is computed "
    "meanwhile. With overlap up to {factor:.2f} times as many inferences are possible."
)
_PAGEABLE = (
    "The host's memory is pageable: every copy goes through the driver's own buffer, and the CPU "
    "waits for it. Page-locked memory avoids both."
)
_STREAMS = (
    "With {streams} streams, an inference's times include waiting for the others: compare the "
    "throughput instead."
)
_UNSTABLE = (
    "The times vary by {share}, so the averages are not stable. Other programs, or clocks "
    "that change, may be the reason; lock the clocks or measure longer."
)
_NOT_WARM = (
    "The GPU computed for {first:.3f} ms in the first quarter of the time and for {last:.3f} ms in "
    "the last: it was not warm yet, or better kernels came. Warm up longer."
)
_THROTTLED = (
    "The GPU was throttled for {share} of the time ({reasons}), so it is slower than it can be."
)
_CLOCKS_FELL = (
    "The GPU's clock fell from {high} to {low} MHz while it was measured: later inferences are "
    "slower than the first. Lock the clocks, or measure longer to see what lasts."
)
_CHANGE, _FEW = 0.03, 10


def diagnose(
    columns: Mapping[str, Array], loop: Loop, clocks: Sequence[ClockSample] = ()
) -> tuple[str, ...]:
    """trtexec's diagnoses, with its limits, and those of the loop's options and of the clocks."""
    if not columns["gpu_ms"].any():
        return _instability(columns["latency_ms"])
    return (
        *_limits(columns, loop),
        *((_PAGEABLE,) if loop.transfers and not loop.pinned else ()),
        *((_STREAMS.format(streams=loop.streams),) if loop.streams > 1 else ()),
        *_instability(columns["gpu_ms"]),
        *_warming(columns["gpu_ms"]),
        *_throttling(clocks),
    )


def _limits(columns: Mapping[str, Array], loop: Loop) -> list[str]:
    gpu, h2d, d2h, enqueue = (
        float(np.median(columns[name])) for name in ("gpu_ms", "h2d_ms", "d2h_ms", "enqueue_ms")
    )
    found = []
    if enqueue > 0.8 * gpu:
        remedy = (
            "Larger batches help." if loop.cuda_graph else "Larger batches or a CUDA graph help."
        )
        found.append(_ENQUEUE_BOUND.format(enqueue=enqueue, gpu=gpu, remedy=remedy))
    found += [
        _COPY_BOUND.format(copy=copy, gpu=gpu, way=way)
        for copy, way in ((h2d, "to the GPU"), (d2h, "from the GPU"))
        if copy >= gpu
    ]
    whole = h2d + gpu + d2h
    if loop.transfers and not loop.overlap and (share := (h2d + d2h) / whole) > 0.1:
        factor = whole / max(h2d, gpu, d2h)
        found.append(_NO_OVERLAP.format(share=format_percent(share), factor=factor))
    return found


def _instability(compute_ms: Array) -> tuple[str, ...]:
    """trtexec's warning for times that vary by more than 2.5 %."""
    varies = variation(compute_ms)
    return (_UNSTABLE.format(share=format_percent(varies, 1)),) if varies > 0.025 else ()


def _warming(gpu_ms: Array) -> tuple[str, ...]:
    """Whether it became faster; that it became slower, the clocks tell."""
    quarter = len(gpu_ms) // 4
    if quarter < _FEW:
        return ()
    first, last = float(np.median(gpu_ms[:quarter])), float(np.median(gpu_ms[-quarter:]))
    if first <= (1 + _CHANGE) * last:
        return ()
    return (_NOT_WARM.format(first=first, last=last),)


def _throttling(clocks: Sequence[ClockSample]) -> list[str]:
    found = []
    held = [clock for clock in clocks if set(clock.throttle).intersection(HELD_DOWN)]
    if held:
        reasons = [r for r in HELD_DOWN if any(r in clock.throttle for clock in held)]
        share = format_percent(len(held) / len(clocks))
        found.append(_THROTTLED.format(share=share, reasons=", ".join(reasons)))
    speeds = [clock.sm_mhz for clock in clocks if clock.sm_mhz]
    if speeds:
        high = max(speeds)
        low = min(speeds[speeds.index(high) :])
        if low < (1 - _CHANGE) * high:
            found.append(_CLOCKS_FELL.format(high=high, low=low))
    return found

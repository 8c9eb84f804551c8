"""What is measured and what comes of it: requests, results, comparisons, sweeps. Plain data; times
in ms where a name says nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from trtstudio.model.build.build import Shape
from trtstudio.model.measure.loop import OPTIONS, PRESETS, STUDIO, Loop, loop_words, option_words
from trtstudio.model.measure.sweep_axes import Axes, AxisValue, value_words
from trtstudio.model.measure.sweep_precisions import Precisions
from trtstudio.model.run import Array


@dataclass(frozen=True, slots=True)
class BenchRequest:
    """Measure a loaded model: random inputs of the given shapes from ``seed``, a warm-up, then at
    least ``duration_s`` seconds and ``iterations`` inferences. ``preset`` is where the settings
    come from; ``method`` says which of them differ from it.
    """

    session: int
    shapes: dict[str, Shape] = field(default_factory=dict)
    warmup_ms: float = STUDIO.warmup_ms
    duration_s: float = STUDIO.duration_s
    iterations: int = STUDIO.iterations
    loop: Loop = STUDIO.loop
    seed: int = 0
    preset: str = STUDIO.name


def from_preset(
    name: str, session: int = 0, shapes: dict[str, Shape] | None = None
) -> BenchRequest:
    """The request of a preset; ``KeyError`` for a name that none has."""
    preset = PRESETS[name]
    return BenchRequest(
        session,
        shapes or {},
        preset.warmup_ms,
        preset.duration_s,
        preset.iterations,
        preset.loop,
        preset=name,
    )


def method(request: BenchRequest) -> str:
    """``trtexec-11``, or ``trtexec-10 with 2 streams, spin wait`` where settings differ from it."""
    preset = PRESETS.get(request.preset)
    if preset is None:
        return loop_words(request.loop)
    words = [
        option_words(name, getattr(request.loop, name))
        for name in OPTIONS
        if getattr(request.loop, name) != getattr(preset.loop, name)
    ]
    if request.warmup_ms != preset.warmup_ms:
        words.append(f"{request.warmup_ms:g} ms warm-up")
    if request.duration_s != preset.duration_s:
        words.append(f"{request.duration_s:g} s duration")
    if request.iterations != preset.iterations:
        count = request.iterations
        words.append(f"{count:,} iteration" if count == 1 else f"{count:,} iterations")
    return preset.changed.format(what=", ".join(words)) if words else preset.name


@dataclass(frozen=True, slots=True)
class Summary:
    """A distribution of times in ms, with trtexec's percentiles."""

    min: float
    mean: float
    median: float
    p90: float
    p95: float
    p99: float
    max: float


COLUMNS = (
    "latency_ms",
    "gpu_ms",
    "h2d_ms",
    "d2h_ms",
    "enqueue_ms",
    "host_ms",
    "end_s",
    "stream",
)
"""What is known of every inference; ``end_s`` is the time since the measuring began."""

TIMES = COLUMNS[:6]


@dataclass(frozen=True, slots=True)
class Samples:
    """Inferences in the order in which they ended: ``table`` is float32 [n, len(COLUMNS)], 0 where
    something is not measured.
    """

    table: Array

    def __len__(self) -> int:
        return len(self.table)

    def column(self, name: str) -> Array:
        """The column of this name in COLUMNS, float32 [n]."""
        return self.table[:, COLUMNS.index(name)]


HELD_DOWN = ("power cap", "too hot", "hardware slowdown", "power brake")
"""The reasons of ``ClockSample.throttle`` that its owner did not choose."""


@dataclass(frozen=True, slots=True)
class ClockSample:
    """A GPU's state at ``time_s`` on the time axis of the samples (negative: in the warm-up); None
    for what it does not tell. ``throttle`` are the reasons why the clocks are held down, as
    ``power cap``.
    """

    time_s: float
    sm_mhz: int | None = None
    memory_mhz: int | None = None
    temperature_c: int | None = None
    power_w: float | None = None
    utilization_percent: int | None = None
    throttle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StreamResult:
    """What one of several streams did; its throughput is over the whole time."""

    stream: int
    iterations: int
    throughput_qps: float
    latency_ms: Summary
    gpu_ms: Summary | None


@dataclass(frozen=True, slots=True)
class BenchResult:
    """What a benchmark found; the summaries of what a CPU does not measure are None.

    Latency is H2D + GPU compute + D2H, enqueue the host's time in the call that starts the
    compute, as in trtexec; ``host_ms`` is from an inference's first call until the host knows that
    it has ended. ``method`` names the preset; ``loop`` is what was done, which is less than was
    asked for where a warning says so. ``clocks_problem`` says why there are no ``clocks``.
    """

    runtime: str
    device: str
    iterations: int
    throughput_qps: float
    latency_ms: Summary
    gpu_ms: Summary | None
    h2d_ms: Summary | None
    d2h_ms: Summary | None
    enqueue_ms: Summary | None
    shapes: dict[str, Shape]
    warnings: tuple[str, ...] = ()
    host_ms: Summary | None = None
    method: str = STUDIO.name
    loop: Loop = STUDIO.loop
    seconds: float = 0.0
    samples: Samples | None = None
    streams: tuple[StreamResult, ...] = ()
    clocks: tuple[ClockSample, ...] = ()
    clocks_problem: str = ""

    @property
    def samples_ms(self) -> Array:
        """The latencies in the order in which the inferences ended, float32; empty where single
        inferences are not known.
        """
        if self.samples is None:
            return np.empty(0, np.float32)
        return self.samples.column("latency_ms")


@dataclass(frozen=True, slots=True)
class CompareLoopsRequest:
    """Why is mine slower? Measure the same model with one loop after another, as ``base`` says but
    for its loop and preset. Answered by a ``LoopComparison``; each ``LoopVariant`` is also told as
    soon as it is done.
    """

    base: BenchRequest

    @property
    def session(self) -> int:
        """The session that is measured."""
        return self.base.session


@dataclass(frozen=True, slots=True)
class LoopVariant:
    """One loop's figures. ``ratio`` is its throughput by the first variant's, ``cause`` what it
    differs by from the variant ``against`` and what that brings, ``problem`` why it has no result.
    """

    name: str
    loop: Loop
    result: BenchResult | None = None
    ratio: float | None = None
    against: str = ""
    cause: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LoopComparison:
    """The variants in the order in which they were measured; ``complete`` unless stopped."""

    runtime: str
    device: str
    variants: tuple[LoopVariant, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class SweepPoint:
    """One point of a grid: its value on every axis, and its result or why it has none. ``sha256``
    is of the file that ran, where the grid names several.
    """

    values: dict[str, AxisValue]
    result: BenchResult | None = None
    problem: str = ""
    sha256: str = ""


def point_words(
    values: Mapping[str, AxisValue], words: Callable[[AxisValue], str] = value_words
) -> str:
    """``batch 4, streams 2``"""
    return ", ".join(f"{name} {words(value)}" for name, value in values.items())


@dataclass(frozen=True, slots=True)
class SweepRequest:
    """Measure ``base`` at every point of a grid, the last axis fastest. An axis is called
    ``batch`` (the first size of every input where that is dynamic), ``NAME[2]`` (one dynamic size
    of the input NAME), a dimension's symbol (``H``), or an option of ``Loop`` (0 and 1 where it is
    yes or no). The values of ``precision`` are names of precisions, which are made as
    ``precisions`` says, and paths of plans and models.

    ``finished`` are points of an earlier run, taken as they are. Answered by a ``SweepResult``;
    each new ``SweepPoint`` is also told as soon as it is done.
    """

    base: BenchRequest
    axes: Axes
    finished: tuple[SweepPoint, ...] = ()
    precisions: Precisions = field(default_factory=Precisions)

    @property
    def session(self) -> int:
        """The session that is measured."""
        return self.base.session


@dataclass(frozen=True, slots=True)
class SweepResult:
    """The points in the grid's order; those that are missing were stopped before their turn."""

    runtime: str
    device: str
    points: tuple[SweepPoint, ...]
    complete: bool = True

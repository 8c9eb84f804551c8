"""What is asked of a session and what it answers. Plain data; arrays are NumPy's."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from trtstudio.model.build import Shape
from trtstudio.model.graph import Tensor

RuntimeChoice = Literal["auto", "tensorrt", "onnxruntime"]
Array = np.ndarray


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """Make a model or plan ready to run. ``auto`` takes TensorRT for a plan and ONNX Runtime for
    an ONNX model.
    """

    path: str
    runtime: RuntimeChoice = "auto"


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A loaded model: what runs it, where, what it takes and gives, and how long loading took, by
    phase in s.

    ``shapes`` holds for each input the shape that it is best run with (a profile's optimum).
    """

    session: int
    path: str
    runtime: str
    device: str
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    shapes: dict[str, Shape]
    load_seconds: dict[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunRequest:
    """One inference: an array for every input, by name."""

    session: int
    inputs: dict[str, Array]


@dataclass(frozen=True, slots=True)
class Timing:
    """One inference in ms: copies to the device, GPU compute, copies back, host time in the
    enqueue, and all of it.

    On a CPU only ``latency_ms`` is measured and the rest is 0.
    """

    latency_ms: float
    gpu_ms: float = 0.0
    h2d_ms: float = 0.0
    d2h_ms: float = 0.0
    enqueue_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class RunResult:
    """The outputs by name, and what computing them took."""

    outputs: dict[str, Array]
    timing: Timing


@dataclass(frozen=True, slots=True)
class BenchRequest:
    """Measure a loaded model: random inputs of the given shapes, a warm-up, then at least
    ``duration_s`` seconds and ``iterations`` inferences, one after another.
    """

    session: int
    shapes: dict[str, Shape] = field(default_factory=dict)
    warmup_ms: float = 200.0
    duration_s: float = 3.0
    iterations: int = 10


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


@dataclass(frozen=True, slots=True)
class BenchResult:
    """What a benchmark found. ``samples_ms`` holds every iteration's latency in the order they
    ran; the summaries of what a CPU does not measure are None.
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
    samples_ms: Array
    shapes: dict[str, Shape]
    warnings: tuple[str, ...] = ()

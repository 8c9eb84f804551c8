"""What is asked of a session and what it answers. Plain data; arrays are NumPy's."""

from dataclasses import dataclass, field
from typing import Literal

import msgspec
import numpy as np

from trtstudio.model.build.build import Profile, Shape
from trtstudio.model.graph import Tensor
from trtstudio.model.load_options import LoadOptions

RuntimeChoice = Literal["auto", "tensorrt", "onnxruntime"]
Array = np.ndarray


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """Make a model or plan ready to run. ``auto`` takes TensorRT for a plan and ONNX Runtime for
    an ONNX model. ``exact_fp32`` says that the plan was built so, as its record does: it wants a
    process in which nothing has computed in TF32. ``input_shapes`` take the place of those that
    an ONNX model declares, where ONNX Runtime runs it; -1 is a dynamic size.
    """

    path: str
    runtime: RuntimeChoice = "auto"
    options: LoadOptions = field(default_factory=LoadOptions)
    exact_fp32: bool = False
    input_shapes: dict[str, Shape] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A loaded model: what runs it, where, what it takes and gives, and how long loading took, by
    phase in s.

    ``shapes`` holds for each input the shape that it is best run with (a profile's optimum),
    ``profiles`` an engine's optimization profiles, ``options`` how it was loaded. ``exact_fp32``
    says that FP32 is not computed in TF32.
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
    profiles: tuple[Profile, ...] = ()
    options: LoadOptions = field(default_factory=LoadOptions)
    exact_fp32: bool = False


@dataclass(frozen=True, slots=True)
class RunRequest:
    """An array for every input, by name. A batch that is larger than the model takes is run in
    pieces, whose outputs are put together again.
    """

    session: int
    inputs: dict[str, Array]


class Timing(msgspec.Struct, frozen=True):
    """One inference in ms: copies to the device, GPU compute, copies back, host time in the
    enqueue, and all of it; ``host_ms`` is from its first call until the host knows that it has
    ended.

    On a CPU only ``latency_ms`` is measured and the rest is 0. A struct, since one is made in every
    turn of a benchmark, nine times as fast as a frozen dataclass.
    """

    latency_ms: float
    gpu_ms: float = 0.0
    h2d_ms: float = 0.0
    d2h_ms: float = 0.0
    enqueue_ms: float = 0.0
    host_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class RunResult:
    """The outputs by name, what computing them took, and in how many ``pieces`` the batch was
    run; the times are those of all pieces together.
    """

    outputs: dict[str, Array]
    timing: Timing
    pieces: int = 1

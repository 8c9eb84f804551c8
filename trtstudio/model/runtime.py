"""What a TensorRT installation and the GPU before it can do. Plain data."""

from dataclasses import dataclass
from typing import Literal

from trtstudio.model.build.options import Option, OptionKind

Ability = Literal[
    "weak_typing",
    "calibration",
    "timing_cache",
    "plugins",
    "debug_tensors",
    "unfused_debug_tensors",
    "refittable_weights",
    "layer_devices",
]
"""What an installation can do besides options: see the fields of ``BuildRequest``."""

RuntimeKind = Literal["tensorrt", "tensorrt_rtx", "onnxruntime"]


@dataclass(frozen=True, slots=True)
class Device:
    """A GPU, or the CPU. ``sm`` is the compute capability as ``sm_90``; sizes are in bytes, 0
    for a CPU.
    """

    name: str
    sm: str = ""
    memory_bytes: int = 0
    free_bytes: int = 0
    driver: str = ""


@dataclass(frozen=True, slots=True)
class Runtime:
    """A TensorRT as its own module describes it; nothing here is looked up in a table of versions.

    ``precisions`` are the choices of ``BuildRequest.precision`` that it can carry out,
    ``targets`` the compute capabilities that it can build for without that GPU (``sm_86``;
    empty: only for the GPU that is here), ``flags`` the members of its ``BuilderFlag``,
    ``options`` all builder options that it has, with what they mean; ``weak_precisions`` what
    ``WeakTyping.precisions`` may hold, which is nothing where networks are strongly typed;
    ``load_options`` the fields of ``LoadOptions`` that it has a choice of.
    """

    kind: RuntimeKind
    version: str
    strongly_typed: bool = True
    precisions: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    abilities: tuple[Ability, ...] = ()
    weak_precisions: tuple[str, ...] = ()
    load_options: tuple[str, ...] = ()

    def options_of(self, *kinds: OptionKind) -> tuple[Option, ...]:
        """The options of these kinds, in the module's own order."""
        return tuple(option for option in self.options if option.kind in kinds)

    @property
    def label(self) -> str:
        """``TensorRT-RTX 1.7.1.116``, as its vendor writes the name."""
        names = {
            "tensorrt": "TensorRT",
            "tensorrt_rtx": "TensorRT-RTX",
            "onnxruntime": "ONNX Runtime",
        }
        return f"{names[self.kind]} {self.version}"


@dataclass(frozen=True, slots=True)
class Installation:
    """What this machine has: the TensorRT found (None: none), why it is missing, and the GPUs
    that it sees.
    """

    runtime: Runtime | None
    runtime_problem: str = ""
    devices: tuple[Device, ...] = ()
    device_problem: str = ""
    onnxruntime: str = ""
    python: str = ""
    packages: dict[str, str] | None = None

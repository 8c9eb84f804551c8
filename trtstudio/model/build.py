"""What is asked of a builder and what it answers. Plain data."""

from dataclasses import dataclass, field

from trtstudio.model.conversion import Conversion
from trtstudio.model.graph import Graph

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShapeRange:
    """The smallest, the most frequent and the largest shape of one input in one optimization
    profile.
    """

    min: Shape
    opt: Shape
    max: Shape


Profile = dict[str, ShapeRange]
"""One optimization profile: a range for every dynamic input, by the input's name."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """Everything that decides what a build makes, so that it can be repeated from this alone.

    ``model`` and ``plan`` are paths; ``precision`` is ``keep`` (as the model is typed) or what
    the model is converted to first, as ``conversion`` details; ``targets`` as ``sm_86``, empty for
    the runtime's default; ``flags`` by name. ``exact_fp32`` keeps TF32 out of FP32 layers, when
    built and when run.
    """

    model: str
    plan: str
    profiles: tuple[Profile, ...] = ()
    precision: str = "keep"
    targets: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    optimization_level: int | None = None
    workspace_bytes: int | None = None
    conversion: Conversion = field(default_factory=Conversion)
    exact_fp32: bool = False


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A finished build. ``precision`` is each dtype's share of the engine's layers, between 0
    and 1; ``engine`` is the fused layer table, None where the builder gave none.
    """

    plan: str
    plan_bytes: int
    sha256: str
    runtime: str
    build_seconds: float
    targets: tuple[str, ...]
    profiles: tuple[Profile, ...]
    precision: dict[str, float]
    engine: Graph | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """Where work stands: its phase in the worker's own words and, where the worker counts them,
    steps done.
    """

    phase: str
    step: int = 0
    steps: int = 0


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of a worker's log. ``severity`` is ``verbose``, ``info``, ``warning`` or ``error``."""

    severity: str
    text: str
    time: float = field(default=0.0)

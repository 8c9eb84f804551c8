"""What is asked of a builder and what it answers. Plain data."""

from dataclasses import dataclass, field

from trtstudio.model.build.build_options import NetworkEdits, Severity, TimingCache, WeakTyping
from trtstudio.model.build.conversion import Conversion
from trtstudio.model.build.options import Setting
from trtstudio.model.graph import Graph
from trtstudio.model.graph import Profile as Profile
from trtstudio.model.graph import Shape as Shape
from trtstudio.model.graph import ShapeRange as ShapeRange


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """Everything that decides what a build makes, so that it can be repeated from this alone.

    ``model`` and ``plan`` are paths; ``precision`` is ``keep`` (as the model is typed) or what
    the model is converted to first, as ``conversion`` details; ``targets`` as ``sm_86``, empty for
    the runtime's default. ``flags`` are set by name, ``options`` are all others by the name that
    ``Runtime.options`` gives them: numbers, names of members, bytes of a memory pool.

    ``exact_fp32`` keeps TF32 out of FP32 layers, when built and when run. ``weak`` is None for a
    strongly typed network. ``plugins`` are libraries, which run as they are loaded: only where
    their user agreed is ``plugins_trusted``. ``log_severity`` is the least that is passed on.
    """

    model: str
    plan: str
    profiles: tuple[Profile, ...] = ()
    precision: str = "keep"
    targets: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    options: dict[str, Setting] = field(default_factory=dict)
    conversion: Conversion = field(default_factory=Conversion)
    exact_fp32: bool = False
    weak: WeakTyping | None = None
    network: NetworkEdits = field(default_factory=NetworkEdits)
    timing_cache: TimingCache | None = None
    plugins: tuple[str, ...] = ()
    plugins_trusted: bool = False
    plugins_in_plan: bool = False
    log_severity: Severity = "info"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A finished build. ``precision`` is each dtype's share of the engine's layers, between 0
    and 1; ``engine`` is the fused layer table, None where the builder gave none.

    ``timing_cache_sha256`` is the cache's content when the build began. ``identical`` says whether
    the same build with that cache made the same plan before; None where it is the first.
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
    timing_cache_sha256: str = ""
    identical: bool | None = None


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
    """A line of a worker's log. ``severity`` is a ``Severity``."""

    severity: str
    text: str
    time: float = field(default=0.0)

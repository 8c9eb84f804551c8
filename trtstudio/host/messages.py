"""What the window's process and an engine process say to each other. Plain data, any thread.

Requests and their answers are the dataclasses of ``trtstudio.model``; here are their envelopes.
"""

from types import NoneType
from typing import Any, Self

from msgspec import Raw, Struct

from trtstudio.model.build.build import BuildRequest, BuildResult, LogLine, Progress
from trtstudio.model.errors import Cancelled, EngineDied, NotLoaded, StudioError
from trtstudio.model.findings.insight import Insight, InsightRequest
from trtstudio.model.graph import Graph
from trtstudio.model.measure.bench import (
    BenchRequest,
    BenchResult,
    ClockSample,
    CompareLoopsRequest,
    LoopComparison,
    LoopVariant,
    SweepPoint,
    SweepRequest,
    SweepResult,
)
from trtstudio.model.measure.layer_profile import LayerProfile, LayerProfileRequest
from trtstudio.model.measure.memory import MemoryLedger, MemoryRequest
from trtstudio.model.onnx.shapes import Shapes, ShapesRequest
from trtstudio.model.onnx.size_steps import SizeDemands, SizeDemandsRequest
from trtstudio.model.refit import RefitRequest, RefitResult
from trtstudio.model.requests import EngineRequest, NetworkRequest, ProbeRequest, UnloadRequest
from trtstudio.model.run import LoadRequest, RunRequest, RunResult, SessionInfo
from trtstudio.model.runtime import Installation

ANSWERS: dict[type, Any] = {
    ProbeRequest: Installation,
    NetworkRequest: Graph,
    EngineRequest: Graph,
    ShapesRequest: Shapes,
    SizeDemandsRequest: SizeDemands,
    InsightRequest: Insight,
    BuildRequest: BuildResult,
    LoadRequest: SessionInfo,
    RunRequest: RunResult,
    BenchRequest: BenchResult,
    CompareLoopsRequest: LoopComparison,
    SweepRequest: SweepResult,
    LayerProfileRequest: LayerProfile,
    MemoryRequest: MemoryLedger,
    RefitRequest: RefitResult,
    UnloadRequest: NoneType,
}
"""Every request that there is, and what answers it."""

PARTS: dict[type, Any] = {CompareLoopsRequest: LoopVariant, SweepRequest: SweepPoint}
"""What is told of an answer that comes in parts, each as soon as it is complete."""

ERRORS = {error.__name__: error for error in (StudioError, Cancelled, EngineDied, NotLoaded)}


class Message(Struct, array_like=True, tag=True):
    """An envelope. It travels as an array that begins with the name of its class."""


class Ask(Message):
    """Window to engine: do this. ``kind`` is the name of the request's class."""

    id: int
    kind: str
    body: Raw


class Cancel(Message):
    """Window to engine: the answer is no longer wanted."""

    id: int


class Shutdown(Message):
    """Window to engine: stop everything and end."""


class Answer(Message):
    """Engine to window: the result."""

    id: int
    body: Raw


class Failure(Message):
    """Engine to window: there will be no result, and why."""

    id: int
    kind: str
    message: str
    hint: str
    details: str

    @classmethod
    def of(cls, job: int, error: StudioError) -> Self:
        """The error as a message."""
        kind = next(c.__name__ for c in type(error).__mro__ if c.__name__ in ERRORS)
        texts = error.message, error.hint, error.details  # with names of files that are no Unicode
        return cls(job, kind, *(text.encode(errors="replace").decode() for text in texts))

    def error(self) -> StudioError:
        """The error again."""
        return ERRORS.get(self.kind, StudioError)(
            self.message, hint=self.hint, details=self.details
        )


class Progressed(Message):
    """Engine to window: where the work stands."""

    id: int
    progress: Progress


class Logged(Message):
    """Engine to window: lines of the log."""

    id: int
    lines: list[LogLine]


class Sampled(Message):
    """Engine to window: the next ``Samples`` of a running benchmark."""

    id: int
    values: Raw


class Clocked(Message):
    """Engine to window: the GPU's state while a benchmark runs."""

    id: int
    clocks: list[ClockSample]


class Completed(Message):
    """Engine to window: a part of the answer, of the kind in PARTS."""

    id: int
    body: Raw


ToEngine = Ask | Cancel | Shutdown
ToWindow = Answer | Failure | Progressed | Logged | Sampled | Clocked | Completed

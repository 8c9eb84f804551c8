"""Builds that were made on this machine, and how long the next one may take. Any thread."""

from dataclasses import dataclass, replace
from statistics import median
from typing import Literal

import msgspec

from trtstudio.model.build.build import BuildRequest, BuildResult
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.graph import Graph
from trtstudio.model.history import History, Kept

Outcome = Literal["built", "failed", "stopped"]
_ESTIMATED_FROM = 5
_LEVEL = "builder_optimization_level"


@dataclass(frozen=True, slots=True)
class BuildRun:
    """One build: what was asked, how it ended and after how many seconds.

    ``result`` is there where it was ``built``, without its layers, which the history keeps apart;
    else ``problem`` says in one sentence why not.
    """

    request: BuildRequest
    outcome: Outcome
    seconds: float
    runtime: str = ""
    result: BuildResult | None = None
    problem: str = ""


def remember_build(history: History, request: BuildRequest, result: BuildResult) -> int:
    """Keep a build that succeeded, with its layers."""
    layers = msgspec.msgpack.encode(result.engine) if result.engine else b""
    run = BuildRun(
        request, "built", result.build_seconds, result.runtime, replace(result, engine=None)
    )
    return history.add(run, request.model, layers)


def remember_failure(
    history: History, request: BuildRequest, error: StudioError, seconds: float, runtime: str = ""
) -> int:
    """Keep a build that was stopped or failed."""
    outcome: Outcome = "stopped" if isinstance(error, Cancelled) else "failed"
    run = BuildRun(request, outcome, seconds, runtime, problem=error.message)
    return history.add(run, request.model)


def builds(history: History, model: str | None = None, limit: int = 1000) -> list[Kept[BuildRun]]:
    """The newest builds first: of one model, by its path, or of all."""
    return history.entries(BuildRun, model, limit)


def layers_of(history: History, number: int) -> Graph | None:
    """The layers of the engine that was built, None where they are not known."""
    content = history.attachment(number)
    return msgspec.msgpack.decode(content, type=Graph) if content else None


def estimate_s(history: History, request: BuildRequest, runtime: str = "") -> float | None:
    """Seconds that earlier builds of the same model to the same precision for as many targets
    took, their median; None where there was none.
    """
    same = [
        kept.entry.seconds
        for kept in builds(history, request.model)
        if kept.entry.outcome == "built" and _is_alike(kept.entry, request, runtime)
    ]
    return median(same[:_ESTIMATED_FROM]) if same else None


def _is_alike(run: BuildRun, request: BuildRequest, runtime: str) -> bool:
    return (
        run.request.precision == request.precision
        and run.request.options.get(_LEVEL) == request.options.get(_LEVEL)
        and len(run.request.targets) == len(request.targets)
        and (not runtime or run.runtime == runtime)
    )

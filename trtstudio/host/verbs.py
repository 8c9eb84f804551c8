"""What an engine process can be asked for, and in which lane it works on that. Engine process only.

A lane is one thread. TensorRT and CUDA are loaded by the first request that needs them.
"""

import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trtstudio.host.work import Work
from trtstudio.model.build import BuildRequest, BuildResult
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph
from trtstudio.model.requests import EngineRequest, NetworkRequest, ProbeRequest, UnloadRequest
from trtstudio.model.run import (
    BenchRequest,
    BenchResult,
    LoadRequest,
    RunRequest,
    RunResult,
    SessionInfo,
)
from trtstudio.model.runtime import Installation

if TYPE_CHECKING:
    from trtstudio.engine.session import Session


@dataclass(frozen=True, slots=True)
class Verb:
    """How one kind of request is answered: in this lane, by this function."""

    lane: str
    run: Callable[[Any, Work], object]


# Only the lane "run" touches these. Numbers begin elsewhere in every process, so that one from a
# process that has died is unknown instead of another model's.
_sessions: dict[int, "Session"] = {}
_numbers = itertools.count(os.getpid() << 20)


def _probe(_request: ProbeRequest, _work: Work) -> Installation:
    from trtstudio.engine.runtime import installation

    return installation()


def _read_network(request: NetworkRequest, _work: Work) -> Graph:
    from trtstudio.engine.network import read_network

    return read_network(Path(request.path))


def _read_engine(request: EngineRequest, _work: Work) -> Graph:
    from trtstudio.engine.inspect import read_engine

    return read_engine(Path(request.path))


def _build(request: BuildRequest, work: Work) -> BuildResult:
    from trtstudio.engine.build import build

    return build(
        request, on_progress=work.on_progress, on_log=work.on_log, cancelled=work.is_cancelled
    )


def _load(request: LoadRequest, work: Work) -> SessionInfo:
    from trtstudio.engine.opening import open_session

    number = next(_numbers)
    _sessions[number] = session = open_session(request, number, work.on_progress)
    return session.info


def _run(request: RunRequest, _work: Work) -> RunResult:
    return _session(request.session).run(request.inputs)


def _bench(request: BenchRequest, work: Work) -> BenchResult:
    from trtstudio.engine.benchmark import benchmark

    session = _session(request.session)
    return benchmark(session, request, on_samples=work.on_samples, cancelled=work.is_cancelled)


def _unload(request: UnloadRequest, _work: Work) -> None:
    session = _sessions.pop(request.session, None)
    if session is not None:
        session.close()


def _session(number: int) -> "Session":
    if number not in _sessions:
        raise StudioError("This model is no longer loaded.", hint="Load it again.")
    return _sessions[number]


VERBS = {
    ProbeRequest: Verb("read", _probe),
    NetworkRequest: Verb("read", _read_network),
    EngineRequest: Verb("read", _read_engine),
    BuildRequest: Verb("build", _build),
    LoadRequest: Verb("run", _load),
    RunRequest: Verb("run", _run),
    BenchRequest: Verb("run", _bench),
    UnloadRequest: Verb("run", _unload),
}

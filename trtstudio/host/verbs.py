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
from trtstudio.model.build.build import BuildRequest, BuildResult
from trtstudio.model.errors import NotLoaded
from trtstudio.model.findings.insight import Insight, InsightRequest, look_at_file
from trtstudio.model.graph import Graph
from trtstudio.model.measure.bench import (
    BenchRequest,
    BenchResult,
    CompareLoopsRequest,
    LoopComparison,
    SweepRequest,
    SweepResult,
)
from trtstudio.model.measure.layer_profile import LayerProfile, LayerProfileRequest
from trtstudio.model.measure.memory import MemoryLedger, MemoryRequest
from trtstudio.model.onnx.shapes import Shapes, ShapesRequest, infer_shapes
from trtstudio.model.onnx.size_steps import SizeDemands, SizeDemandsRequest, find_sizes
from trtstudio.model.refit import RefitRequest, RefitResult
from trtstudio.model.requests import EngineRequest, NetworkRequest, ProbeRequest, UnloadRequest
from trtstudio.model.run import LoadRequest, RunRequest, RunResult, SessionInfo
from trtstudio.model.runtime import Installation

if TYPE_CHECKING:
    from trtstudio.engine.run.session import Session


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
    from trtstudio.engine.build.network import read_network

    return read_network(Path(request.path))


def _infer_shapes(request: ShapesRequest, _work: Work) -> Shapes:
    return infer_shapes(Path(request.path))


def _find_sizes(request: SizeDemandsRequest, _work: Work) -> SizeDemands:
    return find_sizes(Path(request.path), request.inputs)


def _look(request: InsightRequest, _work: Work) -> Insight:
    return look_at_file(request)


def _read_engine(request: EngineRequest, _work: Work) -> Graph:
    from trtstudio.engine.inspect import read_engine

    return read_engine(Path(request.path))


def _build(request: BuildRequest, work: Work) -> BuildResult:
    from trtstudio.engine.build.build import build
    from trtstudio.vision import samples

    return build(
        request,
        on_progress=work.on_progress,
        on_log=work.on_log,
        cancelled=work.is_cancelled,
        pictures=samples,
    )


def _load(request: LoadRequest, work: Work) -> SessionInfo:
    from trtstudio.engine.run.opening import open_session

    number = next(_numbers)
    _sessions[number] = session = open_session(request, number, work.on_progress)
    return session.info


def _run(request: RunRequest, _work: Work) -> RunResult:
    from trtstudio.engine.run.batching import run_batches

    return run_batches(_session(request.session), request.inputs)


def _bench(request: BenchRequest, work: Work) -> BenchResult:
    from trtstudio.engine.measure.benchmark import benchmark

    return benchmark(
        _session(request.session),
        request,
        on_samples=work.on_samples,
        on_clock=work.on_clock,
        cancelled=work.is_cancelled,
    )


def _compare_loops(request: CompareLoopsRequest, work: Work) -> LoopComparison:
    from trtstudio.engine.measure.loop_comparison import compare_loops

    return compare_loops(
        _session(request.session),
        request,
        cancelled=work.is_cancelled,
        on_variant=work.on_part,
        on_progress=work.on_progress,
        on_samples=work.on_samples,
        on_clock=work.on_clock,
    )


def _sweep(request: SweepRequest, work: Work) -> SweepResult:
    from trtstudio.engine.measure.sweep import sweep
    from trtstudio.vision import samples

    return sweep(
        _session(request.session),
        request,
        cancelled=work.is_cancelled,
        on_point=work.on_part,
        on_progress=work.on_progress,
        on_samples=work.on_samples,
        on_clock=work.on_clock,
        pictures=samples,
    )


def _profile_layers(request: LayerProfileRequest, work: Work) -> LayerProfile:
    from trtstudio.engine.measure.layer_profile import profile_layers

    return profile_layers(
        _session(request.session),
        request,
        on_progress=work.on_progress,
        cancelled=work.is_cancelled,
    )


def _count_memory(request: MemoryRequest, work: Work) -> MemoryLedger:
    from trtstudio.engine.measure.memory import count_memory

    return count_memory(request, work.on_progress)


def _refit(request: RefitRequest, work: Work) -> RefitResult:
    from trtstudio.engine.run.refit import refit

    return refit(request, on_progress=work.on_progress, cancelled=work.is_cancelled)


def _unload(request: UnloadRequest, _work: Work) -> None:
    session = _sessions.pop(request.session, None)
    if session is not None:
        session.close()


def _session(number: int) -> "Session":
    if number not in _sessions:
        raise NotLoaded
    return _sessions[number]


VERBS = {
    ProbeRequest: Verb("read", _probe),
    NetworkRequest: Verb("read", _read_network),
    EngineRequest: Verb("read", _read_engine),
    ShapesRequest: Verb("read", _infer_shapes),
    SizeDemandsRequest: Verb("read", _find_sizes),
    InsightRequest: Verb("look", _look),
    BuildRequest: Verb("build", _build),
    LoadRequest: Verb("run", _load),
    RunRequest: Verb("run", _run),
    BenchRequest: Verb("run", _bench),
    CompareLoopsRequest: Verb("run", _compare_loops),
    SweepRequest: Verb("run", _sweep),
    LayerProfileRequest: Verb("run", _profile_layers),
    MemoryRequest: Verb("run", _count_memory),
    RefitRequest: Verb("build", _refit),
    UnloadRequest: Verb("run", _unload),
}

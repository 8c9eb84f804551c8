"""Why is mine slower than trtexec? The same model in one loop after another, each a change to one
before it. Only the thread that opened the session.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from trtstudio.engine.measure.benchmark import OnClock, OnSamples, measure, unheard
from trtstudio.engine.measure.loop_causes import cause
from trtstudio.engine.run.session import OnProgress, Session
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import StudioError
from trtstudio.model.measure.bench import (
    BenchRequest,
    BenchResult,
    CompareLoopsRequest,
    LoopComparison,
)
from trtstudio.model.measure.bench import LoopVariant as Variant
from trtstudio.model.measure.loop import Loop


@dataclass(frozen=True, slots=True)
class Step:
    """A loop with a name, and the name of the one that it changes."""

    name: str
    loop: Loop
    against: str = ""


_OVERLAPPED = Loop(overlap=True)
_GRAPH = replace(_OVERLAPPED, cuda_graph=True)

STEPS = (
    Step("one by one, pageable memory", Loop(pinned=False)),
    Step("one by one", Loop(), "one by one, pageable memory"),
    Step("one by one, CUDA graph", Loop(cuda_graph=True), "one by one"),
    Step("overlapped", _OVERLAPPED, "one by one"),
    Step("overlapped, CUDA graph", _GRAPH, "overlapped"),
    Step("overlapped, no transfers", replace(_OVERLAPPED, transfers=False), "overlapped"),
    Step(
        "as trtexec 11: no transfers, CUDA graph, spin wait",
        replace(_GRAPH, transfers=False, spin=True),
        "overlapped, no transfers",
    ),
    Step("2 streams, overlapped", replace(_OVERLAPPED, streams=2), "overlapped"),
    Step("4 streams, overlapped", replace(_OVERLAPPED, streams=4), "2 streams, overlapped"),
)
"""From what most programs do first to what trtexec does; "overlapped" is trtexec 10."""


def compare_loops(
    session: Session,
    request: CompareLoopsRequest,
    *,
    cancelled: Callable[[], bool],
    on_variant: Callable[[Variant], None] = unheard,
    on_progress: OnProgress = unheard,
    on_samples: OnSamples = unheard,
    on_clock: OnClock = unheard,
) -> LoopComparison:
    """Measure every step, each for as long as the request says; one that fails has its reason, and
    the rest goes on. Being cancelled ends it with what is complete.

    Raises StudioError for a session that has one loop only.
    """
    _require_choice(session)
    done: list[Variant] = []
    try:
        for number, step in enumerate(STEPS, 1):
            on_progress(Progress(f"Loop {number} of {len(STEPS)}: {step.name}"))
            base = replace(request.base, loop=step.loop, preset="")
            found = _measured(session, step, base, on_samples, cancelled, on_clock)
            if cancelled():
                break
            done.append(_judged(found, done))
            on_variant(done[-1])
    finally:
        session.release()
    complete = len(done) == len(STEPS)
    return LoopComparison(session.info.runtime, session.info.device, tuple(done), complete)


def _require_choice(session: Session) -> None:
    if session.possible(_GRAPH) != _GRAPH:
        raise StudioError(
            f"{session.info.runtime} runs one inference after another in the host's memory: there "
            "are no copies, streams or CUDA graphs to compare.",
            hint="Build an engine, and compare on a machine with an NVIDIA GPU.",
        )


def _measured(
    session: Session,
    step: Step,
    base: BenchRequest,
    on_samples: OnSamples,
    cancelled: Callable[[], bool],
    on_clock: OnClock,
) -> Variant:
    try:
        result = measure(session, base, on_samples, cancelled, on_clock)
        return Variant(step.name, step.loop, result, against=step.against)
    except StudioError as error:
        return Variant(step.name, step.loop, against=step.against, problem=error.message)


def _judged(variant: Variant, before: Sequence[Variant]) -> Variant:
    """With its ratio to the first variant and its cause."""
    if variant.result is None:
        return variant
    results: dict[str, BenchResult | None] = {each.name: each.result for each in before}
    first = before[0].result if before else variant.result
    ratio = variant.result.throughput_qps / first.throughput_qps if first else None
    return replace(variant, ratio=ratio, cause=cause(results.get(variant.against), variant.result))

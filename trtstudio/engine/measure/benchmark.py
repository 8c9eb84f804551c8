"""Measures a loaded model the way trtexec does. Only the thread that opened the session."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from trtstudio.engine.measure.benchmark_inputs import chosen_shapes, random_inputs
from trtstudio.engine.measure.benchmark_loop import Recorder, run_loop
from trtstudio.engine.measure.benchmark_verdict import diagnose
from trtstudio.engine.measure.clocks import ClockSampler
from trtstudio.engine.run.session import InFlight, Session
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.measure.bench import (
    TIMES,
    BenchRequest,
    BenchResult,
    ClockSample,
    Samples,
    StreamResult,
    Summary,
    method,
)
from trtstudio.model.measure.latency import summarize
from trtstudio.model.measure.loop import Loop, loop_words
from trtstudio.model.run import Array, Timing

OnSamples = Callable[[Samples], None]
OnClock = Callable[[ClockSample], None]

MOST_STREAMS = 64

_STOPPED = (
    "Stopped early, after {seconds:.1f} s: the figures hold for what was measured until then."
)


def unheard(_said: object) -> None:
    """For samples and clocks that nobody follows."""


def benchmark(
    session: Session,
    request: BenchRequest,
    *,
    on_samples: OnSamples,
    cancelled: Callable[[], bool],
    on_clock: OnClock = unheard,
) -> BenchResult:
    """Warm up, then run until both the duration and the iterations are reached.

    ``on_samples`` gets each inference once, in batches; ``on_clock`` the GPU's state, in a thread
    of its own. Being cancelled ends it early with what was measured, at least one inference. Raises
    StudioError for a shape or a model that does not run.
    """
    try:
        return measure(session, request, on_samples, cancelled, on_clock)
    finally:
        session.release()


@dataclass(frozen=True, slots=True)
class _Run:
    """What a benchmark did: its loop, how long, whether to the end, and why without a graph."""

    loop: Loop
    seconds: float
    complete: bool
    no_graph: tuple[str, ...]
    recorder: Recorder
    clocks: ClockSampler


def measure(
    session: Session,
    request: BenchRequest,
    on_samples: OnSamples,
    cancelled: Callable[[], bool],
    on_clock: OnClock = unheard,
) -> BenchResult:
    """A benchmark after which others of the same session follow: its contexts are kept."""
    _check(request)
    shapes = chosen_shapes(session.info, request.shapes)
    inputs = random_inputs(session.info.inputs, shapes, request.seed)
    inputs |= session.values_for(shapes)
    loop = session.possible(request.loop)
    recorder = Recorder(on_samples)
    with ExitStack() as resources:
        flights = resources.enter_context(session.flights(loop, inputs))
        clocks = resources.enter_context(ClockSampler(session.bus_id, on_clock))
        no_graph = _warm_up(flights, loop, request.warmup_ms / 1e3, cancelled)
        clocks.start()
        seconds, complete = _run(flights, loop, request, recorder, cancelled)
        recorder.report()
    done = replace(loop, cuda_graph=loop.cuda_graph and not no_graph)
    run = _Run(done, seconds, complete, no_graph, recorder, clocks)
    return _result(session, request, shapes, run)


def _result(
    session: Session, request: BenchRequest, shapes: dict[str, Shape], run: _Run
) -> BenchResult:
    columns, iterations = run.recorder.columns(), len(run.recorder)
    return BenchResult(
        runtime=session.info.runtime,
        device=session.info.device,
        iterations=iterations,
        throughput_qps=iterations / run.seconds,
        latency_ms=summarize(columns["latency_ms"]),
        **_summaries(columns),
        shapes=shapes,
        warnings=(*session.info.warnings, *_warnings(session, request, run, columns)),
        method=method(replace(request, loop=run.loop)),
        loop=run.loop,
        seconds=run.seconds,
        samples=run.recorder.samples(),
        streams=_streams(columns, run.loop, run.seconds),
        clocks=tuple(run.clocks.samples),
        clocks_problem=run.clocks.problem,
    )


def _warnings(
    session: Session, request: BenchRequest, run: _Run, columns: Mapping[str, Array]
) -> list[str]:
    """What was not done as asked, and what else than the GPU the figures depend on."""
    found = [*run.no_graph]
    possible = session.possible(request.loop)
    if possible != request.loop:
        asked, done = loop_words(request.loop), loop_words(possible)
        found.append(f"{session.info.runtime} cannot measure with {asked}; measured was: {done}.")
    found += diagnose(columns, run.loop, run.clocks.samples)
    if not run.complete:
        found.append(_STOPPED.format(seconds=run.seconds))
    return found


def _check(request: BenchRequest) -> None:
    if not 1 <= request.loop.streams <= MOST_STREAMS:
        raise StudioError(
            f"{request.loop.streams} streams cannot be measured.",
            hint=f"Take 1 to {MOST_STREAMS}.",
        )


def _warm_up(
    flights: Sequence[InFlight], loop: Loop, seconds: float, cancelled: Callable[[], bool]
) -> tuple[str, ...]:
    """Run for so long; then capture graphs, if wanted, and warm those up. Why there are none."""

    def goes_on(_begun: int, so_far_s: float) -> bool:
        return so_far_s < seconds and not cancelled()

    def warm() -> None:
        if seconds > 0 and not cancelled():
            run_loop(flights, transfers=loop.transfers, goes_on=goes_on, take=_forget)

    warm()
    if not loop.cuda_graph:
        return ()
    # After the warm-up: a graph keeps the kernels that it was captured with, and TensorRT-RTX puts
    # better ones in place while the first inferences run.
    for flight in flights:
        if problem := flight.capture():
            for each in flights:  # all or none: the figure is of one way
                each.release_graph()
            return (problem,)
    warm()
    return ()


def _forget(_timing: Timing, _stream: int, _end_s: float) -> None:
    """What warms up is not measured."""


def _run(
    flights: Sequence[InFlight],
    loop: Loop,
    request: BenchRequest,
    recorder: Recorder,
    cancelled: Callable[[], bool],
) -> tuple[float, bool]:
    """The seconds that all inferences took, and whether they were all that were asked for."""
    complete = False

    def goes_on(begun: int, so_far_s: float) -> bool:
        nonlocal complete
        complete = so_far_s >= request.duration_s and begun >= request.iterations
        return not complete and not cancelled()

    seconds = run_loop(flights, transfers=loop.transfers, goes_on=goes_on, take=recorder)
    return seconds, complete


def _summaries(columns: Mapping[str, Array]) -> dict[str, Summary | None]:
    """None for what was not measured."""
    return {
        name: summarize(columns[name]) if columns[name].any() else None
        for name in TIMES
        if name != "latency_ms"
    }


def _streams(columns: Mapping[str, Array], loop: Loop, seconds: float) -> tuple[StreamResult, ...]:
    """Each stream's share, where there are several."""
    if loop.streams == 1:
        return ()
    return tuple(
        _stream(number, columns, columns["stream"] == number, seconds)
        for number in range(loop.streams)
    )


def _stream(number: int, columns: Mapping[str, Array], mine: Array, seconds: float) -> StreamResult:
    latency_ms, gpu_ms = columns["latency_ms"][mine], columns["gpu_ms"][mine]
    gpu = summarize(gpu_ms) if gpu_ms.any() else None
    return StreamResult(number, len(gpu_ms), len(gpu_ms) / seconds, summarize(latency_ms), gpu)

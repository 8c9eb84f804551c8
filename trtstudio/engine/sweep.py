"""Benchmarks over a grid of sizes and loops. Only the thread that opened the session."""

from collections.abc import Callable, Mapping

from trtstudio.engine.benchmark import OnClock, OnSamples, measure, unheard
from trtstudio.engine.session import OnProgress, Session
from trtstudio.engine.sweep_grid import check_axes, grid, request_at
from trtstudio.model.bench import (
    BenchRequest,
    SweepPoint,
    SweepRequest,
    SweepResult,
    point_words,
)
from trtstudio.model.build import Progress
from trtstudio.model.errors import StudioError
from trtstudio.model.loop import OPTIONS, Loop, with_option


def sweep(
    session: Session,
    request: SweepRequest,
    *,
    cancelled: Callable[[], bool],
    on_point: Callable[[SweepPoint], None] = unheard,
    on_progress: OnProgress = unheard,
    on_samples: OnSamples = unheard,
    on_clock: OnClock = unheard,
) -> SweepResult:
    """Measure the points one after another, except those that are finished. A point that fails has
    its reason, and the rest goes on. Being cancelled ends it with the points that are complete.

    Raises StudioError for an axis that the model, or what runs it, does not have.
    """
    check_axes(session.info, request.axes)
    _check_options(session, request.axes)
    finished = {_key(point.values): point for point in request.finished}
    all_values = list(grid(request.axes))
    points: list[SweepPoint] = []
    try:
        for number, values in enumerate(all_values, 1):
            if known := finished.get(_key(values)):
                points.append(known)
            elif not cancelled():
                where = f"Point {number} of {len(all_values)}: {point_words(values)}"
                on_progress(Progress(where))
                point = _measured(session, request.base, values, on_samples, cancelled, on_clock)
                if not cancelled():
                    points.append(point)
                    on_point(point)
    finally:
        session.release()
    info, complete = session.info, len(points) == len(all_values)
    return SweepResult(info.runtime, info.device, tuple(points), complete)


def _key(values: Mapping[str, int]) -> frozenset[tuple[str, int]]:
    return frozenset(values.items())


def _check_options(session: Session, axes: Mapping[str, tuple[int, ...]]) -> None:
    for name in axes.keys() & OPTIONS:
        other = with_option(Loop(), name, 2 if name == "streams" else not getattr(Loop(), name))
        if session.possible(other) != other:
            raise StudioError(
                f'{session.info.runtime} runs one inference after another: it has no "{name}".',
                hint="Sweep sizes, or build an engine and sweep that.",
            )


def _measured(
    session: Session,
    base: BenchRequest,
    values: Mapping[str, int],
    on_samples: OnSamples,
    cancelled: Callable[[], bool],
    on_clock: OnClock,
) -> SweepPoint:
    try:
        at = request_at(session.info, base, values)
        result = measure(session, at, on_samples, cancelled, on_clock)
        return SweepPoint(dict(values), result)
    except StudioError as error:
        return SweepPoint(dict(values), problem=error.message)

"""Benchmarks over a grid of sizes, loops and precisions. Only the thread that opened the
session.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from trtstudio.engine.conversion.samples import Pictures
from trtstudio.engine.measure.benchmark import OnClock, OnSamples, measure, unheard
from trtstudio.engine.measure.sweep_grid import Values, check_axes, grid, request_at
from trtstudio.engine.measure.sweep_models import Swept, swept
from trtstudio.engine.run.session import OnProgress, Session
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.measure.bench import SweepPoint, SweepRequest, SweepResult, point_words
from trtstudio.model.measure.loop import OPTIONS, Loop, with_option
from trtstudio.model.measure.sweep_axes import PRECISION, Axes, AxisValue
from trtstudio.model.model_hash import model_sha256


def sweep(
    session: Session,
    request: SweepRequest,
    *,
    cancelled: Callable[[], bool],
    on_point: Callable[[SweepPoint], None] = unheard,
    on_progress: OnProgress = unheard,
    on_samples: OnSamples = unheard,
    on_clock: OnClock = unheard,
    pictures: Pictures | None = None,
) -> SweepResult:
    """Measure the points, except those that are finished: one after another, and all of a precision
    before the next, since each is another engine. A point that fails has its reason, and the rest
    goes on. Being cancelled ends it with the points that are complete.

    ``pictures`` reads those of a calibration. Raises StudioError for an axis that the model, or
    what runs it, does not have.
    """
    check_axes(session.info, request.axes)
    if PRECISION not in request.axes:
        _check_options(session, request.axes)
    hear = _Ears(cancelled, on_point, on_progress, on_samples, on_clock)
    run = _Run(session, request, hear, pictures)
    try:
        for precision in request.axes.get(PRECISION, (None,)):
            run.measure_all(precision)
    finally:
        session.release()
    return run.result()


@dataclass(frozen=True, slots=True)
class _Ears:
    """Who is told what, and who says when to stop."""

    cancelled: Callable[[], bool]
    on_point: Callable[[SweepPoint], None]
    on_progress: OnProgress
    on_samples: OnSamples
    on_clock: OnClock


class _Run:
    """The points of one sweep, as they become known."""

    def __init__(
        self, session: Session, request: SweepRequest, hear: _Ears, pictures: Pictures | None
    ) -> None:
        self._session, self._request, self._hear = session, request, hear
        self._pictures = pictures
        self._grid = list(grid(request.axes))
        self._points = {_key(p.values): p for p in request.finished if not _is_stale(p)}

    def measure_all(self, precision: AxisValue | None) -> None:
        """Measure the points of one engine that are missing."""
        missing = [
            (number, values)
            for number, values in enumerate(self._grid, 1)
            if values.get(PRECISION) == precision and _key(values) not in self._points
        ]
        if not missing or self._hear.cancelled():
            return
        try:
            with self._opened(precision) as found:
                for number, values in missing:
                    self._measure(found, number, values)
        except Cancelled:
            return
        except StudioError as error:
            if precision is None:
                raise
            for _, values in missing:
                if _key(values) not in self._points:
                    self._add(SweepPoint(values, problem=error.message))

    def result(self) -> SweepResult:
        """What there is, in the order of the grid."""
        found = (self._points.get(_key(values)) for values in self._grid)
        points = tuple(point for point in found if point is not None)
        ran = next((point.result for point in points if point.result is not None), None)
        what = ran or self._session.info
        return SweepResult(what.runtime, what.device, points, len(points) == len(self._grid))

    def _opened(self, precision: AxisValue | None) -> AbstractContextManager[Swept]:
        if precision is None:
            return nullcontext(Swept(self._session))
        return swept(
            self._session,
            str(precision),
            self._request,
            on_progress=self._hear.on_progress,
            cancelled=self._hear.cancelled,
            pictures=self._pictures,
        )

    def _measure(self, found: Swept, number: int, values: Values) -> None:
        hear = self._hear
        if hear.cancelled():
            return
        where = f"Point {number} of {len(self._grid)}: {point_words(values)}"
        hear.on_progress(Progress(where))
        point = self._measured(found, values)
        if not hear.cancelled():
            self._add(point)

    def _measured(self, found: Swept, values: Values) -> SweepPoint:
        hear, session = self._hear, found.session
        try:
            _check_options(session, self._request.axes)
            inputs = self._session.info.inputs
            at = request_at(session.info, self._request.base, values, inputs)
            result = measure(session, at, hear.on_samples, hear.cancelled, hear.on_clock)
            return SweepPoint(dict(values), result, sha256=found.sha256)
        except StudioError as error:
            return SweepPoint(dict(values), problem=error.message, sha256=found.sha256)

    def _add(self, point: SweepPoint) -> None:
        self._points[_key(point.values)] = point
        self._hear.on_point(point)


def _key(values: Values) -> frozenset[tuple[str, AxisValue]]:
    return frozenset(values.items())


def _is_stale(point: SweepPoint) -> bool:
    """Whether the file that was measured is another one now."""
    return bool(point.sha256) and point.sha256 != model_sha256(Path(str(point.values[PRECISION])))


def _check_options(session: Session, axes: Axes) -> None:
    for name in axes.keys() & OPTIONS:
        other = with_option(Loop(), name, 2 if name == "streams" else not getattr(Loop(), name))
        if session.possible(other) != other:
            raise StudioError(
                f'{session.info.runtime} runs one inference after another: it has no "{name}".',
                hint="Sweep sizes, or build an engine and sweep that.",
            )

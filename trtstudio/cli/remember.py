"""What the command line builds and measures enters the history, unless that is not wanted."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from trtstudio.cli.load import load_options
from trtstudio.cli.output import say
from trtstudio.engine.run.session import Session
from trtstudio.engine.runtime import gpus
from trtstudio.model.build import build_history
from trtstudio.model.build.build import BuildRequest, BuildResult
from trtstudio.model.errors import StudioError
from trtstudio.model.history import History
from trtstudio.model.measure import bench_history, bench_sets
from trtstudio.model.measure.bench import (
    BenchRequest,
    BenchResult,
    LoopComparison,
    SweepRequest,
    SweepResult,
)
from trtstudio.model.measure.bench_history import Subject, SweepRun
from trtstudio.model.measure.parallel import ParallelResult
from trtstudio.model.run import SessionInfo


def remember_build(options: Namespace, request: BuildRequest, result: BuildResult) -> None:
    """Keep a build that succeeded."""
    asked = _absolute(request)
    _remember(options, lambda history: build_history.remember_build(history, asked, result))


def remember_failure(
    options: Namespace, request: BuildRequest, error: StudioError, seconds: float, runtime: str
) -> None:
    """Keep a build that failed or was stopped."""
    asked = _absolute(request)
    _remember(
        options,
        lambda history: build_history.remember_failure(history, asked, error, seconds, runtime),
    )


def remember_benchmark(
    options: Namespace, session: Session, request: BenchRequest, result: BenchResult
) -> None:
    """Keep a benchmark."""

    def remember(history: History) -> int:
        return bench_history.remember_benchmark(
            history, _subject(options, session.info), request, result
        )

    _remember(options, remember)


def remember_comparison(
    options: Namespace, session: Session, base: BenchRequest, found: LoopComparison
) -> None:
    """Keep the loops that were compared."""

    def remember(history: History) -> list[int]:
        return bench_sets.remember_comparison(history, _subject(options, session.info), base, found)

    _remember(options, remember)


def remember_parallel(
    options: Namespace, info: SessionInfo, request: BenchRequest, found: ParallelResult
) -> None:
    """Keep what several GPUs did at once."""

    def remember(history: History) -> list[int]:
        return bench_sets.remember_parallel(history, _subject(options, info), request, found)

    _remember(options, remember)


def remember_sweep(
    options: Namespace,
    session: Session,
    request: SweepRequest,
    found: SweepResult,
) -> None:
    """Keep a sweep as far as it came."""

    def remember(history: History) -> int:
        run = SweepRun(
            _subject(options, session.info),
            request.base,
            request.axes,
            found.points,
            found.runtime,
            found.device,
            found.complete,
            precisions=request.precisions,
        )
        return bench_history.remember_sweep(history, run)

    _remember(options, remember)


def _absolute(request: BuildRequest) -> BuildRequest:
    """The same from wherever it is read later."""
    model, plan = (str(Path(path).absolute()) for path in (request.model, request.plan))
    return replace(request, model=model, plan=plan)


def _subject(options: Namespace, info: SessionInfo) -> Subject:
    file = Path(info.path)
    return bench_history.subject(options.file, file, load_options(options), gpus()[0])


def _remember(options: Namespace, remember: Callable[[History], object]) -> None:
    """The work is done; a history that cannot be written is only worth a warning."""
    if options.no_history:
        return
    try:
        remember(History())
    except StudioError as error:
        say(f"warning: {error.text}")

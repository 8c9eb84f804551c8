"""``trtstudio bench``: one benchmark, and the way to those of several measurements."""

from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

from trtstudio.cli.load import load_request
from trtstudio.cli.output import Phases, Report, say, table
from trtstudio.cli.remember import remember_benchmark
from trtstudio.engine.measure.benchmark import benchmark, unheard
from trtstudio.engine.run.opening import open_session
from trtstudio.engine.run.session import Session
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.graph import format_shape
from trtstudio.model.measure.bench import BenchRequest, BenchResult, from_preset
from trtstudio.model.measure.bench_export import bench_csv, bench_json, figure_rows
from trtstudio.model.measure.clock_summary import clock_words, summarize_clocks
from trtstudio.model.measure.loop import OPTIONS, with_option
from trtstudio.model.measure.sweep_axes import PRECISION, Axes
from trtstudio.model.words import counted


def bench(options: Namespace, cancelled: Callable[[], bool]) -> Report:
    """Load, measure, and say what else than the GPU the figures depend on."""
    request = bench_request(options)
    axes = _axes(options)
    _check(options, axes)
    if options.devices:
        from trtstudio.cli.bench_devices import bench_devices

        return bench_devices(options, request, cancelled)
    load = load_request(options)
    if PRECISION in axes:  # made of the model, which need not run itself
        load = replace(load, runtime="auto")
    with closing(open_session(load, 0, Phases())) as session:
        if axes or options.why:
            from trtstudio.cli import bench_several

            if options.why:
                return bench_several.why(session, options, request, cancelled)
            return bench_several.sweep_all(session, options, request, axes, cancelled)
        return _bench_once(session, options, request, cancelled)


def bench_request(options: Namespace) -> BenchRequest:
    """The preset, changed by whatever else is given."""
    request = from_preset(options.preset, shapes=dict(options.shape))
    loop = request.loop
    for name in OPTIONS:
        given = getattr(options, name)
        if name == "streams":
            given = given[0] if given else None
        if given is not None:
            loop = with_option(loop, name, given)
    return replace(
        request,
        warmup_ms=_given(options.warmup, request.warmup_ms),
        duration_s=_given(options.duration, request.duration_s),
        iterations=int(_given(options.iterations, request.iterations)),
        seed=options.seed,
        loop=loop,
    )


def _given(value: float | None, default: float) -> float:
    return default if value is None else value


def _axes(options: Namespace) -> Axes:
    axes: Axes = dict(options.sweep)
    if options.streams and len(options.streams) > 1:
        axes["streams"] = options.streams
    return axes


def _check(options: Namespace, axes: Axes) -> None:
    """Raise StudioError for options that exclude each other."""
    several = [bool(axes), options.why, bool(options.devices)]
    if sum(several) > 1:
        raise StudioError(
            "A sweep, --why and --devices cannot be had at once.", hint="Run one after another."
        )
    if options.keep and not axes:
        raise StudioError("--keep is for a sweep.", hint="Add one, as --sweep batch=1,2,4.")
    if options.calibration and PRECISION not in axes:
        raise StudioError(
            "A calibration is for a sweep over precisions.",
            hint="Add one, as --sweep precision=fp16,int8.",
        )


def _bench_once(
    session: Session, options: Namespace, request: BenchRequest, cancelled: Callable[[], bool]
) -> Report:
    say(f"Measuring for {request.duration_s:g} s ...")
    # Nothing is shown meanwhile: a terminal that scrolls would disturb it.
    result = benchmark(session, request, on_samples=unheard, cancelled=cancelled)
    if cancelled():
        raise Cancelled("stopped")
    remember_benchmark(options, session, request, result)
    for warning in result.warnings:
        say(f"warning: {warning}")
    text = bench_csv(result) if options.csv else bench_text(result)
    return Report(0, bench_json(result, samples=options.samples), text)


def bench_text(result: BenchResult) -> str:
    """The times in ms as a table, and the clocks."""
    rows = figure_rows(result)
    shapes = ", ".join(f"{name} {format_shape(shape)}" for name, shape in result.shapes.items())
    return "\n".join(
        (
            f"{result.runtime} on {result.device}, measured as {result.method}",
            f"{shapes}: {counted(result.iterations, 'inference')} in {result.seconds:.3g} s, "
            f"{result.throughput_qps:,.1f} per second",
            "",
            table(rows, right=range(1, len(rows[0]))),
            *(f"stream {s.stream}: {s.throughput_qps:,.1f} per second" for s in result.streams),
            *_clock_lines(result),
        )
    )


def _clock_lines(result: BenchResult) -> list[str]:
    if result.clocks_problem:
        return ["", result.clocks_problem]
    clocks = summarize_clocks(result.clocks)
    return ["", clock_words(clocks)] if clocks else []

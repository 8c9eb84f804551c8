"""``trtstudio bench`` with ``--why`` or ``--sweep``: several measurements in one table."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace

from trtstudio.cli.convert import conversion_from
from trtstudio.cli.load import load_request
from trtstudio.cli.output import Phases, Report, say, table
from trtstudio.cli.remember import remember_comparison, remember_sweep
from trtstudio.engine.measure.loop_comparison import compare_loops
from trtstudio.engine.measure.sweep import sweep
from trtstudio.engine.run.session import Session
from trtstudio.engine.runtime import describe, gpus
from trtstudio.model.errors import Cancelled
from trtstudio.model.measure.bench import (
    BenchRequest,
    CompareLoopsRequest,
    LoopVariant,
    SweepPoint,
    SweepRequest,
)
from trtstudio.model.measure.bench_export import comparison_json
from trtstudio.model.measure.sweep_axes import PRECISION, Axes
from trtstudio.model.measure.sweep_export import FIGURES, as_csv, figures, points_json, sweep_rows
from trtstudio.model.measure.sweep_file import about, read_points, write_points
from trtstudio.model.measure.sweep_precisions import Precisions
from trtstudio.model.run import SessionInfo
from trtstudio.model.words import counted
from trtstudio.vision import samples


def why(
    session: Session, options: Namespace, request: BenchRequest, cancelled: Callable[[], bool]
) -> Report:
    """One loop after another, with what each change brings."""
    found = compare_loops(
        session, CompareLoopsRequest(request), cancelled=cancelled, on_progress=Phases()
    )
    if found.variants:
        remember_comparison(options, session, request, found)
    if not found.complete:
        raise Cancelled("stopped")
    rows = [["loop", *FIGURES, "ratio"], *map(_variant_row, found.variants)]
    if options.csv:
        return Report(0, {}, as_csv(rows))
    causes = (f"{v.name}: {v.cause or v.problem}" for v in found.variants)
    text = "\n".join((f"{found.runtime} on {found.device}", "", _table(rows), "", *causes))
    return Report(0, comparison_json(found, samples=options.samples), text)


def _variant_row(variant: LoopVariant) -> list[str]:
    ratio = "" if variant.ratio is None else f"{variant.ratio:.2f}"
    return [variant.name, *figures(variant.result), ratio]


def sweep_all(
    session: Session,
    options: Namespace,
    request: BenchRequest,
    axes: Axes,
    cancelled: Callable[[], bool],
) -> Report:
    """Every point of the grid; those that are complete are kept where that is wanted."""
    precisions = _precisions(options)
    kept = None
    if options.keep:
        runs_by = _runs_by(session.info, options, axes)
        kept = about(load_request(options), runs_by, request, precisions)
        kept = replace(kept, points=read_points(options.keep, kept))
        say(f"There already: {counted(len(kept.points), 'point')}.")

    def keep(point: SweepPoint) -> None:
        nonlocal kept
        if kept is not None:
            kept = replace(kept, points=(*kept.points, point))
            write_points(options.keep, kept)

    wanted = SweepRequest(request, axes, kept.points if kept else (), precisions)
    found = sweep(
        session,
        wanted,
        cancelled=cancelled,
        on_point=keep,
        on_progress=Phases(),
        pictures=samples,
    )
    if found.points:
        remember_sweep(options, session, wanted, found)
    if not found.complete:
        raise Cancelled("stopped")
    rows = sweep_rows(axes, found.points)
    if options.csv:
        return Report(0, {}, as_csv(rows))
    text = f"{found.runtime} on {found.device}\n\n{_table(rows)}"
    code = 0 if any(point.result for point in found.points) else 1
    data = {
        "runtime": found.runtime,
        "device": found.device,
        "points": points_json(found.points, samples=options.samples),
    }
    return Report(code, data, text)


def _runs_by(info: SessionInfo, options: Namespace, axes: Axes) -> SessionInfo:
    """Told of the runtime and GPU that engines which are built of a model run on."""
    if PRECISION not in axes or options.runtime != "tensorrt":
        return info
    device = next((gpu.name for gpu in gpus()[0][options.device :]), "")
    return replace(info, runtime=describe().label, device=device)


def _precisions(options: Namespace) -> Precisions:
    """A model is built where TensorRT is asked for, else converted for ONNX Runtime."""
    return Precisions(
        runtime=options.runtime,
        conversion=conversion_from(options),
        input_shapes=dict(options.reshape),
    )


def _table(rows: Sequence[Sequence[str]]) -> str:
    numbers = [n for n, name in enumerate(rows[0]) if name not in ("loop", "problem")]
    return table(rows, right=numbers)

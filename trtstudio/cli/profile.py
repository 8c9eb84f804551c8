"""``trtstudio profile``."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import closing

from trtstudio.cli.load import load_request
from trtstudio.cli.output import Phases, Report, say, table
from trtstudio.engine.measure.benchmark_inputs import chosen_shapes
from trtstudio.engine.measure.layer_profile import profile_layers
from trtstudio.engine.run.opening import open_session
from trtstudio.model.graph import format_shape
from trtstudio.model.measure.layer_profile import LayerProfile, LayerProfileRequest
from trtstudio.model.measure.layer_profile_export import (
    Row,
    profile_csv,
    profile_json,
    profile_rows,
)
from trtstudio.model.quantities import format_percent
from trtstudio.model.words import counted

_WIDEST = 64


def profile(options: Namespace, cancelled: Callable[[], bool]) -> Report:
    """Load the model, time its layers, and tell the slowest first where they are grouped."""
    phases = Phases()
    with closing(open_session(load_request(options), 0, phases)) as session:
        shapes = chosen_shapes(session.info, dict(options.shape))
        request = LayerProfileRequest(0, shapes, options.iterations)
        found = profile_layers(session, request, on_progress=phases, cancelled=cancelled)
    for warning in found.warnings:
        say(f"warning: {warning}")
    rows = profile_rows(found, options.by, options.top)
    text = profile_csv(rows) if options.csv else _text(found, rows)
    return Report(0, profile_json(found, rows), text)


def _text(found: LayerProfile, rows: Sequence[Row]) -> str:
    shapes = ", ".join(f"{name} {format_shape(shape)}" for name, shape in found.shapes.items())
    cells = [("ms", "share", "type" if "type" in (rows or [{}])[0] else "layers", "name")]
    cells += [
        (
            f"{row['median_ms']:.4f}",
            format_percent(row["share"], 1),
            str(row["type"] if "type" in row else row["layers"]),
            row["name"],
        )
        for row in rows
    ]
    return "\n".join(
        (
            f"{found.runtime} on {found.device}",
            f"{shapes}: medians of {counted(found.iterations, 'inference')}",
            f"the whole {found.whole_ms:.3f} ms, its layers {found.sum_ms:.3f} ms: {_gap(found)}",
            "",
            table(cells, right=(0, 1), widest=_WIDEST),
        )
    )


def _gap(found: LayerProfile) -> str:
    if found.gap_ms >= 0:
        return f"{found.gap_ms:.3f} ms are between the layers"
    return f"timing them one by one costs {-found.gap_ms:.3f} ms, or some run at the same time"

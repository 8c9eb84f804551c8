"""``trtstudio convert``."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from trtstudio.cli.output import Phases, Report, say, table
from trtstudio.model.build.accuracy import Agreement
from trtstudio.model.build.build import Progress
from trtstudio.model.build.conversion import Calibration, Conversion
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.files import check_writable
from trtstudio.model.quantities import format_bytes, format_percent
from trtstudio.vision import samples


def convert(options: Namespace, cancelled: Callable[[], bool]) -> Report:
    """Write the converted model, and say how well it agrees where that was asked."""
    from trtstudio.engine.conversion import convert as convert_model
    from trtstudio.engine.conversion.accuracy import compare_models

    out = options.output or default_output(options.model, options.precision)
    _check_places(options.model, out)
    on_progress = _stoppable(cancelled)
    conversion = conversion_from(options)
    warnings = convert_model(
        options.model,
        out,
        options.precision,
        conversion,
        on_progress=on_progress,
        pictures=samples,
    )
    agreements: Sequence[Agreement] = ()
    if options.check:
        agreements, unread = compare_models(
            options.model,
            out,
            options.check,
            on_progress=on_progress,
            pictures=samples,
            preprocess=options.calibration_preprocess,
        )
        warnings += unread
    for warning in warnings:
        say(f"warning: {warning}")
    return _report(out, options.precision, agreements, warnings)


def conversion_from(options: Namespace) -> Conversion:
    """What the options of a conversion ask for."""
    calibration = None
    if options.calibration:
        calibration = Calibration(
            folder=options.calibration,
            method=options.calibration_method,
            limit=options.calibration_limit,
            cache=options.calibration_cache,
            preprocess=options.calibration_preprocess,
        )
    return Conversion(
        keep_fp32=tuple(options.keep_fp32),
        convert_io=options.convert_io,
        calibration=calibration,
        base=options.base,
        int8_from=options.int8_from,
        tool="modelopt" if options.modelopt else "builtin",
        python=options.modelopt,
    )


def default_output(model: Path, precision: str) -> Path:
    """Beside the model, named after it."""
    return model.with_name(f"{model.stem}-{precision}.onnx")


def _check_places(model: Path, out: Path) -> None:
    check_writable(out)
    if out.exists() and model.exists() and out.samefile(model):
        raise StudioError(
            f"The converted model would overwrite {model.name}.", hint="Choose another file."
        )


def _stoppable(cancelled: Callable[[], bool]) -> Callable[[Progress], None]:
    phases = Phases()

    def tell(progress: Progress) -> None:
        if cancelled():
            raise Cancelled("stopped")
        phases(progress)

    return tell


def _report(
    out: Path, precision: str, agreements: Sequence[Agreement], warnings: Sequence[str]
) -> Report:
    data: dict[str, Any] = {
        "model": out,
        "precision": precision,
        "bytes": out.stat().st_size,
        "accuracy": [asdict(agreement) for agreement in agreements],
        "warnings": warnings,
    }
    rows = [("model", str(out)), ("size", format_bytes(data["bytes"]))]
    parts = [table(rows), *([_accuracy_text(agreements)] if agreements else [])]
    return Report(0, data, "\n\n".join(parts))


def _accuracy_text(agreements: Sequence[Agreement]) -> str:
    head = ("output", "samples", "relative L2", "worst", "cosine", "same top-1")
    rows = [
        (
            agreement.output,
            str(agreement.samples),
            f"{agreement.relative_l2:.3g}",
            f"{agreement.worst_relative_l2:.3g}",
            f"{agreement.cosine:.5f}",
            "" if agreement.same_top is None else format_percent(agreement.same_top),
        )
        for agreement in agreements
    ]
    return table([head, *rows], right=range(1, 6))

"""Making a model's types those that an engine shall have. For a worker thread; nothing is loaded
before a model is converted.

A strongly typed network computes in the types of its model, so a precision is chosen by
converting the model. Older generations could be told by a flag instead; converting gives the same
engine in all of them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from trtstudio.engine.conversion import calibration, rules
from trtstudio.engine.conversion.floats import lower
from trtstudio.engine.conversion.model_file import load_typed, save
from trtstudio.engine.conversion.modelopt import run_modelopt
from trtstudio.engine.conversion.samples import Pictures
from trtstudio.model.build.build import BuildRequest, Progress
from trtstudio.model.build.conversion import PRECISIONS, Conversion
from trtstudio.model.errors import StudioError
from trtstudio.model.files import scratch_folder
from trtstudio.model.graph import Graph
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.weight_range import odd_weights

LOW = {"fp16": "float16", "bf16": "bfloat16"}
_NAMES_SHOWN = 5
OnProgress = Callable[[Progress], None]


@contextmanager
def converted(
    request: BuildRequest, on_progress: OnProgress, pictures: Pictures | None = None
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The model in the request's precision and what to warn of: the file itself for ``keep``, else
    a temporary one that is gone with the block. Arguments and errors as of ``convert``.
    """
    model = Path(request.model)
    if request.precision == "keep":
        yield model, _nan_warnings(model)
        return
    with scratch_folder() as folder:
        out = Path(folder, f"{model.stem}.onnx")
        asked = (request.precision, request.conversion)
        yield out, convert(model, out, *asked, on_progress=on_progress, pictures=pictures)


def convert(
    model: Path,
    out: Path,
    precision: str,
    conversion: Conversion,
    *,
    on_progress: OnProgress,
    pictures: Pictures | None = None,
) -> tuple[str, ...]:
    """Write the model in ``fp16``, ``bf16`` or ``int8``. Answers what to warn of.

    ``on_progress`` is called at every step and may raise Cancelled, which leaves nothing behind.
    ``pictures`` reads those of a calibration folder. Weights go to a file beside where the model
    would pass protobuf's 2 GB. Raises StudioError when the model cannot be converted.
    """
    if precision not in PRECISIONS[1:]:
        raise StudioError(
            f"A model cannot be converted to {precision}.",
            hint=f"Choose one of {', '.join(PRECISIONS[1:])}.",
        )
    on_progress(Progress("Checking the weights"))
    graph = read_onnx(model)
    rules.check_patterns(graph, conversion.keep_fp32)
    warnings = _check_weights(graph, model, precision, conversion)
    if conversion.tool == "modelopt":
        return warnings + _by_modelopt(model, out, precision, conversion, on_progress, pictures)
    if precision == "int8":
        return warnings + calibration.to_int8(model, out, conversion, on_progress, pictures)
    on_progress(Progress(f"Converting the model to {precision.upper()}"))
    low = LOW[precision]
    typed = load_typed(model, lambda graph, opset: rules.needed_opset(graph, opset, low))
    if not _has_float32(typed):
        warnings += (f"Nothing in {model.name} is FP32, so nothing of it was converted.",)
    lower(typed, low, keep_fp32=conversion.keep_fp32, convert_io=conversion.convert_io)
    on_progress(Progress("Writing the converted model"))
    save(typed, out)
    return warnings


def _by_modelopt(
    model: Path,
    out: Path,
    precision: str,
    conversion: Conversion,
    on_progress: OnProgress,
    pictures: Pictures | None,
) -> tuple[str, ...]:
    samples = None
    if precision == "int8":
        asked = calibration.calibration_of(conversion)
        samples = calibration.open_calibration(model, asked, on_progress, pictures)
    run_modelopt(model, out, precision, conversion, samples, on_progress)
    return samples.warnings if samples else ()


def _check_weights(
    graph: Graph, model: Path, precision: str, conversion: Conversion
) -> tuple[str, ...]:
    """Refuse NaN; warn of what FP16 cannot hold."""
    found = list(odd_weights(graph, model))
    if spoiled := [f"{weight.name} ({weight.nans})" for weight in found if weight.nans]:
        raise StudioError(
            f"{model.name} has weights with NaN: {_listed(spoiled)}.",
            hint="Export the model again from a checkpoint that was trained without them.",
        )
    in_fp16 = precision == "fp16" or (precision == "int8" and conversion.base == "fp16")
    if not in_fp16 or not found:
        return ()
    names = _listed([weight.name for weight in found])
    return (f"FP16 cannot hold all weights of {names}: they were cut to ±65504.",)


def _nan_warnings(model: Path) -> tuple[str, ...]:
    """What is built as it is may have what a conversion refuses; of weights that cannot be read the
    parser will tell.
    """
    try:
        spoiled = [weight.name for weight in odd_weights(read_onnx(model), model) if weight.nans]
    except StudioError:
        return ()
    if not spoiled:
        return ()
    return (
        f"{model.name} has weights with NaN, and so will be what comes of them: "
        f"{_listed(spoiled)}.",
    )


def _listed(names: list[str]) -> str:
    more = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _has_float32(model: Any) -> bool:
    values = (*model.graph.input, *model.graph.value_info, *model.graph.output)
    return any(value.type.tensor_type.elem_type == 1 for value in values)

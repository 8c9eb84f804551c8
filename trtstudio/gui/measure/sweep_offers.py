"""Which axes a loaded model can be swept over, with values to begin with. Plain functions."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.build.words import precision_short
from trtstudio.gui.measure.sweep_axis import AxisOffer
from trtstudio.model.build.conversion import PRECISIONS
from trtstudio.model.measure.loop import OPTIONS
from trtstudio.model.measure.sweep_axes import (
    PRECISION,
    AxisValue,
    dynamic_sizes,
    sizes_of,
    value_words,
)
from trtstudio.model.run import SessionInfo

_BATCHES = (1, 2, 4, 8)
_STREAMS = (1, 2, 4)


def offers(info: SessionInfo, *, has_loops: bool, model_types: str = "") -> list[AxisOffer]:
    """Its dynamic sizes, precisions, and the options of the loop where the runtime has a choice of
    them. ``model_types`` are those of the model as it is.
    """
    found = [_size(info, name) for name in _unlike(info, dynamic_sizes(info.inputs))]
    found.append(_precisions(has_loops, model_types))
    return [*found, *map(_option, OPTIONS)] if has_loops else found


def _precisions(are_engines: bool, model_types: str) -> AxisOffer:
    """Engines where an engine is loaded, else converted models."""
    words = tuple((name, precision_short(name, model_types)) for name in PRECISIONS)
    sentence = _tr("Each is converted first, and not kept; ONNX Runtime runs it.")
    if are_engines:
        sentence = _tr("Engines are built where there are none yet, as the loaded one was.")
    return AxisOffer(PRECISION, _tr("Precision"), PRECISIONS[:2], sentence, precisions=words)


def axis_words(value: AxisValue, model_types: str = "") -> str:
    """``4``, ``FP16``, ``net.plan``: a value as it is shown."""
    if value in PRECISIONS:
        return precision_short(str(value), model_types)
    return value_words(value)


def _unlike(info: SessionInfo, names: Iterable[str]) -> list[str]:
    """One name for each set of sizes: ``batch``, and not ``N`` and ``images[0]`` as well."""
    by_sizes: dict[tuple[tuple[str, int], ...], str] = {}
    for name in names:
        by_sizes.setdefault(tuple(sizes_of(info.inputs, name)), name)
    return list(by_sizes.values())


def _size(info: SessionInfo, name: str) -> AxisOffer:
    low, high = _bounds(info, name)
    tensor, axis = sizes_of(info.inputs, name)[0]
    best = info.shapes[tensor][axis]
    usual = _BATCHES if name == "batch" else (best, 2 * best)
    values = tuple(v for v in usual if v >= low and (high is None or v <= high)) or (best,)
    words = _tr("Batch") if name == "batch" else name
    sentence = ""
    if high is not None:
        sentence = _tr("The engine takes {low} to {high}.").format(low=low, high=high)
    return AxisOffer(name, words, values, sentence)


def _bounds(info: SessionInfo, name: str) -> tuple[int, int | None]:
    """The smallest and largest size of any profile."""
    ranges = [
        (profile[tensor].min[axis], profile[tensor].max[axis])
        for profile in info.profiles
        for tensor, axis in sizes_of(info.inputs, name)
        if tensor in profile
    ]
    return (min(low for low, _ in ranges), max(high for _, high in ranges)) if ranges else (1, None)


def _option(name: str) -> AxisOffer:
    words = {
        "streams": _tr("Streams"),
        "transfers": _tr("Transfers"),
        "overlap": _tr("Overlap"),
        "cuda_graph": _tr("CUDA graph"),
        "spin": _tr("Spin wait"),
        "pinned": _tr("Page-locked memory"),
    }.get(name, name)
    if name == "streams":
        return AxisOffer(name, words, _STREAMS)
    return AxisOffer(name, words, (0, 1), _tr("0 is without it, 1 is with it."), is_yes_no=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SweepOffers", text)

"""What a TensorRT offers for a build, in words for its user: precisions, GPUs, options. The offer
itself is what the installed TensorRT answers; a name without words here is shown as it is.
"""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from trtstudio.model.build.options import Option, Setting
from trtstudio.model.core_words import core_text
from trtstudio.model.graph import Graph
from trtstudio.model.quantities import format_limit

translate = QCoreApplication.translate

WEAK = "weak"
"""Stands among the precisions for weak typing, which is no conversion."""

_GPUS = {
    "sm_75": "Turing (RTX 20)",
    "sm_80": "A100",
    "sm_86": "Ampere (RTX 30)",
    "sm_87": "Jetson Orin",
    "sm_89": "Ada (RTX 40)",
    "sm_90": "Hopper (H100)",
    "sm_100": "Blackwell (B200)",
    "sm_120": "Blackwell (RTX 50)",
    "sm_121": "DGX Spark",
}
_DTYPES = {
    "float64": "FP64",
    "float32": "FP32",
    "float16": "FP16",
    "bfloat16": "BF16",
    "float8": "FP8",
    "int8": "INT8",
    "float4": "FP4",
    "int4": "INT4",
}
_CONVERTED = {"fp16": "FP16", "bf16": "BF16", "int8": "INT8", "fp8": "FP8"}


def target_name(target: str) -> str:
    """``sm_86 Ampere (RTX 30)``; an unknown one as it is."""
    return f"{target} {_GPUS[target]}" if target in _GPUS else target


def dtype_name(dtype: str) -> str:
    """``FP32`` for ``float32``; types that are no precision keep NumPy's name."""
    return next((name for prefix, name in _DTYPES.items() if dtype.startswith(prefix)), dtype)


def model_precision(graph: Graph) -> str:
    """The types that a model's weights are stored in: ``FP32``, ``FP32 + INT8``. Indices and
    shapes do not count.
    """
    found = {t.dtype for t in graph.tensors if t.role in ("weight", "input")}
    return " + ".join(name for prefix, name in _DTYPES.items() if _has(found, prefix))


def precision_name(precision: str, model_types: str) -> str:
    """A choice of ``BuildRequest.precision`` for a model with these types."""
    if precision == "keep":
        text = (
            translate("Build", "As the model says ({types})")
            if model_types
            else translate("Build", "As the model says")
        )
        return text.format(types=model_types)
    if precision == WEAK:
        return translate("Build", "TensorRT chooses, layer by layer")
    name = _CONVERTED.get(precision, precision.upper())
    return translate("Build", "{name} (the model is converted first)").format(name=name)


def precision_short(precision: str, model_types: str) -> str:
    """``FP16``; the model's own types where it is kept."""
    if precision == "keep":
        return model_types or translate("Build", "as the model says")
    if precision == WEAK:
        return translate("Build", "weakly typed")
    return _CONVERTED.get(precision, precision.upper())


def option_sentence(option: Option) -> str:
    """What an option does, in the window's language where it is translated."""
    return core_text(option.sentence)


def value_words(option: Option, value: Setting | None) -> str:
    """A value of an option, as it is shown: ``64 GiB``, ``on``, ``FAST``."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(value) or translate("Build", "none of them")
    if option.kind == "flag":
        return translate("Build", "on") if value else translate("Build", "off")
    if option.kind == "memory" and isinstance(value, int):
        return format_limit(value)
    if option.kind == "int" and value == -1:
        return translate("Build", "as TensorRT sees fit")
    return str(value)


def duration(seconds: float) -> str:
    """``12.3 s``, ``2 min 05 s``."""
    if seconds < 60:
        return translate("Build", "{seconds:.1f} s").format(seconds=seconds)
    minutes, rest = divmod(int(seconds), 60)
    return translate("Build", "{minutes} min {rest:02d} s").format(minutes=minutes, rest=rest)


def about(seconds: float) -> str:
    """``12 s``, ``2 min``: as exact as an estimate is."""
    if seconds < 90:
        return translate("Build", "{seconds:.0f} s").format(seconds=max(1.0, seconds))
    return translate("Build", "{minutes:.0f} min").format(minutes=seconds / 60)


def _has(dtypes: Iterable[str], prefix: str) -> bool:
    return any(dtype.startswith(prefix) for dtype in dtypes)

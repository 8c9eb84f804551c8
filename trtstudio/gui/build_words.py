"""What a TensorRT offers for a build, in words for its user: precisions, GPUs, flags. The offer
itself is what the installed TensorRT answers; a name without words here is shown as it is.
"""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from trtstudio.model.graph import Graph
from trtstudio.model.runtime import Runtime

translate = QCoreApplication.translate

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

_FLAGS: dict[str, Any] = {
    "DEBUG": QT_TRANSLATE_NOOP(
        "Build", "Wait for the GPU after every layer, to find one that fails."
    ),
    "REFIT": QT_TRANSLATE_NOOP("Build", "The weights can be replaced later without a new build."),
    "REFIT_IDENTICAL": QT_TRANSLATE_NOOP(
        "Build", "Can be refitted with the same weights only, which costs no speed."
    ),
    "STRIP_PLAN": QT_TRANSLATE_NOOP(
        "Build", "Leave the weights out of the plan; they are put back by refitting."
    ),
    "SPARSE_WEIGHTS": QT_TRANSLATE_NOOP(
        "Build", "Use sparse kernels where two of every four weights are zero."
    ),
    "WEIGHT_STREAMING": QT_TRANSLATE_NOOP(
        "Build", "Weights can stay in host memory: less GPU memory, slower."
    ),
    "STRICT_NANS": QT_TRANSLATE_NOOP(
        "Build", "Never simplify 0 * x or x - x, so that NaN and infinity get through."
    ),
    "VERSION_COMPATIBLE": QT_TRANSLATE_NOOP(
        "Build", "Later TensorRT versions can load the plan too; it may be slower."
    ),
    "DISABLE_TIMING_CACHE": QT_TRANSLATE_NOOP(
        "Build", "Time every layer afresh, even identical ones: a longer build."
    ),
    "DISABLE_COMPILATION_CACHE": QT_TRANSLATE_NOOP(
        "Build", "Compile every kernel afresh: a longer build."
    ),
    "MONITOR_MEMORY": QT_TRANSLATE_NOOP("Build", "Write memory use during the build to the log."),
    "DISTRIBUTIVE_INDEPENDENCE": QT_TRANSLATE_NOOP(
        "Build", "An item's result does not depend on the others in its batch."
    ),
    "REQUIRE_USER_ALLOCATION": QT_TRANSLATE_NOOP(
        "Build", "No memory is allocated at run time, so inference can be captured in a CUDA graph."
    ),
}

_NOT_ALONE = frozenset(
    {
        "TF32",  # on unless cleared
        "GPU_FALLBACK",  # of DLA
        "SAFETY_SCOPE",
        "DIRECT_IO",  # needs formats for the inputs and outputs
        "EXCLUDE_LEAN_RUNTIME",  # part of VERSION_COMPATIBLE
        "EDITABLE_TIMING_CACHE",  # needs a cache
        "ERROR_ON_TIMING_CACHE_MISS",
        "REFIT_INDIVIDUAL",  # needs marked weights
    }
)
_NOT_IN_RTX = frozenset({"VERSION_COMPATIBLE", "DISABLE_TIMING_CACHE"})
_NEED_GPU_IN_RTX = frozenset({"REFIT", "REFIT_IDENTICAL", "STRIP_PLAN"})


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
    name = _CONVERTED.get(precision, precision.upper())
    return translate("Build", "{name} (the model is converted first)").format(name=name)


def flag_sentence(flag: str) -> str:
    """What a builder flag does, or nothing where that is not known here."""
    return translate("Build", _FLAGS[flag]) if flag in _FLAGS else ""


def offered_flags(runtime: Runtime) -> tuple[str, ...]:
    """The flags that do something when set on their own, those with words first."""
    left_out = _NOT_ALONE | (_NOT_IN_RTX if runtime.kind == "tensorrt_rtx" else frozenset())
    return tuple(sorted(set(runtime.flags) - left_out, key=lambda f: (f not in _FLAGS, f)))


def flag_needs_gpu(flag: str, runtime: Runtime) -> bool:
    """Whether a build with this flag fails on a machine without a GPU."""
    return runtime.kind == "tensorrt_rtx" and flag in _NEED_GPU_IN_RTX


def duration(seconds: float) -> str:
    """``12.3 s``, ``2 min 05 s``."""
    if seconds < 60:
        return translate("Build", "{seconds:.1f} s").format(seconds=seconds)
    minutes, rest = divmod(int(seconds), 60)
    return translate("Build", "{minutes} min {rest:02d} s").format(minutes=minutes, rest=rest)


def _has(dtypes: Iterable[str], prefix: str) -> bool:
    return any(dtype.startswith(prefix) for dtype in dtypes)

"""Which options of a build belong together, and what goes with what. Main thread only."""

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from trtstudio.model.build.options import Option

OUTPUTS, NOT_OUTPUTS, DEBUG, DEBUG_UNFUSED = "outputs", "not_outputs", "debug", "debug_unfused"
REFITTABLE, ON_DLA, ON_GPU = "refittable", "on_dla", "on_gpu"
CACHE, PLUGINS, SEVERITY = "timing_cache", "plugins", "log_severity"
"""What is no option of TensorRT's builder, by the field of the request."""

_GROUPS: dict[str, tuple[str, ...]] = {
    "outputs": (OUTPUTS, NOT_OUTPUTS),
    "speed": (
        "builder_optimization_level",
        "max_aux_streams",
        "tactic_sources",
        "max_num_tactics",
        "avg_timing_iterations",
        "tiling_optimization_level",
        "l2_limit_for_tiling",
        "SPARSE_WEIGHTS",
        "DISABLE_COMPILATION_CACHE",
        "preview_features",
        "build_route",
    ),
    "memory": (
        "WORKSPACE",
        "TACTIC_DRAM",
        "TACTIC_SHARED_MEMORY",
        "WEIGHT_STREAMING",
        "REQUIRE_USER_ALLOCATION",
    ),
    "weights": (
        "REFIT",
        "REFIT_IDENTICAL",
        "REFIT_INDIVIDUAL",
        REFITTABLE,
        "STRIP_PLAN",
        "WEIGHTLESS",
    ),
    "numbers": ("STRICT_NANS", "DISTRIBUTIVE_INDEPENDENCE", "quantization_flags"),
    "compatibility": (
        "VERSION_COMPATIBLE",
        "EXCLUDE_LEAN_RUNTIME",
        "hardware_compatibility_level",
        "runtime_platform",
        "engine_capability",
        "SAFETY_SCOPE",
        "DIRECT_IO",
        "REJECT_EMPTY_ALGORITHMS",
    ),
    "cache": (
        CACHE,
        "DISABLE_TIMING_CACHE",
        "EDITABLE_TIMING_CACHE",
        "ERROR_ON_TIMING_CACHE_MISS",
    ),
    "plugins": (PLUGINS, "ENABLE_PLUGIN_OVERRIDE", "NATIVE_INSTANCENORM"),
    "log": (
        SEVERITY,
        "profiling_verbosity",
        "DEBUG",
        "MONITOR_MEMORY",
        DEBUG,
        DEBUG_UNFUSED,
    ),
    "dla": ("default_device_type", "DLA_core", "GPU_FALLBACK", ON_DLA, ON_GPU),
}
_PLACES = {name: (group, i) for group, names in _GROUPS.items() for i, name in enumerate(names)}
ORDER = (*_GROUPS, "other")


def group_of(name: str) -> str:
    """The group of an option; what nobody knows yet is ``other``."""
    if name in _PLACES:
        return _PLACES[name][0]
    return "dla" if "DLA" in name else "other"


def rank(option: Option) -> tuple[int, int, str]:
    """Where an option stands among all."""
    name = option.name
    return ORDER.index(group_of(name)), _PLACES.get(name, ("", len(_PLACES)))[1], name


def group_title(group: str) -> str:
    """The heading of a group."""
    return {
        "outputs": _tr("Outputs"),
        "speed": _tr("Speed and effort"),
        "memory": _tr("Memory"),
        "weights": _tr("Weights"),
        "numbers": _tr("Numbers"),
        "compatibility": _tr("Compatibility"),
        "cache": _tr("Timing cache"),
        "plugins": _tr("Plugins"),
        "log": _tr("Log and debugging"),
        "dla": _tr("DLA"),
        "other": _tr("Other"),
    }[group]


def conflicts(chosen: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each option that cannot be as it is beside the others, and why."""
    if "EXCLUDE_LEAN_RUNTIME" in chosen and "VERSION_COMPATIBLE" not in chosen:
        yield "EXCLUDE_LEAN_RUNTIME", _tr("This is for a plan with VERSION_COMPATIBLE.")
    if "REFIT_INDIVIDUAL" in chosen and REFITTABLE not in chosen:
        yield "REFIT_INDIVIDUAL", _tr("Name the weights that can be replaced.")
    if "ERROR_ON_TIMING_CACHE_MISS" in chosen and CACHE not in chosen:
        yield "ERROR_ON_TIMING_CACHE_MISS", _tr("Choose the timing cache first.")
    if "DISABLE_TIMING_CACHE" in chosen and CACHE in chosen:
        yield "DISABLE_TIMING_CACHE", _tr("A timing cache is chosen above: clear one of the two.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("BuildGroups", text)

"""Every builder option of a TensorRT, read from its module: the members of its enums and the
properties of its configuration. For a worker thread.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from types import ModuleType
from typing import Any

from trtstudio.engine.logger import capture, process_logger
from trtstudio.model.build.options import BOUNDS, Option, OptionKind, Setting, sentence_of
from trtstudio.model.runtime import Ability

PRECISION_FLAGS = ("FP16", "BF16", "INT8", "FP8", "INT4", "FP4")
_CONSTRAINT_FLAGS = frozenset({"OBEY_PRECISION_CONSTRAINTS", "PREFER_PRECISION_CONSTRAINTS"})
_NEED_GPU_IN_RTX = frozenset({"REFIT", "REFIT_IDENTICAL", "STRIP_PLAN", "WEIGHTLESS"})
_NOT_IN_RTX = frozenset(  # it has them, and they do nothing or fail
    {"VERSION_COMPATIBLE", "EXCLUDE_LEAN_RUNTIME", "DISABLE_TIMING_CACHE"}
    | {"EDITABLE_TIMING_CACHE", "ERROR_ON_TIMING_CACHE_MISS", "hardware_compatibility_level"}
    | {"runtime_platform", "engine_capability", "build_route", "SAFETY_SCOPE"}
)
_DLA = re.compile(r"DLA|GPU_FALLBACK|default_device_type", re.IGNORECASE)
_NOT_OPTIONS = frozenset(
    {"flags", "quantization_flags"}  # numbers that differ between versions: see the sets
    | {"profile_stream", "num_compute_capabilities"}  # set for every build
    | {"remote_auto_tuning_config"}  # holds a password, and requests are kept on the disk
)
_SETS = {
    "tactic_sources": "TacticSource",
    "preview_features": "PreviewFeature",
    "quantization_flags": "QuantizationFlag",
}


def is_rtx(module: ModuleType) -> bool:
    """Whether the module is TensorRT for RTX."""
    return module.__name__.partition(".")[0] == "tensorrt_rtx"


def flag_names(module: ModuleType) -> tuple[str, ...]:
    """The builder flags but those of weak typing, which ``WeakTyping`` has."""
    left_out = _CONSTRAINT_FLAGS.union(PRECISION_FLAGS)
    return tuple(name for name in module.BuilderFlag.__members__ if name not in left_out)


def weak_precisions(module: ModuleType) -> tuple[str, ...]:
    """What a weakly typed network can choose among; nothing where there are none. TensorRT-RTX 1.4
    has the flags and refuses to build with them.
    """
    if is_rtx(module):
        return ()
    return tuple(name for name in PRECISION_FLAGS if name in module.BuilderFlag.__members__)


def abilities(module: ModuleType) -> tuple[Ability, ...]:
    """What this TensorRT can do besides options."""
    rtx, network = is_rtx(module), module.INetworkDefinition
    has: dict[Ability, bool] = {
        "weak_typing": bool(weak_precisions(module)),
        "calibration": hasattr(module.IBuilderConfig, "int8_calibrator"),
        "timing_cache": not rtx,  # that of TensorRT-RTX does nothing
        "plugins": hasattr(network, "add_plugin_v3"),
        "debug_tensors": hasattr(network, "mark_debug"),
        "unfused_debug_tensors": hasattr(network, "mark_unfused_tensors_as_debug_tensors"),
        "refittable_weights": hasattr(network, "mark_weights_refittable"),
        "layer_devices": not rtx,  # no GPU that TensorRT-RTX knows has a DLA beside it
    }
    return tuple(ability for ability, there in has.items() if there)


def list_options(module: ModuleType, *, defaults: bool = False) -> tuple[Option, ...]:
    """All options of this TensorRT, flags first. With ``defaults`` they are asked of a builder,
    where one can be made: TensorRT proper needs a GPU for that.
    """
    builder = _builder(module) if defaults else None
    config = builder and builder.create_builder_config()
    found = _flags(module), _parser_flags(module), _properties(module), _sets(module)
    with_dla = builder is None or builder.num_DLA_cores > 0
    return tuple(
        _with_default(module, config, option)
        for part in (*found, _pools(module))
        for option in part
        if with_dla or not _DLA.search(option.name)
    )


@cache
def kinds(module: ModuleType) -> dict[str, OptionKind]:
    """The kind of every option by its name."""
    return {option.name: option.kind for option in list_options(module)}


@cache
def enum_of(module: ModuleType, name: str) -> Any:
    """The enum whose members an ``enum`` or a ``set`` takes."""
    if name in _SETS:
        return getattr(module, _SETS[name])
    return getattr(module, _type_name(getattr(module.IBuilderConfig, name)), None)


def _builder(module: ModuleType) -> Any:
    with capture(), suppress(TypeError):  # pybind11's word for a constructor that answered null
        return module.Builder(process_logger(module))


def _flags(module: ModuleType) -> Iterator[Option]:
    for name in flag_names(module):
        if name == "TF32" or _left_out(module, name):
            continue  # TF32 is BuildRequest.exact_fp32
        needs_gpu = is_rtx(module) and name in _NEED_GPU_IN_RTX
        yield _option(name, "flag", _member_words(module.BuilderFlag, name), needs_gpu=needs_gpu)


def _parser_flags(module: ModuleType) -> Iterator[Option]:
    for name in module.OnnxParserFlag.__members__:
        yield _option(name, "parser_flag", _member_words(module.OnnxParserFlag, name))


def _properties(module: ModuleType) -> Iterator[Option]:
    for name, attribute in vars(module.IBuilderConfig).items():
        is_writable = isinstance(attribute, property) and attribute.fset is not None
        if not is_writable or name in _NOT_OPTIONS or _left_out(module, name):
            continue
        words, type_name = _property_words(module, name), _type_name(attribute)
        if type_name in ("int", "str"):
            low, high = BOUNDS.get(name, (None, None))
            kind: OptionKind = "int" if type_name == "int" else "text"
            yield _option(name, kind, words, low=low, high=high)
        elif members := _members(enum_of(module, name)):
            yield _option(name, "enum", words, members=members)


def _sets(module: ModuleType) -> Iterator[Option]:
    config = module.IBuilderConfig
    for name, enum_name in _SETS.items():
        enum = getattr(module, enum_name, None)
        has_setter = name != "quantization_flags" or hasattr(config, "set_quantization_flag")
        if has_setter and (members := _members(enum)):
            yield _option(name, "set", enum.__doc__ or "", members=members)


def _pools(module: ModuleType) -> Iterator[Option]:
    for name in module.MemoryPoolType.__members__:
        yield _option(name, "memory", _member_words(module.MemoryPoolType, name))


def _option(name: str, kind: OptionKind, documentation: str, **known: Any) -> Option:
    deprecated = "[DEPRECATED]" in documentation
    return Option(name, kind, sentence_of(name, documentation), deprecated=deprecated, **known)


def _left_out(module: ModuleType, name: str) -> bool:
    return is_rtx(module) and name in _NOT_IN_RTX


def _members(enum: Any) -> tuple[str, ...]:
    return tuple(getattr(enum, "__members__", ()))


def _type_name(attribute: property) -> str:
    """``int``, ``str`` or the name of a class, from the signature that pybind11 writes."""
    found = re.search(r"-> (?:\w+\.)*(\w+)", attribute.fget.__doc__ or "")
    return found[1] if found else ""


def _member_words(enum: Any, name: str) -> str:
    """What the docstring of an enum says of one member."""
    found = re.search(rf"^  {name} :(.*?)(?=^  \w+ :|\Z)", enum.__doc__ or "", re.M | re.S)
    return found[1].strip() if found else ""


def _property_words(module: ModuleType, name: str) -> str:
    found = re.search(rf":ivar {name}:(.*)", module.IBuilderConfig.__doc__ or "")
    return re.sub(r":class:`[^`]*`", "", found[1]).strip() if found else ""


def _with_default(module: ModuleType, config: Any, option: Option) -> Option:
    if config is None or option.kind == "parser_flag":
        return option
    if option.name == "profiling_verbosity":
        return replace(option, default="DETAILED")  # every build of ours asks for it
    return replace(option, default=read_option(module, config, option.name, option.kind))


def read_option(module: ModuleType, config: Any, name: str, kind: OptionKind) -> Setting:
    """What a configuration holds for one option, by name."""
    if kind == "flag":
        return int(config.get_flag(module.BuilderFlag.__members__[name]))
    if kind == "memory":
        return int(config.get_memory_pool_limit(module.MemoryPoolType.__members__[name]))
    if kind == "set":
        return _read_set(config, name, enum_of(module, name).__members__)
    value = getattr(config, name)
    return str(value.name) if kind == "enum" else value


def _read_set(config: Any, name: str, members: dict[str, Any]) -> tuple[str, ...]:
    if name == "tactic_sources":
        mask = config.get_tactic_sources()
        return tuple(n for n, member in members.items() if mask >> int(member) & 1)
    is_set = {
        "preview_features": config.get_preview_feature,
        "quantization_flags": getattr(config, "get_quantization_flag", None),
    }[name]
    return tuple(n for n, member in members.items() if is_set and is_set(member))

"""What a request asks for, set in a builder's configuration and read back: TensorRT's setters
only log what they refuse. For the thread that builds.
"""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from trtstudio.engine.build.option_list import enum_of, kinds, read_option
from trtstudio.engine.runtime import target_members
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.options import BOUNDS, OptionKind, Setting
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Profile, ShapeRange


def configure(module: ModuleType, builder: Any, request: BuildRequest) -> Any:
    """A configuration that carries out the request. Raises StudioError for what is refused."""
    config = builder.create_builder_config()
    # Without this an engine's layers have names and nothing else.
    config.profiling_verbosity = module.ProfilingVerbosity.DETAILED
    _set_targets(module, config, request.targets)
    if request.exact_fp32:
        config.clear_flag(module.BuilderFlag.TF32)
    for name in flags_of(module, request):
        _set_flag(module, config, name)
    for name, value in request.options.items():
        set_option(module, config, name, value)
    if request.plugins_in_plan:
        config.plugins_to_serialize = list(request.plugins)
    for profile in request.profiles:
        _add_profile(builder, config, profile)
    return config


def flags_of(module: ModuleType, request: BuildRequest) -> list[str]:
    """The flags that a request sets, and those that what it asks for needs: in TensorRT's own
    order, in which a flag that needs another comes after it.
    """
    wanted = set(request.flags)
    if request.network.refittable:
        wanted.add("REFIT_INDIVIDUAL")
    if request.weak is not None:
        wanted.update(request.weak.precisions)
        if request.weak.constraints != "none":
            wanted.add(f"{request.weak.constraints.upper()}_PRECISION_CONSTRAINTS")
    return [name for name in module.BuilderFlag.__members__ if name in wanted]


def _set_targets(module: ModuleType, config: Any, targets: tuple[str, ...]) -> None:
    if not targets:
        return
    members = target_members(module)
    config.num_compute_capabilities = len(targets)
    for index, target in enumerate(targets):
        if not config.set_compute_capability(members[target], index):
            raise StudioError(
                f"TensorRT refuses the target {target} beside {', '.join(targets)}.",
                hint="Build for the current GPU alone, or only for named ones.",
            )


def _set_flag(module: ModuleType, config: Any, name: str) -> None:
    flag = module.BuilderFlag.__members__[name]
    config.set_flag(flag)
    if not config.get_flag(flag):
        raise StudioError(
            f"TensorRT refuses the flag {name}.",
            hint="It may need another flag first, or another TensorRT; see the details.",
        )


def set_option(module: ModuleType, config: Any, name: str, value: Setting) -> None:
    """Set one option that is no flag. Raises StudioError where TensorRT does not take it."""
    kind = kinds(module)[name]
    try:
        _write_option(module, config, name, kind, value)
    except (TypeError, ValueError, OverflowError) as error:  # pybind11's words for a wrong type
        raise _refused(name, value, kind) from error
    if read_option(module, config, name, kind) != _as_read(module, name, kind, value):
        raise _refused(name, value, kind)


def _write_option(
    module: ModuleType, config: Any, name: str, kind: OptionKind, value: Setting
) -> None:
    if kind == "memory":
        config.set_memory_pool_limit(module.MemoryPoolType.__members__[name], value)
    elif kind == "set":
        _write_set(config, name, enum_of(module, name).__members__, value)
    elif kind == "enum":
        setattr(config, name, enum_of(module, name).__members__[value])
    else:
        setattr(config, name, value)


def _write_set(config: Any, name: str, members: Mapping[str, Any], value: Setting) -> None:
    wanted = value if isinstance(value, tuple) else ()
    if name == "tactic_sources":
        config.set_tactic_sources(sum(1 << int(members[n]) for n in wanted))
        return
    for member_name, member in members.items():
        if name == "preview_features":
            config.set_preview_feature(member, member_name in wanted)
        elif member_name in wanted:
            config.set_quantization_flag(member)
        else:
            config.clear_quantization_flag(member)


def _as_read(module: ModuleType, name: str, kind: OptionKind, value: Setting) -> Setting:
    """A set is read in the order of its members."""
    if kind == "set" and isinstance(value, tuple):
        return tuple(n for n in enum_of(module, name).__members__ if n in value)
    return value


def _refused(name: str, value: Setting, kind: OptionKind) -> StudioError:
    words = ", ".join(value) if isinstance(value, tuple) else value
    hint = "See the details for TensorRT's own words, or leave the option as it is."
    low, high = BOUNDS.get(name, (None, None))
    if low is not None:
        hint = f"Choose {low} to {high}." if high is not None else f"Choose {low} or more."
    elif kind == "memory":
        hint = "Choose a size that is not above the memory of the GPU; of a DLA, a power of two."
    return StudioError(f"TensorRT refuses {name} = {words}.", hint=hint)


def _add_profile(builder: Any, config: Any, ranges: Profile) -> None:
    profile = builder.create_optimization_profile()
    for name, shapes in ranges.items():
        _set_range(profile, name, shapes)
    if config.add_optimization_profile(profile) < 0:
        raise StudioError(
            f"TensorRT refuses the profile of {', '.join(ranges)}.",
            hint="Every size must satisfy minimum <= optimum <= maximum.",
        )


def _set_range(profile: Any, name: str, shapes: ShapeRange) -> None:
    if not shapes.values:
        profile.set_shape(name, shapes.min, shapes.opt, shapes.max)
        return
    profile.set_shape_input(name, shapes.min, shapes.opt, shapes.max)
    # It says nothing of a refusal; what it keeps does.
    kept = profile.get_shape_input(name)
    if [tuple(values) for values in kept] != [shapes.min, shapes.opt, shapes.max]:
        raise StudioError(
            f"TensorRT refuses these values of {name} in a profile.",
            hint="Give as many values as the input holds, with min <= opt <= max.",
        )

"""What a request asks for, set in a builder's configuration and read back: TensorRT's setters
only log what they refuse. For the thread that builds.
"""

from types import ModuleType
from typing import Any

from trtstudio.engine.runtime import target_members
from trtstudio.model.build import BuildRequest, Profile
from trtstudio.model.errors import StudioError


def configure(module: ModuleType, builder: Any, request: BuildRequest) -> Any:
    """A configuration that carries out the request. Raises StudioError for what is refused."""
    config = builder.create_builder_config()
    # Without this an engine's layers have names and nothing else.
    config.profiling_verbosity = module.ProfilingVerbosity.DETAILED
    _set_targets(module, config, request.targets)
    # In TensorRT's own order, in which a flag that needs another comes after it.
    for name in filter(request.flags.__contains__, module.BuilderFlag.__members__):
        _set_flag(module, config, name)
    _set_limits(module, config, request)
    for profile in request.profiles:
        _add_profile(builder, config, profile)
    return config


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


def _set_limits(module: ModuleType, config: Any, request: BuildRequest) -> None:
    level = request.optimization_level
    if level is not None:
        config.builder_optimization_level = level
        if config.builder_optimization_level != level:
            raise StudioError(
                f"TensorRT refuses the optimization level {level}.", hint="Choose 0 to 5."
            )
    size = request.workspace_bytes
    if size is not None:
        pool = module.MemoryPoolType.WORKSPACE
        config.set_memory_pool_limit(pool, size)
        if config.get_memory_pool_limit(pool) != size:
            raise StudioError(
                f"TensorRT refuses a workspace of {size} bytes.",
                hint="Choose a size that is not above the memory of the GPU.",
            )


def _add_profile(builder: Any, config: Any, ranges: Profile) -> None:
    profile = builder.create_optimization_profile()
    for name, shapes in ranges.items():
        profile.set_shape(name, shapes.min, shapes.opt, shapes.max)
    if config.add_optimization_profile(profile) < 0:
        raise StudioError(
            f"TensorRT refuses the profile of {', '.join(ranges)}.",
            hint="Every size must satisfy minimum <= optimum <= maximum.",
        )

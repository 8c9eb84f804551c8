"""A build request in the words of Polygraphy's ``convert``. Any thread.

The options are those of Polygraphy 0.53; tests let it parse what is written here.
"""

from collections.abc import Callable, Iterator, Mapping

from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.build_options import NetworkEdits, TimingCache, WeakTyping
from trtstudio.model.build.commands.shell import Command, bounds, by_x
from trtstudio.model.build.options import Setting
from trtstudio.model.graph import Profile
from trtstudio.model.runtime import RuntimeKind

_FLAGS = {
    "REFIT": "--refittable",
    "STRIP_PLAN": "--strip-plan",
    "VERSION_COMPATIBLE": "--version-compatible",
    "EXCLUDE_LEAN_RUNTIME": "--exclude-lean-runtime",
    "SPARSE_WEIGHTS": "--sparse-weights",
    "DIRECT_IO": "--direct-io",
    "DISABLE_COMPILATION_CACHE": "--disable-compilation-cache",
    "ERROR_ON_TIMING_CACHE_MISS": "--error-on-timing-cache-miss",
    "WEIGHT_STREAMING": "--weight-streaming",
    "GPU_FALLBACK": "--allow-gpu-fallback",
    "SAFETY_SCOPE": "--trt-safety-restricted",
}
_NUMBERS = {
    "builder_optimization_level": "--builder-optimization-level",
    "max_aux_streams": "--max-aux-streams",
}
_NAMES = {
    "hardware_compatibility_level": "--hardware-compatibility-level",
    "runtime_platform": "--runtime-platform",
    "tiling_optimization_level": "--tiling-optimization-level",
    "profiling_verbosity": "--profiling-verbosity",
}
_SETS = {
    "tactic_sources": "--tactic-sources",
    "preview_features": "--preview-features",
    "quantization_flags": "--quantization-flags",
}
_PRECISIONS = {name: f"--{name.lower()}" for name in ("FP16", "BF16", "INT8", "FP8")}
_VERBOSITY = {"verbose": ("-v", "-v"), "warning": ("-q",), "error": ("-q", "-q")}

_Note = Callable[[str], None]


def polygraphy_command(request: BuildRequest, kind: RuntimeKind) -> Command:
    """The command, with the variable that chooses TensorRT-RTX."""
    notes: list[str] = []
    say = notes.append
    rtx = kind == "tensorrt_rtx"
    if request.targets and not rtx:
        say(f"This builds for the GPU that is there, not for {', '.join(request.targets)}.")
    words = (
        *("polygraphy", "convert", request.model, "--convert-to", "trt", "-o", request.plan),
        *(word for profile in request.profiles for word in _profile(profile)),
        *_typing(request, say),
        *_flags(request, say),
        *_options(request.options, say),
        *_network(request.network, say),
        *_cache(request.timing_cache, say),
        *_several("--compute-capabilities", _targets(request.targets if rtx else ())),
        *_several("--plugins", request.plugins),
        *_VERBOSITY.get(request.log_severity, ()),
    )
    if request.plugins_in_plan:
        say("Polygraphy cannot put plugin libraries into the plan.")
    environment = {"POLYGRAPHY_USE_TENSORRT_RTX": "1"} if rtx else {}
    if rtx and request.exact_fp32:
        environment["NVIDIA_TF32_OVERRIDE"] = "0"
    return Command(words, tuple(notes), tuple(environment.items()))


def _several(option: str, values: tuple[str, ...]) -> tuple[str, ...]:
    return (option, *values) if values else ()


def _targets(targets: tuple[str, ...]) -> tuple[str, ...]:
    """``8.6`` for ``sm_86``; what is here is Polygraphy's default."""
    numbers = (target.removeprefix("sm_") for target in targets if target.startswith("sm_"))
    return tuple(f"{number[:-1]}.{number[-1]}" for number in numbers)


def _profile(profile: Profile) -> Iterator[str]:
    for bound, shapes in bounds(profile).items():
        yield f"--trt-{bound}-shapes"
        for name, shape in shapes.items():
            yield f"{name}:[{','.join(map(str, shape))}]"


def _typing(request: BuildRequest, say: _Note) -> Iterator[str]:
    if request.precision != "keep":
        say(f"Polygraphy is to be given a model that is in {request.precision.upper()} already.")
    if not request.exact_fp32:
        yield "--tf32"  # off by default, other than in TensorRT
    if request.weak is None:
        yield "--strongly-typed"
    else:
        yield from _weak(request.weak, say)


def _weak(weak: WeakTyping, say: _Note) -> Iterator[str]:
    for name in weak.precisions:
        if name in _PRECISIONS:
            yield _PRECISIONS[name]
        else:
            say(f"Polygraphy cannot allow {name}.")
    for name in filter(_is_pattern, weak.layer_precisions):
        say(f"Polygraphy takes names of layers, not a pattern: {name}.")
    named = {n: d for n, d in weak.layer_precisions.items() if not _is_pattern(n)}
    yield from _several("--layer-precisions", tuple(f"{n}:{d}" for n, d in named.items()))
    for name in weak.output_types:
        say(f"Polygraphy cannot set the output types of layers, here {name}.")
    if weak.constraints != "none":
        yield from ("--precision-constraints", weak.constraints)


def _is_pattern(name: str) -> bool:
    return "*" in name or "?" in name


def _flags(request: BuildRequest, say: _Note) -> Iterator[str]:
    for name in request.flags:
        if name in _FLAGS:
            yield _FLAGS[name]
        else:
            say(f"Polygraphy cannot set the flag {name}.")


def _options(options: Mapping[str, Setting], say: _Note) -> Iterator[str]:
    if "profiling_verbosity" not in options:
        yield from ("--profiling-verbosity", "detailed")  # as every build of ours
    pools = tuple(f"{n.lower()}:{size}" for n, size in options.items() if n.isupper())
    yield from _several("--pool-limit", pools)
    for name, value in options.items():
        if name in _NUMBERS:
            yield from (_NUMBERS[name], str(value))
        elif name in _NAMES:
            yield from (_NAMES[name], str(value).lower())
        elif name in _SETS and isinstance(value, tuple):
            yield from (_SETS[name], *value)
        elif (name, value) == ("default_device_type", "DLA"):
            yield "--use-dla"
        elif not name.isupper():
            say(f"Polygraphy cannot set {name} = {value}.")


def _network(network: NetworkEdits, say: _Note) -> Iterator[str]:
    if network.outputs:
        say("--trt-outputs replaces all outputs: add those that the model has.")
    yield from _several("--trt-outputs", network.outputs)
    yield from _several("--trt-exclude-outputs", network.not_outputs)
    yield from _several("--mark-debug", network.debug)
    if network.debug_unfused:
        yield "--mark-unfused-tensors-as-debug-tensors"
    for name, shape in network.input_shapes.items():
        say(f"Polygraphy cannot make the declared shape of {name} {by_x(shape)}.")
    for name in network.refittable:
        say(f"Polygraphy cannot choose which weights are refittable, here {name}.")
    for name in (*network.on_dla, *network.on_gpu):
        say(f"Polygraphy cannot choose the device of a layer, here of {name}.")
    cleared = {name for name in network.parser_flags if name.startswith("-")}
    yield from _several(
        "--onnx-flags", tuple(n.lower() for n in network.parser_flags if n not in cleared)
    )
    for name in cleared:
        if name == "-NATIVE_INSTANCENORM":
            yield "--plugin-instancenorm"
        else:
            say(f"Polygraphy cannot clear the parser flag {name[1:]}.")


def _cache(cache: TimingCache | None, say: _Note) -> Iterator[str]:
    if cache is None:
        return
    yield from ("--load-timing-cache", cache.path)
    if cache.mode == "update":
        yield from ("--save-timing-cache", cache.path)
    if cache.combine:
        say(f"Polygraphy cannot combine timing caches, here {', '.join(cache.combine)}.")
    if cache.ignore_mismatch:
        say("Polygraphy takes no timing cache that does not match.")

"""A build request in the words of ``trtexec``, of TensorRT 10 and of TensorRT 11. Any thread.

The options are those that the source of trtexec lists, tags v10.13 and v11.1; tests hold the list.
"""

from collections.abc import Callable, Iterator, Mapping

from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.build_options import NetworkEdits, TimingCache, WeakTyping
from trtstudio.model.build.commands.shell import Command, bounds, by_x
from trtstudio.model.build.options import Setting
from trtstudio.model.graph import Profile, Shape
from trtstudio.model.runtime import RuntimeKind

_FLAGS = {
    "REFIT": "--refit",
    "STRIP_PLAN": "--stripWeights",
    "VERSION_COMPATIBLE": "--versionCompatible",
    "EXCLUDE_LEAN_RUNTIME": "--excludeLeanRuntime",
    "SPARSE_WEIGHTS": "--sparsity=enable",
    "DIRECT_IO": "--directIO",
    "DISABLE_TIMING_CACHE": "--noBuilderCache",
    "DISABLE_COMPILATION_CACHE": "--noCompilationCache",
    "ERROR_ON_TIMING_CACHE_MISS": "--errorOnTimingCacheMiss",
    "WEIGHT_STREAMING": "--allowWeightStreaming",
    "MONITOR_MEMORY": "--monitorMemory",
    "GPU_FALLBACK": "--allowGPUFallback",
}
_FLAGS_10 = _FLAGS | {"SAFETY_SCOPE": "--restricted"}
_NUMBERS = {
    "builder_optimization_level": "--builderOptimizationLevel",
    "avg_timing_iterations": "--avgTiming",
    "max_aux_streams": "--maxAuxStreams",
    "max_num_tactics": "--maxTactics",
    "l2_limit_for_tiling": "--l2LimitForTiling",
    "DLA_core": "--useDLACore",
}
_WORDS = {
    ("hardware_compatibility_level", "NONE"): "--hardwareCompatibilityLevel=none",
    ("hardware_compatibility_level", "AMPERE_PLUS"): "--hardwareCompatibilityLevel=ampere+",
    (
        "hardware_compatibility_level",
        "SAME_COMPUTE_CAPABILITY",
    ): "--hardwareCompatibilityLevel=sameComputeCapability",
    ("runtime_platform", "SAME_AS_BUILD"): "--runtimePlatform=SameAsBuild",
    ("runtime_platform", "WINDOWS_AMD64"): "--runtimePlatform=WindowsAMD64",
    ("engine_capability", "SAFETY"): "--safe",
    ("engine_capability", "DLA_STANDALONE"): "--buildDLAStandalone",
    ("tiling_optimization_level", "NONE"): "--tilingOptimizationLevel=0",
    ("tiling_optimization_level", "FAST"): "--tilingOptimizationLevel=1",
    ("tiling_optimization_level", "MODERATE"): "--tilingOptimizationLevel=2",
    ("tiling_optimization_level", "FULL"): "--tilingOptimizationLevel=3",
}
_SILENT = {("engine_capability", "STANDARD"), ("default_device_type", "GPU")}
_POOLS = {
    "WORKSPACE": "workspace",
    "DLA_MANAGED_SRAM": "dlaSRAM",
    "DLA_LOCAL_DRAM": "dlaLocalDRAM",
    "DLA_GLOBAL_DRAM": "dlaGlobalDRAM",
    "TACTIC_SHARED_MEMORY": "tacticSharedMem",
}
_TACTICS: dict[int, tuple[str, ...]] = {11: ("EDGE_MASK_CONVOLUTIONS", "JIT_CONVOLUTIONS")}
_TACTICS[10] = ("CUBLAS", "CUBLAS_LT", "CUDNN", *_TACTICS[11])
_PREVIEWS = {
    11: {
        "ALIASED_PLUGIN_IO_10_03": "aliasedPluginIO1003",
        "RUNTIME_ACTIVATION_RESIZE_10_10": "runtimeActivationResize",
    }
}
_PREVIEWS[10] = _PREVIEWS[11] | {"PROFILE_SHARING_0806": "profileSharing0806"}
_PARSER_FLAGS = {
    10: {
        "-NATIVE_INSTANCENORM": "--pluginInstanceNorm",
        "ENABLE_UINT8_AND_ASYMMETRIC_QUANTIZATION_DLA": "--uint8AsymmetricQuantizationDLA",
    }
}
_PARSER_FLAGS[11] = _PARSER_FLAGS[10] | {
    "REPORT_CAPABILITY_DLA": "--reportCapabilityDLA",
    "ENABLE_PLUGIN_OVERRIDE": "--enablePluginOverride",
    "ADJUST_FOR_DLA": "--adjustForDLA",
}
_PRECISIONS = {name: f"--{name.lower()}" for name in ("FP16", "BF16", "INT8", "FP8", "INT4")}
_DTYPES = {
    "float32": "fp32",
    "float16": "fp16",
    "bfloat16": "bf16",
    "int32": "int32",
    "int8": "int8",
}

_Note = Callable[[str], None]


def trtexec_command(request: BuildRequest, kind: RuntimeKind, generation: int) -> Command:
    """The command of trtexec 10 or 11."""
    notes: list[str] = []
    say = notes.append
    if kind == "tensorrt_rtx":
        say("trtexec builds for TensorRT, not for TensorRT-RTX.")
    if request.targets:
        say(f"trtexec builds for the GPU that is there, not for {', '.join(request.targets)}.")
    words = (
        "trtexec",
        f"--onnx={request.model}",
        f"--saveEngine={request.plan}",
        "--skipInference",
        *_profiles(request.profiles),
        *_typing(request, generation, say),
        *_flags(request, generation, say),
        *_options(request.options, generation, say),
        *_network(request.network, generation, say),
        *_cache(request.timing_cache, say),
        *(f"--dynamicPlugins={path}" for path in request.plugins),
        *(f"--setPluginsToSerialize={p}" for p in request.plugins if request.plugins_in_plan),
        *(("--verbose",) if request.log_severity == "verbose" else ()),
    )
    return Command(words, tuple(notes))


def _profiles(profiles: tuple[Profile, ...]) -> Iterator[str]:
    for number, profile in enumerate(profiles):
        if len(profiles) > 1:
            yield f"--profile={number}"
        for bound, shapes in bounds(profile).items():
            yield f"--{bound}Shapes=" + ",".join(map(_named_shape, shapes.items()))


def _named_shape(item: tuple[str, Shape]) -> str:
    name, shape = item
    return f"{_name(name)}:{by_x(shape) if shape else 'scalar'}"


def _name(name: str) -> str:
    """Quoted where it holds what separates names from shapes."""
    return f"'{name}'" if set(name) & set(":,") else name


def _typing(request: BuildRequest, generation: int, say: _Note) -> Iterator[str]:
    if request.precision != "keep":
        say(f"trtexec converts no model: give it one that is in {request.precision.upper()}.")
    if request.exact_fp32:
        yield "--noTF32"
    if request.weak is None:
        if generation == 10:
            yield "--stronglyTyped"
    elif generation == 10:
        yield from _weak(request.weak, say)
    else:
        say("TensorRT 11 has no weakly typed networks.")


def _weak(weak: WeakTyping, say: _Note) -> Iterator[str]:
    for name in weak.precisions:
        if name in _PRECISIONS:
            yield _PRECISIONS[name]
        else:
            say(f"trtexec cannot allow {name}.")
    wishes = {"--layerPrecisions": weak.layer_precisions, "--layerOutputTypes": weak.output_types}
    for option, types in wishes.items():
        said = [f"{_name(n)}:{_DTYPES[d]}" for n, d in types.items() if _is_known(n, d, say)]
        if said:
            yield f"{option}={','.join(said)}"
    if weak.constraints != "none":
        yield f"--precisionConstraints={weak.constraints}"


def _is_known(name: str, dtype: str, say: _Note) -> bool:
    if dtype in _DTYPES and _is_plausible(name):
        return True
    say(f"trtexec cannot give {name} the type {dtype}.")
    return False


def _is_plausible(name: str) -> bool:
    """Whether trtexec takes this for names of layers: it knows one wildcard."""
    return name.count("*") < 2 and "?" not in name


def _flags(request: BuildRequest, generation: int, say: _Note) -> Iterator[str]:
    known = _FLAGS_10 if generation == 10 else _FLAGS
    for name in request.flags:
        if name in known:
            yield known[name]
        else:
            say(f"trtexec cannot set the flag {name}.")


def _options(options: Mapping[str, Setting], generation: int, say: _Note) -> Iterator[str]:
    if "profiling_verbosity" not in options:
        yield "--profilingVerbosity=detailed"  # as every build of ours
    pools = [f"{_POOLS[name]}:{size}B" for name, size in options.items() if name in _POOLS]
    if pools:
        yield f"--memPoolSize={','.join(pools)}"
    for name, value in options.items():
        if name in _POOLS or (name, value) in _SILENT:
            continue
        if word := _option(name, value, generation):
            yield word
        elif not (name == "default_device_type" and "DLA_core" in options):
            say(f"trtexec cannot set {name} = {value}.")


def _option(name: str, value: Setting, generation: int) -> str:
    if name == "profiling_verbosity":
        return f"--profilingVerbosity={str(value).lower()}"
    if name in _NUMBERS:
        return f"{_NUMBERS[name]}={value}"
    if isinstance(value, str):
        return _WORDS.get((name, value), "")
    if isinstance(value, tuple) and name == "tactic_sources":
        return "--tacticSources=" + _signed({n: n for n in _TACTICS[generation]}, value)
    if isinstance(value, tuple) and name == "preview_features":
        return "--preview=" + _signed(_PREVIEWS[generation], value)
    return ""


def _signed(words: Mapping[str, str], wanted: tuple[str, ...]) -> str:
    return ",".join(f"{'+' if n in wanted else '-'}{word}" for n, word in words.items())


def _network(network: NetworkEdits, generation: int, say: _Note) -> Iterator[str]:
    for name in (*network.outputs, *network.not_outputs):
        say(f"trtexec cannot change outputs, here {name}.")
    for name, shape in network.input_shapes.items():
        say(f"trtexec cannot make the declared shape of {name} {by_x(shape)}.")
    if network.debug:
        yield "--markDebug=" + ",".join(network.debug)
    if network.debug_unfused:
        yield "--markUnfusedTensorsAsDebugTensors"
    for name in network.refittable:
        say(f"trtexec cannot choose which weights are refittable, here {name}.")
    yield from _devices(network, say)
    for name in network.parser_flags:
        if name in _PARSER_FLAGS[generation]:
            yield _PARSER_FLAGS[generation][name]
        elif name != "NATIVE_INSTANCENORM":  # which is its default
            say(f"trtexec {generation} cannot set the parser flag {name}.")


def _devices(network: NetworkEdits, say: _Note) -> Iterator[str]:
    devices = dict.fromkeys(network.on_dla, "DLA") | dict.fromkeys(network.on_gpu, "GPU")
    for name in devices:
        if not _is_plausible(name):
            say(f"trtexec cannot choose the device of {name}.")
    said = [f"{_name(n)}:{device}" for n, device in devices.items() if _is_plausible(n)]
    if said:
        yield f"--layerDeviceTypes={','.join(said)}"


def _cache(cache: TimingCache | None, say: _Note) -> Iterator[str]:
    if cache is None:
        return
    yield f"--timingCacheFile={cache.path}"
    if cache.mode == "read":
        say("trtexec writes the timing cache too: give it a copy.")
    if cache.combine:
        say(f"trtexec cannot combine timing caches, here {', '.join(cache.combine)}.")
    if cache.ignore_mismatch:
        say("trtexec takes no timing cache that does not match.")

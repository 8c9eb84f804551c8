"""A build request as a Python script of its own, which needs TensorRT and nothing else. Any thread.

It is put together of lines whose every name and number is written by ``repr``.
"""

from collections.abc import Iterator, Mapping

from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.build_options import NetworkEdits, TimingCache, WeakTyping
from trtstudio.model.build.options import Setting
from trtstudio.model.dtypes import tensorrt_name
from trtstudio.model.graph import Profile
from trtstudio.model.runtime import RuntimeKind

_PARSE = """\
logger = trt.Logger(trt.Logger.{severity})
{plugins}builder = trt.Builder(logger)
network = builder.create_network({typing})
parser = trt.OnnxParser(network, logger)
{parser_flags}{read}parsed = parser.parse(content, MODEL)
if not parsed or network.num_outputs == 0:
    sys.exit("\\n".join(parser.get_error(i).desc() for i in range(parser.num_errors)))
"""
_READ = """\
with open(MODEL, "rb") as file:
    content = file.read()
"""
_RESHAPE = """\
model = onnx.load(MODEL, load_external_data=False)
del model.graph.value_info[:]
for output in model.graph.output:
    output.type.tensor_type.ClearField("shape")
for value in model.graph.input:
    for dim, size in zip(value.type.tensor_type.shape.dim, SHAPES.get(value.name, ())):
        if size >= 0:
            dim.dim_value = size
        elif not dim.dim_param:
            dim.Clear()
content = model.SerializeToString()
"""
_FINISH = """\
plan = builder.build_serialized_network(network, config)
if plan is None:
    sys.exit("The build failed.")
with open(PLAN, "wb") as file:
    file.write(plan)
"""
_TENSORS = """\
tensors = {}
for layer in map(network.get_layer, range(network.num_layers)):
    for tensor in map(layer.get_output, range(layer.num_outputs)):
        tensors.setdefault(tensor.name, tensor)
"""
_LAYERS = "[(x.name, x) for x in map(network.get_layer, range(network.num_layers))]"
_SEVERITIES = {"verbose": "VERBOSE", "info": "INFO", "warning": "WARNING", "error": "ERROR"}


def script(request: BuildRequest, kind: RuntimeKind) -> str:
    """The script. Where the model is converted first, it says that it wants the converted one."""
    parts = (
        _head(request, kind),
        _parse(request),
        "".join(f"{line}\n" for line in _edits(request.network, request.weak)),
        "".join(f"{line}\n" for line in _config(request)),
        _FINISH,
        "".join(f"{line}\n" for line in _save_cache(request.timing_cache)),
    )
    return "\n".join(filter(None, parts))


def _head(request: BuildRequest, kind: RuntimeKind) -> str:
    lines = ['"""Builds a TensorRT plan from an ONNX model. Written by TRT Studio."""', ""]
    imports = ["sys"]
    if any("*" in n or "?" in n for n in _patterns(request)):
        imports.append("fnmatch")
    if request.exact_fp32 or request.timing_cache:
        imports.append("os")
    lines += [f"import {name}" for name in sorted(imports)]
    lines += ["", *(["import onnx"] if _needs_onnx(request.network) else [])]
    lines += [f"import {kind} as trt", ""]
    if request.precision != "keep":
        lines.append(f"# The model must be in {request.precision.upper()}: convert it first.")
    lines += [f"MODEL = {request.model!r}", f"PLAN = {request.plan!r}"]
    if request.network.input_shapes:
        lines.append(f"SHAPES = {request.network.input_shapes!r}")
    if request.exact_fp32:  # TensorRT-RTX asks the environment, TensorRT the flag further below
        lines.append("os.environ['NVIDIA_TF32_OVERRIDE'] = '0'")
    return "\n".join(lines) + "\n"


def _needs_onnx(network: NetworkEdits) -> bool:
    return bool(network.input_shapes or network.refittable)


def _patterns(request: BuildRequest) -> tuple[str, ...]:
    network, weak = request.network, request.weak or WeakTyping()
    layers = (*weak.layer_precisions, *weak.output_types)
    tensors = (*network.outputs, *network.not_outputs, *network.debug, *network.refittable)
    return (*tensors, *network.on_dla, *network.on_gpu, *layers)


def _parse(request: BuildRequest) -> str:
    strong = "1 << int(trt.NetworkDefinitionCreationFlag.STRONGLY_TYPED)"
    plugins = ""
    if request.plugins:
        plugins = 'trt.init_libnvinfer_plugins(logger, "")\n'
        plugins += "".join(
            f"trt.get_plugin_registry().load_library({path!r})\n" for path in request.plugins
        )
    flags = "".join(
        f"parser.{'clear' if name.startswith('-') else 'set'}_flag("
        f"trt.OnnxParserFlag.{name.removeprefix('-')})\n"
        for name in request.network.parser_flags
    )
    return _PARSE.format(
        severity=_SEVERITIES[request.log_severity],
        typing=strong if request.weak is None else "0",
        plugins=plugins,
        parser_flags=flags,
        read=_RESHAPE if request.network.input_shapes else _READ,
    )


def _edits(network: NetworkEdits, weak: WeakTyping | None) -> Iterator[str]:
    if network.outputs or network.debug:
        yield _TENSORS.rstrip()
    for name in network.outputs:
        yield from _loop("tensors.items()", name)
        yield "        network.mark_output(item)"
    for name in network.debug:
        yield from _loop("tensors.items()", name)
        yield "        network.mark_debug(item)"
    if network.debug_unfused:
        yield "network.mark_unfused_tensors_as_debug_tensors()"
    for name in network.not_outputs:
        outputs = "network.get_output(i) for i in range(network.num_outputs)"
        yield from _loop(f"[(t.name, t) for t in [{outputs}]]", name)
        yield "        network.unmark_output(item)"
    if network.refittable:
        yield "weights = onnx.load(MODEL, load_external_data=False).graph.initializer"
    for name in network.refittable:
        yield from _loop("[(weight.name, weight) for weight in weights]", name)
        yield "        network.mark_weights_refittable(name)"
    yield from _layers(weak or WeakTyping())


def _loop(items: str, pattern: str) -> tuple[str, str]:
    is_pattern = "*" in pattern or "?" in pattern
    test = f"fnmatch.fnmatchcase(name, {pattern!r})" if is_pattern else f"name == {pattern!r}"
    return f"for name, item in {items}:", f"    if {test}:"


def _layers(weak: WeakTyping) -> Iterator[str]:
    for pattern, dtype in weak.layer_precisions.items():
        yield from _loop(_LAYERS, pattern)
        yield f"        item.precision = trt.DataType.{tensorrt_name(dtype)}"
    for pattern, dtype in weak.output_types.items():
        yield from _loop(_LAYERS, pattern)
        yield "        for index in range(item.num_outputs):"
        yield f"            item.set_output_type(index, trt.DataType.{tensorrt_name(dtype)})"


def _config(request: BuildRequest) -> Iterator[str]:
    yield "config = builder.create_builder_config()"
    yield "config.profiling_verbosity = trt.ProfilingVerbosity.DETAILED"
    if request.targets:
        yield f"config.num_compute_capabilities = {len(request.targets)}"
    for index, target in enumerate(request.targets):
        member = target.upper().replace("SM_", "SM")
        yield f"config.set_compute_capability(trt.ComputeCapability.{member}, {index})"
    if request.exact_fp32:
        yield "config.clear_flag(trt.BuilderFlag.TF32)"
    for flag in _flags(request):
        yield f"config.set_flag(trt.BuilderFlag.{flag})"
    yield from _options(request.options)
    devices = {"DLA": request.network.on_dla, "GPU": request.network.on_gpu}
    for pattern, device in ((p, device) for device, names in devices.items() for p in names):
        yield from _loop(_LAYERS, pattern)
        yield f"        config.set_device_type(item, trt.DeviceType.{device})"
    if request.plugins_in_plan:
        yield f"config.plugins_to_serialize = {list(request.plugins)!r}"
    for profile in request.profiles:
        yield from _profile(profile)
    yield from _load_cache(request.timing_cache)


def _flags(request: BuildRequest) -> Iterator[str]:
    if request.weak is not None:
        yield from request.weak.precisions
        if request.weak.constraints != "none":
            yield f"{request.weak.constraints.upper()}_PRECISION_CONSTRAINTS"
    # One that another flag needs comes before it.
    yield from sorted(request.flags, key=lambda name: name == "EXCLUDE_LEAN_RUNTIME")
    if request.network.refittable and "REFIT_INDIVIDUAL" not in request.flags:
        yield "REFIT_INDIVIDUAL"


def _options(options: Mapping[str, Setting]) -> Iterator[str]:
    for name, value in options.items():
        if name.isupper():
            yield f"config.set_memory_pool_limit(trt.MemoryPoolType.{name}, {value!r})"
        elif isinstance(value, tuple):
            yield from _set(name, value)
        elif isinstance(value, int) or name == "build_route":
            yield f"config.{name} = {value!r}"
        else:
            yield f"config.{name} = type(config.{name}).{value}"


def _set(name: str, members: tuple[str, ...]) -> Iterator[str]:
    if name == "tactic_sources":
        mask = " | ".join(f"1 << int(trt.TacticSource.{member})" for member in members) or "0"
        yield f"config.set_tactic_sources({mask})"
    elif name == "preview_features":
        yield "for name, feature in trt.PreviewFeature.__members__.items():"
        yield f"    config.set_preview_feature(feature, name in {members!r})"
    else:
        for member in members:
            yield f"config.set_quantization_flag(trt.QuantizationFlag.{member})"


def _profile(profile: Profile) -> Iterator[str]:
    yield "profile = builder.create_optimization_profile()"
    for name, shapes in profile.items():
        setter = "set_shape_input" if shapes.values else "set_shape"
        yield f"profile.{setter}({name!r}, {shapes.min!r}, {shapes.opt!r}, {shapes.max!r})"
    yield "config.add_optimization_profile(profile)"


def _load_cache(cache: TimingCache | None) -> Iterator[str]:
    if cache is None:
        return
    yield f"CACHE = {cache.path!r}"
    yield "content = open(CACHE, 'rb').read() if os.path.exists(CACHE) else b''"
    yield "cache = config.create_timing_cache(content)"
    for path in cache.combine:
        other = f"config.create_timing_cache(open({path!r}, 'rb').read())"
        yield f"cache.combine({other}, {cache.ignore_mismatch!r})"
    yield f"config.set_timing_cache(cache, {cache.ignore_mismatch!r})"


def _save_cache(cache: TimingCache | None) -> Iterator[str]:
    if cache is not None and cache.mode == "update":
        yield "with open(CACHE, 'wb') as file:"
        yield "    file.write(config.get_timing_cache().serialize())"

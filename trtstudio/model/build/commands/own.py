"""A build request as arguments of our own command line. Any thread."""

from collections.abc import Iterator, Mapping, Sequence

from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.build_options import NetworkEdits, TimingCache, WeakTyping
from trtstudio.model.build.commands.shell import by_x
from trtstudio.model.build.conversion import Calibration, Conversion
from trtstudio.model.build.options import Setting
from trtstudio.model.build.profile_text import format_profile


def own_words(request: BuildRequest) -> tuple[str, ...]:
    """What ``trtstudio`` takes to ask for the same, ``build`` first."""
    return ("build", request.model, "-o", request.plan, *_options(request))


def _options(request: BuildRequest) -> Iterator[str]:
    for profile in request.profiles:
        yield from _several("--profile", format_profile(profile))
    if request.precision != "keep":
        yield from ("--precision", request.precision)
    yield from _conversion(request.conversion)
    yield from _several("--target", request.targets)
    yield from _several("--flag", request.flags)
    yield from _several("--option", map(_setting, request.options.items()))
    yield from _weak(request.weak)
    yield from _network(request.network)
    yield from _cache(request.timing_cache)
    yield from _several("--plugin", request.plugins)
    switches = {
        "--exact-fp32": request.exact_fp32,
        "--trust-plugins": request.plugins_trusted,
        "--plugins-in-plan": request.plugins_in_plan,
    }
    yield from (name for name, is_on in switches.items() if is_on)
    if request.log_severity != "info":
        yield from ("--log-severity", request.log_severity)


def _several(name: str, values: "Sequence[str] | Iterator[str]") -> Iterator[str]:
    found = list(values)
    if found:
        yield from (name, *found)


def _setting(item: tuple[str, Setting]) -> str:
    name, value = item
    return f"{name}={','.join(value) if isinstance(value, tuple) else value}"


def _conversion(conversion: Conversion) -> Iterator[str]:
    yield from _several("--keep-fp32", conversion.keep_fp32)
    if conversion.convert_io:
        yield "--convert-io"
    if calibration := conversion.calibration:
        default = Calibration(calibration.folder)
        yield from ("--calibration", calibration.folder)
        if calibration.method != default.method:
            yield from ("--calibration-method", calibration.method)
        if calibration.limit != default.limit:
            yield from ("--calibration-limit", str(calibration.limit))
        if calibration.cache:
            yield from ("--calibration-cache", calibration.cache)
        if calibration.preprocess:
            yield from ("--calibration-preprocess", calibration.preprocess)
    if conversion.base != Conversion().base:
        yield from ("--base", conversion.base)
    if conversion.int8_from is not None:
        yield from ("--int8-from", str(conversion.int8_from))
    if conversion.tool == "modelopt":
        yield from ("--modelopt", conversion.python)


def _weak(weak: WeakTyping | None) -> Iterator[str]:
    if weak is None:
        return
    yield from ("--weak", *weak.precisions)
    yield from _several("--layer-precision", _pairs(weak.layer_precisions))
    yield from _several("--layer-output", _pairs(weak.output_types))
    if weak.constraints != "none":
        yield from ("--constraints", weak.constraints)


def _pairs(values: Mapping[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in values.items()]


def _network(network: NetworkEdits) -> Iterator[str]:
    yield from _several("--mark-output", network.outputs)
    yield from _several("--unmark-output", network.not_outputs)
    yield from _several("--debug-tensor", network.debug)
    if network.debug_unfused:
        yield "--debug-unfused"
    yield from _several("--refittable", network.refittable)
    yield from _several("--on-dla", network.on_dla)
    yield from _several("--on-gpu", network.on_gpu)
    shapes = [f"{name}={by_x(shape)}" for name, shape in network.input_shapes.items()]
    yield from _several("--input-shape", shapes)
    cleared = [n.removeprefix("-") for n in network.parser_flags if n.startswith("-")]
    yield from _several("--parser-flag", [n for n in network.parser_flags if not n.startswith("-")])
    yield from _several("--clear-parser-flag", cleared)


def _cache(cache: TimingCache | None) -> Iterator[str]:
    if cache is None:
        return
    yield from ("--timing-cache", cache.path)
    if cache.mode == "read":
        yield "--timing-cache-read-only"
    yield from _several("--combine-timing-cache", cache.combine)
    if cache.ignore_mismatch:
        yield "--ignore-cache-mismatch"

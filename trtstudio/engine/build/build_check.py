"""What can be known to be wrong with a build before any time is spent on it. Any thread."""

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path

from trtstudio.engine.build.plugins import check_plugin
from trtstudio.engine.runtime import CURRENT_TARGET
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.options import Option, Setting
from trtstudio.model.build.profile import check_profile, with_shapes
from trtstudio.model.build.targets import check_targets
from trtstudio.model.dtypes import TENSORRT
from trtstudio.model.errors import StudioError
from trtstudio.model.files import check_writable, remove_leftovers
from trtstudio.model.graph import Graph, format_shape
from trtstudio.model.runtime import Ability, Device, Runtime

_NAMES = {
    "weak_typing": ("weakly typed networks", "Leave precisions to the model's own types."),
    "timing_cache": ("a timing cache", "Leave the timing cache out; builds are quick without."),
    "plugins": ("plugins", "Leave the plugins out, or build with TensorRT."),
    "debug_tensors": ("debug tensors", "Mark the tensors as outputs instead."),
    "unfused_debug_tensors": ("unfused debug tensors", "Name the debug tensors instead."),
    "refittable_weights": ("single refittable weights", "Set the flag REFIT, for all weights."),
    "layer_devices": ("a choice of devices for layers", "Leave the devices of layers out."),
}


def check_request(
    request: BuildRequest, model: Graph, runtime: Runtime, devices: Sequence[Device] = ()
) -> None:
    """Raise StudioError for a request that this runtime cannot carry out with this model; where it
    names no targets, for the first of these devices.
    """
    _check_places(request)
    _check_known("precision", [request.precision], runtime.precisions, runtime)
    _check_known("flag", request.flags, runtime.flags, runtime)
    _check_options(request.options, runtime)
    _check_abilities(request, runtime)
    _check_weak(request, runtime)
    _check_targets(request.targets, runtime)
    gpus = request.targets or tuple(device.sm for device in devices[:1])
    check_targets(gpus, request.precision, model, runtime, request.conversion)
    _check_profiles(request, model)


def _check_places(request: BuildRequest) -> None:
    plan = Path(request.plan)
    check_writable(plan)
    remove_leftovers(plan)
    if plan.exists() and plan.samefile(request.model):
        raise StudioError(
            f"The plan would overwrite the model {Path(request.model).name}.",
            hint="Choose another plan file.",
        )
    if request.timing_cache and request.timing_cache.mode == "update":
        check_writable(Path(request.timing_cache.path))


def _check_known(what: str, asked: Iterable[str], known: Iterable[str], runtime: Runtime) -> None:
    names = tuple(known)
    for name in asked:
        if name in names:
            continue
        close = difflib.get_close_matches(name.upper(), names, n=1)
        close = close or difflib.get_close_matches(name.lower(), names, n=1)
        raise StudioError(
            f"{runtime.label} has no {what} {name}.",
            hint=f"Did you mean {close[0]}?"
            if close
            else f"It knows {', '.join(names) or 'none'}.",
        )


def _check_options(options: dict[str, Setting], runtime: Runtime) -> None:
    kinds = runtime.options_of("int", "text", "enum", "set", "memory")
    by_name = {option.name: option for option in kinds}
    _check_known("option", options, by_name, runtime)
    for name, value in options.items():
        _check_value(by_name[name], value, runtime)


def _check_value(option: Option, value: Setting, runtime: Runtime) -> None:
    if option.kind in ("enum", "set"):
        names = value if isinstance(value, tuple) else (str(value),)
        _check_known(f"{option.name} called", names, option.members, runtime)
    expected = {"int": int, "memory": int, "set": tuple}.get(option.kind, str)
    if not isinstance(value, expected):
        raise StudioError(
            f"{option.name} cannot be {value!r}.",
            hint={int: "Give a number.", tuple: "Give a list of names."}.get(
                expected, "Give a name."
            ),
        )
    low = 0 if option.kind == "memory" else option.low
    if isinstance(value, int) and (
        (low is not None and value < low) or (option.high is not None and value > option.high)
    ):
        span = f"{low} to {option.high}" if option.high is not None else f"{low} or more"
        raise StudioError(f"{option.name} cannot be {value}.", hint=f"Choose {span}.")


def _check_abilities(request: BuildRequest, runtime: Runtime) -> None:
    network = request.network
    wanted: dict[Ability, object] = {
        "weak_typing": request.weak,
        "timing_cache": request.timing_cache,
        "plugins": request.plugins,
        "debug_tensors": network.debug,
        "unfused_debug_tensors": network.debug_unfused,
        "refittable_weights": network.refittable,
        "layer_devices": network.on_dla + network.on_gpu,
    }
    for ability, asked in wanted.items():
        if asked and ability not in runtime.abilities:
            what, hint = _NAMES[ability]
            raise StudioError(f"{runtime.label} does not have {what}.", hint=hint)
    flags = [name.removeprefix("-") for name in network.parser_flags]
    known = [option.name for option in runtime.options_of("parser_flag")]
    _check_known("parser flag", flags, known, runtime)
    for path in request.plugins:
        check_plugin(Path(path))


def _check_weak(request: BuildRequest, runtime: Runtime) -> None:
    weak = request.weak
    if weak is None:
        return
    _check_known("precision flag", weak.precisions, runtime.weak_precisions, runtime)
    wishes = {**weak.layer_precisions, **weak.output_types}
    _check_known("data type", wishes.values(), TENSORRT.values(), runtime)
    if request.precision != "keep":
        raise StudioError(
            "A converted model is strongly typed, and this build is to choose precisions itself.",
            hint="Keep the model's precision, or leave weak typing out.",
        )
    if wishes and weak.constraints == "none":
        raise StudioError(
            "Precisions of layers are given, and nothing says that they count.",
            hint="Choose whether TensorRT shall prefer or obey them.",
        )


def _check_targets(targets: tuple[str, ...], runtime: Runtime) -> None:
    if targets and not runtime.targets:
        raise StudioError(
            f"{runtime.label} builds only for the GPU of this machine.",
            hint="Leave the targets out, or build with TensorRT-RTX.",
        )
    _check_known("target", targets, (*runtime.targets, CURRENT_TARGET), runtime)
    if len(set(targets)) < len(targets):
        raise StudioError("A target is named twice.", hint="Name every target once.")


def _check_profiles(request: BuildRequest, model: Graph) -> None:
    shapes = request.network.input_shapes
    names = [tensor.name for tensor in model.input_tensors]
    for name, shape in shapes.items():
        declared = next((t.shape for t in model.input_tensors if t.name == name), None)
        if name not in names or (declared is not None and len(declared) != len(shape)):
            raise StudioError(
                f"The shape {format_shape(shape)} does not fit an input {name} of the model.",
                hint="Its inputs are "
                + ", ".join(f"{t.name} ({format_shape(t.shape)})" for t in model.input_tensors)
                + ".",
            )
    inputs = with_shapes(model.input_tensors, shapes)
    dynamic = [tensor for tensor in inputs if tensor.is_dynamic]
    if dynamic and not request.profiles:
        listed = ", ".join(f"{t.name} ({format_shape(t.shape)})" for t in dynamic)
        raise StudioError(
            f"The model takes inputs of different sizes and the build has no profile: {listed}.",
            hint="Add a profile with the smallest, the usual and the largest shape of each.",
        )
    for number, profile in enumerate(request.profiles, start=1):
        if problems := check_profile(inputs, profile):
            raise StudioError(
                f"Profile {number} does not fit the model. {problems[0].message}",
                hint="Correct the profile and build again.",
                details="\n".join(p.message for p in problems) if len(problems) > 1 else "",
            )

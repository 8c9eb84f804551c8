"""What is changed in a parsed network before it is built: outputs, debug tensors, weights that can
be replaced later, the devices of layers and, where networks are weakly typed, their precision. For
the thread that builds.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from types import ModuleType
from typing import Any

from trtstudio.engine.logger import capture
from trtstudio.model.build.build_options import NetworkEdits, WeakTyping
from trtstudio.model.dtypes import tensorrt_name
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Profile

_NAMED = 5


def edit_network(network: Any, edits: NetworkEdits) -> None:
    """Carry out the edits but those of declared shapes, which the parser has to know. Raises
    StudioError for a name that the network does not have, and for what TensorRT refuses.
    """
    if edits.outputs or edits.debug:
        tensors = _tensors(network)
        for name in _matching(edits.outputs, tensors, "tensor"):
            _mark_output(network, tensors[name])
        for name in _matching(edits.debug, tensors, "tensor"):
            _require(network.mark_debug(tensors[name]), f"{name} as a debug tensor")
    if edits.debug_unfused:
        done = network.mark_unfused_tensors_as_debug_tensors()
        _require(done, "unfused tensors as debug tensors")
    _unmark_outputs(network, edits.not_outputs)


def check_values(network: Any, profiles: Sequence[Profile]) -> None:
    """Raise StudioError for an input that decides about shapes and has no values in a profile:
    what decides is known only when the network has been parsed.
    """
    for tensor in map(network.get_input, range(network.num_inputs)):
        given = [p[tensor.name].values for p in profiles if tensor.name in p]
        if tensor.is_shape_tensor and (len(given) < len(profiles) or not all(given or [False])):
            raise StudioError(
                f"The values of {tensor.name} decide about shapes, and no profile gives them.",
                hint=f"Give every profile the smallest, the usual and the largest values: "
                f"{tensor.name}=@MIN,OPT,MAX on the command line.",
            )


def set_layer_types(module: ModuleType, network: Any, weak: WeakTyping) -> None:
    """Give layers the precisions and output types that are wished for. Raises StudioError where no
    layer has such a name.
    """
    layers = layers_by_name(network)
    for pattern, dtype in weak.layer_precisions.items():
        for name in _matching((pattern,), layers, "layer"):
            layers[name].precision = _data_type(module, dtype)
    for pattern, dtype in weak.output_types.items():
        for name in _matching((pattern,), layers, "layer"):
            for index in range(layers[name].num_outputs):
                layers[name].set_output_type(index, _data_type(module, dtype))


def mark_refittable(network: Any, patterns: Sequence[str], weights: Iterable[str]) -> None:
    """Mark those of the model's weights that can be replaced later. Raises StudioError where a
    pattern stands for none that the network holds.
    """
    names = dict.fromkeys(weights)
    for pattern in patterns:
        marked = [n for n in _matching((pattern,), names, "weight") if _mark_refittable(network, n)]
        if not marked:
            raise StudioError(
                f"TensorRT cannot replace the weights {pattern} later.",
                hint="What it works out while it parses, as shapes, is no weight any more: name "
                "the weights of convolutions and products.",
            )


def _mark_refittable(network: Any, name: str) -> bool:
    with capture():  # it complains of each that a pattern stands for and that it does not know
        return bool(network.mark_weights_refittable(name))


def place_layers(
    module: ModuleType, config: Any, layers: Mapping[str, Any], edits: NetworkEdits
) -> None:
    """Give layers, which are known by name, to a DLA or to the GPU. Raises StudioError for layers
    that a DLA cannot run, unless the GPU may take them over.
    """
    devices = dict.fromkeys(_matching(edits.on_dla, layers, "layer"), "DLA")
    devices |= dict.fromkeys(_matching(edits.on_gpu, layers, "layer"), "GPU")
    for name, device in devices.items():
        config.set_device_type(layers[name], module.DeviceType.__members__[device])
    if config.get_flag(module.BuilderFlag.GPU_FALLBACK):
        return
    on_dla = (name for name, device in devices.items() if device == "DLA")
    if unable := [name for name in on_dla if not config.can_run_on_DLA(layers[name])]:
        more = len(unable) - _NAMED
        raise StudioError(
            f"A DLA cannot run {', '.join(unable[:_NAMED])}"
            + (f" and {more} more." if more > 0 else "."),
            hint="Leave them to the GPU, or set the flag GPU_FALLBACK.",
            details="\n".join(unable),
        )


def layers_by_name(network: Any) -> dict[str, Any]:
    """The layers of a network."""
    return {layer.name: layer for layer in map(network.get_layer, range(network.num_layers))}


def _data_type(module: ModuleType, dtype: str) -> Any:
    return module.DataType.__members__[tensorrt_name(dtype)]


def _tensors(network: Any) -> dict[str, Any]:
    """The tensors by name: the first of those that share one."""
    found: dict[str, Any] = {}
    for index in range(network.num_layers):
        layer = network.get_layer(index)
        for tensor in map(layer.get_output, range(layer.num_outputs)):
            if tensor is not None:
                found.setdefault(tensor.name, tensor)
    return found


def _mark_output(network: Any, tensor: Any) -> None:
    if not tensor.is_network_output:
        network.mark_output(tensor)
        _require(tensor.is_network_output, f"{tensor.name} as an output")


def _unmark_outputs(network: Any, patterns: Sequence[str]) -> None:
    outputs = {t.name: t for t in map(network.get_output, range(network.num_outputs))}
    for name in _matching(patterns, outputs, "output"):
        network.unmark_output(outputs[name])
    if network.num_outputs == 0:
        raise StudioError(
            "No output is left in the network.",
            hint="Keep one of its outputs, or mark another tensor as one.",
        )


def _matching(patterns: Sequence[str], names: Mapping[str, Any], what: str) -> Iterator[str]:
    """The names that a pattern stands for; a name itself goes before any wildcards in it."""
    for pattern in patterns:
        found = [pattern] if pattern in names else [n for n in names if fnmatchcase(n, pattern)]
        if not found:
            close = difflib.get_close_matches(pattern, names, n=1)
            raise StudioError(
                f"The network has no {what} {pattern}.",
                hint=f"Did you mean {close[0]}?" if close else "The network view lists the names.",
            )
        yield from found


def _require(done: object, what: str) -> None:
    if not done:
        raise StudioError(
            f"TensorRT refuses {what}.",
            hint="The tensor may hold a shape, or be an output already; see the details.",
        )

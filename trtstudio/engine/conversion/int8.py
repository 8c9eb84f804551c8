"""From FP32 to INT8: pairs of QuantizeLinear and DequantizeLinear before everything that multiplies
by weights, with ranges measured on samples. For a worker thread.
"""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from trtstudio.engine.conversion import rules
from trtstudio.engine.conversion.model_file import failed, load_typed
from trtstudio.engine.conversion.ranges import Ranges
from trtstudio.model.build.conversion import matches
from trtstudio.model.build.int8_layers import QUANTIZED
from trtstudio.model.errors import StudioError
from trtstudio.model.files import library_path, require_room
from trtstudio.model.run import Array

_OPSET = {"fp32": 13, "fp16": 19, "bf16": 21}  # of a QuantizeLinear that takes this type
_LARGEST = 127  # TensorRT takes only ranges that are symmetric, and zero points of 0
_SMALLEST_SCALE = 1e-6  # a smaller one would vanish in FP16


def is_quantized(graph: Any) -> bool:
    """Whether a model has pairs of its own, as one does that was trained with them."""
    return any(node.op_type == "QuantizeLinear" for node in rules.nodes_of(graph))


def load_folded(path: Path, base: str, workplace: Path) -> Any:
    """The model with batch normalization folded into convolutions, which must not happen behind
    quantized weights any more, in an opset whose QuantizeLinear takes ``base``.
    """
    folded = workplace / "folded.onnx"
    _fold(path, folded)
    model = load_typed(folded, lambda _graph, opset: max(opset, _OPSET[base]))
    _forget_unused_domains(model)
    return model


def _fold(path: Path, folded: Path) -> None:
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(folded)
    options.add_session_config_entry(
        "session.optimized_model_external_initializers_file_name", f"{folded.name}.data"
    )
    name = library_path(path)
    require_room(folded, path.stat().st_size)
    try:
        onnxruntime.InferenceSession(name, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's have no base of their own
        raise failed(error) from error


def _forget_unused_domains(model: Any) -> None:
    """ONNX Runtime lists every domain that it knows."""
    used = {node.domain for node in rules.nodes_of(model.graph)} | {""}
    kept = [opset for opset in model.opset_import if opset.domain in used]
    del model.opset_import[:]
    model.opset_import.extend(kept)


def find_targets(graph: Any, keep_fp32: tuple[str, ...], int8_from: int = 0) -> dict[int, str]:
    """The positions of the nodes to quantize, of ``int8_from`` weights and more, each with the
    tensor whose range is needed. Raises StudioError where there are none.
    """
    weights = {t.name for t in graph.initializer if t.data_type == TensorProto.FLOAT}
    shapes = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    found = {
        position: node.input[0]
        for position, node in enumerate(graph.node)
        if node.op_type in QUANTIZED
        and node.input[1] in weights
        and node.input[0] not in weights
        and math.prod(shapes[node.input[1]]) >= int8_from
        and not _is_depthwise(node, shapes[node.input[1]])
        and not matches(keep_fp32, node.name, node.op_type)
    }
    if not found:
        raise StudioError(
            "Nothing in this model can be INT8: no convolution or product with constant weights "
            "is left to quantize.",
            hint=f"Let layers of fewer than {int8_from} weights be INT8, or choose fp16."
            if int8_from
            else "Keep fewer nodes in FP32, or choose fp16.",
        )
    return found


def _is_depthwise(node: Any, weight: tuple[int, ...]) -> bool:
    """Whether every channel is convolved by itself: bound by memory, nothing is gained there by
    INT8, for which TensorRT-RTX makes four channels of each, and much accuracy is lost.
    """
    return node.op_type == "Conv" and weight[1] == 1 and _attribute(node, "group", 1) > 1


def quantize(graph: Any, targets: Mapping[int, str], ranges: Ranges) -> None:
    """Put pairs before the activations and the weights of its targets: INT8, symmetric, weights
    channel by channel; biases stay, for TensorRT adds them in the other type.

    ONNX Runtime's own quantizer also rounds what else reads such an activation, a residual
    branch, and leaves the nodes in an order that ONNX forbids.
    """
    weights = {tensor.name: tensor for tensor in graph.initializer}
    pairs = _Pairs(graph)
    nodes = []
    for position, node in enumerate(graph.node):
        if position in targets:
            scale = np.array(ranges[targets[position]] / _LARGEST, np.float32)
            weight = numpy_helper.to_array(weights[node.input[1]])
            axis = _channel_axis(node, weight)
            node.input[0] = pairs.of(node.input[0], scale, None)
            node.input[1] = pairs.of(node.input[1], weight_scale(weight, axis), axis)
            nodes += pairs.take()
        nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)


def _channel_axis(node: Any, weight: Array) -> int | None:
    """Along which axis of a weight each output channel is; None where that is not one axis."""
    if node.op_type == "Conv":
        return 0
    if node.op_type == "Gemm":
        return 0 if _attribute(node, "transB", 0) else 1
    if node.op_type == "ConvTranspose":
        return 1 if _attribute(node, "group", 1) == 1 else None
    return 1 if weight.ndim == 2 else None


def _attribute(node: Any, name: str, default: int) -> int:
    return next((int(a.i) for a in node.attribute if a.name == name), default)


def weight_scale(weight: Array, axis: int | None) -> Array:
    """What a step of INT8 stands for, in FP32: one for each channel along ``axis``, or for all."""
    others = None if axis is None else tuple(a for a in range(weight.ndim) if a != axis)
    return np.asarray(np.abs(weight).max(axis=others, initial=0) / np.float32(_LARGEST))


class _Pairs:
    """Makes pairs of QuantizeLinear and DequantizeLinear, one for each tensor and axis."""

    def __init__(self, graph: Any) -> None:
        self._graph = graph
        self._names = {name for node in graph.node for name in (*node.input, *node.output)}
        self._made: dict[tuple[str, int | None], str] = {}
        self._new: list[Any] = []

    def of(self, name: str, scale: Array, axis: int | None) -> str:
        """The name of the tensor behind its pair."""
        if (name, axis) not in self._made:
            self._made[name, axis] = self._make(name, np.maximum(scale, _SMALLEST_SCALE), axis)
        return self._made[name, axis]

    def _make(self, name: str, scale: Array, axis: int | None) -> str:
        step, zero = self._free(f"{name}_scale"), self._free(f"{name}_zero_point")
        made, out = self._free(f"{name}_quantized"), self._free(f"{name}_dequantized")
        self._graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), step))
        zeros = np.zeros(scale.shape, np.int8)
        self._graph.initializer.append(numpy_helper.from_array(zeros, zero))
        at = {} if axis is None else {"axis": axis}
        for operator, source, target, element in (
            ("QuantizeLinear", name, made, TensorProto.INT8),
            ("DequantizeLinear", made, out, TensorProto.FLOAT),
        ):
            inputs = [source, step, zero]
            self._new.append(helper.make_node(operator, inputs, [target], name=target, **at))
            value = helper.make_tensor_value_info(target, element, None)
            self._graph.value_info.append(value)
        return out

    def _free(self, name: str) -> str:
        while name in self._names:
            name += "_"
        self._names.add(name)
        return name

    def take(self) -> list[Any]:
        """The nodes made since it was last asked."""
        new, self._new = self._new, []
        return new

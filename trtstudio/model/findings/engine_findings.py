"""What there is to say of what TensorRT made of a model. Safe in any thread."""

import re
from collections.abc import Iterator, Mapping

from trtstudio.model import dtypes
from trtstudio.model.build.int8_layers import QUANTIZED, quantized_layers
from trtstudio.model.findings.finding import Finding, how_many
from trtstudio.model.graph import Graph, Layer
from trtstudio.model.links import Links, original_name
from trtstudio.model.statistics import compute_dtype, precision_mix

_QUANTIZING = {"QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear"}
_MOVING_TYPES = {"reformat", "noop", "cast", "copy", "move", "memcpy"}
_MYELIN_NAME = re.compile(r"__myl_((?:[A-Z][a-z0-9]*)+)_")
"""A kernel's name says what Myelin generated it for: ``__myl_CastTran_myl0_3``."""
_MYELIN_MOVES = {"Cast", "Copy", "Move", "Resh", "Tran"}
_MYELIN_ROUNDS = _MYELIN_MOVES | {"Add", "Conc", "Max", "Min", "Mul", "Repl", "Roun"}

_WIDE = ("float32", "float64")


def float32_islands(graph: Graph) -> Iterator[Finding]:
    """Layers that compute in float32 while most others have less precision. Those that compute
    shapes, in int64, do not count.
    """
    mix = precision_mix(graph)
    wide = sum(mix.get(name, 0.0) for name in _WIDE)
    narrow = sum(share for name, share in mix.items() if _is_narrow(name))
    if wide >= narrow:
        return
    found = tuple(p for p, layer in enumerate(graph.layers) if _is_float32_only(graph, layer))
    if found:
        yield Finding(
            "warning",
            f"FP32 in {how_many(found, 'layer')} among others of less precision",
            "They are slower, and take twice the bytes or more; only those that need the range or "
            "the accuracy should stay as they are.",
            layers=found,
            view=graph.view,
        )


def _is_narrow(dtype: str) -> bool:
    return dtype not in (*_WIDE, "bool") and (dtypes.is_floating(dtype) or dtypes.bits(dtype) <= 8)


def _is_float32_only(graph: Graph, layer: Layer) -> bool:
    """Whether all numbers that go in and out are float32; those of a cast are not."""
    read = [graph.tensors[p] for p in layer.inputs if p is not None]
    data = {tensor.dtype for tensor in read if tensor.role != "weight"}
    written = {graph.tensors[p].dtype for p in layer.outputs if p is not None}
    computed = {d for d in data | written if dtypes.is_floating(d) or dtypes.bits(d) <= 8} - {
        "bool"
    }
    return bool(data) and computed == {"float32"}


def bare_names(engine: Graph) -> Iterator[Finding]:
    """An engine that keeps only the names of its layers."""
    if engine.layers and not any(layer.type for layer in engine.layers):
        yield Finding(
            "info",
            "The engine keeps only the names of its layers",
            "Types, tensors and the ONNX nodes behind them are kept where an engine is built with "
            "the profiling verbosity DETAILED, which costs nothing at run time.",
            view="engine",
        )


def moving_kernels(engine: Graph) -> Iterator[Finding]:
    """Kernels that compute nothing: reformats, copies, casts, NoOps."""
    found = tuple(p for p, layer in enumerate(engine.layers) if _only_moves(layer))
    if found:
        yield Finding(
            "info",
            f"{how_many(found, 'kernel')} just to move, reshape or convert data",
            "Each costs a pass over memory and computes nothing; other types or formats of the "
            "inputs, the outputs or the layers around them may spare it.",
            layers=found,
            view="engine",
        )


def _only_moves(layer: Layer) -> bool:
    if layer.type.lower() in _MOVING_TYPES or layer.name.startswith("Reformatting CopyNode"):
        return True
    return _is_generated_for(layer, _MYELIN_MOVES)


def _is_generated_for(layer: Layer, steps: set[str]) -> bool:
    """Whether the kernel's name says that Myelin generated it for no more than these steps."""
    name = _MYELIN_NAME.match(layer.name)
    return name is not None and steps.issuperset(re.findall("[A-Z][a-z0-9]*", name[1]))


def unfused_quantization(onnx: Graph, engine: Graph) -> Iterator[Finding]:
    """Kernels that quantize or dequantize and do no other work."""
    types = {layer.name: layer.type for layer in onnx.layers}
    found = tuple(p for p, kernel in enumerate(engine.layers) if _only_quantizes(kernel, types))
    if found:
        yield Finding(
            "warning",
            f"{how_many(found, 'kernel')} just to quantize or dequantize",
            "Where such a step is not fused into the layer beside it, its tensor crosses memory "
            "once more at full width, which may cost more than INT8 saves.",
            layers=found,
            view="engine",
        )


def _only_quantizes(kernel: Layer, types: Mapping[str, str]) -> bool:
    """Whether a kernel is made of Q/DQ nodes alone, or of what another kernel leaves of a matrix
    product besides: its scale and bias.
    """
    kinds = {types.get(original_name(name), "") for name in kernel.origins}
    if not kinds & _QUANTIZING:
        return False
    if kinds <= _QUANTIZING:
        return True
    return kinds <= _QUANTIZING.union(QUANTIZED) and _is_generated_for(kernel, _MYELIN_ROUNDS)


def wide_quantized_layers(onnx: Graph, engine: Graph) -> Iterator[Finding]:
    """Matrix products of quantized data that no kernel computes in the quantized type."""
    links = Links(onnx, engine)
    found = tuple(
        p for p in quantized_layers(onnx) if _is_wide(engine, links.to_right(onnx.layers[p]))
    )
    if found:
        yield Finding(
            "warning",
            f"{how_many(found, 'quantized layer')} computed in floating point",
            "TensorRT had no kernel in the quantized type for them on this GPU, so they lose "
            "accuracy to rounding and gain no speed.",
            layers=found,
        )


def _is_wide(engine: Graph, kernels: tuple[int, ...]) -> bool:
    """Whether each of these kernels computes in a type of 16 bits or more."""
    computed = [compute_dtype(engine, engine.layers[p]) for p in kernels]
    return any(computed) and all(dtypes.bits(dtype) >= 16 for dtype in computed if dtype)


FINDERS = (bare_names, moving_kernels)
FINDERS_WITH_ONNX = (unfused_quantization, wide_quantized_layers)

"""Which layers of a model can be INT8, and from which size on they gain by it. Any thread."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import prod

from trtstudio.model.build.conversion import Conversion
from trtstudio.model.graph import Graph, Layer

QUANTIZED = ("Conv", "ConvTranspose", "Gemm", "MatMul")
"""What TensorRT computes in INT8 and gains by it; the rest stays in the model's other type."""

WORTH_IT = {"tensorrt_rtx": 100_000}
"""From how many weights on a layer gains by INT8, by the kind of runtime; elsewhere every one does.

TensorRT-RTX 1.7.1 computes a convolution in INT8, but has it write FP32, and rounds that for the
next one in a kernel of its own, whose source takes 0.14 MB of the plan. A smaller layer saves less
than that in weights, and loses what FP16 would have fused. See docs/performance.md.
"""


def settled(conversion: Conversion, runtime: str) -> Conversion:
    """A conversion to INT8 for a runtime of this kind, with its usual ``int8_from`` where nobody
    chose one.
    """
    if conversion.int8_from is not None:
        return conversion
    return replace(conversion, int8_from=WORTH_IT.get(runtime, 0))


def weight_counts(graph: Graph, *, depthwise: bool = False) -> Iterator[tuple[Layer, int]]:
    """Every layer that can be INT8, those of inner graphs too, with how many weights it has.

    A convolution of each channel by itself is ``depthwise``: bound by memory, it gains nothing, and
    is none of them unless it is asked for.
    """
    for layer in graph.layers:
        count = _weight_count(graph, layer)
        if count and (depthwise or not _is_depthwise(graph, layer)):
            yield layer, count
        for inner in layer.subgraphs:
            yield from weight_counts(inner, depthwise=depthwise)


def quantized_layers(graph: Graph) -> Iterator[int]:
    """The positions of the layers that are INT8 or of another such type already: their data and
    their weights both come from a DequantizeLinear.
    """
    dequantized = {out for x in graph.layers if x.type == "DequantizeLinear" for out in x.outputs}
    for position, layer in enumerate(graph.layers):
        if layer.type in QUANTIZED and dequantized.issuperset(layer.inputs[:2]):
            yield position


def caution(counts: Sequence[int], int8_from: int, runtime: str) -> str:
    """What to tell of an INT8 build before it begins, or nothing: how many layers become INT8 where
    not all do, else what a runtime of this kind makes of small ones. ``counts`` are the weights of
    those that can be INT8.
    """
    chosen, worth_it = sum(count >= int8_from for count in counts), WORTH_IT.get(runtime, 0)
    if chosen < len(counts) and worth_it:
        return (
            f"{chosen} of {len(counts)} layers become INT8: the others have fewer than {int8_from} "
            "weights. TensorRT-RTX rounds between INT8 layers in kernels of their own, each 0.14 "
            "MB of the plan, which small layers do not save."
        )
    if chosen < len(counts):
        return (
            f"{chosen} of {len(counts)} layers become INT8: the others have fewer than {int8_from} "
            "weights."
        )
    if small := sum(count < worth_it for count in counts):
        return (
            "TensorRT-RTX rounds between INT8 layers in kernels of their own, each 0.14 MB of the "
            f"plan: expect {small} of {len(counts)} layers to lose by INT8."
        )
    return ""


def _weight_count(graph: Graph, layer: Layer) -> int:
    weight = _weight(graph, layer)
    if weight is None or layer.type not in QUANTIZED:
        return 0
    return prod(weight)


def _weight(graph: Graph, layer: Layer) -> tuple[int, ...] | None:
    """The shape of a layer's constant weights."""
    position = layer.inputs[1] if len(layer.inputs) > 1 else None
    if position is None or graph.tensors[position].role != "weight":
        return None
    shape = graph.tensors[position].shape or ()
    return tuple(size for size in shape if isinstance(size, int))


def _is_depthwise(graph: Graph, layer: Layer) -> bool:
    group = layer.attributes.get("group", 1)
    shape = _weight(graph, layer)
    is_single = shape is not None and len(shape) > 1 and shape[1] == 1
    return layer.type == "Conv" and is_single and isinstance(group, int) and group > 1

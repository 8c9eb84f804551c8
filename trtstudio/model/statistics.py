"""Figures over a graph. Safe in any thread."""

from collections import Counter
from collections.abc import Mapping

from trtstudio.model import dtypes
from trtstudio.model.graph import Graph, Layer
from trtstudio.model.quantities import format_percent

_DTYPES = {"fp16": "float16", "bf16": "bfloat16", "int8": "int8"}


def precision_mix(engine: Graph) -> dict[str, float]:
    """Each dtype's share of the engine's layers, largest first; the shares add up to 1.

    A layer counts once, by the dtype that it computes in: that of its first data input (no weight)
    of a floating type or an integer type of at most eight bits, else that of its first output.
    Layers without tensors, which compute shapes or wait for one another, do not count; an engine
    without any other gives an empty answer.
    """
    found = [compute_dtype(engine, layer) for layer in engine.layers]
    counts = Counter(dtype for dtype in found if dtype)
    return {dtype: count / counts.total() for dtype, count in counts.most_common()}


def missing_precision(precision: str, mix: Mapping[str, float]) -> tuple[str, ...]:
    """A warning where a precision was asked for that no layer of the engine computes in, so that an
    FP32 engine is never taken for another; ``mix`` is of ``precision_mix``, empty where unknown.
    """
    wanted = _DTYPES.get(precision)
    if wanted is None or not mix or mix.get(wanted):
        return ()
    found = ", ".join(f"{format_percent(share)} {dtype}" for dtype, share in mix.items())
    return (f"No layer of the engine computes in {precision.upper()}: it is {found}.",)


def compute_dtype(engine: Graph, layer: Layer) -> str:
    """The dtype that a layer computes in, as ``precision_mix`` counts it; empty where it has no
    tensors.
    """
    inputs = [engine.tensors[i] for i in layer.inputs if i is not None]
    data = (t.dtype for t in inputs if t.role != "weight" and _computes(t.dtype))
    outputs = (engine.tensors[i].dtype for i in layer.outputs if i is not None)
    return next(data, "") or next(outputs, "")


def _computes(dtype: str) -> bool:
    return dtypes.is_floating(dtype) or (dtypes.is_integer(dtype) and dtypes.bits(dtype) <= 8)

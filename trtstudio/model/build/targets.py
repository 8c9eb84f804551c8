"""What a kind of GPU cannot compute, told before any time is spent on a build. Any thread."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from trtstudio.model.build.conversion import Conversion, matches
from trtstudio.model.build.int8_layers import quantized_layers, settled, weight_counts
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph
from trtstudio.model.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Need:
    """GPUs before ``since`` (compute capability times ten) do not know types whose name begins
    with ``dtype``.
    """

    dtype: str
    since: int
    message: str


NEEDS = (
    Need("bfloat16", 80, "BF16 came with Ampere (sm_80)"),
    Need("float8", 89, "FP8 came with Ada (sm_89)"),
    Need("float4", 100, "FP4 came with Blackwell (sm_100)"),
)
"""Tried with TensorRT-RTX 1.4 to 1.7.1 for every target; NVIDIA's support matrix says the same."""

_PRECISIONS = {"bf16": "bfloat16", "fp8": "float8_e4m3fn", "int8": "int8", "fp16": "float16"}
_CONVOLUTIONS = frozenset({"Conv", "ConvTranspose"})
_PRODUCTS = frozenset({"MatMul", "Gemm"})
_TURING = 75


def check_targets(
    targets: Iterable[str],
    precision: str,
    model: Graph,
    runtime: Runtime,
    conversion: Conversion | None = None,
) -> None:
    """Raise StudioError for the first of these GPUs (``sm_86``) that cannot run the model in the
    precision of ``BuildRequest``, converted as that says; names that are no compute capability are
    passed over.
    """
    conversion = settled(conversion or Conversion(), runtime.kind)
    for target in targets:
        found = re.fullmatch(r"sm_(\d+)", target)
        if found and (
            reason := next(_reasons(int(found[1]), precision, model, runtime, conversion), None)
        ):
            raise StudioError(
                f"This build is not for {target}: {reason}.",
                hint=f"Take {target} out of the targets, or choose another precision"
                + (", such as fp16." if precision != "fp16" else "."),
            )


def _reasons(
    sm: int, precision: str, model: Graph, runtime: Runtime, conversion: Conversion
) -> Iterator[str]:
    dtypes = {tensor.dtype for tensor in model.tensors} | {_PRECISIONS.get(precision, "")}
    for need in NEEDS:
        if sm < need.since and any(dtype.startswith(need.dtype) for dtype in dtypes):
            yield need.message
    if runtime.kind == "tensorrt_rtx":
        yield from _reasons_of_rtx(sm, precision, model, runtime, conversion)


def _reasons_of_rtx(
    sm: int, precision: str, model: Graph, runtime: Runtime, conversion: Conversion
) -> Iterator[str]:
    """Measured by building for each target, with 1.4.0.76, 1.5.0.114, 1.6.1.120 and 1.7.1.116."""
    old = _version(runtime) < (1, 7)
    kept = ("*",) if precision == "keep" else conversion.keep_fp32
    if sm == _TURING and not old and _has_fp32_product(model, kept):
        yield f"{runtime.label} multiplies no FP32 matrices on Turing (sm_75)"
    becomes_int8 = precision == "int8" and _converts_convolution(model, conversion)
    if old and (becomes_int8 or _has_int8_convolution(model)):
        yield f"{runtime.label} cannot build quantized convolutions; 1.7 can"
    if sm == _TURING and not old and becomes_int8:
        # It builds them, in FP16 or FP32 and with every rounding to INT8 around them.
        yield f"{runtime.label} computes no convolutions in INT8 on Turing (sm_75)"


def _version(runtime: Runtime) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", runtime.version)[:2])


def _converts_convolution(model: Graph, conversion: Conversion) -> bool:
    """Whether a conversion to INT8 would quantize a convolution."""
    return any(
        layer.type in _CONVOLUTIONS
        and count >= (conversion.int8_from or 0)
        and not matches(conversion.keep_fp32, layer.name, layer.type)
        for layer, count in weight_counts(model)
    )


def _has_int8_convolution(model: Graph) -> bool:
    """Whether a convolution's data and weights are both INT8: either alone builds, and so do
    products, and FP8 where a GPU knows it.
    """
    is_fp8 = any(tensor.dtype.startswith("float8") for tensor in model.tensors)
    found = (model.layers[position].type for position in quantized_layers(model))
    return not is_fp8 and any(operator in _CONVOLUTIONS for operator in found)


def _has_fp32_product(model: Graph, kept: Sequence[str]) -> bool:
    return any(
        model.tensors[position].dtype == "float32"
        for layer in model.layers
        if layer.type in _PRODUCTS and matches(kept, layer.name, layer.type)
        for position in layer.inputs
        if position is not None
    )

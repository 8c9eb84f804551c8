"""What a kind of GPU cannot compute, told before any time is spent on a build. Any thread."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

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
_PRODUCTS = frozenset({"MatMul", "Gemm"})
_TURING = 75


def check_targets(
    targets: Iterable[str],
    precision: str,
    model: Graph,
    runtime: Runtime,
    keep_fp32: Sequence[str] = (),
) -> None:
    """Raise StudioError for the first of these GPUs (``sm_86``) that cannot run the model in the
    precision of ``BuildRequest``, with what that keeps in FP32; names that are no compute
    capability are passed over.
    """
    kept = ("*",) if precision == "keep" else tuple(keep_fp32)
    for target in targets:
        found = re.fullmatch(r"sm_(\d+)", target)
        if found and (
            reason := next(_reasons(int(found[1]), precision, model, runtime, kept), None)
        ):
            raise StudioError(
                f"This build is not for {target}: {reason}.",
                hint=f"Take {target} out of the targets, or choose another precision"
                + (", such as fp16." if precision != "fp16" else "."),
            )


def _reasons(
    sm: int, precision: str, model: Graph, runtime: Runtime, kept: Sequence[str]
) -> Iterator[str]:
    dtypes = {tensor.dtype for tensor in model.tensors} | {_PRECISIONS.get(precision, "")}
    for need in NEEDS:
        if sm < need.since and any(dtype.startswith(need.dtype) for dtype in dtypes):
            yield need.message
    if runtime.kind == "tensorrt_rtx":
        yield from _reasons_of_rtx(sm, precision, model, runtime, kept)


def _reasons_of_rtx(
    sm: int, precision: str, model: Graph, runtime: Runtime, kept: Sequence[str]
) -> Iterator[str]:
    """Measured by building for each target, with 1.4.0.76, 1.5.0.114, 1.6.1.120 and 1.7.1.116."""
    old = _version(runtime) < (1, 7)
    if sm == _TURING and not old and _has_fp32_product(model, kept):
        yield f"{runtime.label} multiplies no FP32 matrices on Turing (sm_75)"
    if old and (precision == "int8" or _is_quantized(model)):
        yield f"{runtime.label} cannot build quantized convolutions; 1.7 can"
    if sm == _TURING and precision == "int8" and not old and _has_convolution(model):
        # It builds them, in FP16 or FP32 and with every rounding to INT8 around them.
        yield f"{runtime.label} computes no convolutions in INT8 on Turing (sm_75)"


def _version(runtime: Runtime) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", runtime.version)[:2])


def _has_convolution(model: Graph) -> bool:
    return any(layer.type in ("Conv", "ConvTranspose") for layer in model.layers)


def _is_quantized(model: Graph) -> bool:
    return any(layer.type == "QuantizeLinear" for layer in model.layers)


def _has_fp32_product(model: Graph, kept: Sequence[str]) -> bool:
    return any(
        model.tensors[position].dtype == "float32"
        for layer in model.layers
        if layer.type in _PRODUCTS
        and any(fnmatchcase(layer.name, p) or fnmatchcase(layer.type, p) for p in kept)
        for position in layer.inputs
        if position is not None
    )

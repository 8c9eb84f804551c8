"""What GPUs cannot compute, against what TensorRT-RTX said when it was tried for each."""

from contextlib import nullcontext

import pytest
from msgspec.structs import replace

from trtstudio.model.build.conversion import Conversion
from trtstudio.model.build.targets import check_targets
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.runtime import Runtime

RTX_17 = Runtime("tensorrt_rtx", "1.7.1.116")
RTX_16 = Runtime("tensorrt_rtx", "1.6.1.120")
TENSORRT = Runtime("tensorrt", "10.16.1.11")
ALL = ("sm_75", "sm_80", "sm_86", "sm_89", "sm_120")


def model(dtype: str = "float32", operator: str = "Conv") -> Graph:
    tensors = (Tensor("x", dtype), Tensor("w", dtype, (4, 4), "weight"), Tensor("y", ""))
    layer = Layer(0, "node", operator, (0, 1), (2,))
    return Graph("onnx", "net", (layer,), tensors, (0,), (2,))


def refused(graph: Graph, runtime: Runtime = RTX_17, precision: str = "keep") -> list[str]:
    """The GPUs that it is refused for."""
    found = []
    for target in ALL:
        try:
            check_targets([target], precision, graph, runtime)
        except StudioError as error:
            assert target in error.message
            assert error.hint
            found.append(target)
    return found


def test_fp32_products_on_turing() -> None:
    assert refused(model(operator="MatMul")) == ["sm_75"]
    assert refused(model(operator="Gemm")) == ["sm_75"]
    assert refused(model(operator="Conv")) == []
    assert refused(model("float16", "MatMul")) == []
    assert refused(model(operator="MatMul"), precision="fp16") == []
    assert refused(model(operator="MatMul"), RTX_16) == []
    assert refused(model(operator="MatMul"), TENSORRT) == []


@pytest.mark.parametrize(
    ("patterns", "is_refused"), [(("Gemm",), True), (("nod?",), True), (("Conv", "x"), False)]
)
def test_products_that_stay_in_fp32_on_turing(patterns: tuple[str, ...], is_refused: bool) -> None:
    with pytest.raises(StudioError, match="Turing") if is_refused else nullcontext():
        check_targets(
            ["sm_75"], "fp16", model(operator="Gemm"), RTX_17, Conversion(keep_fp32=patterns)
        )


def quantized(operator: str, data: bool = True, weight: bool = True, dtype: str = "int8") -> Graph:
    """One layer whose data and weight are rounded before it, or only one of them."""
    names = ("x", "w", "s", "z", "x_q", "w_q", "x_d", "w_d", "y")
    types = {"z": dtype, "x_q": dtype, "w_q": dtype}
    tensors = [Tensor(name, types.get(name, "float32")) for name in names]
    layers = []
    for is_rounded, (raw, rounded, back) in ((data, (0, 4, 6)), (weight, (1, 5, 7))):
        if is_rounded:
            layers.append(Layer(0, "q", "QuantizeLinear", (raw, 2, 3), (rounded,)))
            layers.append(Layer(0, "d", "DequantizeLinear", (rounded, 2, 3), (back,)))
    layers.append(Layer(0, "node", operator, (6 if data else 0, 7 if weight else 1), (8,)))
    return Graph("onnx", "net", layers, tensors, (0,), (8,))


@pytest.mark.parametrize("operator", ["Conv", "ConvTranspose"])
def test_int8_convolutions_need_rtx_1_7(operator: str) -> None:
    assert refused(quantized(operator), RTX_16) == list(ALL)
    assert refused(quantized(operator), RTX_17) == []
    assert refused(quantized(operator), TENSORRT) == []


def test_what_else_is_quantized_builds_with_any_rtx() -> None:
    """Each built with 1.5.0.114 and 1.6.1.120 for every one of these GPUs."""
    for operator in ("MatMul", "Gemm", "Add", "AveragePool"):
        assert refused(quantized(operator), RTX_16) == []
    assert refused(quantized("Conv", data=False), RTX_16) == []
    assert refused(quantized("Conv", weight=False), RTX_16) == []
    fp8 = refused(quantized("Conv", dtype="float8_e4m3fn"), RTX_16)
    assert fp8 == ["sm_75", "sm_80", "sm_86"]  # as with any TensorRT


@pytest.mark.parametrize("runtime", [RTX_16, RTX_17, TENSORRT])
def test_bf16_before_ampere(runtime: Runtime) -> None:
    assert refused(model(), runtime, "bf16") == ["sm_75"]
    assert refused(model("bfloat16"), runtime) == ["sm_75"]


def test_eight_and_four_bit_floats() -> None:
    assert refused(model("float8_e4m3fn")) == ["sm_75", "sm_80", "sm_86"]
    assert refused(model("float4_e2m1fn")) == ["sm_75", "sm_80", "sm_86", "sm_89"]


def large(operator: str) -> Graph:
    """One layer that RTX gains by where it is INT8."""
    graph = model(operator=operator)
    x, _, y = graph.tensors
    return replace(graph, tensors=(x, Tensor("w", "float32", (512, 512), "weight"), y))


def test_conversion_to_int8_needs_rtx_1_7_for_convolutions() -> None:
    assert refused(large("Conv"), RTX_16, "int8") == list(ALL)
    assert refused(large("Conv"), RTX_17, "int8") == ["sm_75"]  # where they stay in FP16
    assert refused(large("MatMul"), RTX_16, "int8") == []
    assert refused(large("MatMul"), RTX_17, "int8") == []
    assert refused(large("Conv"), TENSORRT, "int8") == []


@pytest.mark.parametrize(
    ("conversion", "is_refused"),
    [
        (Conversion(), False),  # it has too few weights for RTX to gain by INT8
        (Conversion(int8_from=0), True),
        (Conversion(int8_from=0, keep_fp32=("Conv",)), False),
    ],
)
def test_convolutions_that_are_not_converted_need_nothing(
    conversion: Conversion, is_refused: bool
) -> None:
    for runtime in (RTX_16, RTX_17):
        with pytest.raises(StudioError, match=r"INT8|quantized") if is_refused else nullcontext():
            check_targets(["sm_75"], "int8", model(), runtime, conversion)


def test_what_is_no_compute_capability_is_passed_over() -> None:
    check_targets(["current", ""], "bf16", model(), RTX_17)

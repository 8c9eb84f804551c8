"""What GPUs cannot compute, against what TensorRT-RTX said when it was tried for each."""

from contextlib import nullcontext

import pytest

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
        check_targets(["sm_75"], "fp16", model(operator="Gemm"), RTX_17, patterns)


def test_quantized_models_need_rtx_1_7() -> None:
    assert refused(model(operator="QuantizeLinear"), RTX_16) == list(ALL)
    assert refused(model(operator="QuantizeLinear"), RTX_17) == []


@pytest.mark.parametrize("runtime", [RTX_16, RTX_17, TENSORRT])
def test_bf16_before_ampere(runtime: Runtime) -> None:
    assert refused(model(), runtime, "bf16") == ["sm_75"]
    assert refused(model("bfloat16"), runtime) == ["sm_75"]


def test_eight_and_four_bit_floats() -> None:
    assert refused(model("float8_e4m3fn")) == ["sm_75", "sm_80", "sm_86"]
    assert refused(model("float4_e2m1fn")) == ["sm_75", "sm_80", "sm_86", "sm_89"]


def test_int8_needs_rtx_1_7() -> None:
    assert refused(model(), RTX_16, "int8") == list(ALL)
    assert refused(model(), RTX_17, "int8") == ["sm_75"]  # where convolutions stay in FP16
    assert refused(model(operator="MatMul"), RTX_17, "int8") == []
    assert refused(model(), TENSORRT, "int8") == []


def test_what_is_no_compute_capability_is_passed_over() -> None:
    check_targets(["current", ""], "bf16", model(), RTX_17)

"""TensorRT's own messages, as recorded, and what its user is told."""

import pytest

from trtstudio.engine.build.diagnosis import explain_failure

RECORDED = {
    "IBuilder::buildSerializedNetwork: Error Code 4: API Usage Error (Network has dynamic or "
    "shape inputs, but no optimization profile has been defined. In validate)": "no profile",
    "Error Code 4: Internal Error (Profile kOPT values are not self-consistent. Dimensions with "
    "name ? must be equal. Condition '==' violated: 32 != 64.)": "the same name: ?",
    "Input dimensions with this name have different constant values or have contradictory "
    "IOptimizationProfile kMIN/kMAX constraints": "the same name",
    "kOPT values for profile 0 violate shape constraints: p2o.Add.250: dimensions not compatible "
    "for elementwise": "p2o.Add.250",
    "Dynamic-shaped input tensor x has 4 dimensions but profile 0 has 3 dimensions.": "number of",
    "Cannot compile operation 'mm' for Turing (SM75): FP32 GEMM is not supported.": "sm_75",
    "Unable to load library: libnvinfer_lean.so.1: cannot open": "lean runtime",
    "[graphScope.cpp::analyze::471] Error Code 2: Internal Error (Assertion tScope.getType() != "
    "ScopeType::kUNDEFINED failed. )": "an assertion",
    "IBuilder::buildSerializedNetwork: Error Code 1: Cuda Runtime (In generateForCurrent at "
    "/_src/runtime/core/cudaDeviceProfile.cpp:187)": "only where there is an NVIDIA GPU",
    "Error Code 1: Cuda Runtime (cudaError 35: CUDA driver version is insufficient)": "GPU",
    "Error Code 2: OutOfMemory (Requested size was 1073741824 bytes.)": "memory",
}


@pytest.mark.parametrize(("said", "told"), RECORDED.items())
def test_known_failures_are_explained(said: str, told: str) -> None:
    error = explain_failure([said], "TensorRT 10", ())
    assert told in error.message
    assert error.hint
    assert error.details == said


def test_each_has_words_of_its_own() -> None:
    told = {explain_failure([said], "TensorRT 10", ()).message for said in RECORDED}
    assert len(told) == len(RECORDED)


def test_an_unknown_failure_shows_tensorrts_words() -> None:
    said = ["Error Code 10: Internal Error (Could not find any implementation)", "second line"]
    error = explain_failure(said, "TensorRT-RTX 1.7.1", ())
    assert error.message == "TensorRT-RTX 1.7.1 could not build this model."
    assert error.details == "\n".join(said)
    assert "ONNX Runtime" in error.hint


def test_silence_is_no_empty_detail() -> None:
    assert explain_failure([], "TensorRT", ()).details


def test_flags_that_need_the_gpu_are_named() -> None:
    said = ["MyelinCheckException: graph_jit.cpp:278: CHECK(status == CUDA_SUCCESS) failed."]
    assert "with REFIT." in explain_failure(said, "TensorRT", ("REFIT", "TF32")).message
    assert "REFIT" not in explain_failure(said, "TensorRT", ("TF32",)).message

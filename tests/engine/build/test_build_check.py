"""What is refused before a build begins."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from trtstudio.engine.build.build_check import check_request
from trtstudio.model.build.build import BuildRequest, ShapeRange
from trtstudio.model.build.build_options import NetworkEdits, TimingCache, WeakTyping
from trtstudio.model.build.options import Option
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, Tensor
from trtstudio.model.runtime import Device, Runtime

Check = Callable[..., None]

RTX = Runtime(
    "tensorrt_rtx", "1.7.1", True, ("keep", "fp16"), ("sm_86", "sm_120"), ("TF32", "STRICT_NANS")
)
TENSORRT = Runtime("tensorrt", "10.16", True, ("keep", "fp16"), (), ("TF32",))
X = Tensor("x", "float32", ("N", 3), "input")
MODEL = Graph("onnx", "net", (), (X,), (0,), ())
PROFILE = {"x": ShapeRange((1, 3), (2, 3), (4, 3))}


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Checks a request that is right but for what is given."""
    model = tmp_path / "net.onnx"
    model.write_bytes(b"")

    def run(runtime: Runtime = RTX, devices: tuple[Device, ...] = (), **wanted: Any) -> None:
        defaults = {"model": str(model), "plan": str(tmp_path / "net.plan"), "profiles": (PROFILE,)}
        check_request(BuildRequest(**(defaults | wanted)), MODEL, runtime, devices)

    return run


def refusal(check: Check, **wanted: Any) -> StudioError:
    with pytest.raises(StudioError) as caught:
        check(**wanted)
    assert caught.value.hint
    return caught.value


def test_a_right_request_passes(check: Check) -> None:
    check()
    check(targets=("sm_86", "sm_120"), flags=("TF32",), precision="fp16")
    check(targets=("current",))
    check(runtime=TENSORRT)


def test_unknown_names_are_refused_with_the_nearest(check: Check) -> None:
    assert "STRICT_NANS" in refusal(check, flags=("strict_nan",)).hint
    assert "sm_120" in refusal(check, targets=("sm_90a",)).hint
    assert "has no precision int4" in refusal(check, precision="int4").message


def test_a_target_can_be_named_once(check: Check) -> None:
    assert "twice" in refusal(check, targets=("sm_86", "sm_86")).message


def test_targets_need_a_runtime_that_knows_them(check: Check) -> None:
    error = refusal(check, runtime=TENSORRT, targets=("sm_86",))
    assert "only for the GPU of this machine" in error.message


def test_a_dynamic_model_needs_a_profile(check: Check) -> None:
    assert "x (N x 3)" in refusal(check, profiles=()).message


def test_a_wrong_profile_is_refused(check: Check) -> None:
    error = refusal(check, profiles=(PROFILE, {"y": PROFILE["x"]}))
    assert "Profile 2" in error.message
    assert len(error.details.splitlines()) == 2  # y is unknown and x is missing


def test_the_plan_must_not_replace_the_model(check: Check, tmp_path: Path) -> None:
    assert "overwrite" in refusal(check, plan=str(tmp_path / "net.onnx")).message


def test_the_plan_needs_a_folder(check: Check, tmp_path: Path) -> None:
    assert "no such folder" in refusal(check, plan=str(tmp_path / "no" / "net.plan")).message


FULL = replace(
    TENSORRT,
    options=(
        Option("max_aux_streams", "int", "-", low=0),
        Option("builder_optimization_level", "int", "-", low=0, high=5),
        Option("tiling_optimization_level", "enum", "-", ("NONE", "FAST")),
        Option("tactic_sources", "set", "-", ("CUDNN", "CUBLAS")),
        Option("WORKSPACE", "memory", "-"),
        Option("build_route", "text", "-"),
        Option("NATIVE_INSTANCENORM", "parser_flag", "-"),
    ),
    abilities=("weak_typing", "timing_cache", "plugins", "debug_tensors"),
    weak_precisions=("FP16", "INT8"),
)


def test_options_that_are_right(check: Check, tmp_path: Path) -> None:
    check(
        runtime=FULL,
        options={
            "max_aux_streams": 0,
            "tiling_optimization_level": "FAST",
            "tactic_sources": ("CUBLAS",),
            "WORKSPACE": 1 << 20,
            "build_route": "-a=1",
        },
        weak=WeakTyping(("FP16",), {"conv*": "float16"}, constraints="obey"),
        network=NetworkEdits(debug=("x",), parser_flags=("-NATIVE_INSTANCENORM",)),
        timing_cache=TimingCache(str(tmp_path / "a.cache")),
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"max_aux_stream": 1}, "no option max_aux_stream"),
        ({"NATIVE_INSTANCENORM": 1}, "no option"),
        ({"max_aux_streams": -1}, "cannot be -1"),
        ({"max_aux_streams": "1"}, "cannot be '1'"),
        ({"builder_optimization_level": 6}, "cannot be 6"),
        ({"tiling_optimization_level": "SLOW"}, "SLOW"),
        ({"tactic_sources": ("CUDNN", "MKL")}, "MKL"),
        ({"WORKSPACE": -1}, "cannot be -1"),
        ({"build_route": 1}, "cannot be 1"),
    ],
)
def test_options_that_are_wrong(check: Check, options: dict[str, Any], words: str) -> None:
    assert words in refusal(check, runtime=FULL, options=options).message


@pytest.mark.parametrize(
    "wanted",
    [
        {"weak": WeakTyping(("FP16",))},
        {"timing_cache": TimingCache("a.cache")},
        {"plugins": ("a.so",)},
        {"network": NetworkEdits(debug=("x",))},
        {"network": NetworkEdits(debug_unfused=True)},
    ],
)
def test_what_a_runtime_cannot_do_is_said_in_words(check: Check, wanted: dict[str, Any]) -> None:
    assert "TensorRT-RTX 1.7.1 does not have" in refusal(check, **wanted).message


@pytest.mark.parametrize(
    ("weak", "words"),
    [
        (WeakTyping(("FP8",)), "precision flag FP8"),
        (WeakTyping((), {"a": "half"}, constraints="obey"), "data type half"),
        (WeakTyping((), {"a": "float16"}), "nothing says that they count"),
    ],
)
def test_weak_typing_that_is_wrong(check: Check, weak: WeakTyping, words: str) -> None:
    assert words in refusal(check, runtime=FULL, weak=weak).message


def test_a_converted_model_is_strongly_typed(check: Check) -> None:
    error = refusal(check, runtime=FULL, weak=WeakTyping(("FP16",)), precision="fp16")
    assert "strongly typed" in error.message


def test_an_unknown_parser_flag(check: Check) -> None:
    edits = NetworkEdits(parser_flags=("-NATIVE_INSTANCENORMS",))
    assert "NATIVE_INSTANCENORM?" in refusal(check, runtime=FULL, network=edits).hint


def test_a_library_that_is_none(check: Check, tmp_path: Path) -> None:
    (tmp_path / "a.so").write_bytes(b"text")
    error = refusal(check, runtime=FULL, plugins=(str(tmp_path / "a.so"),))
    assert "no shared library" in error.message


def test_the_timing_cache_needs_a_folder(check: Check, tmp_path: Path) -> None:
    cache = TimingCache(str(tmp_path / "no" / "a.cache"))
    assert "no such folder" in refusal(check, runtime=FULL, timing_cache=cache).message


def test_another_shape_makes_a_profile_needless(check: Check) -> None:
    check(profiles=(), network=NetworkEdits(input_shapes={"x": (2, 3)}))
    error = refusal(check, network=NetworkEdits(input_shapes={"x": (2, 3)}))
    assert "fixed at 2" in error.message
    for wrong in (NetworkEdits(input_shapes={"x": (2,)}), NetworkEdits(input_shapes={"z": (2, 3)})):
        assert "x (N x 3)" in refusal(check, profiles=(), network=wrong).hint


def test_the_gpu_that_is_here_must_know_the_types(check: Check) -> None:
    turing = Device("RTX 2080", "sm_75")
    runtime = replace(TENSORRT, precisions=("keep", "bf16"))
    assert "sm_75" in refusal(check, runtime=runtime, precision="bf16", devices=(turing,)).message
    check(runtime=runtime, precision="bf16", devices=(Device("RTX 3080", "sm_86"),))

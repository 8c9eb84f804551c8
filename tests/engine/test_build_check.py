"""What is refused before a build begins."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trtstudio.engine.build_check import check_request
from trtstudio.model.build import BuildRequest, ShapeRange
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, Tensor
from trtstudio.model.runtime import Runtime

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

    def run(runtime: Runtime = RTX, **wanted: Any) -> None:
        defaults = {"model": str(model), "plan": str(tmp_path / "net.plan"), "profiles": (PROFILE,)}
        check_request(BuildRequest(**(defaults | wanted)), MODEL, runtime)

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

"""What TensorRT really computes in once a model was converted, by the layer table of real builds,
for GPUs that are not here.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from trtstudio.engine import runtime
from trtstudio.engine.build.build import build
from trtstudio.model.build.build import BuildRequest, BuildResult, ShapeRange
from trtstudio.model.build.conversion import Calibration, Conversion
from trtstudio.model.statistics import compute_dtype

MakeModel = Callable[..., Path]

TARGETS = ("sm_80", "sm_86", "sm_89", "sm_120")
SMALL = {"x": ShapeRange((1, 3, 16, 16), (1, 3, 16, 16), (4, 3, 16, 16))}
DTYPES = {"keep": "float32", "fp16": "float16", "bf16": "bfloat16", "int8": "int8"}

pytestmark = pytest.mark.skipif(
    not set(TARGETS) <= set(runtime.describe().targets) or runtime.describe().version < "1.7",
    reason="this TensorRT does not build INT8 without a GPU",
)


def deepen(model: onnx.ModelProto) -> None:
    """Another convolution behind the first, so that there is one with INT8 on both sides."""
    kernel = np.random.default_rng(1).standard_normal((8, 8, 3, 3)).astype(np.float32)
    model.graph.initializer.append(numpy_helper.from_array(kernel, "w2"))
    model.graph.node.insert(2, helper.make_node("Conv", ["r", "w2"], ["c2"], pads=[1] * 4))
    model.graph.node[3].input[0] = "c2"


@pytest.fixture
def built(
    make_model: MakeModel, calibration_folder: Path, tmp_path: Path
) -> Callable[..., BuildResult]:
    """Builds the small network in this precision for this GPU."""

    def build_it(precision: str, target: str, **more: Any) -> BuildResult:
        calibration = Calibration(str(calibration_folder), "minmax")
        request = BuildRequest(
            model=str(make_model(deepen)),
            plan=str(tmp_path / "out.plan"),
            profiles=(SMALL,),
            precision=precision,
            targets=(target,),
            conversion=Conversion(calibration=calibration, int8_from=0, **more),
        )
        return build(
            request,
            on_progress=lambda _: None,
            on_log=lambda _: None,
            cancelled=lambda: False,
        )

    return build_it


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("precision", DTYPES)
def test_what_multiplies_computes_in_the_precision(
    built: Callable[..., BuildResult], precision: str, target: str
) -> None:
    result = built(precision, target)
    assert result.engine is not None
    assert result.warnings == ()
    computing = {
        layer.name: compute_dtype(result.engine, layer)
        for layer in result.engine.layers
        if layer.type in ("correlation", "gemm")
    }
    assert computing
    assert set(computing.values()) == {DTYPES[precision]}
    assert result.precision[DTYPES[precision]] > 0


@pytest.mark.parametrize("base", ["fp32", "bf16"])
def test_int8_beside_another_type(built: Callable[..., BuildResult], base: str) -> None:
    assert built("int8", "sm_89", base=base).precision["int8"] > 0


def test_what_stays_in_fp32_does(built: Callable[..., BuildResult]) -> None:
    result = built("fp16", "sm_86", keep_fp32=("product",))
    assert result.engine is not None
    dtypes = {
        layer.type: compute_dtype(result.engine, layer)
        for layer in result.engine.layers
        if layer.type in ("correlation", "gemm")
    }
    assert dtypes == {"correlation": "float16", "gemm": "float32"}

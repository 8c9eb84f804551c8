"""Real builds, without a GPU where TensorRT-RTX is installed."""

import errno
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import onnx
import pytest

from trtstudio.engine import runtime
from trtstudio.engine.build import build as build_module
from trtstudio.engine.build import build_check, build_log
from trtstudio.engine.build.build import build
from trtstudio.model.build.build import BuildRequest, BuildResult, LogLine, Progress, ShapeRange
from trtstudio.model.build.build_options import NetworkEdits
from trtstudio.model.build.commands import copy_as
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.place_lock import only_writer
from trtstudio.model.plan.file import read_plan_header
from trtstudio.model.plan.record import BuildRecord, read_record, sha256_of, write_record

MakeModel = Callable[..., Path]

TARGET = ("sm_86",)
SMALL = {"x": ShapeRange((1, 3, 16, 16), (2, 3, 32, 32), (4, 3, 64, 64))}
SAMPLE = {"images": ShapeRange((1, 3, 224, 224), (1, 3, 224, 224), (4, 3, 224, 224))}

pytestmark = pytest.mark.skipif(
    not runtime.describe().targets, reason="this TensorRT builds only on a GPU"
)


class Build:
    """Builds into one folder and keeps what it was told meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.plan = folder / "out.plan"
        self.progress: list[Progress] = []
        self.log: list[LogLine] = []

    def __call__(
        self, model: Path, *, cancelled: Callable[[], bool] = lambda: False, **wanted: Any
    ) -> BuildResult:
        request = BuildRequest(
            **({"model": str(model), "plan": str(self.plan), "targets": TARGET} | wanted)
        )
        return build(
            request,
            on_progress=self.progress.append,
            on_log=self.log.append,
            cancelled=cancelled,
        )

    def fails(self, model: Path, **wanted: Any) -> StudioError:
        """The error of a build that leaves nothing behind."""
        with pytest.raises(StudioError) as caught:
            self(model, **wanted)
        assert caught.value.hint
        assert list(self.plan.parent.iterdir()) == []
        return caught.value


@pytest.fixture
def run(tmp_path: Path) -> Build:
    folder = tmp_path / "引擎 ß"
    folder.mkdir()
    return Build(folder)


def test_a_build_and_what_it_tells(make_model: MakeModel, run: Build) -> None:
    model = make_model(name="模型.onnx")
    result = run(model, profiles=(SMALL,))
    content = run.plan.read_bytes()
    assert content[:4] == b"vtrt"
    assert result.plan_bytes == len(content)
    assert result.sha256 == hashlib.sha256(content).hexdigest()
    assert result.runtime == runtime.describe().label
    assert result.targets == TARGET
    assert result.profiles == (SMALL,)
    assert result.build_seconds > 0
    assert result.warnings == ()
    assert {p.phase for p in run.progress} >= {"Parsing the model", "Building engine"}
    severities = {line.severity for line in run.log}
    assert severities and "verbose" not in severities


def test_the_fused_layers_come_from_the_model(make_model: MakeModel, run: Build) -> None:
    engine = run(make_model(), profiles=(SMALL,)).engine
    assert engine is not None
    assert engine.view == "engine"
    origins = {origin for layer in engine.layers for origin in layer.origins}
    assert {"conv", "relu", "product"} <= origins
    assert [tensor.name for tensor in engine.input_tensors] == ["x"]
    assert [tensor.name for tensor in engine.output_tensors] == ["y"]


@pytest.mark.parametrize("problem", [StudioError("A form that is not known.", hint="-"), None])
def test_a_plan_is_good_without_its_layers(
    make_model: MakeModel,
    run: Build,
    monkeypatch: pytest.MonkeyPatch,
    problem: StudioError | None,
) -> None:
    def read(message: str) -> NoReturn:
        raise problem or AssertionError(message)

    monkeypatch.setattr(build_log, "read_build_log_table", read)
    if problem is None:  # as if TensorRT had not logged them
        monkeypatch.setattr(build_log.BuildLog, "hear", lambda *_: None)
    result = run(make_model(), profiles=(SMALL,))
    assert (result.engine, result.precision) == (None, {})
    assert len(result.warnings) == 1
    assert read_record(run.plan) is not None


def test_the_record_lies_beside_the_plan(sample_model: Path, run: Build) -> None:
    result = run(sample_model, profiles=(SAMPLE,))
    record = read_record(run.plan)
    assert record is not None
    assert record.result == result
    assert record.request.targets == TARGET
    assert record.model_sha256 == hashlib.sha256(sample_model.read_bytes()).hexdigest()
    assert record.metadata["names"].startswith("{")


def test_a_static_model_needs_no_profile(light_models: tuple[Path, ...], run: Build) -> None:
    model = next(path for path in light_models if "squeezenet" in path.name)
    result = run(model)
    assert result.precision == {"float32": pytest.approx(1)}


def test_fp16_is_really_float16(sample_model: Path, run: Build) -> None:
    kept = run(sample_model, profiles=(SAMPLE,))
    half = run(sample_model, profiles=(SAMPLE,), precision="fp16")
    assert "float16" not in kept.precision
    assert half.precision["float16"] > 0.8
    assert half.plan_bytes < 0.6 * kept.plan_bytes
    assert half.warnings == ()
    assert half.engine is not None
    assert {tensor.dtype for tensor in half.engine.input_tensors} == {"float32"}


def test_weights_that_fp16_cannot_hold_are_a_warning(make_model: MakeModel, run: Build) -> None:
    def change(model: onnx.ModelProto) -> None:
        values = onnx.numpy_helper.to_array(model.graph.initializer[0]) * 1e6
        model.graph.initializer[0].CopyFrom(onnx.numpy_helper.from_array(values, "w"))

    result = run(make_model(change), profiles=(SMALL,), precision="fp16")
    assert "all weights of w:" in result.warnings[0]


@pytest.mark.parametrize("precision", ["keep", "fp16"])
def test_external_weights(make_model: MakeModel, run: Build, precision: str) -> None:
    model = make_model(external=True, name="外部.onnx")
    assert run(model, profiles=(SMALL,), precision=precision).plan_bytes > 0


def test_several_targets_and_options(make_model: MakeModel, run: Build) -> None:
    result = run(
        make_model(),
        profiles=(SMALL,),
        targets=("sm_86", "sm_89"),
        flags=("STRICT_NANS",),
        options={"builder_optimization_level": 2, "WORKSPACE": 1 << 28},
    )
    assert result.targets == ("sm_86", "sm_89")


def test_without_targets_the_plan_says_for_what_it_is(make_model: MakeModel, run: Build) -> None:
    result = run(make_model(), profiles=(SMALL,), targets=())
    assert "sm_86" in result.targets
    assert set(result.targets) <= set(read_plan_header(run.plan).targets)


@pytest.mark.parametrize("steps", [0, 1, 2, 8, 40])
def test_cancelling_at_any_time_leaves_nothing(
    make_model: MakeModel, run: Build, steps: int
) -> None:
    """Cancelled after so many signs of progress, the last of them in the middle of the build."""
    with pytest.raises(Cancelled):
        run(make_model(), profiles=(SMALL,), cancelled=lambda: len(run.progress) >= steps)
    assert list(run.plan.parent.iterdir()) == []


def test_a_build_after_a_cancelled_one(make_model: MakeModel, run: Build) -> None:
    model = make_model()
    with pytest.raises(Cancelled):
        run(model, profiles=(SMALL,), cancelled=lambda: len(run.progress) > 10)
    assert run(model, profiles=(SMALL,)).plan_bytes > 0


def test_a_failed_build_keeps_the_old_plan(make_model: MakeModel, run: Build) -> None:
    run.plan.write_bytes(b"old")
    with pytest.raises(StudioError):
        run(make_model(), profiles=(SMALL,), targets=("sm_75",))
    assert run.plan.read_bytes() == b"old"


def test_no_profile(make_model: MakeModel, run: Build) -> None:
    assert "x (N x 3 x H x W)" in run.fails(make_model()).message


def test_dimensions_of_one_name(make_model: MakeModel, run: Build) -> None:
    wide = {"x": ShapeRange((1, 3, 16, 16), (1, 3, 32, 64), (1, 3, 64, 64))}
    error = run.fails(make_model(height="S", width="S"), profiles=(wide,))
    assert "'S'" in error.message


def test_shapes_that_do_not_fit_inside(make_model: MakeModel, run: Build) -> None:
    """An odd height breaks the sum of a picture and its halved and doubled self."""

    def change(model: onnx.ModelProto) -> None:
        helper = onnx.helper
        scales = onnx.numpy_helper.from_array(onnx.numpy_helper.np.float32([1, 1, 2, 2]), "s")
        model.graph.initializer.append(scales)
        model.graph.node.extend(
            [
                helper.make_node("MaxPool", ["x"], ["h"], kernel_shape=[2, 2], strides=[2, 2]),
                helper.make_node("Resize", ["h", "", "s"], ["d"], mode="nearest"),
                helper.make_node("Add", ["x", "d"], ["z"], name="sum"),
            ]
        )
        value = helper.make_tensor_value_info("z", onnx.TensorProto.FLOAT, None)
        model.graph.output.append(value)

    odd = {"x": ShapeRange((1, 3, 16, 16), (1, 3, 33, 32), (1, 3, 64, 64))}
    error = run.fails(make_model(change), profiles=(odd,))
    assert "opt sizes of profile 1 break the model at node sum" in error.message
    assert "sum" in error.details


def test_turing_in_fp32_is_not_even_tried(make_model: MakeModel, run: Build) -> None:
    error = run.fails(make_model(), profiles=(SMALL,), targets=("sm_75", "sm_86"))
    assert "sm_75" in error.message
    assert "fp16" in error.hint
    assert run.progress[-1].phase == "Reading the model"


@pytest.mark.skipif(runtime.has_gpu(), reason="there is a GPU")
def test_the_targets_that_are_refused_are_those_that_tensorrt_refuses(
    make_model: MakeModel, run: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_check, "check_targets", lambda *_: None)
    error = run.fails(make_model(), profiles=(SMALL,), targets=("sm_75",))
    assert "FP32 GEMM is not supported" in error.details


def test_turing_in_fp16(make_model: MakeModel, run: Build) -> None:
    result = run(make_model(), profiles=(SMALL,), targets=("sm_75",), precision="fp16")
    assert result.targets == ("sm_75",)


@pytest.mark.skipif(runtime.has_gpu(), reason="there is a GPU")
def test_the_current_gpu_where_there_is_none(make_model: MakeModel, run: Build) -> None:
    error = run.fails(make_model(), profiles=(SMALL,), targets=("current",))
    assert "GPU" in error.message


@pytest.mark.skipif(runtime.has_gpu(), reason="there is a GPU")
def test_flags_that_need_a_gpu(make_model: MakeModel, run: Build) -> None:
    error = run.fails(make_model(), profiles=(SMALL,), flags=("REFIT",))
    assert "REFIT" in error.message


def test_a_flag_that_this_tensorrt_cannot_carry_out(make_model: MakeModel, run: Build) -> None:
    error = run.fails(make_model(), profiles=(SMALL,), flags=("VERSION_COMPATIBLE",))
    assert "VERSION_COMPATIBLE" in error.hint


def test_a_refused_flag_has_tensorrts_words(make_model: MakeModel, run: Build) -> None:
    error = run.fails(make_model(), profiles=(SMALL,), flags=("EXCLUDE_LEAN_RUNTIME",))
    assert "kVERSION_COMPATIBLE" in error.details


def test_unsupported_operators(make_model: MakeModel, run: Build) -> None:
    def change(model: onnx.ModelProto) -> None:
        model.graph.node[1].op_type = "Swish2"

    error = run.fails(make_model(change), profiles=(SMALL,))
    assert "Swish2 (node relu)" in error.message


@pytest.mark.parametrize("content", [b"", b"text\n", b"\x89PNG\r\n\x1a\n"])
def test_no_model(tmp_path: Path, run: Build, content: bytes) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(content)
    run.fails(path)


def test_a_full_disk(make_model: MakeModel, run: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    assert "the disk is full" in run.fails(make_model(), profiles=(SMALL,)).message


def test_a_plan_whose_record_finds_no_room(
    make_model: MakeModel, run: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(make_model(), profiles=(SMALL,), options={"builder_optimization_level": 0})

    def fail(_: BuildRecord) -> None:
        raise StudioError("The disk is full.")

    monkeypatch.setattr(build_module, "write_record", fail)
    result = run(make_model(), profiles=(SMALL,))
    assert result.warnings == (
        "The plan is good, but there is no record of its build: The disk is full.",
    )
    assert list(run.plan.parent.iterdir()) == [run.plan]  # the earlier record is not its own
    assert sha256_of(run.plan) == result.sha256


def test_a_build_that_ends_before_its_record_leaves_a_plan_that_can_be_loaded(
    make_model: MakeModel, run: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is killed while it reads the plan, which may have gigabytes."""
    run(make_model(), profiles=(SMALL,))

    def die(_: Path) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(build_module, "sha256_of", die)
    with pytest.raises(ZeroDivisionError):
        run(make_model(), profiles=(SMALL,))
    assert read_record(run.plan) is None, "that of the earlier plan would say that it has changed"


def test_a_folder_that_is_gone(make_model: MakeModel, run: Build) -> None:
    shutil.rmtree(run.plan.parent)
    with pytest.raises(StudioError, match="no such folder"):
        run(make_model(), profiles=(SMALL,))
    assert run.progress[-1].phase == "Reading the model"  # it was not built first


def test_the_same_build_is_told_from_another(make_model: MakeModel, run: Build) -> None:
    model = make_model()
    first = run(model, profiles=(SMALL,))
    again = run(model, profiles=(SMALL,))
    other = run(model, profiles=(SMALL,), options={"max_aux_streams": 0})
    assert (first.identical, other.identical) == (None, None)
    assert again.identical == (again.sha256 == first.sha256)
    record = read_record(run.plan)
    assert record is not None
    assert record.request.options == {"max_aux_streams": 0}


def test_a_plan_that_came_out_otherwise_is_said_to_be(make_model: MakeModel, run: Build) -> None:
    model = make_model()
    run(model, profiles=(SMALL,))
    record = read_record(run.plan)
    assert record is not None
    write_record(replace(record, result=replace(record.result, sha256="0" * 64)))
    assert run(model, profiles=(SMALL,)).identical is False


def test_outputs_and_shapes_of_the_engine(make_model: MakeModel, run: Build) -> None:
    edits = NetworkEdits(outputs=("r", "f"), not_outputs=("y",), input_shapes={"x": (1, 3, 32, -1)})
    wide = {"x": ShapeRange((1, 3, 32, 8), (1, 3, 32, 16), (1, 3, 32, 32))}
    engine = run(make_model(), profiles=(wide,), network=edits).engine
    assert engine is not None
    assert {tensor.name for tensor in engine.output_tensors} == {"r", "f"}
    assert [tensor.shape for tensor in engine.input_tensors] == [(1, 3, 32, -1)]


def test_a_model_whose_declared_shape_nobody_wants(make_model: MakeModel, run: Build) -> None:
    """Like CenterFace, which declares 10 x 3 x 32 x 32."""

    def change(model: onnx.ModelProto) -> None:
        model.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 10

    edits = NetworkEdits(input_shapes={"x": (1, 3, 48, 64)})
    engine = run(make_model(change, height=32, width=32), network=edits).engine
    assert engine is not None
    assert engine.input_tensors[0].shape == (1, 3, 48, 64)


def test_several_profiles(make_model: MakeModel, run: Build) -> None:
    large = {"x": ShapeRange((8, 3, 16, 16), (8, 3, 32, 32), (16, 3, 64, 64))}
    result = run(make_model(), profiles=(SMALL, large))
    assert result.profiles == (SMALL, large)


def test_two_builds_into_the_same_plan(make_model: MakeModel, run: Build) -> None:
    model = make_model()
    with only_writer(run.plan):
        assert "Another build is writing out.plan" in run.fails(model, profiles=(SMALL,)).message
    run(model, profiles=(SMALL,))


def test_a_disk_that_is_full_at_the_last_write(
    make_model: MakeModel, run: Build, small_disk: Path
) -> None:
    plan = small_disk / "out.plan"
    with pytest.raises(StudioError, match="the disk is full") as caught:
        run(make_model(), profiles=(SMALL,), plan=str(plan))
    assert caught.value.hint
    assert list(small_disk.iterdir()) == []


@pytest.mark.parametrize(("least", "heard"), [("error", set()), ("verbose", {"verbose", "info"})])
def test_the_log_from_a_severity_upwards(
    make_model: MakeModel, run: Build, least: str, heard: set[str]
) -> None:
    run(make_model(), profiles=(SMALL,), log_severity=least)
    assert {line.severity for line in run.log} >= heard
    assert heard or not run.log


def test_the_script_builds_the_same(make_model: MakeModel, run: Build, tmp_path: Path) -> None:
    """The script that the window copies, in an interpreter of its own."""
    request = BuildRequest(
        str(make_model()),
        str(tmp_path / "script.plan"),
        (SMALL,),
        targets=TARGET,
        flags=("STRICT_NANS",),
        options={
            "builder_optimization_level": 2,
            "WORKSPACE": 1 << 28,
            "tiling_optimization_level": "FAST",
            "tactic_sources": ("JIT_CONVOLUTIONS",),
            "preview_features": (),
        },
        network=NetworkEdits(outputs=("r", "g*"), debug=("c",), not_outputs=("y",)),
    )
    script = tmp_path / "script.py"
    script.write_text(copy_as(request, "python", runtime.describe().kind), encoding="utf-8")
    subprocess.run([sys.executable, "-I", script], check=True, capture_output=True)
    mine = run(
        Path(request.model),
        profiles=request.profiles,
        flags=request.flags,
        options=request.options,
        network=request.network,
    )
    theirs = Path(request.plan).read_bytes()
    ours = run.plan.read_bytes()
    assert len(theirs) == mine.plan_bytes
    # The builder itself is not quite deterministic: the same request may differ in a few bytes.
    assert sum(a != b for a, b in zip(ours, theirs, strict=True)) < 100

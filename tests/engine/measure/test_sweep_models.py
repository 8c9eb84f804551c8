"""Sweeps over precisions: converted models in ONNX Runtime, files of their user's, and which engine
would be built.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from trtstudio.engine import runtime
from trtstudio.engine.measure import sweep_models, sweep_plans
from trtstudio.engine.measure.sweep import sweep
from trtstudio.engine.measure.sweep_plans import is_built, onnx_model, wanted_build, widened
from trtstudio.engine.run.onnx_session import OnnxSession
from trtstudio.model.build.build import BuildRequest, BuildResult, ShapeRange
from trtstudio.model.build.conversion import Calibration, Conversion
from trtstudio.model.build.int8_layers import settled
from trtstudio.model.errors import StudioError
from trtstudio.model.measure.bench import BenchRequest, SweepPoint, SweepRequest
from trtstudio.model.measure.sweep_axes import Axes
from trtstudio.model.measure.sweep_precisions import Precisions
from trtstudio.model.onnx.file import external_files
from trtstudio.model.plan.record import BuildRecord, read_record, sha256_of, write_record
from trtstudio.model.run import SessionInfo

pytestmark = pytest.mark.usefixtures("no_nvml")
BASE = BenchRequest(1, warmup_ms=0, duration_s=0, iterations=2)


def never() -> bool:
    return False


def ignore(_said: object) -> None:
    """Nobody listens."""


@pytest.fixture
def model(make_model: Callable[..., Path]) -> Path:
    return make_model(height=8, width=8)


@pytest.fixture
def session(model: Path) -> Iterator[OnnxSession]:
    made = OnnxSession(str(model), 1, ignore)
    yield made
    made.close()


def ask(session: OnnxSession, axes: Axes, **others: object) -> list[SweepPoint]:
    request = replace(SweepRequest(BASE, axes), **others)
    return list(sweep(session, request, cancelled=never).points)


# In ONNX Runtime


def test_each_precision_is_converted_and_measured(session: OnnxSession) -> None:
    axes: Axes = {"batch": (1, 2), "precision": ("keep", "fp16")}
    told: list[SweepPoint] = []
    found = sweep(session, SweepRequest(BASE, axes), cancelled=never, on_point=told.append)
    assert found.complete
    assert [tuple(p.values.values()) for p in found.points] == [
        (1, "keep"), (1, "fp16"), (2, "keep"), (2, "fp16"),
    ]  # fmt: skip
    for point in found.points:
        assert point.result is not None and point.result.shapes["x"][0] == point.values["batch"]
    precisions = [point.values["precision"] for point in told]
    assert precisions == ["keep", "keep", "fp16", "fp16"], "one model is loaded after another"


def test_a_precision_that_cannot_be_has_its_reason(session: OnnxSession) -> None:
    failed, kept = ask(session, {"precision": ("int8", "keep")})
    assert failed.result is None and "INT8 needs" in failed.problem
    assert kept.result is not None


def test_files_are_measured_and_measured_again_when_they_change(
    session: OnnxSession, make_model: Callable[..., Path]
) -> None:
    other = make_model(name="other.onnx", height=8, width=8)
    axes: Axes = {"precision": (str(other), "/nowhere/net.onnx")}
    (first, missing) = ask(session, axes)
    assert first.result is not None and first.sha256 == sha256_of(other)
    assert missing.result is None and missing.problem
    (again, _) = ask(session, axes, finished=(first,))
    assert again is first
    other.write_bytes(other.read_bytes() + b"\x12\x00")  # another producer's name: the same model
    (anew, _) = ask(session, axes, finished=(first,))
    assert anew is not first and anew.sha256 == sha256_of(other)


def test_files_are_measured_again_when_their_weights_beside_them_change(
    session: OnnxSession, make_model: Callable[..., Path]
) -> None:
    other = make_model(name="other.onnx", height=8, width=8, external=True)
    (weights,) = external_files(other)
    axes: Axes = {"precision": (str(other),)}
    (first,) = ask(session, axes)
    assert ask(session, axes, finished=(first,)) == [first]
    weights.write_bytes(weights.read_bytes()[::-1])
    os.utime(weights, ns=(0, 0))  # a coarse clock may tell no change within a tick
    (anew,) = ask(session, axes, finished=(first,))
    assert anew.result is not None and anew.sha256 != first.sha256


def test_finished_precisions_are_not_even_loaded(
    session: OnnxSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = ask(session, {"precision": ("fp16",)})
    monkeypatch.setattr(sweep_models, "open_session", lambda *_: pytest.fail("it was loaded"))
    found = ask(session, {"precision": ("fp16", "keep")}, finished=tuple(points))
    assert found[0] is points[0] and found[1].result is not None


def test_a_stop_while_converting_keeps_what_is_there(session: OnnxSession) -> None:
    told: list[SweepPoint] = []
    phases: list[str] = []

    def stop() -> bool:
        return any("Converting" in phase for phase in phases)

    request = SweepRequest(BASE, {"precision": ("keep", "fp16", "bf16")})
    found = sweep(
        session,
        request,
        cancelled=stop,
        on_point=told.append,
        on_progress=lambda progress: phases.append(progress.phase),
    )
    assert not found.complete
    assert [point.values["precision"] for point in found.points] == ["keep"]
    assert list(found.points) == told


def test_precisions_need_names(session: OnnxSession) -> None:
    for values in ((), (1, 2)):
        with pytest.raises(StudioError, match="names or files"):
            ask(session, {"precision": values})
    with pytest.raises(StudioError, match="fp17 is neither") as caught:
        ask(session, {"precision": ("keep", "fp17")})
    assert "bf16" in caught.value.hint


def test_no_engine_is_built_where_none_can_run(
    session: OnnxSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(runtime, "gpus", lambda: ((), "no driver"))
    monkeypatch.setattr(sweep_plans, "load", lambda: pytest.fail("TensorRT was loaded"))
    precisions = Precisions(runtime="tensorrt", folder=str(tmp_path / "engines"))
    (point,) = ask(session, {"precision": ("fp16",)}, precisions=precisions)
    assert "none was found here" in point.problem
    assert not (tmp_path / "engines").exists()


# Engines


INFO = SessionInfo(1, "", "TensorRT", "GPU", (), (), {})


@pytest.fixture
def built(model: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, BuildRequest]:
    """A plan with its record, and what was asked for it."""
    monkeypatch.setattr(sweep_plans, "load", lambda: None)
    monkeypatch.setattr(sweep_plans, "label_of", lambda _: "TensorRT 11")
    monkeypatch.setattr(sweep_plans, "kind_of", lambda _: "tensorrt_rtx")
    monkeypatch.setattr(sweep_plans, "runs_on_tensorrt", lambda path, _: path.suffix == ".plan")
    plan = model.with_name("mine.plan")
    plan.write_bytes(b"plan")
    profile = {"x": ShapeRange((1, 3, 8, 8), (2, 3, 8, 8), (4, 3, 8, 8))}
    request = BuildRequest(str(model), str(plan), (profile,), flags=("REFIT",))
    result = BuildResult(str(plan), 4, sha256_of(plan), "TensorRT 11", 1.0, (), (profile,), {})
    write_record(BuildRecord(request, result, sha256_of(model)))
    return plan, request


def test_another_precision_is_built_as_the_loaded_one_was(
    built: tuple[Path, BuildRequest], model: Path
) -> None:
    plan, asked = built
    info = replace(INFO, path=str(plan))
    request = SweepRequest(BASE, {"precision": ("keep", "fp16")})
    assert onnx_model(info, request) == str(model)
    wanted = wanted_build(info, "fp16", request)
    assert (wanted.profiles, wanted.flags) == (asked.profiles, asked.flags)
    assert wanted.precision == "fp16"
    assert Path(wanted.plan) == model.with_name("small-fp16-sweep.plan")
    assert is_built(plan, wanted_build(info, "keep", request)), "the loaded one is that"
    assert not is_built(plan, wanted) and not is_built(Path(wanted.plan), wanted)


def test_a_plan_of_a_model_that_has_changed_is_built_again(
    built: tuple[Path, BuildRequest], model: Path
) -> None:
    plan, asked = built
    assert is_built(plan, replace(asked, plan="elsewhere.plan"))
    model.write_bytes(model.read_bytes() + b"\x12\x00")
    assert not is_built(plan, asked)


def test_a_calibration_belongs_to_int8_alone(built: tuple[Path, BuildRequest]) -> None:
    plan, _ = built
    conversion = Conversion(calibration=Calibration("pictures"))
    request = SweepRequest(BASE, {}, precisions=Precisions(conversion=conversion))
    info = replace(INFO, path=str(plan))
    assert is_built(plan, wanted_build(info, "keep", request))
    assert wanted_build(info, "int8", request).conversion == conversion


@pytest.mark.parametrize("precision", ["int8", "fp16"])
def test_a_sweep_quantizes_the_layers_that_a_build_would(
    built: tuple[Path, BuildRequest], precision: str
) -> None:
    """A build says how large a layer is at least that becomes INT8, a sweep leaves it open."""
    plan, _ = built
    record = read_record(plan)
    assert record is not None
    calibrated = Conversion(calibration=Calibration("pictures"))
    request = replace(
        record.request, precision=precision, conversion=settled(calibrated, "tensorrt_rtx")
    )
    write_record(replace(record, request=request))
    asked = replace(request, conversion=calibrated)
    assert is_built(plan, asked)
    everything = replace(asked, conversion=replace(calibrated, int8_from=1))
    assert is_built(plan, everything) == (precision == "fp16")


def test_an_older_record_quantized_every_layer(built: tuple[Path, BuildRequest]) -> None:
    plan, asked = built
    record = read_record(plan)
    assert record is not None
    older = replace(asked, precision="int8", conversion=Conversion(calibration=Calibration("p")))
    write_record(replace(record, request=older))
    assert not is_built(plan, older), "today that leaves small layers out"
    assert is_built(plan, replace(older, conversion=replace(older.conversion, int8_from=0)))


def test_a_plan_of_nobody_knows_what_is_refused(built: tuple[Path, BuildRequest]) -> None:
    plan, _ = built
    stray = plan.with_name("stray.plan")
    stray.write_bytes(b"plan")
    with pytest.raises(StudioError, match="Nobody knows") as caught:
        onnx_model(replace(INFO, path=str(stray)), SweepRequest(BASE, {}))
    assert caught.value.hint


def test_a_profile_takes_the_sizes_of_the_sweep() -> None:
    profile = {"x": ShapeRange((1, 3, 64), (1, 3, 64), (8, 3, 64))}
    (shapes,) = widened(profile, {("x", 0): [2, 16], ("x", 2): [32, 64]}).values()
    assert (shapes.min, shapes.opt, shapes.max) == ((1, 3, 32), (16, 3, 64), (16, 3, 64))
    assert widened(profile, {}) == profile

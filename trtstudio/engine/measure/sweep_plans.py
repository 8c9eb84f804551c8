"""Which engine a sweep means by a precision, and whether it was built already. Any thread."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from trtstudio.engine.measure.sweep_grid import swept_sizes
from trtstudio.engine.run.opening import runs_on_tensorrt
from trtstudio.engine.runtime import kind_of, label_of, load
from trtstudio.model.build.build import BuildRequest, Profile
from trtstudio.model.build.conversion import Conversion
from trtstudio.model.build.int8_layers import settled
from trtstudio.model.build.profile import suggest
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Shape, ShapeRange
from trtstudio.model.measure.bench import SweepRequest
from trtstudio.model.model_hash import is_same_model, model_sha256
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.size_steps import find_sizes
from trtstudio.model.plan.record import BuildRecord, read_record
from trtstudio.model.run import SessionInfo


def onnx_model(info: SessionInfo, request: SweepRequest) -> str:
    """The ONNX model of which precisions are made. Raises StudioError where nobody knows it."""
    loaded = Path(info.path)
    if request.precisions.model:
        return request.precisions.model
    if not runs_on_tensorrt(loaded, "auto"):
        return str(loaded)
    record = read_record(loaded)
    if record is None:
        raise StudioError(
            f"Nobody knows from which model {loaded.name} was built, so no other precision of it "
            "can be made.",
            hint="Open the ONNX model, and sweep that; or name the plans of the other precisions.",
        )
    return record.request.model


def wanted_build(info: SessionInfo, precision: str, request: SweepRequest) -> BuildRequest:
    """The build of this precision: as the loaded plan was built, else with the usual settings and
    a profile that takes the sizes of the sweep.
    """
    model = Path(onnx_model(info, request))
    folder = Path(request.precisions.folder or model.parent)
    plan = folder / f"{model.stem}-{precision}-sweep.plan"
    conversion = request.precisions.conversion
    record = read_record(Path(info.path)) if runs_on_tensorrt(Path(info.path), "auto") else None
    if record is None:
        profiles = _profiles(info, model, request)
        return BuildRequest(str(model), str(plan), profiles, precision, conversion=conversion)
    before = record.request
    return replace(
        before,
        model=str(model),
        plan=str(plan),
        precision=precision,
        conversion=before.conversion if conversion == Conversion() else conversion,
        weak=None,
    )


def is_built(plan: Path, wanted: BuildRequest) -> bool:
    """Whether this plan is what the build would make, by the record beside it."""
    if not plan.exists() or (record := read_record(plan)) is None:
        return False
    before = record.request
    if before.precision == "int8" and before.conversion.int8_from is None:
        # An older record: every layer became INT8, whatever is usual today.
        before = replace(before, conversion=replace(before.conversion, int8_from=0))
    return _asked(before) == _asked(wanted) and _is_of(record, Path(wanted.model), plan)


def widened(profile: Profile, sizes: Mapping[tuple[str, int], list[int]]) -> Profile:
    """The profile with ranges that hold these sizes of inputs, by name and position."""
    return {
        name: ShapeRange(
            tuple(min(size, *sizes.get((name, axis), [size])) for axis, size in _each(shapes.min)),
            tuple(_within(size, sizes.get((name, axis), [])) for axis, size in _each(shapes.opt)),
            tuple(max(size, *sizes.get((name, axis), [size])) for axis, size in _each(shapes.max)),
            values=shapes.values,
        )
        for name, shapes in profile.items()
    }


def _each(shape: Shape) -> list[tuple[int, int]]:
    return list(enumerate(shape))


def _within(size: int, swept: list[int]) -> int:
    """The best size: the largest that is swept, which is the one that counts most."""
    return max(swept, default=size)


def _profiles(info: SessionInfo, model: Path, request: SweepRequest) -> tuple[Profile, ...]:
    inputs = read_onnx(model).input_tensors
    profile = suggest(inputs, find_sizes(model, inputs))
    sizes = swept_sizes(info.inputs, request.axes)
    return (widened(profile, sizes),) if profile else ()


def _asked(request: BuildRequest) -> BuildRequest:
    """What matters of a request: not where its files are, and a conversion only where there is
    one.
    """
    match request.precision:
        case "keep":
            conversion = Conversion()
        case "int8":
            conversion = settled(request.conversion, kind_of(load()))
        case _:
            conversion = replace(request.conversion, int8_from=None)
    return replace(request, model="", plan="", conversion=conversion)


def _is_of(record: BuildRecord, model: Path, plan: Path) -> bool:
    result = record.result
    fits = result.runtime == label_of(load()) and result.plan_bytes == plan.stat().st_size
    return fits and is_same_model(record.model_sha256, model_sha256(model))

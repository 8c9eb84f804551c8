"""New weights for an engine that was built to take them, from an ONNX model of the same structure.
Takes a GPU; for a worker thread.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from trtstudio.engine import runtime
from trtstudio.engine.conversion import converted
from trtstudio.engine.logger import capture, process_logger
from trtstudio.engine.run.deserialize import LoadedEngine, load_engine
from trtstudio.engine.tf32 import fp32
from trtstudio.model.build.build import BuildRequest, Progress
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.files import library_path
from trtstudio.model.model_hash import model_sha256
from trtstudio.model.onnx.file import read_onnx, require_external_data
from trtstudio.model.place_lock import only_writer
from trtstudio.model.plan.file import read_plan_header
from trtstudio.model.plan.record import (
    BuildRecord,
    read_record,
    sha256_of,
    whole_plan,
    write_record,
)
from trtstudio.model.refit import RefitRequest, RefitResult

_NAMED = 5


def refit(
    request: RefitRequest,
    *,
    on_progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> RefitResult:
    """Write the plan with the model's weights, and the record that belongs to it.

    The model is converted first as the engine's own was. Raises StudioError where the engine takes
    no weights or the model lacks some, Cancelled between two steps; neither writes anything.
    """
    started = time.monotonic()

    def enter(progress: Progress) -> None:
        if cancelled():
            raise Cancelled("Stopped.")
        on_progress(progress)

    plan, model = Path(request.plan), Path(request.model)
    metadata = read_onnx(model).metadata
    require_external_data(model)
    record = read_record(plan)
    loaded = _refittable(plan, enter)
    with _as_built(record, model, enter) as (path, warnings):
        enter(Progress("Giving the engine the new weights"))
        with fp32(exact=loaded.exact_fp32):
            weights = _refit(runtime.load(), loaded, path)
    enter(Progress("Writing the plan"))
    output = Path(request.output)
    with only_writer(output):
        _write(runtime.load(), loaded, output)
        digest = sha256_of(output)
        _write_record(record, request, metadata, digest)
    size, seconds = output.stat().st_size, time.monotonic() - started
    return RefitResult(
        request.output, size, digest, weights, seconds, (*loaded.warnings, *warnings)
    )


def _refittable(plan: Path, on_progress: Callable[[Progress], None]) -> LoadedEngine:
    loaded = load_engine(plan, on_progress)
    if not (loaded.engine.refittable or _has_single_weights(runtime.load(), loaded)):
        raise StudioError(
            f"{plan.name} takes no new weights.",
            hint="Build it again with the flag REFIT, or STRIP_PLAN for a plan without weights.",
        )
    return loaded


def _has_single_weights(module: ModuleType, loaded: LoadedEngine) -> bool:
    """Whether some were marked for a new value: such an engine does not call itself refittable."""
    with capture(lambda _: None), suppress(TypeError, RuntimeError):
        return bool(module.Refitter(loaded.engine, process_logger(module)).get_all_weights())
    return False


@contextmanager
def _as_built(
    record: BuildRecord | None, model: Path, on_progress: Callable[[Progress], None]
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The model in the types that the engine was built with, and what to warn of."""
    if record is None:
        yield model, ("Nobody knows how this plan was built; the model is taken as it is.",)
        return
    request: BuildRequest = replace(record.request, model=str(model))
    with converted(request, on_progress) as made:
        yield made


def _refit(module: ModuleType, loaded: LoadedEngine, model: Path) -> int:
    """How many weights the engine has taken over."""
    logger = process_logger(module)
    with capture(lambda _: None) as heard:
        refitter = module.Refitter(loaded.engine, logger)
        parser = module.OnnxParserRefitter(refitter, logger)
        accepted = parser.refit_from_file(library_path(model))
        missing = list(refitter.get_missing_weights())
        if accepted and not missing and refitter.refit_cuda_engine():
            return len(refitter.get_all_weights())
    said = [parser.get_error(index).desc() for index in range(parser.num_errors)]
    raise _refusal(loaded, missing, [*said, *heard.errors])


def _refusal(loaded: LoadedEngine, missing: list[str], said: list[str]) -> StudioError:
    named = ", ".join(missing[:_NAMED]) + (" ..." if len(missing) > _NAMED else "")
    return StudioError(
        f"{loaded.plan.name} does not take the weights of this model"
        + (f": it has none for {named}." if missing else "."),
        hint="The model must have the same layers, names and shapes as the one that the plan was "
        "built from. Otherwise build a new plan from it.",
        details="\n".join(said),
    )


def _write(module: ModuleType, loaded: LoadedEngine, output: Path) -> None:
    """With whatever stood before the plan in its file, and ready to be refitted again."""
    plan = _serialized(module, loaded.engine)
    with loaded.plan.open("rb") as file:
        prefix = file.read(read_plan_header(loaded.plan).offset)
    with whole_plan(output) as file:
        file.write(prefix)
        file.write(plan)


def _serialized(module: ModuleType, engine: Any) -> Any:
    flag = getattr(module.SerializationFlag, "INCLUDE_REFIT", None)
    with capture(lambda _: None) as heard:
        config = engine.create_serialization_config()
        if flag is not None:
            config.set_flag(flag)
        plan = engine.serialize_with_config(config)
    if plan is None:
        raise StudioError(
            "TensorRT does not write this engine.",
            hint="The details hold TensorRT's own words.",
            details="\n".join(heard.errors),
        )
    return plan


def _write_record(
    record: BuildRecord | None, request: RefitRequest, metadata: dict[str, str], sha256: str
) -> None:
    """What is known of the old plan, with the new weights; without that, no record is right."""
    output = Path(request.output)
    if record is None:
        return
    result = replace(
        record.result,
        plan=request.output,
        plan_bytes=output.stat().st_size,
        sha256=sha256,
        identical=None,
    )
    write_record(
        BuildRecord(
            replace(record.request, model=request.model, plan=request.output),
            result,
            model_sha256(Path(request.model)),
            metadata,
            datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        )
    )

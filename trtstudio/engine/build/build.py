"""From an ONNX model to a plan on the disk. For the one thread that builds."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from trtstudio.engine.build.build_check import check_request
from trtstudio.engine.build.build_log import BuildLog
from trtstudio.engine.build.make_plan import make_plan
from trtstudio.engine.build.progress import BuildProgress
from trtstudio.engine.conversion.samples import Pictures
from trtstudio.engine.logger import capture
from trtstudio.engine.runtime import describe, gpus, kind_of, label_of, load
from trtstudio.model.build.build import BuildRequest, BuildResult, LogLine, Progress
from trtstudio.model.build.int8_layers import settled
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph
from trtstudio.model.model_hash import model_sha256
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.place_lock import only_writer
from trtstudio.model.plan.file import read_plan_header
from trtstudio.model.plan.record import (
    BuildRecord,
    read_record,
    sha256_of,
    whole_plan,
    write_record,
)
from trtstudio.model.statistics import missing_precision, precision_mix


def build(
    request: BuildRequest,
    *,
    on_progress: Callable[[Progress], None],
    on_log: Callable[[LogLine], None],
    cancelled: Callable[[], bool],
    pictures: Pictures | None = None,
) -> BuildResult:
    """Build the plan, write it and the record beside it, and say what came of it. ``pictures``
    reads those of a calibration.

    The callbacks come from TensorRT's threads too and must return at once. Raises Cancelled soon
    after ``cancelled`` answers true, at the latest when TensorRT's current step is over, and
    StudioError for everything that prevents a plan; neither leaves one behind.
    """
    started = time.monotonic()
    module, progress = load(), BuildProgress(on_progress, cancelled)
    log = BuildLog(on_log, request.log_severity)
    if request.precision == "int8":
        request = replace(request, conversion=settled(request.conversion, kind_of(module)))
    progress.enter("Reading the model")
    model = read_onnx(Path(request.model))
    check_request(request, model, describe(module), gpus()[0])
    with only_writer(Path(request.plan)):
        with capture(log.hear, verbose=True) as heard:
            made = make_plan(module, request, progress, heard, pictures)
        progress.enter("Writing the plan")
        before = _earlier(Path(request.plan))
        with whole_plan(Path(request.plan)) as file:
            file.write(made.plan)
        engine, unlisted = log.table()
        result = _result(request, label_of(module), engine)
        result = replace(
            result,
            build_seconds=time.monotonic() - started,
            warnings=(*made.warnings, *log.warnings(), *result.warnings, *unlisted),
            timing_cache_sha256=made.timing_cache_sha256,
        )
        return _recorded(_record(request, result, model), before)


def _earlier(plan: Path) -> BuildRecord | None:
    """The record of the build that is about to be replaced, if there is a whole one."""
    with suppress(StudioError):
        return read_record(plan)
    return None


def _record(request: BuildRequest, result: BuildResult, model: Graph) -> BuildRecord:
    built_at = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    sha256 = model_sha256(Path(request.model))
    return BuildRecord(request, result, sha256, model.metadata, built_at)


def _recorded(record: BuildRecord, before: BuildRecord | None) -> BuildResult:
    """Write the record. The plan is good without: where that fails, the result has a warning."""
    result = replace(record.result, identical=is_identical(record, before))
    try:
        write_record(replace(record, result=result))
    except StudioError as error:
        warning = f"The plan is good, but there is no record of its build: {error.message}"
        return replace(result, warnings=(*result.warnings, warning))
    return result


def is_identical(record: BuildRecord, before: BuildRecord | None) -> bool | None:
    """Whether two builds of the same made the same plan; None where something else was built.

    The same is: request, model, TensorRT, and the timing cache as it was found.
    """
    if before is None or _what_was_built(before) != _what_was_built(record):
        return None
    return before.result.sha256 == record.result.sha256


def _what_was_built(record: BuildRecord) -> tuple[object, ...]:
    result = record.result
    return record.request, record.model_sha256, result.runtime, result.timing_cache_sha256


def _result(request: BuildRequest, runtime: str, engine: Graph | None) -> BuildResult:
    plan = Path(request.plan)
    mix = precision_mix(engine) if engine else {}
    return BuildResult(
        plan=request.plan,
        plan_bytes=plan.stat().st_size,
        sha256=sha256_of(plan),
        runtime=runtime,
        build_seconds=0.0,
        targets=_targets(plan),
        profiles=request.profiles,
        precision=mix,
        engine=engine,
        warnings=missing_precision(request.precision, mix) if engine else (),
    )


def _targets(plan: Path) -> tuple[str, ...]:
    """What the plan itself says that it runs on; plans of TensorRT proper run on this GPU."""
    named = tuple(t for t in read_plan_header(plan).targets if t.startswith("sm_"))
    return named or tuple(device.sm for device in gpus()[0][:1])

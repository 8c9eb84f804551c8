"""From an ONNX model to a plan on the disk. For the one thread that builds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from trtstudio.engine import cuda
from trtstudio.engine.build_check import check_request
from trtstudio.engine.build_config import configure
from trtstudio.engine.diagnosis import explain_failure
from trtstudio.engine.logger import Capture, capture
from trtstudio.engine.parser import parse
from trtstudio.engine.precision import converted
from trtstudio.engine.progress import BuildProgress, make_monitor
from trtstudio.engine.runtime import describe, gpus, has_gpu, load
from trtstudio.model.build import BuildRequest, BuildResult, LogLine, Progress
from trtstudio.model.engine_table import read_build_log_table
from trtstudio.model.errors import StudioError
from trtstudio.model.files import whole_file
from trtstudio.model.graph import Graph
from trtstudio.model.onnx_file import read_onnx
from trtstudio.model.plan_file import read_plan_header
from trtstudio.model.record import BuildRecord, record_path, sha256_of, write_record
from trtstudio.model.statistics import precision_mix


def build(
    request: BuildRequest,
    *,
    on_progress: Callable[[Progress], None],
    on_log: Callable[[LogLine], None],
    cancelled: Callable[[], bool],
) -> BuildResult:
    """Build the plan, write it and the record beside it, and say what came of it.

    The callbacks come from TensorRT's threads too and must return at once. Raises Cancelled soon
    after ``cancelled`` answers true, at the latest when TensorRT's current step is over, and
    StudioError for everything that prevents a plan; neither leaves one behind.
    """
    started = time.monotonic()
    module, progress, log = load(), BuildProgress(on_progress, cancelled), _BuildLog(on_log)
    progress.enter("Reading the model")
    model = read_onnx(Path(request.model))
    check_request(request, model, describe(module))
    with capture(log.hear, verbose=True) as heard:
        plan, warnings = _make_plan(module, request, progress, heard)
    progress.enter("Writing the plan")
    with whole_file(Path(request.plan)) as file:
        file.write(plan)
    seconds = time.monotonic() - started
    engine, unlisted = log.table()
    result = _result(request, describe(module).label, engine, seconds, warnings + unlisted)
    return _recorded(
        BuildRecord(
            request,
            result,
            sha256_of(Path(request.model)),
            model.metadata,
            datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        )
    )


def _recorded(record: BuildRecord) -> BuildResult:
    """Write the record. The plan is good without: where that fails, the result has a warning."""
    try:
        write_record(record)
    except StudioError as error:
        # That of an earlier plan would say that this one has changed.
        with suppress(OSError):
            record_path(Path(record.result.plan)).unlink()
        warning = f"The plan is good, but there is no record of its build: {error.message}"
        return replace(record.result, warnings=(*record.result.warnings, warning))
    return record.result


class _BuildLog:
    """Passes the log on and keeps from it the fused layer table, which TensorRT writes there in
    full, with or without a GPU.
    """

    def __init__(self, on_log: Callable[[LogLine], None]) -> None:
        self._on_log = on_log
        self._table = ""

    def hear(self, line: LogLine) -> None:
        """Take one line."""
        if line.severity != "verbose":
            self._on_log(line)
        elif line.text.startswith("Layers:"):
            self._table = line.text

    def table(self) -> tuple[Graph | None, tuple[str, ...]]:
        """The layers of the engine, or None and a warning: a plan is good without them."""
        if not self._table:
            return None, ("TensorRT did not list the layers of this engine.",)
        try:
            return read_build_log_table(self._table), ()
        except StudioError as error:
            return None, (error.message,)


def _make_plan(
    module: ModuleType, request: BuildRequest, progress: BuildProgress, heard: Capture
) -> tuple[Any, tuple[str, ...]]:
    """The plan in TensorRT's memory, and what its user should be warned of."""
    if request.precision != "keep":
        progress.enter(f"Converting the model to {request.precision.upper()}")
    with converted(Path(request.model), request.precision) as (path, warnings):
        progress.enter("Parsing the model")
        parsed = parse(path, module)
    config = _configured(module, parsed.builder, request, heard)
    config.progress_monitor = make_monitor(module, progress)
    progress.enter("Building the engine")
    with _own_stream(config):
        plan = parsed.builder.build_serialized_network(parsed.network, config)
    if plan is None:
        progress.stop_if_cancelled()
        raise explain_failure(heard.errors, describe(module).label, request.flags)
    return plan, warnings


def _configured(module: ModuleType, builder: Any, request: BuildRequest, heard: Capture) -> Any:
    """The configuration; what is refused has TensorRT's words in its details."""
    try:
        return configure(module, builder, request)
    except StudioError as error:
        error.details = "\n".join(heard.errors)
        raise


@contextmanager
def _own_stream(config: Any) -> Iterator[None]:
    """Let the builder time its kernels on a stream of its own, where there is a GPU."""
    if not has_gpu():
        yield
        return
    cuda.set_device(0)
    with cuda.Stream() as stream:
        config.profile_stream = stream.handle
        yield


def _result(
    request: BuildRequest,
    runtime: str,
    engine: Graph | None,
    seconds: float,
    warnings: tuple[str, ...],
) -> BuildResult:
    plan = Path(request.plan)
    mix = precision_mix(engine) if engine else {}
    if request.precision == "fp16" and engine and not mix.get("float16"):
        warnings += ("No layer of the engine computes in FP16.",)
    return BuildResult(
        plan=request.plan,
        plan_bytes=plan.stat().st_size,
        sha256=sha256_of(plan),
        runtime=runtime,
        build_seconds=seconds,
        targets=_targets(plan),
        profiles=request.profiles,
        precision=mix,
        engine=engine,
        warnings=warnings,
    )


def _targets(plan: Path) -> tuple[str, ...]:
    """What the plan itself says that it runs on; plans of TensorRT proper run on this GPU."""
    named = tuple(t for t in read_plan_header(plan).targets if t.startswith("sm_"))
    return named or tuple(device.sm for device in gpus()[0][:1])

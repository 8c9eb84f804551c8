"""From a plan's file to an engine and its context on the first GPU, with every reason why not said
in words. Only the thread that will own the engine.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

from trtstudio.engine import cuda, kernel_cache, runtime
from trtstudio.engine.logger import Capture, capture, process_logger
from trtstudio.model.build import Progress
from trtstudio.model.errors import StudioError
from trtstudio.model.plan_file import PlanHeader, read_plan_header, why_not
from trtstudio.model.record import read_record, verify
from trtstudio.model.runtime import Device, Runtime

_AMPERE = 80
_REBUILD = "Build it again from its ONNX model with the TensorRT that is here."
_runtime_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class LoadedEngine:
    """An ``ICudaEngine``, where it is, what its user should know, and what each phase took in s."""

    engine: Any
    device: Device
    warnings: tuple[str, ...]
    seconds: dict[str, float]


def load_engine(plan: Path, on_progress: Callable[[Progress], None]) -> LoadedEngine:
    """Check the plan and deserialise it on the first GPU.

    Raises StudioError for a plan that is damaged, that has changed since it was built, or that
    does not belong to this TensorRT or GPU.
    """
    header = read_plan_header(plan)
    device, warnings = _suitable_device(header)
    begin = perf_counter()
    on_progress(Progress("Checking the plan"))
    if record := read_record(plan):
        verify(plan, record)
    checked = perf_counter()
    on_progress(Progress("Loading the plan"))
    cuda.set_device(0)
    engine = _deserialize(plan, header)
    seconds = {"verify": checked - begin, "deserialize": perf_counter() - checked}
    return LoadedEngine(engine, device, warnings, seconds)


def _suitable_device(header: PlanHeader) -> tuple[Device, tuple[str, ...]]:
    """The first GPU, and warnings; raises StudioError where the plan certainly does not run here.

    From Ampere on a GPU that the plan does not name may run it all the same, so that is only a
    warning, and TensorRT decides.
    """
    installed = _installed()
    devices, no_gpu = runtime.gpus()
    device = next(iter(devices), None)
    problem = why_not(replace(header, targets=()), installed, device, no_gpu)
    if problem or device is None:
        raise problem or StudioError("This machine has no NVIDIA GPU.")
    problem = why_not(header, installed, device)
    if problem and int(device.sm.removeprefix("sm_")) < _AMPERE:
        raise problem
    return device, (problem.message,) if problem else ()


def _installed() -> Runtime | None:
    """None where there is no TensorRT: what a plan then needs, its header says best."""
    try:
        return runtime.describe()
    except StudioError:
        return None


@cache
def _trt_runtime() -> Any:
    """The process's one ``Runtime``."""
    module = runtime.load()
    return module.Runtime(process_logger(module))


def _deserialize(plan: Path, header: PlanHeader) -> Any:
    content = memoryview(plan.read_bytes())[header.offset :]
    with capture(ignore) as heard:
        with _runtime_lock:
            trt_runtime = _trt_runtime()
        engine = trt_runtime.deserialize_cuda_engine(content)
    if engine is None:
        raise StudioError(
            f"{runtime.describe().label} cannot load {plan.name}.",
            hint=_REBUILD,
            details="\n".join(heard.errors),
        )
    return engine


def new_context(engine: Any, plan: Path) -> tuple[Any, Callable[[], None]]:
    """An ``IExecutionContext``, and what keeps the kernels compiled for it so far for the next
    start. Raises StudioError with TensorRT's words where it gives none.
    """
    with capture(ignore) as heard:
        if hasattr(engine, "create_runtime_config"):
            config = engine.create_runtime_config()
            save_kernels = kernel_cache.attach(config, plan)
            context = engine.create_execution_context(config)
        else:
            save_kernels = kernel_cache.keep_nothing
            context = engine.create_execution_context()
    if context is None:
        raise _no_context(plan, heard)
    return context, save_kernels


def _no_context(plan: Path, heard: Capture) -> StudioError:
    details = "\n".join(heard.errors)
    if "NVIDIA_TF32_OVERRIDE" in details:
        hint = "Set NVIDIA_TF32_OVERRIDE to what it was when the plan was built, and start again."
    elif "emory" in details:
        hint = "Close other programs that use the GPU, or build with smaller shapes."
    else:
        hint = _REBUILD
    return StudioError(
        f"{runtime.describe().label} makes no execution context for {plan.name}.",
        hint=hint,
        details=details,
    )


def ignore(_said: object) -> None:
    """For progress or a log that nobody follows; a capture's ``errors`` are kept all the same."""

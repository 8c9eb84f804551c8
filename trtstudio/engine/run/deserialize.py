"""From a plan's file to an engine on a GPU and to its contexts, with every reason why not said in
words. Only the thread that will own the engine.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

from trtstudio.engine import cuda, runtime
from trtstudio.engine.logger import Capture, capture, process_logger
from trtstudio.engine.run import kernel_cache, loading
from trtstudio.engine.run.context_memory import ContextMemory
from trtstudio.engine.tf32 import fp32
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import StudioError
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.plan.file import PlanHeader, read_plan_header, why_not
from trtstudio.model.plan.record import read_record, verify
from trtstudio.model.quantities import format_bytes
from trtstudio.model.runtime import Device, Runtime

_AMPERE = 80
_UNSUPPORTED = (
    "TensorRT-RTX does not support {device} ({sm}), and may give wrong answers there. Every new "
    "shape is given a context of its own, which makes that rare; compare with ONNX Runtime."
)
_AS_IT_IS = LoadOptions()
_REBUILD = "Build it again from its ONNX model with the TensorRT that is here."
_runtime_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class LoadedEngine:
    """An ``ICudaEngine``, where it is, what its user should know, and what each phase took in s.

    ``exact_fp32`` is what its build was told about TF32, None where nobody knows. ``keeps_shapes``
    says that a context must only ever run the shapes that it ran first.
    """

    engine: Any
    device: Device
    warnings: tuple[str, ...]
    seconds: dict[str, float]
    plan: Path = Path()
    options: LoadOptions = field(default_factory=LoadOptions)
    exact_fp32: bool | None = None
    keeps_shapes: bool = False


@dataclass(frozen=True, slots=True)
class NewContext:
    """An ``IExecutionContext``. ``save_kernels`` keeps what is compiled for it by then for the next
    start; ``memory``, where there is one, must be fitted whenever shapes have changed, and closed
    after the context.
    """

    context: Any
    save_kernels: Callable[[], None] = kernel_cache.keep_nothing
    memory: ContextMemory | None = None


def load_engine(
    plan: Path, on_progress: Callable[[Progress], None], options: LoadOptions = _AS_IT_IS
) -> LoadedEngine:
    """Check the plan and deserialise it on the GPU that the options name.

    Raises StudioError for a plan that is damaged, that has changed since it was built, that does
    not belong to this TensorRT or GPU or does not fit into its memory, and for options that this
    TensorRT does not have.
    """
    header = read_plan_header(plan)
    device, warnings = _suitable_device(header, options.device)
    keeps_shapes = _is_unsupported(header, device)
    if keeps_shapes and not warnings:
        warnings = (_UNSUPPORTED.format(device=device.name, sm=device.sm),)
    _refuse_missing(options)
    begin = perf_counter()
    on_progress(Progress("Checking the plan"))
    if record := read_record(plan):
        verify(plan, record)
    if options.weight_streaming is None:
        _require_room(device, header.weight_bytes, f"The weights of {plan.name} take")
    checked = perf_counter()
    on_progress(Progress("Loading the plan"))
    cuda.set_device(options.device)
    engine = _deserialize(plan, header)
    loading.set_weight_streaming(engine, options)
    return LoadedEngine(
        engine,
        device,
        warnings,
        {"verify": checked - begin, "deserialize": perf_counter() - checked},
        plan,
        options,
        record.request.exact_fp32 if record else None,
        keeps_shapes,
    )


def _refuse_missing(options: LoadOptions) -> None:
    if options.chosen():
        described = runtime.describe()
        loading.refuse_missing(options, described.load_options, described.label)


def _suitable_device(header: PlanHeader, index: int) -> tuple[Device, tuple[str, ...]]:
    """The GPU of this number, and warnings; raises StudioError where the plan certainly does not
    run there.

    From Ampere on a GPU that the plan does not name may run it all the same, so that is only a
    warning, and TensorRT decides.
    """
    installed = _installed()
    devices, no_gpu = runtime.gpus()
    if devices and not 0 <= index < len(devices):
        raise StudioError(
            f"There is no GPU {index} here: {len(devices)} found, counted from 0.",
            hint="Choose another device.",
            details="\n".join(f"{i}: {device.name}" for i, device in enumerate(devices)),
        )
    device = devices[index] if devices else None
    problem = why_not(replace(header, targets=()), installed, device, no_gpu)
    if problem or device is None:
        raise problem or StudioError("This machine has no NVIDIA GPU.")
    problem = why_not(header, installed, device)
    if problem and int(device.sm.removeprefix("sm_")) < _AMPERE:
        raise problem
    return device, (problem.message,) if problem else ()


def _is_unsupported(header: PlanHeader, device: Device) -> bool:
    """Whether TensorRT-RTX runs here though its maker does not say that it does.

    Measured with 1.6.1 on an H200 (sm_90): kernels that are specialized while they run give wrong
    answers now and then, and all do in a context whose shapes change. Those that are specialized at
    once, in a context for each shape, were all wrong after 5 of 47 loads of EfficientNet-Lite0, and
    right after the others, whether they were compiled or kept from an earlier load.
    """
    return header.kind == "tensorrt_rtx" and device.sm not in header.targets


def _require_room(device: Device, wanted_bytes: int, what: str) -> None:
    """Raise StudioError where the GPU is known to have less memory free than this."""
    if 0 < device.free_bytes < wanted_bytes:
        raise StudioError(
            f"{what} {format_bytes(wanted_bytes)}, and only {format_bytes(device.free_bytes)} of "
            f"{format_bytes(device.memory_bytes)} are free on {device.name}.",
            hint="End other programs that use the GPU, unload other models, or stream the weights "
            "of an engine that was built with WEIGHT_STREAMING.",
        )


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


def settled(module: ModuleType, loaded: LoadedEngine) -> LoadedEngine:
    """The same engine for contexts that are measured: see ``loading.settled``."""
    options = loading.settled(module, loaded.options)
    return loaded if options == loaded.options else replace(loaded, options=options)


def new_context(loaded: LoadedEngine) -> NewContext:
    """Another context of the engine, made as its options say.

    Raises StudioError with the figures where its memory does not fit, and with TensorRT's words
    where it gives none.
    """
    allocated = loaded.options.context_memory
    if allocated != "user_managed":
        device = runtime.gpus()[0][loaded.options.device]
        taken = activation_bytes(loaded.engine, None if allocated == "static" else 0)
        _require_room(device, taken, f"A context of {loaded.plan.name} takes")
    # What is compiled later, in a thread of its own, would not know that FP32 is exact.
    if loaded.exact_fp32 or loaded.keeps_shapes:
        loaded = settled(runtime.load(), loaded)
    with capture(ignore) as heard, fp32(exact=loaded.exact_fp32):
        context, save_kernels = _make_context(loaded)
    if context is None:
        raise _no_context(loaded.plan, heard)
    return NewContext(
        context, save_kernels, ContextMemory() if allocated == "user_managed" else None
    )


def activation_bytes(engine: Any, profile: int | None = None) -> int:
    """What a context takes for its activations, with this profile or with any of them."""
    if profile is None:
        size = getattr(engine, "device_memory_size_v2", None)
        return int(engine.device_memory_size if size is None else size)
    if hasattr(engine, "get_device_memory_size_for_profile_v2"):
        return int(engine.get_device_memory_size_for_profile_v2(profile))
    return int(engine.get_device_memory_size_for_profile(profile))


def _make_context(loaded: LoadedEngine) -> tuple[Any, Callable[[], None]]:
    engine, options = loaded.engine, loaded.options
    config = loading.runtime_config(runtime.load(), engine, options)
    if config is not None:
        save = kernel_cache.keep_nothing
        if options.keep_kernels:
            save = kernel_cache.attach(config, loaded.plan)
        return engine.create_execution_context(config), save
    if options.context_memory == "static":
        return engine.create_execution_context(), kernel_cache.keep_nothing
    strategy = loading.allocation(runtime.load(), options)
    return engine.create_execution_context(strategy), kernel_cache.keep_nothing


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

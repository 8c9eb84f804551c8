"""What an engine and its contexts take of a GPU, asked of the engine. Only a thread that may use
the GPU.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from trtstudio.engine import cuda, runtime
from trtstudio.engine.measure.benchmark_inputs import checked_shapes
from trtstudio.engine.run.deserialize import (
    LoadedEngine,
    activation_bytes,
    load_engine,
    new_context,
)
from trtstudio.engine.run.inputs import numpy_dtype
from trtstudio.engine.run.io_tensors import io_tensors
from trtstudio.engine.run.profiles import choose_profile, read_profiles
from trtstudio.engine.run.refusals import insist, refusals
from trtstudio.engine.run.session import OnProgress
from trtstudio.model.build.build import Profile, Progress, Shape
from trtstudio.model.graph import Tensor
from trtstudio.model.measure.memory import (
    Certainty,
    MemoryItem,
    MemoryLedger,
    MemoryRequest,
    ProfileMemory,
)
from trtstudio.model.plan.file import read_plan_header
from trtstudio.model.profile_fit import by_shape
from trtstudio.model.run import Array

_OVERHEAD = (
    "Beside this, CUDA takes some hundred MB for itself once in each process, and TensorRT some "
    "for its kernels."
)


@dataclass(frozen=True, slots=True)
class _Engine:
    """An engine, and what is asked about it."""

    loaded: LoadedEngine
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    profiles: tuple[Profile, ...]
    shapes: dict[str, Shape]
    profile: int
    contexts: int


@dataclass(frozen=True, slots=True)
class _Probed:
    """What a context says of the shapes: the bytes of every output, whether they are only the most
    that can come, and the activations of these shapes alone.
    """

    output_bytes: dict[str, int]
    at_most: bool
    activation_bytes: int


def plan_ledger(request: MemoryRequest, on_progress: OnProgress) -> MemoryLedger:
    """Load the plan, ask it and free it again. The free memory is that of before.

    Raises StudioError for what cannot be loaded, and for shapes outside every profile.
    """
    engine = _loaded(request, on_progress)
    loaded, raw = engine.loaded, engine.loaded.engine
    on_progress(Progress("Asking what the shapes take"))
    probed = _probe(engine)
    streamable = int(getattr(raw, "streamable_weights_size", 0))
    resident = int(raw.weight_streaming_budget_v2) if streamable else 0
    exchanged = _exchanged(engine, probed)
    return MemoryLedger(
        runtime=runtime.describe().label,
        device=loaded.device.name,
        items=(
            _weights(loaded, max(0, streamable - resident)),
            *_activations(engine, probed),
            *exchanged,
        ),
        free_bytes=loaded.device.free_bytes,
        device_bytes=loaded.device.memory_bytes,
        host_bytes=sum(item.total_bytes for item in exchanged),
        profiles=tuple(
            ProfileMemory(index, activation_bytes(raw, index))
            for index in range(len(engine.profiles))
        ),
        streamable_bytes=streamable,
        streaming_bytes=resident if resident < streamable else None,
        shapes=engine.shapes,
        warnings=(*loaded.warnings, _OVERHEAD),
    )


def _loaded(request: MemoryRequest, on_progress: OnProgress) -> _Engine:
    loaded = load_engine(Path(request.load.path), on_progress, request.load.options)
    inputs, outputs = io_tensors(loaded.engine)
    profiles = read_profiles(loaded.engine, inputs)
    largest = {name: allowed.max for name, allowed in by_shape(profiles[0]).items()}
    fixed = {t.name: tuple(loaded.engine.get_tensor_shape(t.name)) for t in inputs}
    shapes = checked_shapes(inputs, fixed | largest, request.shapes)
    profile = choose_profile(list(map(by_shape, profiles)), shapes, 0)
    return _Engine(loaded, inputs, outputs, profiles, shapes, profile, request.contexts)


def _weights(loaded: LoadedEngine, streamed_bytes: int) -> MemoryItem:
    """All weights without those that are streamed; newer TensorRTs say how many there are."""
    if hasattr(loaded.engine, "get_engine_stat"):
        stat = runtime.load().EngineStat.TOTAL_WEIGHTS_SIZE
        if (total := int(loaded.engine.get_engine_stat(stat))) >= 0:
            return MemoryItem("weights", max(0, total - streamed_bytes), source="the engine")
    header = read_plan_header(loaded.plan)
    total = header.weight_bytes or header.stated_bytes
    return MemoryItem("weights", max(0, total - streamed_bytes), 1, "at_most", "the plan's header")


def _activations(engine: _Engine, probed: _Probed) -> list[MemoryItem]:
    """What each context allocates, by when it does so; that holds the scratch for streaming."""
    loaded = engine.loaded
    size, source = {
        "static": (activation_bytes(loaded.engine), "the engine, for all profiles"),
        "on_profile_change": (
            activation_bytes(loaded.engine, engine.profile),
            f"the engine, for profile {engine.profile}",
        ),
        "user_managed": (probed.activation_bytes, "the engine, for these shapes"),
    }[loaded.options.context_memory]
    scratch = 0
    if loaded.options.weight_streaming is not None:
        scratch = min(size, int(loaded.engine.weight_streaming_scratch_memory_size))
    items = [MemoryItem("activations", size - scratch, engine.contexts, source=source)]
    if scratch:
        items.append(MemoryItem("scratch", scratch, engine.contexts, source="weight streaming"))
    return items


def _exchanged(engine: _Engine, probed: _Probed) -> list[MemoryItem]:
    """The buffers on the GPU; each has one in page-locked memory of the same size."""
    on_gpu = [t for t in engine.inputs if t.location != "HOST"]
    taken = sum(_bytes(t, engine.shapes[t.name]) for t in on_gpu)
    given = sum(probed.output_bytes[t.name] for t in engine.outputs if t.location != "HOST")
    certainty: Certainty = "at_most" if probed.at_most else "exact"
    return [
        MemoryItem("inputs", taken, engine.contexts, source="the given shapes"),
        MemoryItem("outputs", given, engine.contexts, certainty, "the engine, for these shapes"),
    ]


def _bytes(tensor: Tensor, shape: Sequence[int]) -> int:
    return prod(shape) * numpy_dtype(tensor.dtype).itemsize


def _probe(engine: _Engine) -> _Probed:
    """Ask a context without memory of its own; what is compiled for it is kept for the next."""
    options = replace(engine.loaded.options, context_memory="user_managed", cuda_graphs=None)
    made = new_context(replace(engine.loaded, options=options))
    made.save_kernels()
    context = made.context
    with refusals("TensorRT does not accept the shapes"), cuda.Stream() as stream:
        if engine.profile:
            insist(
                context.set_optimization_profile_async(engine.profile, stream.handle),
                f"set_optimization_profile_async({engine.profile})",
            )
            stream.synchronize()
        values = [_give(engine, context, tensor) for tensor in engine.inputs]
        if missing := context.infer_shapes():
            raise RuntimeError(f"shapes are still unknown: {', '.join(missing)}")
        del values  # they had to live until here
        return _answers(engine, context)


def _give(engine: _Engine, context: Any, tensor: Tensor) -> Array | None:
    """Tell the context an input's shape and, where the values decide about shapes, the largest of
    the profile, in an array that must outlive the question.
    """
    shape = engine.shapes[tensor.name]
    insist(context.set_input_shape(tensor.name, shape), f"set_input_shape({tensor.name})")
    if not engine.loaded.engine.is_shape_inference_io(tensor.name):
        return None
    largest = engine.profiles[engine.profile][tensor.name].max
    values = np.array(largest, numpy_dtype(tensor.dtype)).reshape(shape)
    address = values.ctypes.data
    insist(context.set_tensor_address(tensor.name, address), f"set_tensor_address({tensor.name})")
    return values


def _answers(engine: _Engine, context: Any) -> _Probed:
    output_bytes, at_most = {}, False
    for tensor in engine.outputs:
        shape = tuple(context.get_tensor_shape(tensor.name))
        if min(shape, default=0) < 0:  # the data decide about it
            output_bytes[tensor.name] = int(context.get_max_output_size(tensor.name))
            at_most = True
        else:
            output_bytes[tensor.name] = _bytes(tensor, shape)
    return _Probed(output_bytes, at_most, int(context.update_device_memory_size_for_shapes()))

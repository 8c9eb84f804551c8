"""What ``LoadOptions`` mean to an engine: which of them a TensorRT has, weight streaming, and the
configuration of a context. Only the thread that owns the engine.
"""

from dataclasses import replace
from types import ModuleType
from typing import Any

from trtstudio.model.errors import StudioError
from trtstudio.model.load_options import LoadOptions

_WORDS = {
    "device": ("more than one device", ""),
    "weight_streaming": ("weight streaming with a budget", "Keep all weights on the GPU."),
    "cuda_graphs": (
        "CUDA graphs of its own",
        "A benchmark can capture the graph itself: choose CUDA graph there.",
    ),
    "kernel_specialization": ("kernels for exact shapes", "Leave it to the runtime."),
    "context_memory": (
        "a choice of when the memory of a context is allocated",
        "Leave it to the runtime.",
    ),
    "keep_kernels": ("kernels that are compiled when a model is loaded", "Leave it as it is."),
}


def offered(module: ModuleType) -> tuple[str, ...]:
    """The fields of ``LoadOptions`` of which this TensorRT has more than one choice."""
    engine = getattr(module, "ICudaEngine", None)
    needs = {
        "device": True,
        "weight_streaming": hasattr(engine, "weight_streaming_budget_v2"),
        "cuda_graphs": hasattr(module, "CudaGraphStrategy"),
        "kernel_specialization": hasattr(module, "DynamicShapesKernelSpecializationStrategy"),
        "context_memory": hasattr(module, "ExecutionContextAllocationStrategy"),
        "keep_kernels": hasattr(module, "IRuntimeCache"),
    }
    return tuple(name for name, has_it in needs.items() if has_it)


def settled(module: ModuleType, options: LoadOptions) -> LoadOptions:
    """Options with which all kernels are final when the first inference ends.

    TensorRT-RTX else begins with kernels for any shape and replaces them behind our back, during
    seconds in which it computes several times slower and cannot be captured in a CUDA graph.
    """
    if options.kernel_specialization is not None or "kernel_specialization" not in offered(module):
        return options
    return replace(options, kernel_specialization="eager")


def refuse_missing(options: LoadOptions, offered: tuple[str, ...], runtime_label: str) -> None:
    """Raise StudioError for the first choice that this runtime does not have."""
    for name in options.chosen():
        if name not in offered:
            what, hint = _WORDS[name]
            raise StudioError(f"{runtime_label} does not have {what}.", hint=hint)


def set_weight_streaming(engine: Any, options: LoadOptions) -> None:
    """Keep as many bytes of the streamable weights on the GPU as the options say, and all of them
    where they say nothing. Before the first context is made.

    Raises StudioError for an engine whose weights cannot be streamed, and where TensorRT refuses
    the budget.
    """
    streamable = int(getattr(engine, "streamable_weights_size", 0))
    wanted = options.weight_streaming
    if not streamable:
        if wanted is not None:
            raise StudioError(
                "The weights of this engine cannot be streamed.",
                hint="Build it again with the flag WEIGHT_STREAMING.",
            )
        return
    budget = engine.get_weight_streaming_automatic_budget() if wanted == "automatic" else wanted
    budget = streamable if budget is None else min(int(budget), streamable)
    before = int(engine.weight_streaming_budget_v2)
    engine.weight_streaming_budget_v2 = budget
    taken = int(engine.weight_streaming_budget_v2)
    if taken == before != budget:  # a refusal is only logged
        raise StudioError(
            f"TensorRT keeps {taken:,} bytes of the weights on the GPU instead of {budget:,}.",
            hint="Load the engine again with another budget, or with the automatic one.",
        )


def runtime_config(module: ModuleType, engine: Any, options: LoadOptions) -> Any | None:
    """An ``IRuntimeConfig`` for contexts of this engine; None where TensorRT has none."""
    if not hasattr(engine, "create_runtime_config"):
        return None
    config = engine.create_runtime_config()
    if options.context_memory != "static":
        config.set_execution_context_allocation_strategy(allocation(module, options))
    if options.cuda_graphs is not None:
        config.cuda_graph_strategy = getattr(module.CudaGraphStrategy, options.cuda_graphs.upper())
    if options.kernel_specialization is not None:
        config.dynamic_shapes_kernel_specialization_strategy = getattr(
            module.DynamicShapesKernelSpecializationStrategy, options.kernel_specialization.upper()
        )
    return config


def allocation(module: ModuleType, options: LoadOptions) -> Any:
    """The member of ``ExecutionContextAllocationStrategy`` that the options name."""
    return getattr(module.ExecutionContextAllocationStrategy, options.context_memory.upper())

"""The builder options that a TensorRT has, and one sentence about each. Plain data.

Which of them exist is asked of the module that is loaded (``engine.option_list``); here are words.
"""

from dataclasses import dataclass
from typing import Literal

OptionKind = Literal["flag", "parser_flag", "int", "text", "enum", "set", "memory"]

Setting = int | str | tuple[str, ...]
"""A number, the name of a member, a text, or the names of several members."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option by the module's own name. A ``flag`` belongs into ``BuildRequest.flags``, a
    ``parser_flag`` into its ``network``, all others into its ``options``.

    ``members`` are the choices of an ``enum`` and of a ``set``; a ``memory`` pool is in bytes.
    ``default`` is what the builder has without it, for flags 1 or 0; None where nobody knows yet,
    for a builder takes a GPU. ``low`` and ``high`` bound an ``int`` where that is known.
    ``needs_gpu``: a build with this flag fails on a machine without one.
    """

    name: str
    kind: OptionKind
    sentence: str
    members: tuple[str, ...] = ()
    default: Setting | None = None
    low: int | None = None
    high: int | None = None
    deprecated: bool = False
    needs_gpu: bool = False


BOUNDS: dict[str, tuple[int | None, int | None]] = {
    "builder_optimization_level": (0, 5),
    "avg_timing_iterations": (1, None),
    "max_aux_streams": (0, None),
    "max_num_tactics": (1, None),
    "l2_limit_for_tiling": (0, None),
    "DLA_core": (0, None),
}
"""The smallest and the largest value, from the documentation of ``IBuilderConfig``."""


def sentence_of(name: str, documentation: str) -> str:
    """What an option does: our words, or else the first sentence of its documentation."""
    if name in SENTENCES:
        return SENTENCES[name]
    text = " ".join(documentation.replace("`", "").split())
    return text.partition(". ")[0].rstrip(".") + "." if text else ""


SENTENCES: dict[str, str] = {
    # BuilderFlag
    "DEBUG": "Wait for the GPU after every layer, to find one that fails.",
    "GPU_FALLBACK": "Layers that a DLA cannot run are run by the GPU.",
    "REFIT": "The weights can be replaced later without a new build.",
    "REFIT_IDENTICAL": "Can be refitted with the same weights only, which costs no speed.",
    "REFIT_INDIVIDUAL": "Only weights that the network marks can be replaced later.",
    "STRIP_PLAN": "Leave the weights out of the plan; they are put back by refitting.",
    "WEIGHTLESS": "The older name of STRIP_PLAN.",
    "WEIGHT_STREAMING": "Weights can stay in host memory: less GPU memory, slower.",
    "SPARSE_WEIGHTS": "Use sparse kernels where two of every four weights are zero.",
    "TF32": "FP32 products may be rounded to TF32, which is faster and keeps three digits.",
    "STRICT_NANS": "Never simplify 0 * x or x - x, so that NaN and infinity get through.",
    "DIRECT_IO": "Refuse to convert the memory layout of inputs and outputs.",
    "SAFETY_SCOPE": "Restrict layers to what a safety-certified engine may hold.",
    "VERSION_COMPATIBLE": "Later TensorRT versions can load the plan too; it may be slower.",
    "EXCLUDE_LEAN_RUNTIME": "A version-compatible plan does not bring its own lean runtime along.",
    "REJECT_EMPTY_ALGORITHMS": "Fail where an algorithm selector leaves nothing to choose from.",
    "DISABLE_TIMING_CACHE": "Time every layer afresh, even identical ones: a longer build.",
    "EDITABLE_TIMING_CACHE": "The timing cache can be read and changed, entry by entry.",
    "ERROR_ON_TIMING_CACHE_MISS": "Fail where the timing cache lacks a measurement.",
    "DISABLE_COMPILATION_CACHE": "Compile every kernel afresh: a longer build.",
    "MONITOR_MEMORY": "Write memory use during the build to the log.",
    "DISTRIBUTIVE_INDEPENDENCE": "An item's result does not depend on the others in its batch.",
    "REQUIRE_USER_ALLOCATION": "No memory is allocated at run time, so inference can be captured "
    "in a CUDA graph.",
    # OnnxParserFlag
    "NATIVE_INSTANCENORM": "Import InstanceNormalization as TensorRT's own layer, not a plugin.",
    "ENABLE_UINT8_AND_ASYMMETRIC_QUANTIZATION_DLA": "Take UINT8 and zero points other than 0 in "
    "quantization, for a DLA.",
    "REPORT_CAPABILITY_DLA": "Check of every node whether a DLA can run it.",
    "ENABLE_PLUGIN_OVERRIDE": "A plugin of an operator's name takes the operator's place.",
    "ADJUST_FOR_DLA": "Rewrite layers so that more of them suit a DLA.",
    # Properties of IBuilderConfig
    "builder_optimization_level": "How long to search for faster kernels: 0 builds soonest, 5 runs "
    "fastest.",
    "avg_timing_iterations": "How many runs each timing of a kernel is averaged over.",
    "max_aux_streams": "The most streams beside the main one; 0 takes the least memory.",
    "max_num_tactics": "The most kernels that are timed for a layer.",
    "l2_limit_for_tiling": "Bytes of the L2 cache that tiling aims at.",
    "tiling_optimization_level": "How hard to search for tilings that keep data in the L2 cache.",
    "hardware_compatibility_level": "Which other GPUs the plan also runs on; it may be slower.",
    "runtime_platform": "The operating system that the plan is for.",
    "engine_capability": "The runtime that the plan is for: standard, safety or DLA alone.",
    "profiling_verbosity": "How much the plan says of its layers; detailed is what layer tables "
    "need.",
    "default_device_type": "Where layers run: on the GPU or on a DLA.",
    "DLA_core": "The number of the DLA core that runs the plan.",
    "build_route": "Switches for the compiler, as -name=value with blanks between.",
    # Sets
    "tactic_sources": "The libraries that kernels may come from.",
    "preview_features": "Features that will be on by default in a later version.",
    "quantization_flags": "How INT8 calibration goes about its work.",
    # MemoryPoolType
    "WORKSPACE": "The most scratch memory on the GPU that a layer may take.",
    "DLA_MANAGED_SRAM": "Fast memory within a DLA, a power of two.",
    "DLA_LOCAL_DRAM": "Host memory for what a DLA's operations hand on, a power of two.",
    "DLA_GLOBAL_DRAM": "Host memory for a DLA's weights, a power of two.",
    "TACTIC_DRAM": "The most memory for trying kernels out during the build.",
    "TACTIC_SHARED_MEMORY": "The most shared memory that a kernel may use, below 1 GiB.",
}
"""What each option does, by its name."""

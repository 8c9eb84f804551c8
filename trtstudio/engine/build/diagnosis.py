"""Why a build failed, in words that say what to do. Any thread."""

import re
from collections.abc import Iterable, Sequence

from trtstudio.model.errors import StudioError

_KNOWN = (
    (
        r"no optimization profile has been defined",
        "The model has dynamic inputs, and no profile says which sizes they take.",
        "Add a profile with the smallest, the usual and the largest shape of every such input.",
    ),
    (
        r"Dimensions with name (?P<name>\S+) must be equal|Input dimensions with this name",
        "The profile gives different sizes to dimensions that have the same name{name}.",
        "Give them the same size in the profile, or export the model with different names.",
    ),
    (
        r"violate shape constraints: (?P<name>[^\n]*)",
        "A shape of the profile does not fit inside the network{name}.",
        "Choose sizes that the model can divide: multiples of 32 fit most picture models.",
    ),
    (
        r"input tensor (?P<name>\S+) has \d+ dimensions but profile",
        "A shape of the profile has the wrong number of dimensions{name}.",
        "Write one size for every dimension of the input, the batch included.",
    ),
    (
        r"FP32 GEMM is not supported",
        "Turing GPUs (sm_75) cannot multiply matrices in FP32 with this TensorRT.",
        "Build with precision fp16, or take sm_75 out of the targets.",
    ),
    (
        r"Assertion [^\n]* failed",
        "TensorRT met something in this model that it does not foresee: an assertion of its own "
        "failed.",
        "Run the model with ONNX Runtime, build with another TensorRT, or export the model without "
        "If and Loop.",
    ),
    (
        r"HW datatype|datatype \S+ is not supported|dtype \S+ is not supported",
        "One of the target GPUs does not know a data type of this model.",
        "Take the oldest target out, or convert the model to fp16.",
    ),
    (
        r"Unable to load library: \S*nvinfer_lean",
        "This TensorRT cannot build version-compatible plans: its lean runtime is not installed.",
        "Leave out the flag VERSION_COMPATIBLE.",
    ),
    (
        r"[Oo]ut of memory|OutOfMemory|cudaErrorMemoryAllocation|bad_alloc",
        "There was not enough memory for the build.",
        "Close other programs that use the GPU, or allow a smaller workspace or smaller shapes.",
    ),
    (
        r"cudaError 35|no CUDA-capable device",
        "This build needs an NVIDIA GPU and its driver, and there is none here.",
        "Choose the target GPUs by name, such as sm_86, instead of the current one.",
    ),
    (
        r"generateForCurrent",  # RTX 1.4, for quantized models, whatever the targets
        "This TensorRT builds this model only where there is an NVIDIA GPU with its driver.",
        "Build it there, or with TensorRT-RTX 1.5 or later.",
    ),
)


_NEEDS_GPU = frozenset({"REFIT", "REFIT_IDENTICAL", "REFIT_INDIVIDUAL", "STRIP_PLAN", "WEIGHTLESS"})


def explain_failure(errors: Sequence[str], runtime: str, flags: Iterable[str]) -> StudioError:
    """A builder that answered nothing, as an error for the user: by what TensorRT said, which is
    in the details, and the flags that it was given.
    """
    details = "\n".join(errors) or "TensorRT gave no reason."
    if "MyelinCheckException: graph_jit" in details and (given := _NEEDS_GPU.intersection(flags)):
        return StudioError(
            f"{runtime} could not build with {', '.join(sorted(given))}.",
            hint="Leave that out, or build on a machine with the GPU that the plan is for.",
            details=details,
        )
    for pattern, message, hint in _KNOWN:
        if found := re.search(pattern, details):
            name = found.groupdict().get("name")
            named = message.replace("{name}", f": {name}" if name else "")
            return StudioError(named, hint=hint, details=details)
    return StudioError(
        f"{runtime} could not build this model.",
        hint="Try another precision, or run the model with ONNX Runtime; the details hold "
        "TensorRT's own words.",
        details=details,
    )

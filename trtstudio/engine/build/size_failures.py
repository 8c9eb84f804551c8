"""Why a model cannot be built for the sizes of a profile: which of them break it where, and which
would not. Any thread.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.free_sizes import free_sizes, ranges_of
from trtstudio.model.build.profile import BOUNDS, with_shapes
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.size_inference import SizeInference
from trtstudio.model.onnx.size_steps import SizeDemands, find_sizes

_SIGNS = ("violate shape constraints", "reshape changes volume", "dimensions mismatched")


def is_about_sizes(details: str) -> bool:
    """Whether TensorRT speaks of sizes that do not fit each other."""
    return any(sign in details for sign in _SIGNS)


def explain_sizes(request: BuildRequest, error: StudioError) -> StudioError:
    """The error with the sizes that break the model and those that fit; the same error where onnx
    sees nothing wrong with the request's profiles.
    """
    path = Path(request.model)
    inputs = with_shapes(read_onnx(path).input_tensors, request.network.input_shapes)
    inference = SizeInference(path, inputs)
    for number, profile in enumerate(request.profiles, start=1):
        ranges = ranges_of(inputs, profile)
        if set(ranges) != set(free_sizes(inputs)):
            continue
        for bound in BOUNDS:
            node = inference.misfit({name: getattr(r, bound) for name, r in ranges.items()})
            if node is not None:
                return StudioError(
                    f"The {bound} sizes of profile {number} break the model at node {node or '?'}.",
                    hint=_advice(inputs, find_sizes(path, inputs)) or error.hint,
                    details=error.details,
                )
    return error


def _advice(inputs: Sequence[Tensor], demanded: SizeDemands) -> str:
    return " ".join(_sentences(inputs, demanded))


def _sentences(inputs: Sequence[Tensor], demanded: SizeDemands) -> Iterator[str]:
    places = free_sizes(inputs)
    for name, size in demanded.fixed.items():
        place = places[name][0]
        yield f"Give axis {place.axis} of {place.input} the size {size}: it fits."
    for name, step in demanded.steps.items():
        if step > 1:
            place = places[name][0]
            yield f"Give axis {place.axis} of {place.input} a multiple of {step}."

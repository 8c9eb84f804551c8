"""What can be known to be wrong with a build before any time is spent on it. Any thread."""

import difflib
from collections.abc import Iterable
from pathlib import Path

from trtstudio.engine.runtime import CURRENT_TARGET
from trtstudio.model.build import BuildRequest
from trtstudio.model.errors import StudioError
from trtstudio.model.files import check_writable, remove_leftovers
from trtstudio.model.graph import Graph, format_shape
from trtstudio.model.profile import check_profile
from trtstudio.model.runtime import Runtime


def check_request(request: BuildRequest, model: Graph, runtime: Runtime) -> None:
    """Raise StudioError for a request that this runtime cannot carry out with this model."""
    _check_places(Path(request.model), Path(request.plan))
    _check_known("precision", [request.precision], runtime.precisions, runtime)
    _check_known("flag", request.flags, runtime.flags, runtime)
    _check_targets(request.targets, runtime)
    _check_profiles(request, model)


def _check_places(model: Path, plan: Path) -> None:
    check_writable(plan)
    remove_leftovers(plan)
    if plan.exists() and plan.samefile(model):
        raise StudioError(
            f"The plan would overwrite the model {model.name}.", hint="Choose another plan file."
        )


def _check_known(what: str, asked: Iterable[str], known: tuple[str, ...], runtime: Runtime) -> None:
    for name in asked:
        if name in known:
            continue
        close = difflib.get_close_matches(name.upper(), known, n=1)
        raise StudioError(
            f"{runtime.label} has no {what} {name}.",
            hint=f"Did you mean {close[0]}?" if close else f"It knows {', '.join(known)}.",
        )


def _check_targets(targets: tuple[str, ...], runtime: Runtime) -> None:
    if targets and not runtime.targets:
        raise StudioError(
            f"{runtime.label} builds only for the GPU of this machine.",
            hint="Leave the targets out, or build with TensorRT-RTX.",
        )
    _check_known("target", targets, (*runtime.targets, CURRENT_TARGET), runtime)
    if len(set(targets)) < len(targets):
        raise StudioError("A target is named twice.", hint="Name every target once.")


def _check_profiles(request: BuildRequest, model: Graph) -> None:
    dynamic = [tensor for tensor in model.input_tensors if tensor.is_dynamic]
    if dynamic and not request.profiles:
        inputs = ", ".join(f"{t.name} ({format_shape(t.shape)})" for t in dynamic)
        raise StudioError(
            f"The model takes inputs of different sizes and the build has no profile: {inputs}.",
            hint="Add a profile with the smallest, the usual and the largest shape of each.",
        )
    for number, profile in enumerate(request.profiles, start=1):
        if problems := check_profile(model.input_tensors, profile):
            raise StudioError(
                f"Profile {number} does not fit the model. {problems[0].message}",
                hint="Correct the profile and build again.",
                details="\n".join(p.message for p in problems) if len(problems) > 1 else "",
            )

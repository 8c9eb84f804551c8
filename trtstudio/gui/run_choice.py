"""What runs a document, and why: its engine where there is one for this machine's GPU, else ONNX
Runtime. Plain functions for the io thread.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from trtstudio.model.errors import StudioError
from trtstudio.model.plan_file import read_plan_header, why_not
from trtstudio.model.run import RuntimeChoice, SessionInfo
from trtstudio.model.runtime import Installation


@dataclass(frozen=True, slots=True)
class Candidate:
    """What there is to run: an ONNX file, a plan, or the plan built from an ONNX file."""

    model: Path | None
    plan: Path | None


@dataclass(frozen=True, slots=True)
class Choice:
    """The file that runs, on what, and the sentence that says why, with a place for ``{what}``.

    ``modified_ns`` tells one build of a plan from the next.
    """

    path: Path
    runtime: RuntimeChoice
    reason: str
    modified_ns: int = 0

    def explain(self, info: SessionInfo) -> str:
        """``ONNX Runtime 1.31.1 on the CPU, because this machine has no NVIDIA GPU.``"""
        device = _tr("the CPU") if self.runtime == "onnxruntime" else info.device
        what = _tr("{runtime} on {device}").format(runtime=info.runtime, device=device)
        return self.reason.format(what=what)


def choose(candidate: Candidate, wanted: RuntimeChoice, installation: Installation) -> Choice:
    """What runs it. Raises StudioError where nothing can, or not what is wanted."""
    if candidate.plan is None:
        return _without_plan(candidate, wanted, installation)
    if wanted == "onnxruntime":
        return _onnx(candidate, _tr("{what}, as chosen."))
    problem = _why_not(candidate.plan, installation)
    if problem is None:
        as_chosen = _tr("{what}, as chosen.")
        fits = _tr("{what}, because the engine fits this GPU.")
        reason = as_chosen if wanted == "tensorrt" else fits
        return Choice(candidate.plan, "tensorrt", reason, candidate.plan.stat().st_mtime_ns)
    if wanted == "tensorrt" or candidate.model is None:
        raise problem
    if not installation.devices:
        return _onnx(candidate, _tr("{what}, because this machine has no NVIDIA GPU."))
    return _onnx(candidate, _braced(_tr("{what}, because the engine cannot be used:"), problem))


def _without_plan(
    candidate: Candidate, wanted: RuntimeChoice, installation: Installation
) -> Choice:
    if wanted == "tensorrt":
        raise StudioError(
            _tr("No engine has been built from this model yet."),
            hint=_tr("Build one on the Build page, or choose ONNX Runtime."),
        )
    if wanted == "onnxruntime":
        return _onnx(candidate, _tr("{what}, as chosen."))
    if not installation.devices:
        return _onnx(candidate, _tr("{what}, because this machine has no NVIDIA GPU."))
    return _onnx(candidate, _tr("{what}, because no engine has been built from this model yet."))


def _onnx(candidate: Candidate, reason: str) -> Choice:
    if candidate.model is None:
        raise StudioError(
            _tr("ONNX Runtime cannot run a TensorRT plan."),
            hint=_tr("Choose the engine, or open the ONNX model that it was built from."),
        )
    return Choice(candidate.model, "onnxruntime", reason)


def _why_not(plan: Path, installation: Installation) -> StudioError | None:
    device = installation.devices[0] if installation.devices else None
    header = read_plan_header(plan)
    return why_not(header, installation.runtime, device, installation.device_problem)


def _braced(sentence: str, problem: StudioError) -> str:
    """The sentence with a reason that may hold braces of its own."""
    words = problem.message.replace("{", "{{").replace("}", "}}")
    return f"{sentence} {words}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunChoice", text)

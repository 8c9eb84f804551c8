"""What runs a document, and why: its engine where there is one for this machine's GPU, else ONNX
Runtime. Plain functions for the io thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from trtstudio.model.build.build import Shape
from trtstudio.model.core_words import core_error, core_text
from trtstudio.model.errors import StudioError
from trtstudio.model.interpreters import OWN, Interpreter, KnownRuntime, find_fitting
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.plan.file import PlanHeader, read_plan_header, why_not
from trtstudio.model.plan.record import read_record
from trtstudio.model.run import LoadRequest, RuntimeChoice, SessionInfo
from trtstudio.model.runtime import Installation


@dataclass(frozen=True, slots=True)
class Candidate:
    """What there is to run: an ONNX file, a plan, or the plan built from an ONNX file."""

    model: Path | None
    plan: Path | None


@dataclass(frozen=True, slots=True)
class Choice:
    """The file that runs, on what, and the sentence that says why, with a place for ``{what}``.

    ``modified_ns`` tells one build of a plan from the next; ``interpreter`` is the one whose
    TensorRT runs it, ``exact_fp32`` how the plan was built.
    """

    path: Path
    runtime: RuntimeChoice
    reason: str
    modified_ns: int = 0
    interpreter: Interpreter = OWN
    exact_fp32: bool = False

    def request(self, options: LoadOptions, input_shapes: dict[str, Shape]) -> LoadRequest:
        """What loads it: engines have options, ONNX Runtime can be given other input shapes."""
        if self.runtime == "onnxruntime":
            options = LoadOptions()
        else:
            input_shapes = {}
        return LoadRequest(str(self.path), self.runtime, options, self.exact_fp32, input_shapes)

    def explain(self, info: SessionInfo) -> str:
        """``ONNX Runtime 1.31.1 on the CPU, because this machine has no NVIDIA GPU.``"""
        device = _tr("the CPU") if self.runtime == "onnxruntime" else info.device
        what = _tr("{runtime} on {device}").format(runtime=info.runtime, device=device)
        return self.reason.format(what=what)


def choose(
    candidate: Candidate,
    wanted: RuntimeChoice,
    known: Sequence[KnownRuntime],
    chosen: Interpreter | None = None,
) -> Choice:
    """What runs it. ``known`` begins with the program's own runtime; a plan goes to the first that
    can run it unless one was ``chosen``. Raises StudioError where nothing can, or not what is
    wanted.
    """
    installation = known[0].installation
    assert installation is not None
    if candidate.plan is None:
        return _without_plan(candidate, wanted, installation)
    if wanted == "onnxruntime":
        return _onnx(candidate, _tr("{what}, as chosen."))
    header = read_plan_header(candidate.plan)
    chosen = next((k.interpreter for k in known if k.interpreter == chosen), None)
    able = [k for k in known if chosen in (None, k.interpreter)]
    nearest = find_fitting(header, able) or able[0]
    problem = _why_not(header, nearest)
    fitting = next((k for k in able if _why_not(header, k) is None), None)
    if fitting is not None:
        is_chosen = wanted == "tensorrt" or chosen is not None
        reason = _reason(fitting, is_chosen=is_chosen)
        return _engine(candidate.plan, reason, fitting.interpreter)
    assert problem is not None
    if wanted == "tensorrt" or candidate.model is None:
        raise problem
    if not installation.devices:
        return _onnx(candidate, _tr("{what}, because this machine has no NVIDIA GPU."))
    return _onnx(candidate, _braced(_tr("{what}, because the engine cannot be used:"), problem))


def _engine(plan: Path, reason: str, interpreter: Interpreter) -> Choice:
    record = read_record(plan)
    exact = record is not None and record.request.exact_fp32
    return Choice(plan, "tensorrt", reason, plan.stat().st_mtime_ns, interpreter, exact)


def _reason(fitting: KnownRuntime, *, is_chosen: bool) -> str:
    if is_chosen:
        return _tr("{what}, as chosen.")
    if fitting.interpreter == OWN:
        return _tr("{what}, because the engine fits this GPU.")
    return _tr("{what}, because it built this engine.")


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


def _why_not(header: PlanHeader, known: KnownRuntime) -> StudioError | None:
    installation = known.installation
    if installation is None:
        return StudioError(
            _tr("{runtime} cannot be used: {problem}").format(
                runtime=known.label, problem=core_text(known.problem)
            ),
            hint=_tr("Ask it again under Runtimes, or remove it there."),
        )
    device = installation.devices[0] if installation.devices else None
    problem = why_not(header, installation.runtime, device, installation.device_problem)
    return problem and core_error(problem)


def _braced(sentence: str, problem: StudioError) -> str:
    """The sentence with a reason that may hold braces of its own."""
    words = problem.message.replace("{", "{{").replace("}", "}}")
    return f"{sentence} {words}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunChoice", text)

"""The engines and models that a sweep over precisions measures: opened one after another, built or
converted where there is none yet. Only the thread that opened the session.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from trtstudio.engine.conversion import PRECISIONS, converted
from trtstudio.engine.conversion.samples import Pictures
from trtstudio.engine.measure.benchmark import unheard
from trtstudio.engine.measure.sweep_plans import is_built, onnx_model, wanted_build
from trtstudio.engine.run.opening import open_session, runs_on_tensorrt
from trtstudio.engine.run.session import OnProgress, Session
from trtstudio.model.build.build import BuildRequest, Progress
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.measure.bench import SweepRequest
from trtstudio.model.model_hash import model_sha256
from trtstudio.model.run import LoadRequest


@dataclass(frozen=True, slots=True)
class Swept:
    """One of them, loaded, and the SHA-256 of its file where its user named that."""

    session: Session
    sha256: str = ""


@contextmanager
def swept(
    session: Session,
    precision: str,
    request: SweepRequest,
    *,
    on_progress: OnProgress,
    cancelled: Callable[[], bool],
    pictures: Pictures | None,
) -> Iterator[Swept]:
    """What a value of the axis means: ``session`` itself where that has this precision, a file of
    its user's, or an engine or model that is made of the sweep's model.

    Raises StudioError where it cannot be made or loaded, Cancelled while it is made.
    """

    def enter(progress: Progress) -> None:
        if cancelled():
            raise Cancelled("Stopped.")
        on_progress(progress)

    if precision not in PRECISIONS:
        with _opened(session, Path(precision), request, enter) as other:
            yield Swept(other, model_sha256(Path(precision)))
    elif _runs_engines(session, request):
        wanted = wanted_build(session.info, precision, request)
        plan = Path(session.info.path)
        if not is_built(plan, wanted):
            plan = Path(wanted.plan)
            if not is_built(plan, wanted):
                _build(wanted, on_progress, cancelled, pictures)
        with _opened(session, plan, request, enter) as other:
            yield Swept(other)
    else:
        model = onnx_model(session.info, request)
        asked = BuildRequest(
            model, "", precision=precision, conversion=request.precisions.conversion
        )
        with (
            converted(asked, enter, pictures) as (path, _),
            _opened(session, path, request, enter) as other,
        ):
            yield Swept(other)


@contextmanager
def _opened(
    session: Session, path: Path, request: SweepRequest, on_progress: OnProgress
) -> Iterator[Session]:
    """The file, loaded as the session was."""
    if path == Path(session.info.path):
        yield session
        return
    load = LoadRequest(str(path), input_shapes=request.precisions.input_shapes)
    if runs_on_tensorrt(path, "auto"):
        load = LoadRequest(str(path), options=session.info.options)
    with closing(open_session(load, session.info.session, on_progress)) as other:
        yield other


def _runs_engines(session: Session, request: SweepRequest) -> bool:
    if request.precisions.runtime == "auto":
        return runs_on_tensorrt(Path(session.info.path), "auto")
    return request.precisions.runtime == "tensorrt"


def _build(
    wanted: BuildRequest,
    on_progress: OnProgress,
    cancelled: Callable[[], bool],
    pictures: Pictures | None,
) -> None:
    from trtstudio.engine.build.build import build
    from trtstudio.engine.runtime import gpus

    devices, problem = gpus()
    if not devices:
        raise StudioError(
            "Engines of other precisions run on an NVIDIA GPU, and none was found here.",
            hint="Sweep the ONNX model, which ONNX Runtime runs on the CPU.",
            details=problem,
        )
    build(wanted, on_progress=on_progress, on_log=unheard, cancelled=cancelled, pictures=pictures)

"""An inference of ``trtstudio run``, one of many. Only the thread that owns the session."""

from collections.abc import Mapping

from trtstudio.engine.fault import lost_gpu
from trtstudio.engine.run.batching import run_batches
from trtstudio.engine.run.session import Session
from trtstudio.model.errors import EngineDied, StudioError
from trtstudio.model.run import Array, RunResult


def infer_batches(
    session: Session, inputs: Mapping[str, Array], *, can_resume: bool = False
) -> RunResult:
    """As ``run_batches``; raises ``EngineDied``, which ends all the rest, where no other inference
    can succeed any more. ``can_resume`` where ``--resume`` keeps the answers so far.
    """
    try:
        return run_batches(session, inputs)
    except StudioError as error:
        words = lost_gpu()
        if not words:
            raise
        raise EngineDied(
            f"The GPU stopped working for this process: {words}.",
            hint="Run it again; it goes on where it stopped." if can_resume else "Run it again.",
            details="\n".join(filter(None, (error.message, error.details))),
        ) from error

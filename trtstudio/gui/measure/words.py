"""What every measurement says of itself until it has an answer. Plain functions for the main
thread.
"""

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.sessions.work import SessionWork
from trtstudio.model.errors import Cancelled, StudioError


def state_words(work: SessionWork, stopped: str = "", measuring: str = "") -> str:
    """How far it is, or why it ended without an answer. ``measuring`` is what is said once its
    model is loaded, unless the engine process says more; ``stopped`` as in ``end_words``.
    """
    if work.error is not None:
        return end_words(work.error, stopped)
    if work.is_stopping:
        return _tr("Stopping ...")
    if work.job is None:
        return _tr("Loading the model ...")
    phase = work.job.progress.phase if work.job.progress is not None else ""
    return phase or measuring or _tr("Starting ...")


def end_words(error: StudioError, stopped: str = "") -> str:
    """What failed and what to do; ``stopped`` where its user ended it."""
    if isinstance(error, Cancelled):
        return stopped or _tr("Stopped.")
    return error.text


def _tr(text: str) -> str:
    return QCoreApplication.translate("MeasureWords", text)

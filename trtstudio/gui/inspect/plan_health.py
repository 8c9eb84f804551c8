"""Whether a plan can be run here, and is what was built, as properties. Main thread only."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.document import Document
from trtstudio.gui.knowledge.plan_checks import PlanChecks
from trtstudio.gui.parts.property_list import Row, Section, Tone, Value, row
from trtstudio.model.core_words import core_text
from trtstudio.model.errors import StudioError


def health_sections(document: Document, checks: PlanChecks) -> list[Section]:
    """What the plan's header and its record tell; nothing of a model."""
    if document.file.header is None:
        return []
    rows = *_run_rows(document, checks), *_change_rows(document, checks)
    return [Section(_tr("Can it be run here?"), rows)]


def _run_rows(document: Document, checks: PlanChecks) -> Iterator[Row]:
    header = document.file.header
    assert header is not None
    runtime = checks.fitting(header)
    if runtime is None:
        yield row("", _tr("Looking for TensorRT and GPUs …"), "muted")
    elif (problem := checks.why_not(header, runtime)) is not None:
        yield _problem_row(problem, "warning")
    else:
        yield row("✓", _tr("yes, by {runtime}").format(runtime=runtime.runtime_label))


def _change_rows(document: Document, checks: PlanChecks) -> Iterator[Row]:
    if document.file.record is None:
        return
    if not checks.is_verified(document):
        yield row("", _tr("Comparing it with what was built …"), "muted")
    elif (problem := checks.change(document)) is not None:
        yield _problem_row(problem, "error")
    else:
        yield row("✓", _tr("byte for byte what was built"))


def _problem_row(problem: StudioError, tone: Tone) -> Row:
    lines = (Value(core_text(problem.message), tone),), (Value(core_text(problem.hint), "muted"),)
    return Row("✕", lines)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Properties", text)

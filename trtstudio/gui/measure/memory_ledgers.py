"""What running each document would take of memory: for each the ledger that is being counted, or
the last one. Main thread only.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.document import Document
from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.sessions.run_choice import Choice
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.measure.memory import MemoryLedger, MemoryRequest


@dataclass(eq=False, slots=True)
class Count:
    """One question; ``ledger`` is its answer, before that the last one there was."""

    contexts: int = 1
    shapes: dict[str, Shape] = field(default_factory=dict)
    ledger: MemoryLedger | None = None
    error: StudioError | None = None
    job: WindowJob | None = None
    is_running: bool = True


class MemoryLedgers(QObject):
    """Counts what the runtime that a document would run by takes; nothing is run for that."""

    changed = Signal(object)  # Document

    def __init__(
        self, workspace: Workspace, sessions: Sessions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._sessions = workspace, sessions
        self._counts: dict[Document, Count] = {}
        workspace.document_closed.connect(self._forget)

    def count(self, document: Document) -> Count | None:
        """The count under way, else the last one."""
        return self._counts.get(document)

    def start(self, document: Document, contexts: int, shapes: dict[str, Shape]) -> None:
        """Count for so many contexts; inputs that ``shapes`` does not name have their largest
        shapes. What was being counted is given up.
        """
        before = self._counts.get(document)
        if before is not None and before.job is not None and before.is_running:
            before.job.cancel()
        ledger = before.ledger if before is not None else None
        count = self._counts[document] = Count(contexts, shapes, ledger)
        self.changed.emit(document)

        def chosen(choice: Choice) -> None:
            if self._counts.get(document) is count and count.is_running:
                self._run(document, count, choice)

        future = self._sessions.choice(document)
        self._workspace.courier.watch(future, chosen, self._failed(document, count))

    def stop(self, document: Document) -> None:
        """Give up what is being counted."""
        count = self._counts.get(document)
        if count is None or not count.is_running:
            return
        if count.job is not None:
            count.job.cancel()
        else:
            self._failed(document, count)(Cancelled("Stopped while choosing what runs it."))

    def _run(self, document: Document, count: Count, choice: Choice) -> None:
        def done(ledger: MemoryLedger) -> None:
            count.ledger, count.error, count.is_running = ledger, None, False
            self._tell(document, count)

        options, reshaped = self._sessions.options(document), self._sessions.input_shapes(document)
        load = choice.request(options, reshaped)
        request = MemoryRequest(load, count.shapes, count.contexts)
        title = self.tr("Counting the memory of {name}").format(name=document.path.name)
        count.job = self._workspace.jobs.run(
            title,
            request,
            done,
            self._failed(document, count),
            interpreter=choice.interpreter,
        )

    def _failed(self, document: Document, count: Count) -> Callable[[StudioError], None]:
        def failed(error: StudioError) -> None:
            if not count.is_running:  # stopped before
                return
            count.error, count.is_running = error, False
            if not isinstance(error, Cancelled):
                count.ledger = None
            self._tell(document, count)

        return failed

    def _tell(self, document: Document, count: Count) -> None:
        if self._counts.get(document) is count:
            self.changed.emit(document)

    def _forget(self, document: Document) -> None:
        self.stop(document)
        self._counts.pop(document, None)

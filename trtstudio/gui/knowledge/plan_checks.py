"""Whether open plans can be run here, and are what was built. Main thread only."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.background import in_background
from trtstudio.gui.desk import Desk
from trtstudio.gui.document import Document
from trtstudio.gui.knowledge.runtimes import Runtimes
from trtstudio.model.errors import StudioError
from trtstudio.model.interpreters import KnownRuntime, find_fitting
from trtstudio.model.plan.file import PlanHeader, why_not
from trtstudio.model.plan.record import verify


class PlanChecks(QObject):
    """``found`` tells that a plan was compared with the record of its build, which is read whole
    for that, once, and in a thread of its own.
    """

    found = Signal(object)  # Document

    def __init__(self, desk: Desk, runtimes: Runtimes) -> None:
        super().__init__(desk)
        self._desk, self._runtimes = desk, runtimes
        self._verified: dict[Document, StudioError | None] = {}
        desk.document_opened.connect(self._on_opened)
        desk.document_closed.connect(lambda document: self._verified.pop(document, None))

    def fitting(self, header: PlanHeader) -> KnownRuntime | None:
        """The runtime here that comes nearest to running the plan; None until that is known."""
        known = self._runtimes.known
        if known[0].installation is None:
            return None
        return find_fitting(header, known) or known[0]

    def why_not(self, header: PlanHeader, runtime: KnownRuntime) -> StudioError | None:
        """Why the plan cannot be run with this runtime, and what to do; None where it can."""
        there = runtime.installation
        assert there is not None
        device = there.devices[0] if there.devices else None
        return why_not(header, there.runtime, device, there.device_problem)

    def is_verified(self, document: Document) -> bool:
        """Whether the plan has been compared with its record."""
        return document in self._verified

    def change(self, document: Document) -> StudioError | None:
        """How the plan differs from what was built, of which there is a record; None where it does
        not.
        """
        return self._verified.get(document)

    def _on_opened(self, document: Document) -> None:
        record = document.file.record
        if document.file.format == "plan" and record is not None:
            future = in_background(partial(verify, document.path, record))
            tell = partial(self._tell, document)
            self._desk.courier.watch(future, lambda _: tell(None), tell)

    def _tell(self, document: Document, problem: StudioError | None) -> None:
        if document in self._desk.documents:
            self._verified[document] = problem
            if problem is not None:
                self._desk.report(problem)
            self.found.emit(document)

"""The open documents, and the threads and processes that work on them: all that is handed to
those who learn something about a document. Main thread only.
"""

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.courier import Courier, IoThread
from trtstudio.gui.document import Document
from trtstudio.gui.jobs import Jobs
from trtstudio.gui.notice import Notice
from trtstudio.host.engines import Engines
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.requests import ProbeRequest
from trtstudio.model.runtime import Installation


class Desk(QObject):
    """Files are read by one worker thread, ``io``; engines are asked through ``jobs``; what either
    answers is brought by the ``courier``.
    """

    document_opened = Signal(object)
    document_closed = Signal(object)
    reading_changed = Signal(object, str)  # Document, View
    installation_changed = Signal(object)  # Installation
    noticed = Signal(object)  # Notice

    def __init__(self, engines: Engines, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.documents: list[Document] = []
        self.installation: Installation | None = None
        self.jobs = Jobs(engines, self)
        self.courier = Courier(self)
        self.io = IoThread()

    def probe(self) -> None:
        """Find out what is installed; ``installation_changed`` tells."""
        title = self.tr("Looking for TensorRT and GPUs")
        self.jobs.run(title, ProbeRequest(), self._probed, self._not_probed)

    def notify(self, notice: Notice) -> None:
        """Show a notice."""
        self.noticed.emit(notice)

    def report(self, error: StudioError) -> None:
        """Show an error; being cancelled is none."""
        if not isinstance(error, Cancelled):
            self.notify(Notice("error", error.message, error.hint, error.details))

    def _not_probed(self, error: StudioError) -> None:
        """Go on as if there were no TensorRT, since much waits for an answer."""
        self.report(error)
        if self.installation is None:
            self._probed(Installation(None, runtime_problem=error.message))

    def _probed(self, installation: Installation) -> None:
        self.installation = installation
        self.installation_changed.emit(installation)

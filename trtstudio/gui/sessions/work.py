"""What is asked of a document's session and takes long enough to be followed: the model is loaded
first where it is not, progress is fetched often, and the last of it is kept. Main thread only.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from trtstudio.gui.document import Document
from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.sessions.sessions import Loaded, Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import Cancelled, NotLoaded, StudioError

FETCH_MS = 40
"""What a benchmark sends is shown 25 times a second."""

STOP_S = 5.0
"""What it gets to stop by itself: one inference of a large batch, or kernels that are compiled, may
take longer than other work gets, and the process would be lost with all that it has loaded."""


@dataclass(eq=False, slots=True)
class SessionWork:
    """One request and what is known so far. It ends with an ``answer`` or an ``error``,
    ``Cancelled`` where its user stopped it before there was anything to answer.
    """

    explanation: str = ""
    loaded: Loaded | None = None
    job: WindowJob | None = None
    answer: Any = None
    error: StudioError | None = None
    has_begun_again: bool = False
    is_stopping: bool = False

    @property
    def is_running(self) -> bool:
        """Whether its outcome is still open."""
        return self.answer is None and self.error is None

    def request_for(self, session: int) -> object:
        """The request, to the session with this number."""
        raise NotImplementedError

    def fetch(self) -> bool:
        """Take what the engine process has sent; whether there was anything."""
        return False

    def end(self, answer: Any, error: StudioError | None) -> None:
        """Remember how it ended."""
        self.fetch()
        self.answer, self.error = answer, error


Work = TypeVar("Work", bound=SessionWork)


class SessionWorks(QObject, Generic[Work]):
    """For each document the work of one kind that is under way, or the last one."""

    changed = Signal(object)  # Document
    finished = Signal(object, object)  # Document, the answer

    def __init__(
        self, workspace: Workspace, sessions: Sessions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._sessions = workspace, sessions
        self._works: dict[Document, Work] = {}
        self._timer = QTimer(self, interval=FETCH_MS)
        self._timer.timeout.connect(self._fetch)
        workspace.jobs.progressed.connect(self._job_progressed)
        workspace.document_closed.connect(self._forget)

    def work(self, document: Document) -> Work | None:
        """The one under way, else the last one."""
        return self._works.get(document)

    def is_running(self, document: Document) -> bool:
        """Whether one is under way."""
        work = self._works.get(document)
        return work is not None and work.is_running

    def begin(self, document: Document, work: Work) -> bool:
        """Do it in whatever session the document has then; False where one is under way already,
        or the document was closed.
        """
        if document.is_closed or self.is_running(document):
            return False
        self._works[document] = work
        self.changed.emit(document)
        self._request(document, work)
        return True

    def stop(self, document: Document) -> None:
        """End it early; what there is is kept."""
        work = self._works.get(document)
        if work is None or not work.is_running:
            return
        if work.job is not None:
            work.is_stopping = True
            work.job.cancel(STOP_S)
            self.changed.emit(document)
        else:
            self._fail(document, work, Cancelled("Stopped while loading."))

    def name_of(self, document: Document) -> str:
        """What the job list calls it."""
        raise NotImplementedError

    def _request(self, document: Document, work: Work) -> None:
        def ready(loaded: Loaded) -> None:
            if work.is_running:
                self._run(document, work, loaded)

        def failed(error: StudioError) -> None:
            self._fail(document, work, error)

        self._sessions.request(document, ready, failed)

    def _run(self, document: Document, work: Work, loaded: Loaded) -> None:
        def done(answer: Any) -> None:
            work.end(answer, None)
            self.changed.emit(document)
            self.finished.emit(document, answer)

        def failed(error: StudioError) -> None:
            self._sessions.report_failure(document, error)
            if isinstance(error, NotLoaded) and not work.has_begun_again:
                work.has_begun_again, work.job = True, None  # its process was started anew
                self._request(document, work)
                if work.is_stopping:
                    self.stop(document)
            else:
                self._fail(document, work, error)

        work.loaded, work.explanation = loaded, loaded.explanation
        request = work.request_for(loaded.info.session)
        title = self.name_of(document)
        work.job = self._workspace.jobs.run(title, request, done, failed)
        self._timer.start()

    def _fail(self, document: Document, work: Work, error: StudioError) -> None:
        if work.is_running:
            work.end(None, error)
            self._workspace.report(error)
            self.changed.emit(document)

    def _fetch(self) -> None:
        running = [item for item in self._works.items() if item[1].is_running]
        if not running:
            self._timer.stop()
        for document, work in running:
            if work.fetch():
                self.changed.emit(document)

    def _job_progressed(self, job: WindowJob) -> None:
        for document, work in list(self._works.items()):
            if work.job is job and work.is_running:
                self.changed.emit(document)

    def _forget(self, document: Document) -> None:
        self.stop(document)
        self._works.pop(document, None)

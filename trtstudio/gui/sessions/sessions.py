"""How each document is run: by what and why, and its session once that is loaded. Main thread only;
files are looked at in the io thread, models are loaded in the engine process.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.document import Document
from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.knowledge.runtimes import Runtimes
from trtstudio.gui.sessions import run_choice
from trtstudio.gui.sessions.loaded import Loaded as Loaded
from trtstudio.gui.sessions.loaded import Recognized, recognize
from trtstudio.gui.sessions.picture_memory import PictureMemory
from trtstudio.gui.sessions.run_choice import Candidate, Choice
from trtstudio.gui.sessions.runtime_memory import remembered_wish
from trtstudio.gui.sessions.state import Failed, Ready, State
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import Cancelled, EngineDied, StudioError
from trtstudio.model.graph import View
from trtstudio.model.interpreters import Interpreter
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.requests import UnloadRequest
from trtstudio.model.run import RuntimeChoice, SessionInfo

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture_model import PictureModel


class Sessions(QObject):
    """Loads a document's model when it is first needed, and again when its process has died, its
    user chooses another runtime, or its engine is built anew.
    """

    changed = Signal(object)  # Document
    pictures_changed = Signal(object)  # Document

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._memory = PictureMemory(workspace, self)
        self._states: dict[Document, State] = {}
        workspace.document_closed.connect(self.close)
        workspace.runtimes.changed.connect(self._runtimes_changed)
        workspace.reading_changed.connect(self._reading_changed)
        workspace.jobs.finished.connect(self._job_finished)

    @property
    def runtimes(self) -> Runtimes:
        """The interpreters that can run an engine."""
        return self._workspace.runtimes

    def loaded(self, document: Document) -> Loaded | None:
        """The session, where it is loaded."""
        return self._state(document).loaded

    def problem(self, document: Document) -> StudioError | None:
        """Why the last attempt to load it failed."""
        return self._state(document).problem

    def is_loading(self, document: Document) -> bool:
        """Whether an attempt is under way."""
        return self._state(document).attempt is not None

    def wanted(self, document: Document) -> RuntimeChoice:
        """What its user chose to run it by."""
        return self._state(document).wanted

    def interpreter(self, document: Document) -> Interpreter | None:
        """The interpreter that its user chose; None: whichever fits the plan."""
        return self._state(document).interpreter

    def choose(
        self, document: Document, runtime: RuntimeChoice, interpreter: Interpreter | None = None
    ) -> None:
        """Run it by this from now on."""
        state = self._state(document)
        if (runtime, interpreter) != (state.wanted, state.interpreter):
            state.wanted, state.interpreter = runtime, interpreter
            self._reload(document)

    def options(self, document: Document) -> LoadOptions:
        """How its engine is loaded; ONNX Runtime has no such choice."""
        return self._state(document).options

    def choose_options(self, document: Document, options: LoadOptions) -> None:
        """Load its engine like this from now on."""
        state = self._state(document)
        if options != state.options:
            state.options = options
            self._reload(document)

    def set_pictures(self, document: Document, pictures: "PictureModel") -> None:
        """Feed and read a loaded model's pictures like this, now and when it is opened again."""
        from trtstudio.vision.choices import choices_of

        state = self._state(document)
        loaded = state.loaded
        if loaded is None or loaded.recognized is None:
            return
        state.loaded = replace(loaded, pictures=pictures)
        state.choices = choices_of(pictures, loaded.recognized)
        self._memory.keep(document.path, state.choices)
        self.pictures_changed.emit(document)

    def input_shapes(self, document: Document) -> dict[str, Shape]:
        """The shapes that ONNX Runtime is given in place of those that the model declares."""
        return self._state(document).input_shapes

    def reshape(self, document: Document, input_shapes: dict[str, Shape]) -> None:
        """Give an ONNX model other input shapes in ONNX Runtime: -1 is any size, none at all its
        own again. Loads it anew.
        """
        self._state(document).input_shapes = input_shapes
        self._reload(document)

    def request(self, document: Document, ready: Ready, failed: Failed) -> None:
        """Exactly one of the two is called: at once where the model is loaded or its document was
        closed, else later.
        """
        state = self._state(document)
        if document.is_closed:
            failed(Cancelled("The document was closed."))
        elif state.loaded is not None:
            ready(state.loaded)
        else:
            state.waiting.append((ready, failed))
            if state.attempt is None:
                self._load(document)

    def prepare(self, document: Document) -> None:
        """Load it, since it will soon be needed; ``changed`` tells when it is."""
        self.request(document, lambda _: None, lambda _: None)

    def report_failure(self, document: Document, error: StudioError) -> None:
        """An inference or a benchmark failed with this, so its session is not trusted any more: its
        process may be a new one that has nothing loaded, and errors of CUDA can stay.
        """
        self._forget_lost()
        state = self._state(document)
        if state.loaded is not None and not isinstance(error, EngineDied | Cancelled):
            self._let_go(state)
            self.changed.emit(document)

    # Loading: choose what runs it, load that, find out how it takes pictures

    def _load(self, document: Document) -> None:
        state = self._state(document)
        state.problem, state.attempt, state.was_asked_for = None, object(), True
        state.starting = None
        self.changed.emit(document)
        installation = self._workspace.installation
        if installation is not None:  # else `_runtimes_changed` goes on when it is
            self._watch(document, self.choice(document), self._start)

    def choice(self, document: Document) -> "Future[Choice]":
        """What would run it, found in the io thread once it is known what is installed."""
        model = document.path if document.file.format == "onnx" else None
        candidate, state = Candidate(model, document.plan), self._state(document)
        known = self._workspace.runtimes.known
        return self._workspace.io.submit(
            run_choice.choose, candidate, state.wanted, known, state.interpreter
        )

    def _start(self, document: Document, choice: Choice) -> None:
        state = self._state(document)
        state.starting, attempt = choice, state.attempt

        def loaded(info: SessionInfo) -> None:
            if state.attempt is attempt:
                state.session = info
                self._recognize(document, choice, info)
            else:
                self._unload(info)

        def failed(error: StudioError) -> None:
            if state.attempt is attempt:
                self._fail(document, error)

        title = self.tr("Loading {name}").format(name=choice.path.name)
        request = choice.request(state.options, state.input_shapes)
        self._workspace.jobs.run(title, request, loaded, failed, interpreter=choice.interpreter)

    def _recognize(self, document: Document, choice: Choice, info: SessionInfo) -> None:
        state = self._state(document)

        def done(document: Document, found: Recognized) -> None:
            recognized, pictures = found
            loaded = state.loaded = Loaded(info, choice, pictures, recognized)
            for ready, _ in self._settle(document, state):
                ready(loaded)

        future = self._workspace.io.submit(recognize, info, document.file, state.choices)
        self._watch(document, future, done)

    def _watch(
        self, document: Document, future: "Future[Any]", done: Callable[[Document, Any], None]
    ) -> None:
        """Go on with the outcome, unless a later attempt has begun meanwhile."""
        state = self._state(document)
        attempt = state.attempt

        def arrived(result: Any) -> None:
            if state.attempt is attempt:
                done(document, result)

        def failed(error: StudioError) -> None:
            if state.attempt is attempt:
                self._fail(document, error)

        self._workspace.courier.watch(future, arrived, failed)

    def _fail(self, document: Document, error: StudioError) -> None:
        state = self._state(document)
        state.problem = error
        self._let_go(state)
        for _, failed in self._settle(document, state):
            failed(error)

    def _settle(self, document: Document, state: State) -> list[tuple[Ready, Failed]]:
        """End the attempt; who waited for it."""
        state.attempt = None
        waiting, state.waiting = state.waiting, []
        self.changed.emit(document)
        return waiting

    # What makes a session worthless

    def _reload(self, document: Document) -> None:
        """Load again what was asked for."""
        state = self._state(document)
        if state.was_asked_for:
            self._let_go(state)
            self._load(document)

    def _forget_lost(self) -> None:
        """A process may have ended: what was loaded in it is gone."""
        for document, state in list(self._states.items()):
            if state.loaded is not None and not self._workspace.jobs.has(state.loaded.info.session):
                state.loaded = state.session = None
                self.changed.emit(document)

    def _let_go(self, state: State) -> None:
        session, state.session, state.loaded = state.session, None, None
        if session is not None:
            self._unload(session)

    def _unload(self, info: SessionInfo) -> None:
        title, request = self.tr("Unloading a model"), UnloadRequest(info.session)
        self._workspace.jobs.run(title, request, lambda _: None, lambda _: None)

    def close(self, document: Document) -> None:
        """Unload it, and forget what was chosen for it."""
        state = self._states.pop(document, State())
        state.attempt = None
        self._let_go(state)
        for _, failed in state.waiting:
            failed(Cancelled("The document was closed."))

    def _runtimes_changed(self) -> None:
        for document in list(self._states):
            self.review(document)

    def _reading_changed(self, document: Document, view: View) -> None:
        if view == "engine":
            self.review(document)

    def _job_finished(self, job: WindowJob) -> None:
        if job.outcome != "done":  # what does not stop when asked to is ended with its process
            self._forget_lost()

    def review(self, document: Document) -> None:
        """Load again where another file, or the same file built anew, should run now."""

        def chosen(choice: Choice) -> None:
            state = self._states.get(document)
            if state is not None and not state.is_choosing and state.runs_by != choice:
                self._reload(document)

        state = self._states.get(document)
        if state is not None and state.is_choosing:
            self._load(document)
        elif state is not None and state.has_begun and self._workspace.installation is not None:
            self._workspace.courier.watch(self.choice(document), chosen, lambda _: None)

    def _state(self, document: Document) -> State:
        if document.is_closed:
            return State()
        if document not in self._states:
            wish = remembered_wish(document.path)
            self._states[document] = State(wish.runtime, wish.interpreter)
        return self._states[document]

"""Runs models on what is dropped, one thing after another, and remembers the answers. Main thread
only: pictures are decoded in the io thread while the engine process works on the one before.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from trtstudio.gui.batch.batches import Batches
from trtstudio.gui.document import Document
from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.run import feeds
from trtstudio.gui.run.feeds import Feed
from trtstudio.gui.run.run import Run as Run
from trtstudio.gui.run.run import as_picture, finish_run, make_feed
from trtstudio.gui.run.run_title import run_title
from trtstudio.gui.sessions.sessions import Loaded, Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import Cancelled, EngineDied, NotLoaded, StudioError
from trtstudio.model.given_inputs import GivenInputs
from trtstudio.model.run import RunRequest, RunResult

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture import Picture

HISTORY_BYTES = 512 * 2**20
"""The oldest runs of a document are forgotten when all of them take more memory than this."""


@dataclass(eq=False, slots=True)
class _Line:
    """What waits for one model, what is ready for it, what it works on, and what it answered.

    ``generation`` counts the stops: what was being prepared before the last is unwanted. ``proven``
    is the session that answered last, ``history_bytes`` what remembering the history takes.
    """

    todo: deque[Run] = field(default_factory=deque)
    is_loading: bool = False
    preparing: bool = False
    ready: deque[tuple[Run, Feed | StudioError]] = field(default_factory=deque)
    running: WindowJob | None = None
    history: list[Run] = field(default_factory=list)
    history_bytes: int = 0
    generation: int = 0
    proven: int | None = None


class Runs(QObject):
    """The queue and the history of every document. ``sessions`` is shared with measuring,
    ``batches`` are the runs of whatever is many pictures.
    """

    run_added = Signal(object, object)  # Document, Run
    run_revised = Signal(object, object, object)  # Document, Run before, Run after
    busy_changed = Signal(object)  # Document

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sessions = Sessions(workspace, self)
        self.batches = Batches(workspace, self.sessions, self)
        self._workspace = workspace
        self._lines: dict[Document, _Line] = {}
        workspace.pictures_dropped.connect(self._dropped)
        workspace.document_closed.connect(self._close)

    def history(self, document: Document) -> Sequence[Run]:
        """The runs that are remembered, the oldest first."""
        return self._line(document).history

    def waiting(self, document: Document) -> int:
        """How many runs are not finished yet."""
        line = self._line(document)
        begun = line.preparing + (line.running is not None)
        return len(line.todo) + len(line.ready) + begun

    def run_paths(self, document: Document, paths: Iterable[Path]) -> None:
        """Run pictures, folders of pictures and arrays, in this order."""
        future = self._workspace.io.submit(feeds.expand, list(paths))
        self._workspace.courier.watch(
            future, partial(self._enqueue_all, document), self._workspace.report
        )

    def run_image(self, document: Document, image: QImage, name: str) -> None:
        """Run a picture that is no file, but was pasted."""

        def done(picture: "Picture") -> None:
            self._enqueue(document, Run(picture))

        future = self._workspace.io.submit(as_picture, image, Path(name))
        self._workspace.courier.watch(future, done, self._workspace.report)

    def run_given(self, document: Document, given: GivenInputs) -> None:
        """Run inputs that come from where these say, and random ones for the rest."""
        self._enqueue(document, Run(None, given=given))

    def run_random(self, document: Document) -> None:
        """Run random inputs of the shapes that the model is best run with."""
        self.run_given(document, GivenInputs())

    def run_again(self, document: Document, run: Run) -> None:
        """Run the same once more, with the same numbers where they are random."""
        self._enqueue(document, Run(run.source, given=run.given))

    def revise(self, document: Document, before: Run, after: Run) -> None:
        """Let ``after`` take its place: the same picture, read or fed otherwise."""
        line = self._line(document)
        position = next((i for i, run in enumerate(line.history) if run is before), None)
        if position is not None:
            line.history[position] = after
            line.history_bytes += after.size_bytes - before.size_bytes
            self.run_revised.emit(document, before, after)

    def stop(self, document: Document) -> None:
        """Drop what waits, and stop what runs."""
        line = self._line(document)
        line.generation += 1
        line.todo.clear()
        line.ready.clear()
        line.preparing = False
        if line.running is not None:
            line.running.cancel()
        self.busy_changed.emit(document)

    # Where things come from

    def _dropped(self, paths: list[Path]) -> None:
        document = self._workspace.current
        if document is None:
            return
        if self.batches.takes(paths):
            self.batches.drop(document, paths)
        else:
            self.run_paths(document, paths)

    def _enqueue_all(self, document: Document, paths: Iterable[Path]) -> None:
        self._enqueue(document, *map(Run, paths))

    def _enqueue(self, document: Document, *runs: Run) -> None:
        if document in self._workspace.documents:
            self._line(document).todo.extend(runs)
            self._go_on(document)

    # One after another

    def _go_on(self, document: Document) -> None:
        if document not in self._workspace.documents:  # closed meanwhile
            return
        self.busy_changed.emit(document)
        line = self._line(document)
        if self.waiting(document) and not line.is_loading:
            line.is_loading = True
            self.sessions.request(
                document, partial(self._advance, document), partial(self._give_up, document)
            )

    def _advance(self, document: Document, loaded: Loaded) -> None:
        line = self._line(document)
        line.is_loading = False
        while line.ready and line.running is None:
            run, feed = line.ready.popleft()
            if isinstance(feed, StudioError):
                self._add_later(document, replace(run, problem=feed))
            else:
                self._run(document, loaded, run, feed)
        if line.todo and not line.ready and not line.preparing:
            self._prepare(document, loaded, line.todo.popleft())

    def _prepare(self, document: Document, loaded: Loaded, run: Run) -> None:
        line = self._line(document)
        line.preparing = True
        generation = line.generation

        def arrived(feed: Feed | StudioError) -> None:
            if line.generation == generation:
                line.preparing = False
                line.ready.append((run, feed))
                self._go_on(document)

        future = self._workspace.io.submit(make_feed, run, loaded)
        self._workspace.courier.watch(future, arrived, arrived)

    def _run(self, document: Document, loaded: Loaded, wanted: Run, feed: Feed) -> None:
        line = self._line(document)
        generation = line.generation
        run = replace(wanted, runtime=loaded.explanation, feed=feed, pictures=loaded.pictures)

        def done(result: RunResult) -> None:
            line.running = None
            line.proven = loaded.info.session
            self._answer(document, run, result)
            self._go_on(document)

        def failed(error: StudioError) -> None:
            line.running = None
            self.sessions.report_failure(document, error)
            if isinstance(error, EngineDied):
                line.todo.clear()
                line.ready.clear()
            if line.proven == loaded.info.session and isinstance(error, NotLoaded):
                # Its process may have ended while nothing ran: try once more in a new session.
                if line.generation == generation:
                    line.ready.appendleft((wanted, feed))
            elif not isinstance(error, Cancelled):
                self._add_later(document, replace(run, problem=error))
            self._go_on(document)

        title = self.tr("Running {name}").format(name=run_title(run))
        request = RunRequest(loaded.info.session, feed.inputs)
        line.running = self._workspace.jobs.run(title, request, done, failed)

    def _answer(self, document: Document, run: Run, result: RunResult) -> None:
        def failed(error: StudioError) -> None:
            self._add(document, replace(run, problem=error, timing=result.timing))

        future = self._workspace.io.submit(finish_run, run, result)
        self._workspace.courier.watch(future, partial(self._add, document), failed)

    def _add_later(self, document: Document, run: Run) -> None:
        """Through the io thread, so that it comes behind the answers that are made there."""
        future = self._workspace.io.submit(lambda: run)
        self._workspace.courier.watch(future, partial(self._add, document), self._workspace.report)

    def _give_up(self, document: Document, error: StudioError) -> None:
        """The model cannot be loaded: everything that waits for it ends with this."""
        line = self._line(document)
        runs = [*(run for run, _ in line.ready), *line.todo]
        line.is_loading = False
        line.todo.clear()
        line.ready.clear()
        self._workspace.report(error)
        if runs and not isinstance(error, Cancelled):
            self._add(document, replace(runs[0], problem=error))
        self.busy_changed.emit(document)

    def _add(self, document: Document, run: Run) -> None:
        if document not in self._workspace.documents:
            return
        line = self._line(document)
        line.history.append(run)
        line.history_bytes += run.size_bytes
        while len(line.history) > 1 and line.history_bytes > HISTORY_BYTES:
            line.history_bytes -= line.history.pop(0).size_bytes
        self.run_added.emit(document, run)
        self._go_on(document)

    def _line(self, document: Document) -> _Line:
        return self._lines.setdefault(document, _Line())

    def _close(self, document: Document) -> None:
        if document in self._lines:
            self.stop(document)
            del self._lines[document]

"""Runs pictures in other ways than the model is fed now, beside the history of runs: for the editor
of the preprocessing and for its doctor. Main thread only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from trtstudio.gui.document import Document
from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.run import feeds
from trtstudio.gui.run.feeds import Feed
from trtstudio.gui.run.run import Run, finish_run
from trtstudio.gui.sessions.sessions import Loaded, Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import Cancelled, NotLoaded, StudioError
from trtstudio.model.run import RunRequest, RunResult

if TYPE_CHECKING:  # they bring OpenCV, which the main thread does not wait for
    from trtstudio.gui.run.run import Source
    from trtstudio.vision.picture import Picture
    from trtstudio.vision.picture_model import PictureModel

    Trial = tuple[Source, PictureModel]
    """A picture, and how it is fed and read."""

Tried = Callable[[int, Run], None]
Ended = Callable[[], None]


@dataclass(eq=False, slots=True)
class _Series:
    """What is tried one after another; ``pictures`` are decoded once, and used in the io thread
    only."""

    document: Document
    trials: "Sequence[Trial]"
    tried: Tried
    ended: Ended
    next: int = 0
    job: WindowJob | None = None
    has_begun_again: bool = False
    pictures: "dict[Path, Picture]" = field(default_factory=dict)


class Trials(QObject):
    """One series at a time: a new one ends the one before."""

    def __init__(
        self, workspace: Workspace, sessions: Sessions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._sessions = sessions
        self._series: _Series | None = None
        workspace.document_closed.connect(self._closed)

    @property
    def is_running(self) -> bool:
        """Whether a series is under way."""
        return self._series is not None

    def start(
        self, document: Document, trials: "Sequence[Trial]", tried: Tried, ended: Ended
    ) -> None:
        """Run each of them; ``tried`` tells the position and the run, a failed one too. ``ended``
        is called once, when all is done or was stopped.
        """
        self.stop()
        self._series = _Series(document, trials, tried, ended)
        self._go_on(self._series)

    def stop(self) -> None:
        """Give up what is not done yet."""
        series, self._series = self._series, None
        if series is not None:
            if series.job is not None:
                series.job.cancel()
            series.ended()

    def _closed(self, document: Document) -> None:
        if self._series is not None and self._series.document is document:
            self.stop()

    def _go_on(self, series: _Series) -> None:
        if series is not self._series:
            return
        if series.next == len(series.trials):
            self._series = None
            series.ended()
            return

        def failed(error: StudioError) -> None:
            self._give_up(series, error)

        self._sessions.request(series.document, lambda loaded: self._feed(series, loaded), failed)

    def _feed(self, series: _Series, loaded: Loaded) -> None:
        if series is not self._series:
            return
        source, model = series.trials[series.next]

        def fed(feed: Feed) -> None:
            run = Run(source, loaded.explanation, feed, model)
            self._run(series, loaded, run, feed)

        def failed(error: StudioError) -> None:
            self._tell(series, Run(source, loaded.explanation, pictures=model, problem=error))

        future = self._workspace.io.submit(_feed, source, model, series.pictures)
        self._workspace.courier.watch(future, fed, failed)

    def _run(self, series: _Series, loaded: Loaded, run: Run, feed: Feed) -> None:
        if series is not self._series:
            return

        def tell_failed(error: StudioError) -> None:
            self._tell(series, replace(run, problem=error))

        def done(result: RunResult) -> None:
            series.has_begun_again = False
            future = self._workspace.io.submit(finish_run, run, result)
            self._workspace.courier.watch(future, lambda r: self._tell(series, r), tell_failed)

        def failed(error: StudioError) -> None:
            self._sessions.report_failure(series.document, error)
            if isinstance(error, Cancelled):
                if series is self._series:
                    self.stop()
            elif isinstance(error, NotLoaded) and not series.has_begun_again:
                series.has_begun_again, series.job = True, None  # its process was started anew
                self._go_on(series)
            else:
                tell_failed(error)

        title = self.tr("Trying {name}").format(name=run.name)
        request = RunRequest(loaded.info.session, feed.inputs)
        series.job = self._workspace.jobs.run(title, request, done, failed)

    def _give_up(self, series: _Series, error: StudioError) -> None:
        """The model cannot be loaded, which would be tried in vain for each that is left."""
        if series is self._series and isinstance(error, Cancelled):
            self.stop()
        while series is self._series and series.next < len(series.trials):
            position, series.next = series.next, series.next + 1
            series.tried(position, Run(series.trials[position][0], problem=error))
        self._go_on(series)

    def _tell(self, series: _Series, run: Run) -> None:
        if series is self._series:
            position, series.job = series.next, None
            series.next += 1
            series.tried(position, run)
            self._go_on(series)


def _feed(source: "Source", model: "PictureModel", pictures: "dict[Path, Picture]") -> Feed:
    """In the io thread."""
    from trtstudio.vision.picture import read_picture

    if isinstance(source, Path):
        if source not in pictures:
            pictures[source] = read_picture(source)
        return feeds.picture_feed(pictures[source], model)
    assert source is not None
    return feeds.picture_feed(source, model)

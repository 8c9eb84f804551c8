"""The runs over many pictures of every document, by one network or by two that are compared. Main
thread only; each works in a thread of its own.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from trtstudio.gui.batch.files import is_many, journal_of, write_answers
from trtstudio.gui.batch.order import Order
from trtstudio.gui.batch.work import BatchWork
from trtstudio.gui.document import Document
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.gui.sessions.partners import Partners
from trtstudio.gui.sessions.readers import Readers
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model.arrays import ARRAY_SUFFIXES
from trtstudio.model.errors import Cancelled, EngineDied, NotLoaded, StudioError

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.batch.export_files import ExportKind

Kind = Literal["many", "pair"]

FETCH_MS = 50
MANY = 24
"""So many pictures that are dropped at once are a run of many."""


@dataclass(eq=False, slots=True)
class Batch:
    """One run: what was wanted, and its work once the models are loaded. ``told`` of its rows have
    been told of. ``other`` is what the document is compared with, ``reader`` what reads the texts
    in its pictures, ``before`` a work that is ending.
    """

    document: Document
    kind: Kind
    sources: tuple[Path, ...]
    recursive: bool = False
    other: Document | None = None
    reader: Document | None = None
    work: BatchWork | None = None
    before: BatchWork | None = None
    told: int = 0
    error: StudioError | None = None
    has_ended: bool = False
    is_second_try: bool = False
    is_exporting: bool = False


class Batches(QObject):
    """The last run of each kind for every document. ``wanted`` is the kind that whatever is dropped
    becomes; None: as it is, many or a single picture. ``is_recursive``: with the folders in it.
    """

    started = Signal(object)  # Batch
    rows_added = Signal(object)  # Batch
    changed = Signal(object)  # Batch
    exported = Signal(object)  # Path

    def __init__(
        self, workspace: Workspace, sessions: Sessions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.wanted: Kind | None = None
        self.is_recursive = False
        self.partners = Partners(workspace, sessions, self)
        self.readers = Readers(workspace, sessions, self)
        self._workspace, self._sessions = workspace, sessions
        self._batches: dict[tuple[Document, Kind], Batch] = {}
        self._timer = QTimer(self, interval=FETCH_MS)
        self._timer.timeout.connect(self._fetch)
        workspace.document_closed.connect(self._close)

    def batch(self, document: Document, kind: Kind) -> Batch | None:
        """The one under way, else the last one."""
        return self._batches.get((document, kind))

    def takes(self, paths: Sequence[Path]) -> bool:
        """Whether dropping these begins a run of many, instead of a run of each."""
        if all(path.suffix.lower() in ARRAY_SUFFIXES for path in paths):
            return False
        return self.wanted is not None or len(paths) >= MANY or any(map(is_many, paths))

    def drop(self, document: Document, paths: Iterable[Path]) -> None:
        """Run what was dropped."""
        is_recursive = self.wanted is not None and self.is_recursive
        self.start(Batch(document, self.wanted or "many", tuple(paths), is_recursive))

    def start(self, batch: Batch, *, again: bool = False) -> None:
        """Begin a new one in place of the last of its kind. It goes on where the same one stopped,
        unless ``again``.
        """
        key = batch.document, batch.kind
        if key in self._batches:
            replaced = self._batches[key]
            batch.before = replaced.work or replaced.before
            self._abandon(replaced)
        if batch.kind == "pair":
            batch.other = self.partners.partner(batch.document)
        batch.reader = self.readers.reader(batch.document)
        self._batches[key] = batch
        self.started.emit(batch)
        self._load(batch, again=again)

    def restart(self, batch: Batch, *, again: bool = False) -> None:
        """The same once more."""
        same = Batch(batch.document, batch.kind, batch.sources, batch.recursive)
        self.start(same, again=again)

    def pause(self, batch: Batch) -> None:
        """Take no more pictures until ``go_on``."""
        if batch.work is not None:
            batch.work.pause()
        self.changed.emit(batch)

    def go_on(self, batch: Batch) -> None:
        """Go on after a pause, or where it stopped."""
        if batch.work is not None and not batch.has_ended:
            batch.work.go_on()
            self.changed.emit(batch)
        else:
            self.restart(batch)

    def stop(self, batch: Batch) -> None:
        """End it; what there is stays."""
        if batch.work is not None:
            batch.work.stop()
        else:
            batch.has_ended = True  # what is being loaded is of use later
        self.changed.emit(batch)

    def export(self, batch: Batch, kind: "ExportKind", path: Path) -> None:
        """Write all answers so far in another format; ``exported`` tells when that is done."""
        work = batch.work
        if work is None:
            return
        pictures = work.order.models[0].pictures
        labels = pictures.labels if pictures is not None else None
        self.write(batch, path, partial(write_answers, work.order.journal, kind, path, labels))

    def write(self, batch: Batch, path: Path, work: Callable[[], None]) -> None:
        """Do this in a thread, unless something is being written already."""

        def done(_: None) -> None:
            end()
            self.exported.emit(path)

        def failed(error: StudioError) -> None:
            end()
            self._workspace.report(error)

        def end() -> None:
            batch.is_exporting = False
            self.changed.emit(batch)

        if not batch.is_exporting:
            batch.is_exporting = True
            title = self.tr("Saving {name}").format(name=path.name)
            self._workspace.jobs.do(title, lambda _: work(), done, failed)
            self.changed.emit(batch)

    # From loading to the end

    def _load(self, batch: Batch, *, again: bool) -> None:
        """One after another: what looks at the pictures, and what reads the texts in them."""
        wanted = [each for each in (batch.document, batch.other, batch.reader) if each is not None]
        found: list[Loaded] = []

        def failed(error: StudioError) -> None:
            if self._is_awaited(batch):
                self._fail(batch, error)

        def ready(loaded: Loaded) -> None:
            found.append(loaded)
            if not self._is_awaited(batch):
                return
            if len(found) < len(wanted):
                self._sessions.request(wanted[len(found)], ready, failed)
            elif batch.reader is None:
                self._begin(batch, found, None, again=again)
            else:
                self._begin(batch, found[:-1], found[-1], again=again)

        self._sessions.request(wanted[0], ready, failed)

    def _begin(
        self, batch: Batch, models: Sequence[Loaded], reader: Loaded | None, *, again: bool
    ) -> None:
        if any(loaded.pictures is None for loaded in models):
            words = self.tr("This model does not take pictures.")
            self._fail(batch, StudioError(words, hint=self.tr("Run arrays on it one by one.")))
            return
        first, *others = models
        is_same = batch.other is not None and self.partners.is_stand_in(batch.other)
        others = [_alike(other, first, is_same=is_same) for other in others]
        model, recursive = batch.document.path, batch.recursive
        against = "".join(f"{each.choice.path}, {each.info.runtime}" for each in others)
        told = f"{against}, {reader.choice.path}" if reader is not None else against
        journal = journal_of(model, batch.sources, told, recursive=recursive)
        sessions = (first, *others)
        order = Order(model, batch.sources, sessions, journal, against, reader, recursive, again)
        batch.work = BatchWork(order, self._workspace.jobs.ask, batch.before)
        batch.before = None
        batch.work.start()
        self._timer.start()
        self.changed.emit(batch)

    def _fetch(self) -> None:
        """Tell what is new; of every run for the last time after it is over."""
        under_way = [b for b in self._batches.values() if b.work is not None and not b.has_ended]
        if not under_way:
            self._timer.stop()
        for batch in under_way:
            assert batch.work is not None
            is_over = batch.work.is_over  # before its rows are counted
            if len(batch.work.rows) > batch.told:
                self.rows_added.emit(batch)
                batch.told = len(batch.work.rows)
            self.changed.emit(batch)
            if is_over:
                self._end(batch, batch.work)

    def _end(self, batch: Batch, work: BatchWork) -> None:
        batch.has_ended = True
        error = work.error
        if isinstance(error, Cancelled | EngineDied | NotLoaded):  # else no session is to blame
            for document in filter(None, (batch.document, batch.other, batch.reader)):
                self._sessions.report_failure(document, error)
        if error is None or (isinstance(error, NotLoaded) and work.is_stopped):
            self.changed.emit(batch)
        elif isinstance(error, NotLoaded) and not batch.is_second_try:
            self.restart(batch)  # its process was started anew
            self._batches[batch.document, batch.kind].is_second_try = True
        else:
            self._fail(batch, error)

    def _fail(self, batch: Batch, error: StudioError) -> None:
        batch.error, batch.has_ended = error, True
        self._workspace.report(error)
        self.changed.emit(batch)

    def _is_awaited(self, batch: Batch) -> bool:
        """Neither stopped nor replaced while its models were loaded."""
        return not batch.has_ended and self.batch(batch.document, batch.kind) is batch

    def _abandon(self, batch: Batch) -> None:
        """Its file is free when its thread has ended, which it does after the picture at hand."""
        if batch.work is not None:
            batch.work.stop()
        batch.has_ended = True

    def _close(self, document: Document) -> None:
        for key, batch in list(self._batches.items()):
            if document is batch.document:
                self._abandon(self._batches.pop(key))
            elif document in (batch.other, batch.reader) and not batch.has_ended:
                self.stop(batch)


def _alike(other: Loaded, first: Loaded, *, is_same: bool) -> Loaded:
    """Fed and read as the first one is where it is the same model; any other has the names of the
    first one's classes, unless it says itself what its own are called.
    """
    own, wanted = other.pictures, first.pictures
    if own is None or wanted is None:
        return other
    if is_same:
        return replace(other, pictures=wanted)
    if own.labels and not own.has_guessed_labels:
        return other
    guessed = wanted.has_guessed_labels
    named = replace(own, labels=wanted.labels, has_guessed_labels=guessed)
    return replace(other, pictures=named)

"""The thumbnails of a long run, read from its file when they come in sight. Main thread only; they
are read and decoded in the io thread.
"""

from collections import OrderedDict
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from trtstudio.gui.batch.files import read_images
from trtstudio.gui.batch.rows import BatchRow
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import StudioError

MOST_KEPT = 256
"""About 100 KB each; a larger screen keeps all that it shows."""

_AT_ONCE = 16  # so that what was scrolled past is not read, and others get at their files


class Thumbnails(QObject):
    """Keeps those that were seen last. Of a run there is one for every picture with an answer."""

    arrived = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._journal: Path | None = None
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._wanted: dict[int, int] = {}
        self._reading: object | None = None

    def show(self, journal: Path | None) -> None:
        """Forget those so far; the next ones are of this run."""
        self._journal, self._reading = journal, None
        self._images.clear()
        self._wanted.clear()

    def image(self, row: BatchRow) -> QImage | None:
        """None: it is not there yet. It has no size where a picture has none."""
        if not row.has_thumbnail:
            return QImage()
        return self._images.get(row.number)

    def want(self, rows: Sequence[BatchRow]) -> None:
        """Read those that are in sight, and no others any more; ``arrived`` tells of some."""
        for row in rows:
            if row.number in self._images:
                self._images.move_to_end(row.number)
        missing = (r for r in rows if r.has_thumbnail and r.number not in self._images)
        self._wanted = {row.number: row.place for row in missing}
        self._forget(max(MOST_KEPT, len(rows)) - len(self._wanted))
        self._read()

    def _forget(self, room: int) -> None:
        while len(self._images) > room:
            self._images.popitem(last=False)

    def _read(self) -> None:
        """The next few; one after another, since what is wanted changes meanwhile."""
        if self._reading is not None or not self._wanted or self._journal is None:
            return
        some = dict(islice(self._wanted.items(), _AT_ONCE))
        self._reading = reading = object()

        def done(images: Sequence[QImage]) -> None:
            if self._reading is reading:
                self._reading = None
                self._keep(dict(zip(some, images, strict=True)))

        def failed(error: StudioError) -> None:
            if self._reading is reading:
                self._reading = self._journal = None  # there is nothing more to be read
                self._workspace.report(error)

        future = self._workspace.io.submit(read_images, self._journal, list(some.values()))
        self._workspace.courier.watch(future, done, failed)

    def _keep(self, images: dict[int, QImage]) -> None:
        self._images.update(images)
        for number in images:
            self._wanted.pop(number, None)
        self._read()
        self.arrived.emit()

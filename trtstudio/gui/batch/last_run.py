"""Offers to go on with the last run over many pictures of a model. Main thread only."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from trtstudio.gui.batch.files import LastRun, find_last
from trtstudio.gui.document import Document
from trtstudio.gui.plural import counted
from trtstudio.gui.workspace import Workspace


class LastRunButton(QPushButton):
    """Hidden until such a run is found. ``wanted`` has it, as a ``LastRun``."""

    wanted = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._last: LastRun | None = None
        self.setProperty("role", "primary")
        self.clicked.connect(lambda: self.wanted.emit(self._last))
        self.hide()

    def look_for(self, document: Document) -> None:
        """Offer that of this document, if there is one."""
        future = self._workspace.io.submit(find_last, document.path)
        self._workspace.courier.watch(
            future, partial(self._offer, document), self._workspace.report
        )

    def _offer(self, document: Document, last: LastRun | None) -> None:
        if document is not self._workspace.current or last is None:
            return
        self._last = last
        words = self.tr("Show the last run: {name}, {answers}")
        answers = counted(last.answers, self.tr("1 answer"), self.tr("{count:,} answers"))
        names = ", ".join(path.name for path in last.sources[:2])
        self.setText(words.format(name=names, answers=answers))
        self.setToolTip("\n".join(map(str, last.sources)))
        self.show()

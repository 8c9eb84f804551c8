"""The views of the Run page: one picture at a time, many pictures, and two runtimes that are
compared. Main thread only.
"""

from typing import get_args

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from trtstudio.gui.batch.batches import Batch, Kind
from trtstudio.gui.batch.view import BatchView
from trtstudio.gui.parts.segments import Segments
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace


class RunViews(QWidget):
    """``picture`` is the view that is shown first; the others are made when they are needed."""

    def __init__(
        self,
        workspace: Workspace,
        runs: Runs,
        picture: QWidget,
        bar: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._batches = workspace, runs.batches
        self._views: dict[str, QWidget] = {"picture": picture}
        self.segments = Segments(
            (
                ("picture", self.tr("Picture")),
                ("many", self.tr("Many")),
                ("pair", self.tr("Two runtimes")),
            ),
            self.tr("Run one picture, many, or many on two runtimes"),
        )
        self.segments.chosen.connect(self.show_view)
        self.stack = QStackedWidget()
        self.stack.addWidget(picture)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.segments)
        head.addWidget(bar, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self.segments.show_chosen("picture")
        runs.batches.started.connect(self._started)
        self._show_under_way()

    @property
    def batch_view(self) -> BatchView | None:
        """The shown one, where it is for many pictures."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, BatchView) else None

    def show_view(self, key: str) -> QWidget:
        """``picture``, ``many`` or ``pair``."""
        if key not in self._views:
            kind: Kind = "pair" if key == "pair" else "many"
            self._views[key] = view = BatchView(self._workspace, self._batches, kind)
            self.stack.addWidget(view)
        self.segments.show_chosen(key)
        self.stack.setCurrentWidget(self._views[key])
        return self._views[key]

    def stop(self) -> bool:
        """End what the shown view has under way; False where that is not its own business."""
        view = self.batch_view
        if view is not None:
            view.stop()
        return view is not None

    def take_image(self, image: QImage) -> bool:
        """Run a pasted picture; False where that is not the shown view's business."""
        view = self.batch_view
        if view is not None:
            view.take_image(image)
        return view is not None

    def _show_under_way(self) -> None:
        """What was dropped before there was a page."""
        document = self._workspace.current
        for kind in get_args(Kind):
            batch = self._batches.batch(document, kind) if document is not None else None
            if batch is not None and not batch.has_ended:
                self._started(batch)

    def _started(self, batch: Batch) -> None:
        if batch.document is self._workspace.current:
            self.show_view(batch.kind)

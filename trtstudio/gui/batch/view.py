"""The views of the Run page for many pictures: by one network, or by two that are compared. Main
thread only.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.batch.batches import Batch, Batches, Kind
from trtstudio.gui.batch.export import BatchExport
from trtstudio.gui.batch.files import (
    LastRun,
    read_embeddings,
    read_row,
    save_capture,
)
from trtstudio.gui.batch.last_run import LastRunButton
from trtstudio.gui.batch.list import BatchList
from trtstudio.gui.batch.pair_head import PairHead
from trtstudio.gui.batch.preview import BatchPreview
from trtstudio.gui.batch.progress import BatchProgress
from trtstudio.gui.batch.rows import BatchRow
from trtstudio.gui.batch.sources import BatchSources
from trtstudio.gui.document import Document
from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.drop_area import DropArea
from trtstudio.gui.picture.similarity_view import MOST_PICTURES, Similar, SimilarityView
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.run import Array

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.batch.records import Record


class BatchView(QWidget):
    """Follows the current document; its run goes on while another one is looked at."""

    def __init__(
        self, workspace: Workspace, batches: Batches, kind: Kind, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._batches, self._kind = workspace, batches, kind
        self._shown: Batch | None = None
        self._arrange()
        self._connect()
        self._show_document(workspace.current)

    # Putting it together

    def _arrange(self) -> None:
        is_pair = self._kind == "pair"
        self.sources = BatchSources(self._workspace)
        self.list = BatchList(self._workspace, is_pair=is_pair)
        self.export = BatchExport(self._workspace, self._batches, self.list.model)
        self.progress = BatchProgress()
        self.preview = BatchPreview(is_pair=is_pair)
        self.similar = SimilarityView()
        self.similar_button = QPushButton(self.tr("Similarity"))
        self.similar_button.setCheckable(True)
        self.similar_button.setToolTip(self.tr("Compare each two pictures by their embeddings"))
        set_icon(self.similar_button, "grid-3x3")
        self.pair = PairHead(self._workspace, self._batches.partners) if is_pair else None
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.sources)
        head.addStretch()
        head.addWidget(self.similar_button)
        head.addWidget(self.export)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(GRID)
        splitter.setStyleSheet("QSplitter::handle { background: transparent; }")
        splitter.addWidget(self.list)
        splitter.addWidget(self.preview)
        splitter.setSizes([480, 560] if is_pair else [560, 400])
        self.results = QWidget()
        below = QVBoxLayout(self.results)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(GRID // 2)
        below.addWidget(self.progress)
        self.views = QStackedWidget()
        self.views.addWidget(splitter)
        self.views.addWidget(self.similar)
        below.addWidget(self.views, 1)
        self.invitation = self._make_invitation()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.invitation)
        self.stack.addWidget(self.results)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        if self.pair is not None:
            column.addWidget(self.pair)
        column.addLayout(head)
        column.addWidget(self.stack, 1)

    def _make_invitation(self) -> DropArea:
        area = DropArea("images")
        if self._kind == "pair":
            title = self.tr("Drop pictures to see where two runtimes differ")
        else:
            title = self.tr("Drop a folder, a video or many pictures here")
        hint = self.tr(
            "Files that are no pictures are told and left out. A run can be stopped and "
            "goes on where it was."
        )
        area.say(title, hint, "images")
        self.go_on_last = LastRunButton(self._workspace)
        self.go_on_last.wanted.connect(self._go_on_last)
        area.body.addWidget(self.go_on_last, 0, Qt.AlignmentFlag.AlignHCenter)
        return area

    def _connect(self) -> None:
        batches, progress = self._batches, self.progress
        self.sources.chosen.connect(self._run)
        self.sources.captured.connect(self._run_image)
        self.sources.recursive.toggled.connect(self._set_recursive)
        self.list.row_chosen.connect(self._show_row)
        self.similar_button.toggled.connect(self._show_similar)
        progress.pause_requested.connect(lambda: self._do(batches.pause))
        progress.go_on_requested.connect(lambda: self._do(batches.go_on))
        progress.stop_requested.connect(self.stop)
        progress.again_requested.connect(lambda: self._do(partial(batches.restart, again=True)))
        batches.started.connect(self._started)
        batches.rows_added.connect(self._rows_added)
        batches.changed.connect(self._changed)
        batches.partners.changed.connect(self._partner_changed)
        self._workspace.current_changed.connect(self._show_document)

    # What the user does

    def stop(self) -> None:
        """End what is under way; it can go on later."""
        if self._shown is not None and not self._shown.has_ended:
            self._batches.stop(self._shown)

    def _do(self, action: Callable[[Batch], None]) -> None:
        if self._shown is not None:
            action(self._shown)

    def _set_recursive(self, is_recursive: bool) -> None:
        if self._batches.wanted == self._kind:  # it is of what is dropped here, too
            self._batches.is_recursive = is_recursive

    def _run(self, paths: Sequence[Path]) -> None:
        self._start(self._workspace.current, paths, self.sources.recursive.isChecked())

    def _start(self, document: Document | None, paths: Sequence[Path], recursive: bool) -> None:
        if document is not None and not document.is_closed:
            self._batches.start(Batch(document, self._kind, tuple(paths), recursive))

    def take_image(self, image: QImage) -> None:
        """Run a pasted picture."""
        self._run_image(image, self._workspace.current)

    def _run_image(self, image: QImage, document: Document | None) -> None:
        """By what was current when it was taken: another one may be when it is saved."""
        recursive = self.sources.recursive.isChecked()
        future = self._workspace.io.submit(save_capture, image)
        self._workspace.courier.watch(
            future, lambda path: self._start(document, [path], recursive), self._workspace.report
        )

    def _go_on_last(self, last: LastRun) -> None:
        self._start(self._workspace.current, last.sources, last.recursive)

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._batches.wanted = self._kind
        self._batches.is_recursive = self.sources.recursive.isChecked()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._batches.wanted == self._kind:
            self._batches.wanted = None

    def _show_document(self, document: Document | None) -> None:
        self._show(self._batches.batch(document, self._kind) if document is not None else None)
        if self.pair is not None:
            self.pair.show_document(document)
        if document is None:
            return
        self.go_on_last.hide()
        if self._kind == "many" and self._shown is None:
            self.go_on_last.look_for(document)

    def _show(self, batch: Batch | None) -> None:
        self._shown = batch
        self.stack.setCurrentWidget(self.invitation if batch is None else self.results)
        self.preview.clear()
        self.list.clear()
        if batch is not None:
            self._rows_added(batch)
        self.export.batch = batch
        self.export.setEnabled(False)
        self.similar_button.setChecked(False)
        self.similar_button.hide()
        if self.pair is not None:
            self.pair.show_summary(None)
        if batch is not None:
            self.sources.recursive.setChecked(batch.recursive)
            self._changed(batch)

    def _started(self, batch: Batch) -> None:
        if batch.kind == self._kind and batch.document is self._workspace.current:
            self._show(batch)

    def _rows_added(self, batch: Batch) -> None:
        work = batch.work
        if batch is self._shown and work is not None:
            self.list.extend(work.rows[self.list.model.count :], work.order.journal)

    def _changed(self, batch: Batch) -> None:
        if batch is not self._shown:
            return
        self.progress.show_batch(batch, self.list.model.problems)
        self.export.show_batch(batch)
        work = batch.work
        if work is None:
            return
        self.preview.set_titles(work.order.titles)
        pictures = work.order.models[0].pictures
        self.similar_button.setVisible(pictures is not None and pictures.task == "embedding")
        if self.pair is not None:
            self.pair.show_summary(work.summary)
        live, work.live = work.live, None
        if live is not None and self.list.chosen is None:
            self.preview.show_live(live)
        elif work.is_over and self.preview.is_empty:
            self.list.choose_first()
        work.wants_live = self.isVisible() and self.list.chosen is None

    def _partner_changed(self, document: Document) -> None:
        """Compare the same pictures with the other one."""
        batch = self._shown
        if self._kind == "pair" and batch is not None and batch.document is document:
            self._batches.restart(batch)

    def _show_similar(self, is_wanted: bool) -> None:
        """Compare the pictures so far, or show them one by one again."""
        batch = self._shown
        self.views.setCurrentIndex(1 if is_wanted else 0)
        self.similar.clear()
        if not is_wanted or batch is None or batch.work is None:
            return

        def done(found: list[tuple[str, Array, QImage]]) -> None:
            if self._shown is batch and self.similar_button.isChecked() and found:
                self.similar.show_pictures([Similar(*each) for each in found])

        future = self._workspace.io.submit(
            read_embeddings, batch.work.order.journal, MOST_PICTURES + 1
        )
        self._workspace.courier.watch(future, done, self._workspace.report)

    def _show_row(self, row: BatchRow) -> None:
        batch = self._shown
        if batch is None or batch.work is None:
            return
        if row.place < 0:
            self.preview.show_problem(row.name, row.problem)
            return
        journal = batch.work.order.journal

        def done(found: "tuple[Record, Array | None]") -> None:
            if self.list.chosen is row:
                self.preview.show_record(*found)

        future = self._workspace.io.submit(read_row, journal, row.place)
        self._workspace.courier.watch(future, done, self._workspace.report)

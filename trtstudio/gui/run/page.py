"""The page on which pictures are dropped on a model. Main thread only."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from trtstudio import assets
from trtstudio.gui.document import Document
from trtstudio.gui.parts.drop_area import DropPage
from trtstudio.gui.run.centre import RunCentre
from trtstudio.gui.run.controls import RunControls
from trtstudio.gui.run.editing import RunEditing
from trtstudio.gui.run.files import RunFiles
from trtstudio.gui.run.history import RunHistory
from trtstudio.gui.run.inputs.panel import InputPanel
from trtstudio.gui.run.result import RunResult
from trtstudio.gui.run.runs import Run, Runs
from trtstudio.gui.run.sample_strip import LARGE_SAMPLE, SMALL_SAMPLE, SampleStrip, read_samples
from trtstudio.gui.run.views import RunViews
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace, is_input
from trtstudio.model.run import Array

HISTORY_WIDTH = 176

PACE_MS = 60
"""Answers are shown no more often than this."""


class RunPage(DropPage):
    """Shows the current document's runs; which one is shown is kept for every document."""

    def __init__(self, workspace: Workspace, runs: Runs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._runs = workspace, runs
        self._shown: dict[Document, Run] = {}
        self._painted: Run | None = None
        self._pace = QTimer(self, interval=PACE_MS, singleShot=True)
        self._pace.timeout.connect(self._show_newest)
        self.samples: tuple[SampleStrip, ...] = ()
        self.files = RunFiles(workspace, self)
        self.editing = RunEditing(workspace, runs, self)
        self._arrange()
        self._add_shortcuts()
        self._connect()
        self._show_document(workspace.current)
        workspace.courier.watch(
            workspace.io.submit(read_samples), self._add_samples, workspace.report
        )

    @property
    def result(self) -> RunResult | None:
        """What a run is shown by, where it has been made."""
        return self.centre.result

    # Putting it together

    def _arrange(self) -> None:
        self.controls = RunControls(self._runs)
        self.bar = self.controls.bar
        self.inputs = InputPanel(self._workspace, self._runs, self.controls)
        self.history = RunHistory()
        self.centre = RunCentre(self._workspace, self._runs, self.files, self.editing)
        self.invitation = self.centre.invitation
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._make_side())
        row.addWidget(self.centre, 1)
        picture = QWidget()
        column = QVBoxLayout(picture)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.controls)
        column.addWidget(self.inputs)
        column.addLayout(row, 1)
        self.views = RunViews(self._workspace, self._runs, picture, self.bar)
        self.views.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        nothing = QLabel(self.tr("Open a model to run it here."))
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing.setProperty("role", "muted")
        self._stack = QStackedWidget()
        self._stack.addWidget(nothing)
        self._stack.addWidget(self.views)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _make_side(self) -> QWidget:
        """The runs, and below them the bundled pictures."""
        self.side = QWidget()
        self.side.setFixedWidth(HISTORY_WIDTH)
        self._side_column = QVBoxLayout(self.side)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._side_column.setSpacing(GRID // 2)
        self._side_column.addWidget(self.history)
        return self.side

    def _add_shortcuts(self) -> None:
        for keys, slot in (
            (Qt.Key.Key_F5, self.run_again),
            (QKeySequence.StandardKey.Paste, self.paste),
            (Qt.Key.Key_Escape, self.stop),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    def _connect(self) -> None:
        self.paths_dropped.connect(self._take_paths)
        self.image_dropped.connect(self._take_image)
        self.controls.open_button.clicked.connect(self.files.open_inputs)
        self.invitation.open_requested.connect(self.files.open_inputs)
        self.invitation.random_requested.connect(self._run_random)
        self.controls.inputs_button.clicked.connect(self._update)  # once its panel has followed
        self.controls.labels_button.clicked.connect(self.files.open_labels)
        self.files.inputs_chosen.connect(self._take_paths)
        self.files.labels_read.connect(self.editing.set_labels)
        self.files.reader_chosen.connect(self.editing.read_with_file)
        self.controls.again_button.clicked.connect(self.run_again)
        self.controls.stop_button.clicked.connect(self.stop)
        self.history.run_chosen.connect(self._show_run)
        self._runs.run_added.connect(self._run_added)
        self._runs.busy_changed.connect(self._update_if_current)
        self.editing.changing.connect(self._show_newest)
        self.editing.revised.connect(self._run_revised)
        self._runs.sessions.changed.connect(self._update_if_current)
        self._runs.sessions.pictures_changed.connect(self._update_if_current)
        self._workspace.current_changed.connect(self._show_document)
        self._workspace.document_closed.connect(lambda d: self._shown.pop(d, None))

    def _add_samples(self, thumbnails: "dict[Path, Array]") -> None:
        large, small = (SampleStrip(thumbnails, s) for s in (LARGE_SAMPLE, SMALL_SAMPLE))
        self.samples = (large, small)
        for strip in self.samples:
            strip.picked.connect(lambda path: self._workspace.open([path]))
        self.invitation.add_samples(large)
        self._side_column.addWidget(small)
        self._update()

    # What the user does

    def run_again(self) -> None:
        """Run what is shown once more; where nothing was run and no picture fits, the form of
        inputs where that is open, and else random ones.
        """
        document = self._workspace.current
        if document is None:
            return
        if document in self._shown:
            self._runs.run_again(document, self._shown[document])
        elif self._takes_pictures(document):
            return
        elif self.controls.inputs_button.isChecked():
            self.inputs.run()
        else:
            self._run_random()

    def _run_random(self) -> None:
        if self._workspace.current is not None:
            self._runs.run_random(self._workspace.current)

    def paste(self) -> None:
        """Run the picture or the files in the clipboard."""
        self.accept_mime(QGuiApplication.clipboard().mimeData())

    def stop(self) -> None:
        """Drop what waits."""
        if not self.views.stop() and self._workspace.current is not None:
            self._runs.stop(self._workspace.current)

    def _take_paths(self, paths: list[Path]) -> None:
        """To the form of inputs what says nothing of its input; pictures elsewhere. Where a model
        comes with them, they are not for the form of the one before.
        """
        others = [path for path in paths if not self.inputs.takes(path)]
        if not all(map(is_input, others)):
            self._workspace.open(paths)
            return
        for path in filter(self.inputs.takes, paths):
            self.views.show_view("picture")
            self.inputs.take(path)
        self._workspace.open(others)

    def _take_image(self, image: QImage) -> None:
        if not self.views.take_image(image) and self._workspace.current is not None:
            name = self.tr("Pasted picture")
            self._runs.run_image(self._workspace.current, image, name)

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._load()

    def _load(self) -> None:
        """Load the model as soon as its page is seen, so that the first picture need not wait."""
        document = self._workspace.current
        if document is not None and self.isVisible():
            self._runs.sessions.prepare(document)

    def _show_document(self, document: Document | None) -> None:
        self._stack.setCurrentIndex(0 if document is None else 1)
        if document is None:
            self._painted = None
            self.bar.show_document(None)
            self.history.clear()
            self.centre.clear()
            return
        if self.result is not None:
            self.result.leave_doctor()
        self.history.show_runs(self._runs.history(document), self._shown.get(document))
        self._update()
        self._load()

    def _run_added(self, document: Document, run: Run) -> None:
        self._shown[document] = run
        if document is self._workspace.current:
            self.history.add(run, len(self._runs.history(document)))
            if not self._pace.isActive():
                self._show_newest()

    def _show_newest(self) -> None:
        """Show the newest answer; not all that come quickly: each draws a picture and a plot."""
        document = self._workspace.current
        run = self._shown.get(document) if document else None
        if run is None or run is self._painted:
            return
        self._painted = run
        self.history.choose(run)
        self._update()
        self._pace.start()

    def _show_run(self, run: Run) -> None:
        document = self._workspace.current
        if document is None:
            return
        self._shown[document] = run
        self.centre.make()
        self.editing.show(document, run)

    def _run_revised(self, document: Document, before: Run, after: Run) -> None:
        if self._shown.get(document) is before:
            self._shown[document] = after
        if self._painted is before:
            self._painted = after
        if document is self._workspace.current:
            self.history.revise(before, after)

    def prepare(self) -> Iterator[None]:
        """Make what the first answer is shown by."""
        return self.centre.prepare()

    def _update_if_current(self, document: Document) -> None:
        if document is self._workspace.current:
            self._update()

    def _update(self) -> None:
        """The bar, the words and the buttons, as the current document stands."""
        document = self._workspace.current
        if document is None:
            return
        shown = document in self._shown
        self.controls.show_document(document, has_run=shown)
        self.inputs.show_document(document)
        for strip in self.samples:
            strip.setVisible(document.path == assets.SAMPLE_MODEL)
        self.side.setVisible(shown)
        if shown and self.result is not None:
            self.centre.setCurrentWidget(self.result)
        else:
            self._painted = None
            self.centre.invite(
                document,
                takes_pictures=self._takes_pictures(document),
                has_form=self.controls.inputs_button.isChecked(),
            )

    def _takes_pictures(self, document: Document) -> bool:
        """Whether it does, as far as is known: before it is loaded, it might."""
        loaded = self._runs.sessions.loaded(document)
        return loaded is None or loaded.pictures is not None

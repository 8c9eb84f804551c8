"""Building one document: its form, the build under way, and what came of it. Main thread only."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from trtstudio.gui.build_words import duration
from trtstudio.gui.builds import Builds
from trtstudio.gui.icons import icon
from trtstudio.gui.notices import NoticeFrame
from trtstudio.gui.theme import GRID, colors, theme
from trtstudio.gui.widgets.build_form import BuildForm
from trtstudio.gui.widgets.build_progress import BuildProgress
from trtstudio.gui.widgets.build_result import BuildResultView
from trtstudio.gui.workspace import Document, Notice, Workspace
from trtstudio.model.errors import Cancelled, StudioError


class BuildView(QStackedWidget):
    """One of three faces: ``form_face``, ``progress`` or ``result``."""

    run_requested = Signal()
    model_requested = Signal()

    def __init__(
        self,
        workspace: Workspace,
        builds: Builds,
        document: Document,
        form: BuildForm,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._builds, self._document = workspace, builds, document
        self._outcome = ""
        self.form = form
        self.result: BuildResultView | None = None
        self.notice: NoticeFrame | None = None
        self.progress = BuildProgress(workspace.jobs)
        self.progress.stop_requested.connect(lambda: builds.stop(document))
        self.form_face = self._make_form_face()
        self.addWidget(self.form_face)
        self.addWidget(self.progress)
        form.changed.connect(self._update_button)
        builds.started.connect(self._on_started)
        builds.finished.connect(self._on_finished)
        builds.failed.connect(self._on_failed)
        theme().changed.connect(self._draw_icons)
        self._draw_icons()
        self._update_button()

    def start(self) -> None:
        """Build what the form says, where that is possible."""
        if not self.form.problem():
            self._builds.start(self._document, self.form.request())

    def show_form(self) -> None:
        """Back to the form; what was built stays within reach."""
        self.form.destination.look_again()
        self.result_button.setVisible(self.result is not None)
        self.setCurrentWidget(self.form_face)
        self.build_button.setFocus()

    def _make_form_face(self) -> QWidget:
        face = QWidget()
        self._face_layout = QVBoxLayout(face)
        self._face_layout.setContentsMargins(0, 0, 0, 0)
        self._face_layout.setSpacing(GRID)
        self._face_layout.addWidget(self.form, stretch=1)
        self._face_layout.addLayout(self._make_bar())
        return face

    def _make_bar(self) -> QHBoxLayout:
        self.build_button = QPushButton(self.tr("Build"))
        self.build_button.setShortcut("Ctrl+B")
        self.build_button.setProperty("role", "primary")
        self.build_button.clicked.connect(self.start)
        self.message = QLabel(wordWrap=True)
        self.message.setProperty("role", "muted")
        self.result_button = QPushButton(self.tr("Show the last build"))
        self.result_button.hide()
        self.result_button.clicked.connect(self._show_result)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.build_button)
        row.addWidget(self.message, stretch=1)
        row.addWidget(self.result_button)
        return row

    def _on_started(self, document: Document) -> None:
        build = self._builds.build(document)
        if document is self._document and build is not None:
            self._drop_notice()
            self._outcome = ""
            self.progress.watch(build.job)
            self.setCurrentWidget(self.progress)

    def _on_finished(self, document: Document) -> None:
        build = self._builds.build(document)
        if document is not self._document or build is None or build.result is None:
            return
        self._drop_result()
        self.result = BuildResultView(self._workspace, document, build.result)
        self.result.run_requested.connect(self.run_requested)
        self.result.model_requested.connect(self.model_requested)
        self.result.form_requested.connect(self.show_form)
        self.addWidget(self.result)
        self._show_result()

    def _on_failed(self, document: Document, error: StudioError) -> None:
        build = self._builds.build(document)
        if document is not self._document or build is None:
            return
        if isinstance(error, Cancelled):
            text = self.tr("Stopped after {time}. No plan was written.")
            self._outcome = text.format(time=duration(build.job.elapsed_s))
        else:
            self._show_error(error)
        self._update_button()
        self.show_form()

    def _show_error(self, error: StudioError) -> None:
        notice = Notice("error", error.message, error.hint, error.details)
        self.notice = NoticeFrame(notice)
        self.notice.close_button.clicked.connect(self._drop_notice)
        self._face_layout.insertWidget(0, self.notice)

    def _show_result(self) -> None:
        assert self.result is not None
        self.setCurrentWidget(self.result)
        self.result.run_button.setFocus()

    def _drop_notice(self) -> None:
        if self.notice is not None:
            self.notice.hide()
            self.notice.deleteLater()
            self.notice = None

    def _drop_result(self) -> None:
        if self.result is not None:
            self.removeWidget(self.result)
            self.result.deleteLater()

    def _update_button(self) -> None:
        problem = self.form.problem()
        self.message.setText(problem or self._outcome)
        self.build_button.setEnabled(not problem)
        self.build_button.setToolTip(problem or self.tr("Build the engine (Ctrl+B)"))

    def _draw_icons(self) -> None:
        self.build_button.setIcon(icon("hammer", colors().on_accent))

"""Building one document: its form, the build under way, and what came of it. Main thread only."""

from typing import cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from trtstudio.gui.build.bar import BuildBar
from trtstudio.gui.build.builds import Build, Builds
from trtstudio.gui.build.form import BuildForm
from trtstudio.gui.build.parts import tight
from trtstudio.gui.build.progress import BuildProgress
from trtstudio.gui.build.result import BuildResultView
from trtstudio.gui.build.words import about, duration
from trtstudio.gui.document import Document
from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.notice_frame import NoticeFrame
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.command_forms import Form
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.interpreters import Interpreter, KnownRuntime

_LEVEL = "builder_optimization_level"


class BuildView(QStackedWidget):
    """One of three faces: ``form_face``, ``progress`` or ``result``."""

    page_requested = Signal(str)

    def __init__(
        self,
        workspace: Workspace,
        builds: Builds,
        document: Document,
        runtime: KnownRuntime,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._builds, self._document = workspace, builds, document
        self._outcome, self._estimate = "", ""
        self._estimated: tuple[object, ...] = ()
        self._shown: set[Build] = set()  # builds whose end has been dealt with
        self.result: BuildResultView | None = None
        self.notice: NoticeFrame | None = None
        self.progress = BuildProgress(builds, workspace.jobs)
        self.progress.form_requested.connect(self.show_form)
        self.bar = BuildBar()
        self.runtime, self.form = runtime, self._make_form(runtime)
        self._make_form_face()
        self.addWidget(self.form_face)
        self.addWidget(self.progress)
        self.bar.build_requested.connect(self.start)
        self.bar.copy_requested.connect(self._copy)
        self.bar.result_requested.connect(self._show_result)
        self.bar.progress_requested.connect(self._show_progress)
        builds.started.connect(self._on_started)
        builds.finished.connect(self._on_finished)
        builds.failed.connect(self._on_failed)
        builds.recorded.connect(self._ask_estimate)
        self._on_change()
        if builds.is_building(document):  # it was asked for elsewhere
            self._on_started(document)

    @property
    def interpreter(self) -> Interpreter:
        """What builds."""
        return self.runtime.interpreter

    @property
    def build_button(self) -> QPushButton:
        """The button that starts a build."""
        return self.bar.build_button

    @property
    def message(self) -> QLabel:
        """What will be built, or why it cannot be."""
        return self.bar.message

    def set_runtime(self, known: KnownRuntime) -> None:
        """Show the form of another TensorRT, with what was entered as far as that has it."""
        old, form = self.form, self._make_form(known)
        form.take_over(old)
        self._face.replaceWidget(old, form)
        old.hide()
        old.deleteLater()
        self.runtime, self.form = known, form
        self._on_change()

    def start(self) -> None:
        """Build what the form says, where that is possible."""
        if self._problem():
            return
        self._builds.start(self._document, self.form.request(), self.interpreter)

    def show_form(self) -> None:
        """Back to the form; what was built stays within reach."""
        self.form.destination.look_again()
        self.bar.result_button.setVisible(self.result is not None)
        self.setCurrentWidget(self.form_face)
        self._on_change()
        self.build_button.setFocus()

    def _make_form(self, known: KnownRuntime) -> BuildForm:
        installation = known.installation
        assert installation is not None and installation.runtime is not None
        form = BuildForm(
            self._workspace, self._document, installation.runtime, installation.devices
        )
        form.changed.connect(self._on_change)
        return form

    def _make_form_face(self) -> None:
        self.form_face = QWidget()
        self._face = QVBoxLayout(self.form_face)
        tight(self._face, GRID)
        self._face.addWidget(self.form, stretch=1)
        self._face.addWidget(self.bar)

    def _problem(self) -> str:
        if problem := self.form.problem():
            return problem
        plan = str(self.form.destination.path())
        if any(b.job.is_running and b.request.plan == plan for b in self._builds.builds):
            return self.tr("This plan is being built; give the next one another name.")
        return ""

    # What is said below the form

    def _on_change(self) -> None:
        is_busy = any(build.job.is_running for build in self._builds.builds)
        self.bar.set_queued(is_queued=is_busy)
        self.bar.progress_button.setVisible(self._builds.is_building(self._document))
        problem = self._problem()
        words = (self._outcome, "" if problem else self.form.summary(), self._estimate)
        self.bar.say(problem, " ".join(filter(None, words)))
        request = self.form.request()
        alike = (request.precision, len(request.targets), request.options.get(_LEVEL))
        if alike != self._estimated:
            self._estimated = alike
            self._ask_estimate()

    def _ask_estimate(self) -> None:
        """How long such builds took before; asked when that may have changed, not at every key."""

        def tell(seconds: float | None) -> None:
            text = self.tr("Earlier builds took about {time}.")
            said = "" if seconds is None else text.format(time=about(seconds))
            if said != self._estimate:
                self._estimate = said
                self._on_change()

        self._builds.estimate(self.form.request(), self.runtime.runtime_label, tell)

    def _copy(self, form: str) -> None:
        from trtstudio.model.build.commands import copy_as

        text = copy_as(self.form.request(), cast(Form, form), self.form.runtime.kind)
        QGuiApplication.clipboard().setText(text)
        said = self.tr("Copied as {form}.").format(form=self.bar.name(cast(Form, form)))
        has_notes = text.startswith(("# ", "rem "))
        hint = self.tr("It cannot say everything: read the comments in it.") if has_notes else ""
        self._show(Notice("info", said, hint, text)).copy_button.hide()  # it is copied

    # Builds

    def _on_started(self, document: Document) -> None:
        build = self._builds.build(document)
        if document is self._document and build is not None:
            self._drop_notice()
            self._outcome = ""
            self._watch(build)
            self.setCurrentWidget(self.progress)
        else:
            self._on_change()

    def _watch(self, build: Build) -> None:
        known = self._workspace.runtimes.find(build.interpreter)
        self.progress.watch(build, known.runtime_label if known else "")

    def _ended(self, document: Document) -> Build | None:
        """The build of this document that has just ended."""
        if document is not self._document:
            self._on_change()
            return None
        own = [b for b in self._builds.builds if b.document is document and b not in self._shown]
        ended = next((build for build in own if not build.job.is_running), None)
        if ended is not None:
            self._shown.add(ended)
        return ended

    def _on_finished(self, document: Document) -> None:
        build = self._ended(document)
        if build is None or build.result is None:
            return
        was_watched = self.currentWidget() is self.progress
        self._drop_result()
        self.result = BuildResultView(self._workspace, document, build.result, self)
        self.result.page_requested.connect(self.page_requested)
        self.result.form_requested.connect(self.show_form)
        self.addWidget(self.result)
        self.bar.result_button.setVisible(True)
        if self._goes_on() or not was_watched:
            self._on_change()
        else:  # its first painting takes a turn of its own
            QTimer.singleShot(1, self.result, self._show_result)

    def _on_failed(self, document: Document, error: StudioError) -> None:
        build = self._ended(document)
        if build is None:
            return
        if isinstance(error, Cancelled):
            text = self.tr("Stopped after {time}. No plan was written.")
            self._outcome = text.format(time=duration(build.job.elapsed_s))
        else:
            self._show(Notice("error", error.message, error.hint, error.details))
        if isinstance(error, Cancelled) and self._goes_on():
            return
        self.show_form()

    def _goes_on(self) -> bool:
        """Watch the next build of this document, where there is one."""
        build = self._builds.build(self._document)
        if build is None or not build.job.is_running:
            return False
        self._watch(build)
        return True

    def _show(self, notice: Notice) -> NoticeFrame:
        """Show this above the form, in the place of what was shown there before."""
        self._drop_notice()
        self.notice = NoticeFrame(notice)
        self.notice.close_button.clicked.connect(self._drop_notice)
        self._face.insertWidget(0, self.notice)
        return self.notice

    def _show_progress(self) -> None:
        self.setCurrentWidget(self.progress)
        self.progress.stop_button.setFocus()

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

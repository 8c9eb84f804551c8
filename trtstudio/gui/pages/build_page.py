"""The page that builds an engine from the current document. Main thread only."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from trtstudio.gui.builds import Builds
from trtstudio.gui.theme import GRID
from trtstudio.gui.widgets.build_form import BuildForm
from trtstudio.gui.widgets.build_view import BuildView
from trtstudio.gui.widgets.copy_line import CopyLine
from trtstudio.gui.widgets.fold import Fold
from trtstudio.gui.workspace import Document, Workspace
from trtstudio.model.runtime import Installation, Runtime

INSTALL_COMMAND = 'pip install "trtstudio[rtx]"'


class BuildPage(QWidget):
    """A ``BuildView`` for each document, kept while it is open; a few words where nothing can be
    built.
    """

    run_requested = Signal()
    model_requested = Signal()

    def __init__(self, workspace: Workspace, builds: Builds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._builds = workspace, builds
        self._runtime: Runtime | None = None
        self.views: dict[Document, BuildView] = {}
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.runtime_label = QLabel()
        self.runtime_label.setProperty("role", "muted")
        self.words = _Words()
        self.words.search_button.clicked.connect(workspace.probe)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.words)
        self._lay_out()
        workspace.current_changed.connect(self._refresh)
        workspace.installation_changed.connect(self._on_installation)
        workspace.document_closed.connect(self._drop)
        self._on_installation(workspace.installation)

    def view(self) -> BuildView | None:
        """What the current document is built with, where it can be."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, BuildView) else None

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.title)
        head.addWidget(self.runtime_label, alignment=Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.stack, stretch=1)

    def _on_installation(self, installation: Installation | None) -> None:
        runtime = installation.runtime if installation else None
        if runtime != self._runtime:
            self._runtime = runtime
            for document in [d for d in self.views if not self._builds.is_building(d)]:
                self._drop(document)
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        """Show the current document. A form takes a while to make: it is made when it is seen."""
        if not self.isVisible():
            return
        document, installation = self._workspace.current, self._workspace.installation
        can_build = self._say_why_not(document, installation)
        self.title.setVisible(can_build)
        self.runtime_label.setVisible(can_build)
        if not can_build or document is None or installation is None:
            self.stack.setCurrentWidget(self.words)
            return
        self.title.setText(self.tr("Build {name}").format(name=document.path.name))
        self.runtime_label.setText(self.tr("with {label}").format(label=self._label()))
        self.stack.setCurrentWidget(self._view(document, installation))

    def _label(self) -> str:
        return self._runtime.label if self._runtime else ""

    def _view(self, document: Document, installation: Installation) -> BuildView:
        if document not in self.views:
            assert self._runtime is not None
            form = BuildForm(self._workspace, document, self._runtime, installation.devices)
            view = BuildView(self._workspace, self._builds, document, form)
            view.run_requested.connect(self.run_requested)
            view.model_requested.connect(self.model_requested)
            self.views[document] = view
            self.stack.addWidget(view)
        return self.views[document]

    def _say_why_not(self, document: Document | None, installation: Installation | None) -> bool:
        """Whether the document can be built; if not, the words say why."""
        if document is None:
            self.words.say(self.tr("No model"), self.tr("Open an ONNX model to build an engine."))
        elif document.file.format == "plan":
            text = self.tr(
                "{name} is a built engine already. Open the ONNX model to build another."
            )
            self.words.say(self.tr("Nothing to build"), text.format(name=document.path.name))
        elif document in self.views:
            return True
        elif installation is None:
            self.words.say(self.tr("Looking for TensorRT ..."), "")
        elif installation.runtime is None:
            self._say_install(installation)
        elif document.graph is None:
            self.words.say(self.tr("Nothing to build"), self.tr("The model could not be read."))
        else:
            return True
        return False

    def _say_install(self, installation: Installation) -> None:
        text = self.tr(
            "Building takes TensorRT, and this Python has none. TensorRT-RTX installs with one "
            "command and builds on any machine, with or without a GPU."
        )
        self.words.say(
            self.tr("No TensorRT"), text, installation.runtime_problem, needs_install=True
        )

    def _drop(self, document: Document) -> None:
        view = self.views.pop(document, None)
        if view is not None:
            self.stack.removeWidget(view)
            view.deleteLater()


class _Words(QWidget):
    """Says in the middle of the page why there is no form, and what to install."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter)
        self.heading.setProperty("role", "title")
        self.text = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter, wordWrap=True)
        self.text.setProperty("role", "muted")
        self.text.setFixedWidth(60 * GRID)
        self.command = CopyLine(INSTALL_COMMAND, self.tr("the command"))
        self.search_button = QPushButton(self.tr("Look again"))
        self.details = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setFixedWidth(60 * GRID)
        self.fold = Fold(self.tr("Details"), self.details)
        layout = QVBoxLayout(self)
        layout.setSpacing(GRID)
        layout.addStretch(1)
        parts = (self.heading, self.text, self.command, self.search_button, self.fold)
        for widget in parts:
            layout.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def say(
        self, heading: str, text: str, details: str = "", *, needs_install: bool = False
    ) -> None:
        """Show these words, with the command that installs TensorRT or without."""
        self.heading.setText(heading)
        self.text.setText(text)
        self.details.setText(details)
        self.fold.setVisible(bool(details))
        self.command.setVisible(needs_install)
        self.search_button.setVisible(needs_install)

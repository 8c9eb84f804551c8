"""The page that builds an engine from the current document. Main thread only."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from superqt import QElidingLabel

from trtstudio.gui.build.builds import Builds
from trtstudio.gui.build.runtime import RuntimeChooser
from trtstudio.gui.build.view import BuildView
from trtstudio.gui.document import Document
from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.copy_line import CopyLine
from trtstudio.gui.parts.fold import Fold
from trtstudio.gui.sessions.runtime_memory import remember_builder, remembered_builder
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.core_words import core_text
from trtstudio.model.interpreters import Interpreter, KnownRuntime
from trtstudio.model.runtime import Installation

INSTALL_COMMAND = 'pip install "trtstudio[rtx]"'


class BuildPage(QWidget):
    """A ``BuildView`` for each document, kept while it is open; a few words where nothing can be
    built.
    """

    page_requested = Signal(str)

    def __init__(self, workspace: Workspace, builds: Builds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._builds = workspace, builds
        self.views: dict[Document, BuildView] = {}
        self._wanted: dict[Document, Interpreter] = {}
        self.title = QElidingLabel()
        self.title.setProperty("role", "title")
        self.chooser = RuntimeChooser()
        self.chooser.runtime_chosen.connect(self._choose)
        self.runtimes_button = QPushButton(self.tr("Runtimes ..."))
        self.runtimes_button.setToolTip(self.tr("Add another TensorRT, of another environment"))
        self.history_button = QPushButton(self.tr("Earlier builds"))
        self.history_button.setToolTip(self.tr("Repeat or compare what was built (Ctrl+H)"))
        set_icon(self.history_button, "history")
        for button, page in ((self.runtimes_button, "runtimes"), (self.history_button, "builds")):
            button.setFlat(True)
            button.clicked.connect(lambda _=False, p=page: self.page_requested.emit(p))
        self.words = _Words()
        self.words.search_button.clicked.connect(workspace.probe)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.words)
        self._lay_out()
        workspace.current_changed.connect(self._refresh)
        workspace.runtimes.changed.connect(self._on_runtimes)
        workspace.document_closed.connect(self._forget)

    def view(self) -> BuildView | None:
        """What the current document is built with, where it can be."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, BuildView) else None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _lay_out(self) -> None:
        self.head = QWidget()
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.title, stretch=1)
        for widget in (self.chooser, self.runtimes_button, self.history_button):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(GRID)
        layout.addWidget(self.head)
        layout.addWidget(self.stack, stretch=1)

    def _able(self) -> tuple[KnownRuntime, ...]:
        """The interpreters that have a TensorRT."""
        return tuple(known for known in self._workspace.runtimes.known if known.runtime_label)

    def _choose(self, interpreter: Interpreter) -> None:
        view, known = self.view(), self._workspace.runtimes.find(interpreter)
        document = self._workspace.current
        if document and view and known is not None and known.runtime_label:
            self._wanted[document] = interpreter
            remember_builder(document.path, interpreter)
            view.set_runtime(known)
            self._refresh()

    def _on_runtimes(self) -> None:
        """A TensorRT that has changed has another form; one that is gone gives way to another until
        it is back.
        """
        for document, view in list(self.views.items()):
            known = self._builder(document)
            if known is None and not self._builds.is_building(document):
                self._drop(document)
            elif known is not None and known != view.runtime:
                view.set_runtime(known)
        self._refresh()

    def _builder(self, document: Document) -> KnownRuntime | None:
        """The TensorRT that its user wants, else the first that there is."""
        if document not in self._wanted:
            self._wanted[document] = remembered_builder(document.path)
        able = self._able()
        wanted = (k for k in able if k.interpreter == self._wanted[document])
        return next(wanted, able[0] if able else None)

    def _refresh(self) -> None:
        """Show the current document. A form takes a while to make: it is made when it is seen."""
        if not self.isVisible():
            return
        document, installation = self._workspace.current, self._workspace.installation
        can_build = self._say_why_not(document, installation)
        self.head.setVisible(can_build)
        if not can_build or document is None:
            self.stack.setCurrentWidget(self.words)
            return
        view = self._view(document)
        self.title.setText(self.tr("Build {name}").format(name=document.path.name))
        self.chooser.show_runtimes(self._workspace.runtimes.known, view.interpreter)
        self.stack.setCurrentWidget(view)

    def _view(self, document: Document) -> BuildView:
        if document not in self.views:
            runtime = self._builder(document)
            assert runtime is not None
            view = BuildView(self._workspace, self._builds, document, runtime)
            view.page_requested.connect(self.page_requested)
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
        elif document.graph is None:
            self.words.say(self.tr("Nothing to build"), self.tr("The model could not be read."))
        elif not self._able() and installation is None:
            self.words.say(self.tr("Looking for TensorRT ..."), "")
        elif not self._able() and installation is not None:
            self._say_install(installation)
        else:
            return True
        return False

    def _say_install(self, installation: Installation) -> None:
        text = self.tr(
            "Building takes TensorRT, and this Python has none. TensorRT-RTX installs with one "
            "command and builds on any machine, with or without a GPU."
        )
        self.words.say(
            self.tr("No TensorRT"),
            text,
            core_text(installation.runtime_problem),
            needs_install=True,
        )

    def _forget(self, document: Document) -> None:
        self._wanted.pop(document, None)
        self._drop(document)

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
        self.search_button.setToolTip(self.tr("Look whether TensorRT is installed now"))
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

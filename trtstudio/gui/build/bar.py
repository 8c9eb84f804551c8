"""The line below the form: Build, what will be built, and the build in other tools' words. Main
thread only.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from trtstudio.gui.build.parts import set_level, tight
from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.model.build.command_forms import FORMS, Form

NAMES: dict[Form, str] = {
    "trtstudio": "trtstudio",
    "trtexec-10": "trtexec 10",
    "trtexec-11": "trtexec 11",
    "polygraphy": "Polygraphy",
}


class BuildBar(QWidget):
    """Says why nothing can be built where that is so."""

    build_requested = Signal()
    copy_requested = Signal(str)  # Form
    result_requested = Signal()
    progress_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.build_button = QPushButton()
        self.build_button.setProperty("role", "primary")
        self.build_button.clicked.connect(self.build_requested)
        self.message = QLabel(wordWrap=True)
        self.message.setProperty("role", "muted")
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.copy_button = QPushButton(self.tr("Copy as"))
        self.copy_button.setMenu(self._make_menu())
        self.progress_button = QPushButton(self.tr("Show the build"))
        self.progress_button.setToolTip(self.tr("How far the build is"))
        self.progress_button.clicked.connect(self.progress_requested)
        self.result_button = QPushButton(self.tr("Show the last build"))
        self.result_button.setToolTip(self.tr("What the last build gave"))
        self.result_button.clicked.connect(self.result_requested)
        row = QHBoxLayout(self)
        tight(row)
        row.addWidget(self.build_button)
        row.addWidget(self.message, stretch=1)
        for button in (self.progress_button, self.result_button, self.copy_button):
            row.addWidget(button)
        self.progress_button.hide()
        self.result_button.hide()
        set_icon(self.copy_button, "clipboard-copy")
        set_icon(self.build_button, "hammer")
        self.set_queued(is_queued=False)

    def set_queued(self, *, is_queued: bool) -> None:
        """Whether the next build waits for another one."""
        text = self.tr("Add to queue") if is_queued else self.tr("Build")
        if text != self.build_button.text():
            self.build_button.setText(text)
            self.build_button.setShortcut("Ctrl+B")  # which setText has taken away

    def say(self, problem: str, text: str) -> None:
        """What will be built, or why it cannot be."""
        self.message.setText(problem or text)
        set_level(self.message, "error" if problem else "")
        enable_unless(problem, self.build_button, self.tr("Build the engine (Ctrl+B)"))
        tip = self.tr("Copy this build as a command line or a script")
        enable_unless(problem, self.copy_button, tip)

    def name(self, form: Form) -> str:
        """What a form is called."""
        return NAMES.get(form) or self.tr("Python script")

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        for form in FORMS:
            action = menu.addAction(self.name(form))
            action.triggered.connect(lambda _=False, f=form: self.copy_requested.emit(f))
        return menu

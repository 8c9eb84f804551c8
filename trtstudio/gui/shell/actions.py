"""The menus: every action with its shortcut, and nothing but wiring. Main thread only."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QMessageBox

import trtstudio
from trtstudio.gui import settings
from trtstudio.gui.document import Document
from trtstudio.gui.icons import set_icon
from trtstudio.gui.notice import Notice
from trtstudio.gui.theme import Mode, theme
from trtstudio.gui.workspace import Workspace

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""What there are texts in, each named in itself."""


class Actions(QObject):
    """Makes the menu bar of a window, with an entry and a key for each of its ``docks``."""

    page_requested = Signal(str)
    files_requested = Signal()
    sample_requested = Signal()
    first_layout_requested = Signal()

    def __init__(
        self, window: QMainWindow, workspace: Workspace, docks: Mapping[str, QDockWidget]
    ) -> None:
        super().__init__(window)
        self._window, self._workspace, self._docks = window, workspace, docks
        self._make_file_menu()
        self._make_view_menu()
        self._make_help_menu()
        workspace.current_changed.connect(self._show_document)
        self._show_document(None)
        set_icon(self.open, "folder-open")
        set_icon(self.sample, "sparkles")
        set_icon(self.close, "x")

    def _add(
        self,
        menu: QMenu,
        text: str,
        slot: Callable[[], object],
        keys: QKeySequence.StandardKey | str = "",
    ) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda: slot())
        if isinstance(keys, QKeySequence.StandardKey):
            action.setShortcuts(keys)  # all that are usual on this system
        elif keys:
            action.setShortcut(QKeySequence(keys))
        return action

    def _add_choice(
        self,
        menu: QMenu,
        title: str,
        texts: Mapping[str, str],
        current: str,
        choose: Callable[[str], None],
    ) -> None:
        """A menu in which one of several is ticked."""
        choices = menu.addMenu(title)
        group = QActionGroup(self)
        for value, text in texts.items():
            action = choices.addAction(text)
            action.setCheckable(True)
            action.setChecked(value == current)
            action.triggered.connect(lambda _=False, v=value: choose(v))
            group.addAction(action)

    def _make_file_menu(self) -> None:
        window = self._window
        menu = window.menuBar().addMenu(self.tr("&File"))
        self.open = self._add(
            menu, self.tr("&Open ..."), self.files_requested.emit, QKeySequence.StandardKey.Open
        )
        self._recent = menu.addMenu(self.tr("Open &recent"))
        self._recent.aboutToShow.connect(self._fill_recent)
        self.sample = self._add(menu, self.tr("Open the &sample"), self.sample_requested.emit)
        menu.addSeparator()
        self.close = self._add(
            menu, self.tr("&Close"), self._close_document, QKeySequence.StandardKey.Close
        )
        self._add(menu, self.tr("&Quit"), window.close, QKeySequence.StandardKey.Quit)

    def _make_view_menu(self) -> None:
        menu = self._window.menuBar().addMenu(self.tr("&View"))
        for keys, dock in self._docks.items():
            action = dock.toggleViewAction()
            action.setShortcut(QKeySequence(keys))
            menu.addAction(action)
        show = self.page_requested.emit
        self.compare = self._add(menu, self.tr("&Compare ..."), partial(show, "compare"), "Ctrl+D")
        self._add(menu, self.tr("&Earlier builds"), partial(show, "builds"), "Ctrl+H")
        self._add(menu, self.tr("&Runtimes"), partial(show, "runtimes"))
        menu.addSeparator()
        system = {"system": self.tr("As the system")}
        modes = system | {"light": self.tr("Light"), "dark": self.tr("Dark")}
        self._add_choice(menu, self.tr("&Appearance"), modes, theme().mode, self._set_mode)
        spoken = settings.load_text("language", "system")
        languages = system | LANGUAGES
        self._add_choice(menu, self.tr("&Language"), languages, spoken, self._set_language)
        self._add(menu, self.tr("Reset the lay&out"), self.first_layout_requested.emit)

    def _make_help_menu(self) -> None:
        menu = self._window.menuBar().addMenu(self.tr("&Help"))
        self._add(menu, self.tr("&Keyboard shortcuts"), self._show_shortcuts, "F1")
        self._add(menu, self.tr("&About TRT Studio"), self._show_about)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in settings.recent_files():
            action = self._recent.addAction(path.name)
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, p=path: self._workspace.open([p]))
        self._recent.addSeparator()
        self._add(self._recent, self.tr("Forget them"), settings.forget_files)
        self._recent.setToolTipsVisible(True)

    def _show_document(self, document: Document | None) -> None:
        for action in (self.close, self.compare):
            action.setEnabled(document is not None)

    def _close_document(self) -> None:
        if self._workspace.current is not None:
            self._workspace.close(self._workspace.current)

    def _set_mode(self, mode: str) -> None:
        settings.save_text("theme", mode)
        theme().apply(cast(Mode, mode))

    def _set_language(self, language: str) -> None:
        settings.save_text("language", language)
        text = self.tr("The language changes at the next start of TRT Studio.")
        self._workspace.notify(Notice("info", text))

    def _show_shortcuts(self) -> None:
        rows = (
            ("Ctrl+O", self.tr("Open a model or a plan")),
            ("Ctrl+1 ... Ctrl+4", self.tr("Model, Build, Run, Measure")),
            ("Ctrl+F", self.tr("Filter the layers")),
            ("Ctrl+R", self.tr("Regular expressions in the filter")),
            ("Ctrl+G", self.tr("Layers as a list or as a graph")),
            ("Ctrl++, Ctrl+-, Ctrl+0", self.tr("The graph larger, smaller, or all of it")),
            ("Enter, Backspace", self.tr("Unfold or fold in the graph, open or leave a subgraph")),
            ("F3, Shift+F3", self.tr("The next that was found in the graph, or the one before")),
            ("Ctrl+D", self.tr("Compare two open documents")),
            ("Ctrl+Shift+C", self.tr("Copy rows as text, CSV or JSON")),
            ("Ctrl+B", self.tr("Build an engine")),
            ("Ctrl+H", self.tr("Earlier builds")),
            ("F5", self.tr("Run again")),
            ("Esc", self.tr("Stop, or clear the filter")),
            ("F4, Ctrl+J", self.tr("Show or hide properties, log and jobs")),
            ("Ctrl+W", self.tr("Close the document")),
        )
        cells = "".join(f"<tr><td><b>{k}</b>&nbsp;&nbsp;</td><td>{v}</td></tr>" for k, v in rows)
        self._show_box(self.tr("Keyboard shortcuts"), f"<table cellpadding=4>{cells}</table>")

    def _show_about(self) -> None:
        text = self.tr(
            "<h3>TRT Studio {version}</h3><p>Opens ONNX models and TensorRT plans, builds engines, "
            "runs pictures and measures latency.</p><p>Apache-2.0. Icons: Lucide (ISC).</p>"
        )
        self._show_box(self.tr("About TRT Studio"), text.format(version=trtstudio.__version__))

    def _show_box(self, title: str, text: str) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setText(text)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

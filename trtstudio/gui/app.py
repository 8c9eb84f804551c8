"""Starting and ending the window's process. Main thread only."""

import signal
import sys
import traceback
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import cast

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from trtstudio import assets
from trtstudio.gui import settings
from trtstudio.gui.garbage import GarbageCollector
from trtstudio.gui.imports import import_with_qt, import_without_qt
from trtstudio.gui.notice import Notice
from trtstudio.gui.qt_types import make_types
from trtstudio.gui.shell.window import MainWindow
from trtstudio.gui.slices import in_slices
from trtstudio.gui.theme import Mode, theme, ui_font
from trtstudio.gui.workspace import Workspace
from trtstudio.host.engines import Engines
from trtstudio.model import core_words
from trtstudio.model.place_lock import remove_interrupted

PRELOAD_AFTER_MS = 200


def main(files: Sequence[str]) -> int:
    """Open the window with these files and stay until it is closed."""
    app, _window = start(files)
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    return app.exec()


def start(files: Sequence[str]) -> tuple[QApplication, MainWindow]:
    """The application with its window shown and these files being opened, before its event loop."""
    # A worker that runs Python code gives way to the main thread this soon, instead of after 5 ms.
    sys.setswitchinterval(0.001)
    app = make_application()
    workspace = Workspace(Engines())
    garbage = GarbageCollector(app)
    workspace.document_opened.connect(garbage.keep_all)
    install_excepthook(workspace)
    window = MainWindow(workspace)
    window.show()
    workspace.runtimes.load()
    workspace.open(map(Path, files))
    QTimer.singleShot(0, workspace, workspace.probe)
    QTimer.singleShot(PRELOAD_AFTER_MS, window, lambda: warm_up(workspace, window))
    app.aboutToQuit.connect(workspace.shut_down)
    return app, window


def make_application() -> QApplication:
    """The QApplication with our style, fonts, icon and language."""
    app = cast(QApplication, QApplication.instance() or QApplication(sys.argv[:1]))
    app.setApplicationName("trtstudio")
    app.setApplicationDisplayName("TRT Studio")
    app.setDesktopFileName("trtstudio")
    app.setStyle("Fusion")
    app.setFont(ui_font())
    app.setWindowIcon(QIcon(str(assets.ROOT / "icons" / "trtstudio.svg")))
    load_translations(app)
    theme().apply(cast(Mode, settings.load_text("theme", "system")))
    return app


def load_translations(app: QApplication) -> None:
    """Qt's texts, ours and the core's in the user's language, where there are any."""
    locale = language()
    for name, folder in (
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("trtstudio", str(assets.ROOT / "translations")),
    ):
        translator = QTranslator(app)
        is_loaded = translator.load(locale, name, "_", folder)
        if is_loaded:
            app.installTranslator(translator)
        if name == "trtstudio":
            core_words.use(Path(translator.filePath()).with_suffix(".ts") if is_loaded else None)


def language() -> QLocale:
    """The language that was chosen, else the system's first one."""
    chosen = settings.load_text("language", "system")
    if chosen != "system":
        return QLocale(chosen)
    # Given the system's locale itself, Qt would prefer a second language to untranslated English.
    return QLocale(next(iter(QLocale.system().uiLanguages()), "en"))


def warm_up(workspace: Workspace, window: MainWindow) -> None:
    """Once the window is there, get ready for the first click between other events, and tidy up
    after a window that was killed.
    """

    def make_classes(names: list[str]) -> None:
        in_slices(window, chain(make_types(), import_with_qt(names)), make_pages)

    def make_pages() -> None:
        from trtstudio.gui.lettering import QtLetters
        from trtstudio.vision.drawing import lettering

        lettering.use(QtLetters())
        window.stack.make_pages()

    workspace.courier.watch(workspace.io.submit(import_without_qt), make_classes, workspace.report)
    workspace.io.submit(remove_interrupted)


def install_excepthook(workspace: Workspace) -> None:
    """An exception in a slot becomes a notice; the window lives on."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        if issubclass(kind, Exception):
            hint = QCoreApplication.translate(
                "App", "This is a fault in TRT Studio; please report it with the details."
            )
            workspace.notify(Notice("error", f"{kind.__name__}: {error}", hint, text))

    sys.excepthook = show

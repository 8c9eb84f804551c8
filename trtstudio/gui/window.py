"""The main window: it puts rail, documents, page, docks and status bar together, and holds no work
of its own. Main thread only."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from trtstudio import assets
from trtstudio.gui import settings
from trtstudio.gui.actions import Actions
from trtstudio.gui.builds import Builds
from trtstudio.gui.notices import NoticeArea
from trtstudio.gui.pages.home_page import HomePage
from trtstudio.gui.rail import Rail
from trtstudio.gui.runs import Runs
from trtstudio.gui.status import StatusBar
from trtstudio.gui.widgets.jobs_panel import JobsPanel
from trtstudio.gui.widgets.properties import PropertiesPanel
from trtstudio.gui.workspace import Document, Workspace

DEFAULT_SIZE = (1280, 800)
PAGES = ("model", "build", "run", "measure")


@runtime_checkable
class Prepared(Protocol):
    """A page with something to make ahead of time, in an event of its own."""

    def prepare(self) -> None:
        """Make it."""


class MainWindow(QMainWindow):
    """The window over one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.builds = Builds(workspace, self)
        self.runs = Runs(workspace, self)
        self._pages: dict[str, QWidget] = {}
        self.setWindowTitle("TRT Studio")
        self.setAcceptDrops(True)
        self._make_centre()
        self._make_docks()
        self.setStatusBar(StatusBar(workspace, self))
        self.actions_ = Actions(self)
        self._connect()
        self._restore_layout()
        self.show_page("home")
        self.rail.set_pages_enabled(False)

    # What menus and pages call

    def show_page(self, name: str) -> None:
        """Show ``home``, ``compare`` or one of ``PAGES``, making it when it is new."""
        if name not in self._pages:
            self._pages[name] = self._make_page(name)
            self.stack.addWidget(self._pages[name])
        self.stack.setCurrentWidget(self._pages[name])
        self.rail.set_current(name)
        if not self.rail.hasFocus():
            self._pages[name].setFocus()

    def make_pages(self) -> None:
        """Make the pages that have not been shown yet, one at a time and between other events."""
        missing = [name for name in PAGES if name not in self._pages]
        if missing:
            self._pages[missing[0]] = page = self._make_page(missing[0])
            self.stack.addWidget(page)
            if isinstance(page, Prepared):
                QTimer.singleShot(25, page, page.prepare)
            QTimer.singleShot(50, self, self.make_pages)

    def page(self, name: str) -> QWidget:
        """A page that has been shown."""
        return self._pages[name]

    def choose_files(self) -> None:
        """Ask for files and open them."""
        kinds = self.tr("Models and pictures ({models} {pictures})").format(
            models="*.onnx *.plan *.engine *.trt", pictures="*.jpg *.jpeg *.png *.bmp *.webp *.tif"
        )
        everything = self.tr("All files (*)")
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Open"), settings.load_text("folder", ""), f"{kinds};;{everything}"
        )
        if names:
            settings.save_text("folder", str(Path(names[0]).parent))
            self.workspace.open(map(Path, names))

    def open_sample(self) -> None:
        """Open the bundled model."""
        self.workspace.open([assets.SAMPLE_MODEL])

    def close_document(self) -> None:
        """Close the current document."""
        if self.workspace.current is not None:
            self.workspace.close(self.workspace.current)

    def reset_layout(self) -> None:
        """Docks and size as at the first start."""
        self.restoreState(self._first_state)
        self.resize(*DEFAULT_SIZE)

    # Putting it together

    def _make_centre(self) -> None:
        self.rail = Rail()
        self.tabs = QTabBar(documentMode=True, tabsClosable=True, drawBase=False)
        self.tabs.setObjectName("documents")
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.tabs.setAccessibleName(self.tr("Open documents"))
        self.tabs.hide()
        self.notices = NoticeArea()
        self.stack = QStackedWidget()
        column = QVBoxLayout()
        column.setSpacing(0)
        for widget in (self.tabs, self.notices):
            column.addWidget(widget)
        column.addWidget(self.stack, stretch=1)
        centre = QWidget()
        layout = QHBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(column, stretch=1)
        self.setCentralWidget(centre)

    def _make_docks(self) -> None:
        self.properties_dock = self._make_dock(
            "properties",
            self.tr("Properties"),
            PropertiesPanel(self.workspace),
            Qt.DockWidgetArea.RightDockWidgetArea,
        )
        self.jobs_dock = self._make_dock(
            "jobs",
            self.tr("Log and jobs"),
            JobsPanel(self.workspace),
            Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        self.jobs_dock.hide()
        self.resizeDocks([self.properties_dock], [300], Qt.Orientation.Horizontal)
        self.resizeDocks([self.jobs_dock], [180], Qt.Orientation.Vertical)

    def _make_dock(
        self, name: str, title: str, content: QWidget, area: Qt.DockWidgetArea
    ) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(content)
        content.setMinimumSize(260, 120)
        self.addDockWidget(area, dock)
        return dock

    def _make_page(self, name: str) -> QWidget:
        makers: dict[str, Callable[[], QWidget]] = {
            "home": self._make_home,
            "model": self._make_model,
            "build": self._make_build,
            "run": self._make_run,
            "measure": self._make_measure,
            "compare": self._make_compare,
        }
        return makers[name]()

    def _make_home(self) -> QWidget:
        page = HomePage()
        page.open_requested.connect(self.choose_files)
        page.sample_requested.connect(self.open_sample)
        page.picture_requested.connect(self.choose_files)
        page.file_requested.connect(lambda path: self.workspace.open([path]))
        return page

    def _make_model(self) -> QWidget:
        from trtstudio.gui.pages.model_page import ModelPage

        return ModelPage(self.workspace)

    def _make_build(self) -> QWidget:
        from trtstudio.gui.pages.build_page import BuildPage

        page = BuildPage(self.workspace, self.builds)
        page.run_requested.connect(lambda: self.show_page("run"))
        page.model_requested.connect(lambda: self.show_page("model"))
        return page

    def _make_run(self) -> QWidget:
        from trtstudio.gui.pages.run_page import RunPage

        return RunPage(self.workspace, self.runs)

    def _make_measure(self) -> QWidget:
        from trtstudio.gui.pages.measure_page import MeasurePage

        return MeasurePage(self.workspace, self.runs)

    def _make_compare(self) -> QWidget:
        from trtstudio.gui.pages.compare_page import ComparePage

        page = ComparePage(self.workspace)
        page.open_requested.connect(self.choose_files)
        return page

    def _connect(self) -> None:
        workspace = self.workspace
        workspace.noticed.connect(self.notices.add)
        workspace.document_opened.connect(self._add_tab)
        workspace.document_closed.connect(self._remove_tab)
        workspace.current_changed.connect(self._show_document)
        workspace.pictures_dropped.connect(lambda _: self.show_page("run"))
        self.rail.page_requested.connect(self.show_page)
        self.tabs.currentChanged.connect(self._choose_tab)
        self.tabs.tabCloseRequested.connect(lambda i: workspace.close(self._document(i)))

    # Documents and their tabs

    def _document(self, tab: int) -> Document:
        document = self.tabs.tabData(tab)
        assert isinstance(document, Document)
        return document

    def _add_tab(self, document: Document) -> None:
        settings.remember_file(document.path)
        self.tabs.blockSignals(True)
        index = self.tabs.addTab(document.path.name)
        self.tabs.setTabData(index, document)
        self.tabs.setTabToolTip(index, str(document.path))
        self.tabs.blockSignals(False)
        self.tabs.show()

    def _remove_tab(self, document: Document) -> None:
        for index in range(self.tabs.count()):
            if self._document(index) is document:
                self.tabs.blockSignals(True)
                self.tabs.removeTab(index)
                self.tabs.blockSignals(False)
                break
        self.tabs.setVisible(self.tabs.count() > 0)

    def _choose_tab(self, index: int) -> None:
        if index >= 0:
            self.workspace.set_current(self._document(index))

    def _show_document(self, document: Document | None) -> None:
        self.rail.set_pages_enabled(document is not None)
        self.setWindowTitle(f"{document.path.name} - TRT Studio" if document else "TRT Studio")
        if document is None:
            self.show_page("home")
            self._pages["home"].refresh()  # type: ignore[attr-defined]
            return
        for index in range(self.tabs.count()):
            if self._document(index) is document:
                self.tabs.setCurrentIndex(index)
        if self.stack.currentWidget() is self._pages["home"]:
            self.show_page("model")

    # Layout, drops, the end

    def _restore_layout(self) -> None:
        self.resize(*DEFAULT_SIZE)
        self._first_state = self.saveState()
        geometry, docks = settings.load_layout()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        if not docks.isEmpty():
            self.restoreState(docks)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.workspace.open(dropped_paths(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        settings.save_layout(self.saveGeometry(), self.saveState())
        self.hide()
        self.workspace.shut_down()
        event.accept()


def dropped_paths(data: QMimeData) -> list[Path]:
    """The files of this machine that are being dropped."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]

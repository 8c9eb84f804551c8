"""The main window: it puts rail, documents, page, docks and status bar together, and holds no work
of its own. Main thread only."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from trtstudio import assets
from trtstudio.gui import settings
from trtstudio.gui.build.builds import Builds
from trtstudio.gui.document import Document
from trtstudio.gui.inspect.kinship import Kinship
from trtstudio.gui.inspect.properties import PropertiesPanel
from trtstudio.gui.inspect.shape_inference import ShapeInference
from trtstudio.gui.parts.drop_area import paths_in
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.shell.actions import Actions
from trtstudio.gui.shell.jobs_panel import JobsPanel
from trtstudio.gui.shell.notices import NoticeArea
from trtstudio.gui.shell.page_stack import PageStack
from trtstudio.gui.shell.rail import Rail
from trtstudio.gui.shell.status import StatusBar
from trtstudio.gui.workspace import Workspace

DEFAULT_SIZE = (1280, 800)


class MainWindow(QMainWindow):
    """The window over one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.builds = Builds(workspace, self)
        self.runs = Runs(workspace, self)
        self.shape_inference = ShapeInference(workspace, self)
        self.kinship = Kinship(workspace, self)
        self.setWindowTitle("TRT Studio")
        self.setAcceptDrops(True)
        self._make_centre()
        self._make_docks()
        self.setStatusBar(StatusBar(workspace, self))
        docks = {"F4": self.properties_dock, "Ctrl+J": self.jobs_dock}
        self.actions_ = Actions(self, workspace, docks)
        self._connect()
        self._restore_layout()
        self.show_page("home")
        self.rail.set_pages_enabled(False)

    # What menus and pages ask for

    def show_page(self, name: str) -> None:
        """Show a page by its name in the stack."""
        page = self.stack.show_page(name)
        self.rail.set_current(name)
        if not self.rail.hasFocus():
            page.setFocus()

    def page(self, name: str) -> QWidget:
        """A page that has been made."""
        return self.stack.page(name)

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
        self.stack = PageStack(self.workspace, self.builds, self.runs)
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

    def _connect(self) -> None:
        workspace = self.workspace
        workspace.noticed.connect(self.notices.add)
        workspace.document_opened.connect(self._add_tab)
        workspace.document_closed.connect(self._remove_tab)
        workspace.current_changed.connect(self._show_document)
        workspace.pictures_dropped.connect(lambda _: self.show_page("run"))
        for chooser in (self.rail, self.stack, self.actions_):
            chooser.page_requested.connect(self.show_page)
        for asking in (self.stack, self.actions_):
            asking.files_requested.connect(self.choose_files)
            asking.sample_requested.connect(self.open_sample)
        self.actions_.first_layout_requested.connect(self.reset_layout)
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
            self.page("home").refresh()  # type: ignore[attr-defined]
            return
        for index in range(self.tabs.count()):
            if self._document(index) is document:
                self.tabs.setCurrentIndex(index)
        if not self.stack.shows_document:
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
        if paths_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.workspace.open(paths_in(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        settings.save_layout(self.saveGeometry(), self.saveState())
        self.hide()
        self.workspace.shut_down()
        event.accept()

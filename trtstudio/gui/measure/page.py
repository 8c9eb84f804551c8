"""The page on which a model is measured: segments, what runs the model, and the view of the chosen
segment. Main thread only.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from trtstudio.gui.document import Document
from trtstudio.gui.measure.benchmark import BenchmarkView
from trtstudio.gui.measure.measurements import Measurements
from trtstudio.gui.measure.views import Leading, MeasureView, Stoppable, measure_views
from trtstudio.gui.parts.segments import Segments
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.sessions.runtime_bar import RuntimeBar
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace


class MeasurePage(QWidget):
    """Every view follows the current document by itself; the page makes it, and shows a hint
    instead where there is no document that it needs.
    """

    page_requested = Signal(str)

    def __init__(self, workspace: Workspace, runs: Runs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._runs, self._sessions = workspace, runs, runs.sessions
        self.measurements = Measurements(workspace, runs.sessions, self)
        self._entries = {entry.key: entry for entry in measure_views()}
        self._views: dict[str, QWidget] = {}
        self._shown = next(iter(self._entries))
        self._arrange()
        self._connect()
        self.show_view(self._shown)

    def show_view(self, key: str) -> QWidget:
        """Show the view of a segment, making it when it is new."""
        if key not in self._views:
            made = self._entries[key].make(self._workspace, self._runs, self.measurements)
            self._views[key] = made
            if isinstance(made, Leading):
                made.page_requested.connect(self.page_requested)
            self._stack.addWidget(made)
        self._shown = key
        self.segments.show_chosen(key)
        self._update()
        return self._views[key]

    def stop(self) -> None:
        """End what the shown view has under way."""
        view = self._views[self._shown]
        if isinstance(view, Stoppable):
            view.stop()

    def prepare(self) -> Iterator[None]:
        """Make what the first measurement will need, before it is wanted."""
        view = self._views[self._shown]
        return view.prepare() if isinstance(view, BenchmarkView) else iter(())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._prepare()

    def _arrange(self) -> None:
        self.segments = Segments(
            ((entry.key, entry.title) for entry in self._entries.values()),
            self.tr("What is measured"),
        )
        self.bar = RuntimeBar(self._sessions)
        self._stack = QStackedWidget()
        self._hint = QLabel(self.tr("Open a model to measure it here."))
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setProperty("role", "muted")
        self._stack.addWidget(self._hint)
        head = QHBoxLayout()
        head.addWidget(self.segments)
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.segments.chosen.connect(self.show_view)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.stop)
        for works in self.measurements.all_works:
            works.changed.connect(self._update_chooser)
        self._sessions.changed.connect(self._update_if_current)
        self._workspace.current_changed.connect(self._update)

    @property
    def _entry(self) -> MeasureView:
        return self._entries[self._shown]

    def _update_if_current(self, document: Document) -> None:
        if document is self._workspace.current:
            self._update_bar(document)

    def _update(self) -> None:
        document = self._workspace.current
        if document is None and self._entry.needs_document:
            self._stack.setCurrentWidget(self._hint)
        else:
            self._stack.setCurrentWidget(self._views[self._shown])
        self.bar.setVisible(document is not None and self._entry.loads_model)
        self._update_bar(document)
        self._prepare()

    def _update_bar(self, document: Document | None) -> None:
        self.bar.show_document(document)
        if document is not None:
            self._update_chooser(document)

    def _update_chooser(self, document: Document) -> None:
        """Another runtime would end what is measured."""
        if document is self._workspace.current:
            self.bar.chooser.setEnabled(not self.measurements.is_measuring(document))

    def _prepare(self) -> None:
        """Load the model as soon as its page is seen: the forms ask for the shapes that it has."""
        document = self._workspace.current
        if document is not None and self._entry.loads_model and self.isVisible():
            self._sessions.prepare(document)

"""The Sweep view of the Measure page: a model measured at every point of a grid. Main thread
only.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.kept_runs import SweepRuns
from trtstudio.gui.measurements import Measurements
from trtstudio.gui.runs import Runs
from trtstudio.gui.sweep_offers import offers
from trtstudio.gui.sweeps import finished
from trtstudio.gui.theme import GRID
from trtstudio.gui.widgets.earlier_sweeps import EarlierSweeps
from trtstudio.gui.widgets.save_runs import SaveRuns
from trtstudio.gui.widgets.sweep_form import SweepForm
from trtstudio.gui.widgets.sweep_result import SweepResultView
from trtstudio.gui.workspace import Document, Workspace
from trtstudio.model.bench import method
from trtstudio.model.bench_history import SweepRun
from trtstudio.model.history import Kept

_FORM_WIDTH = 272


class SweepView(QWidget):
    """The grid on the left; curves and points, as they come, on the right."""

    def __init__(
        self,
        workspace: Workspace,
        runs: Runs,
        measurements: Measurements,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._sessions = workspace, runs.sessions
        self._measurements = measurements
        self._sweeps, self._kept = measurements.sweeps, measurements.kept
        self._forms: dict[Document, SweepForm] = {}
        self._areas: dict[Document, QScrollArea] = {}
        self._arrange()
        self._connect()
        self._show_document(workspace.current)

    def form(self, document: Document) -> SweepForm:
        """The document's form, made when first asked for."""
        if document not in self._forms:
            form = self._forms[document] = SweepForm()
            form.changed.connect(self._update_buttons)
            area = self._areas[document] = QScrollArea()
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(form)
            area.viewport().setAutoFillBackground(False)
            form.setAutoFillBackground(False)
            self._form_stack.addWidget(area)
        return self._forms[document]

    def start(self) -> None:
        """Measure the current document over the grid."""
        document = self._workspace.current
        axes = self.form(document).axes() if document is not None else None
        if document is not None and axes is not None:
            base = self._measurements.settings(document)
            self._sweeps.start(document, self.form(document).each(base), axes)

    def resume(self) -> None:
        """Go on with the points that are missing."""
        if self._workspace.current is not None:
            self._sweeps.resume(self._workspace.current)

    def stop(self) -> None:
        """End the sweep of the current document; its points stay."""
        if self._workspace.current is not None:
            self._sweeps.stop(self._workspace.current)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list_earlier()
        self._update()

    # Putting it together

    def _arrange(self) -> None:
        self.earlier = EarlierSweeps()
        self.save = SaveRuns(self._kept, self)
        self.result = SweepResultView(self.earlier, self.save.button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._make_card())
        row.addWidget(self.result, 1)

    def _make_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(_FORM_WIDTH)
        self._form_stack = QStackedWidget()
        self.start_button = QPushButton(self.tr("Start"))
        self.start_button.setProperty("role", "primary")
        self.resume_button = QPushButton(self.tr("Resume"))
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("End it now and keep the points that are there (Esc)"))
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.start_button, self.resume_button, self.stop_button):
            buttons.addWidget(button, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(GRID)
        column.addWidget(self._form_stack, 1)
        column.addLayout(buttons)
        return card

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.start)
        self.resume_button.clicked.connect(self.resume)
        self.stop_button.clicked.connect(self.stop)
        self.earlier.chosen.connect(self.open_earlier)
        self._sweeps.changed.connect(self._update_if_current)
        self._measurements.changed.connect(self._buttons_if_current)
        self._measurements.settings_changed.connect(self._update_if_current)
        self._sessions.changed.connect(self._update_if_current)
        self._kept.changed.connect(self._list_earlier)
        self._workspace.current_changed.connect(self._show_document)
        self._workspace.document_closed.connect(self._forget)

    # What is shown

    def _show_document(self, document: Document | None) -> None:
        if document is not None:
            self.form(document)
            self._form_stack.setCurrentWidget(self._areas[document])
            self._list_earlier()
            self._update()

    def _forget(self, document: Document) -> None:
        if self._forms.pop(document, None) is not None:
            area = self._areas.pop(document)
            self._form_stack.removeWidget(area)
            area.deleteLater()

    def _update_if_current(self, document: Document) -> None:
        if document is self._workspace.current and self.isVisible():
            self._update()

    def _buttons_if_current(self, document: Document) -> None:
        if document is self._workspace.current and self.isVisible():
            self._update_buttons()

    def _update(self) -> None:
        document = self._workspace.current
        if document is None:
            return
        loaded = self._sessions.loaded(document)
        form = self.form(document)
        if loaded is not None:
            has_loops = not self._measurements.why_one_loop(document)
            form.set_offers(offers(loaded.info, has_loops=has_loops))
        base = self._measurements.settings(document)
        form.set_base(base, method(base))
        self.result.show_sweep(self._sweeps.work(document))
        self._update_buttons()

    def _update_buttons(self) -> None:
        document = self._workspace.current
        if document is None:
            return
        form, sweep = self.form(document), self._sweeps.work(document)
        problem = self._sessions.problem(document)
        why = form.problem
        if self._measurements.is_measuring(document):
            why = self.tr("A measurement is running.")
        elif problem is not None:
            why = f"{problem.message} {problem.hint}"
        elif self._sessions.loaded(document) is None:
            why = self.tr("The model is being loaded.")
        self.start_button.setEnabled(not why)
        self.start_button.setToolTip(why or self.tr("Measure the points one after another"))
        self.stop_button.setEnabled(self._sweeps.is_running(document))
        is_partial = sweep is not None and len(finished(sweep.points)) < sweep.size
        is_free = not self._measurements.is_measuring(document)
        self.resume_button.setEnabled(is_partial and is_free)
        self.resume_button.setToolTip(
            self.tr("Measure the points that are missing or failed")
            if is_partial
            else self.tr("No sweep was stopped before its end.")
        )
        number = sweep.number if sweep is not None else None
        self.save.set_runs((), [k for k in self.earlier.sweeps if k.id == number])

    # Earlier sweeps

    def _list_earlier(self) -> None:
        document = self._workspace.current
        if document is not None and self.isVisible():
            self._kept.list_sweeps(document, lambda found: self._show_earlier(document, found))

    def _show_earlier(self, document: Document, found: SweepRuns) -> None:
        if document is not self._workspace.current:
            return
        self.earlier.show_sweeps(found)
        self._update_buttons()

    def open_earlier(self, kept: Kept[SweepRun]) -> None:
        """Show a sweep of the history, with its grid in the form."""
        document = self._workspace.current
        if document is not None and not self._sweeps.is_running(document):
            form = self.form(document)
            form.seconds.setValue(kept.entry.base.duration_s)
            form.set_axes(kept.entry.axes)
            self._sweeps.show_earlier(document, kept)

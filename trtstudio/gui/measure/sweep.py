"""The Sweep view of the Measure page: a model measured at every point of a grid. Main thread
only.
"""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
)

from trtstudio.gui.build.words import model_precision
from trtstudio.gui.document import Document
from trtstudio.gui.measure.earlier_sweeps import EarlierSweeps
from trtstudio.gui.measure.frame import (
    FORM_WIDTH,
    DocumentForms,
    follow,
    hear,
)
from trtstudio.gui.measure.kept_runs import SweepRuns
from trtstudio.gui.measure.measurements import Measurements
from trtstudio.gui.measure.save_runs import SaveRuns
from trtstudio.gui.measure.sweep_form import SweepForm
from trtstudio.gui.measure.sweep_offers import axis_words, offers
from trtstudio.gui.measure.sweep_result import SweepResultView
from trtstudio.gui.measure.sweeps import finished
from trtstudio.gui.measure.work_view import WorkView
from trtstudio.gui.parts import plots
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.core_words import core_text
from trtstudio.model.history import Kept
from trtstudio.model.measure.bench import method
from trtstudio.model.measure.bench_history import SweepRun

_PAUSE_MS = 50


class SweepView(WorkView):
    """The grid on the left; curves and points, as they come, on the right."""

    def __init__(self, workspace: Workspace, runs: Runs, measurements: Measurements) -> None:
        super().__init__(workspace, runs, measurements, measurements.sweeps)
        self._sweeps, self._kept = measurements.sweeps, measurements.kept
        self._arrange()
        self._connect()

    def form(self, document: Document) -> SweepForm:
        """The document's form, made when first asked for."""
        return self._forms.form(document)

    def start(self) -> None:
        """Measure the current document over the grid."""
        document = self._workspace.current
        axes = self.form(document).axes() if document is not None else None
        if document is not None and axes is not None:
            base = self._measurements.settings(document)
            form = self.form(document)
            self._sweeps.start(document, form.each(base), axes, form.conversion())

    def resume(self) -> None:
        """Go on with the points that are missing."""
        if self._workspace.current is not None:
            self._sweeps.resume(self._workspace.current)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if plots.can_be_made():
            QTimer.singleShot(_PAUSE_MS, self.result, self.result.prepare)
        self._list_earlier()

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

    def _make_form(self, document: Document) -> SweepForm:
        graph = document.graph
        form = SweepForm(self._workspace, model_precision(graph) if graph is not None else "")
        form.changed.connect(self._update_buttons)
        return form

    def _make_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(FORM_WIDTH)
        self._forms = DocumentForms(self._workspace, self._make_form)
        self.resume_button = QPushButton(self.tr("Resume"))
        buttons = self._make_buttons(
            self.tr("Start"),
            self.tr("Measure the points one after another"),
            self.tr("End it now and keep the points that are there (Esc)"),
            (self.resume_button,),
        )
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(GRID)
        column.addWidget(self._forms, 1)
        column.addWidget(buttons)
        return card

    def _connect(self) -> None:
        self.resume_button.clicked.connect(self.resume)
        self.earlier.chosen.connect(self.open_earlier)
        changed = (
            self._sweeps.changed,
            self._measurements.settings_changed,
            self._sessions.changed,
        )
        follow(self, self._workspace, changed, self._update)
        hear(self, self._workspace, (self._measurements.changed,), self._update_buttons)
        for signal in (self._kept.changed, self._workspace.current_changed):
            signal.connect(self._list_earlier)

    # What is shown

    def _update(self) -> None:
        document = self._workspace.current
        if document is None:
            return
        loaded = self._sessions.loaded(document)
        form = self._forms.show_form(document)
        if loaded is not None:
            has_loops = not self._measurements.why_one_loop(document)
            form.set_offers(offers(loaded.info, has_loops=has_loops, model_types=form.model_types))
        base = self._measurements.settings(document)
        form.set_base(base, core_text(method(base)))
        words = partial(axis_words, model_types=form.model_types)
        self.result.show_sweep(self._sweeps.work(document), words)
        self._update_buttons()

    def _update_buttons(self) -> None:
        document = self._workspace.current
        if document is None:
            return
        form, sweep = self.form(document), self._sweeps.work(document)
        why = self._why_not(document) or form.problem
        if not why and self._sessions.is_loading(document):
            why = self.tr("The model is being loaded.")
        self._show_buttons(document, why)
        is_partial = sweep is not None and len(finished(sweep.points)) < sweep.size
        why = "" if is_partial else self.tr("No sweep was stopped before its end.")
        tip = self.tr("Measure the points that are missing or failed")
        enable_unless(why or self._why_not(document), self.resume_button, tip)
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

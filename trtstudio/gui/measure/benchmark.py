"""The Benchmark view of the Measure page: a form for every document, and the figures of its last
measurement. Main thread only.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
)

from trtstudio.gui.document import Document
from trtstudio.gui.measure.form import MeasureForm
from trtstudio.gui.measure.frame import (
    FORM_WIDTH,
    DocumentForms,
    follow,
    hear,
    state_label,
)
from trtstudio.gui.measure.measurement import Measurement
from trtstudio.gui.measure.measurements import Measurements
from trtstudio.gui.measure.result import MeasureResult
from trtstudio.gui.measure.words import state_words
from trtstudio.gui.measure.work_view import WorkView
from trtstudio.gui.parts import plots
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.slices import in_slices, polished
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace

_PAUSE_MS = 50


class BenchmarkView(WorkView):
    """Form on the left, figures on the right; both belong to the current document."""

    def __init__(self, workspace: Workspace, runs: Runs, measurements: Measurements) -> None:
        super().__init__(workspace, runs, measurements, measurements)
        self.result: MeasureResult | None = None
        self._arrange()
        self._connect()

    def form(self, document: Document) -> MeasureForm:
        """The document's form, made when first asked for."""
        return self._forms.form(document)

    def start(self) -> None:
        """Measure the current document as the form says."""
        document = self._workspace.current
        request = self.form(document).request() if document is not None else None
        if document is not None and request is not None:
            self._measurements.start(document, request)

    def prepare(self) -> Iterator[None]:
        """Make the plots ahead of time, a part a step."""
        result = self._make_result()
        yield
        installation = self._workspace.installation
        if installation is not None and installation.devices:
            result.prepare()
        yield from polished(result)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.result is None and plots.can_be_made():
            QTimer.singleShot(_PAUSE_MS, self, lambda: in_slices(self, self.prepare()))

    # Putting it together

    def _make_form(self, document: Document) -> MeasureForm:
        form = MeasureForm()
        form.setContentsMargins(0, 0, GRID, 0)
        form.changed.connect(lambda: self._form_changed(document))
        form.loading.chosen.connect(
            lambda options: self._sessions.choose_options(document, options)
        )
        refits = self._measurements.refits
        form.loading.weights_requested.connect(lambda: refits.ask(document, self))
        self._take_settings(document, form)
        return form

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._make_form_card())
        self.centre = QStackedWidget()
        hint = QLabel(self.tr("Every inference appears here while it is measured."))
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setProperty("role", "muted")
        self.centre.addWidget(hint)
        row.addWidget(self.centre, 1)

    def _make_form_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(FORM_WIDTH)
        self._forms = DocumentForms(self._workspace, self._make_form)
        buttons = self._make_buttons(
            self.tr("Start"),
            self.tr("Measure now"),
            self.tr("End it now and keep what was measured (Esc)"),
        )
        self.status = state_label(wrap=True)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 4, 12)
        column.setSpacing(GRID)
        column.addWidget(self._forms, 1)
        for item in (buttons, self.status):
            inset = QVBoxLayout()
            inset.setContentsMargins(0, 0, GRID, 0)
            inset.addWidget(item)
            column.addLayout(inset)
        return card

    def _connect(self) -> None:
        others = (
            self._measurements.comparisons.changed,
            self._measurements.refits.changed,
            self._sessions.changed,
        )
        for_all = (self._workspace.runtimes.changed,)
        follow(self, self._workspace, others, self._update, for_all)
        hear(self, self._workspace, [self._measurements.changed], self._measured)

    # What is shown

    def _form_changed(self, document: Document) -> None:
        self._take_settings(document, self.form(document))
        if document is self._workspace.current:
            self._update()

    def _take_settings(self, document: Document, form: MeasureForm) -> None:
        request = form.request()
        if request is not None:
            self._measurements.set_settings(document, request)

    def _measured(self) -> None:
        """Up to 25 times a second: only what changes with every sample."""
        document = self._workspace.current
        measurement = self._measurements.measurement(document) if document is not None else None
        if measurement is None or not measurement.is_running or not measurement.count:
            self._update()
        else:
            self.status.setText(self._status(measurement))
            self._show_measurement(measurement)

    def _update(self) -> None:
        """A form takes a while to make: it is made when it is seen."""
        document = self._workspace.current
        if document is None or not self.isVisible():
            return
        loaded, form = self._sessions.loaded(document), self._forms.show_form(document)
        if loaded is not None:
            form.set_inputs(loaded.info.inputs, loaded.info.shapes)
        form.refuse_loops(self._measurements.why_one_loop(document))
        self._show_loading(document)
        measurement = self._measurements.measurement(document)
        form.setEnabled(not self._measurements.is_measuring(document))
        self._update_buttons(document)
        self.status.setText(self._status(measurement) if measurement else "")
        self.status.setVisible(measurement is not None)
        self._show_measurement(measurement)

    def _show_loading(self, document: Document) -> None:
        """The options of the runtime that runs it; ONNX Runtime has none."""
        loaded, options = self._sessions.loaded(document), self._sessions.options(document)
        form, known = self.form(document).loading, None
        form.refuse_weights(self._measurements.refits.why_not(document))
        if loaded is None and options.chosen():
            form.show_options(options)  # if it cannot be loaded like this, it can be chosen again
            return
        if loaded is not None and loaded.choice.runtime != "onnxruntime":
            known = self._workspace.runtimes.find(loaded.choice.interpreter)
        form.show_choices(known.installation if known else None, options)

    def _update_buttons(self, document: Document) -> None:
        why = self._why_not(document)
        if not why and self.form(document).request() is None:
            why = self.tr("Correct the shapes first.")
        self._show_buttons(document, why)

    def _show_measurement(self, measurement: Measurement | None) -> None:
        if measurement is None or not measurement.count:
            self.centre.setCurrentIndex(0)
            return
        result = self._make_result()
        result.show_measurement(measurement)
        self.centre.setCurrentWidget(result)

    def _make_result(self) -> MeasureResult:
        if self.result is None:
            self.result = MeasureResult(self._workspace)
            self.centre.addWidget(self.result)
        return self.result

    def _status(self, measurement: Measurement) -> str:
        if measurement.result is not None:
            return self.tr("Done in {seconds:.1f} s.").format(seconds=measurement.result.seconds)
        stopped = self.tr("Stopped. The figures hold for what was measured until then.")
        if not measurement.count:
            return state_words(measurement, stopped, self.tr("Warming up ..."))
        measuring = self.tr("Measuring, {seconds:.1f} of {whole:g} s").format(
            seconds=measurement.end_s, whole=measurement.request.duration_s
        )
        return state_words(measurement, stopped, measuring)

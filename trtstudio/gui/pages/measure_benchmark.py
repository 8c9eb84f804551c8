"""The Benchmark view of the Measure page: a form for every document, and the figures of its last
measurement. Main thread only.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.measurements import Measurement, Measurements
from trtstudio.gui.runs import Runs
from trtstudio.gui.theme import GRID
from trtstudio.gui.widgets.measure_form import MeasureForm
from trtstudio.gui.widgets.measure_result import MeasureResult
from trtstudio.gui.workspace import Document, Workspace
from trtstudio.model.errors import Cancelled

FORM_WIDTH = 272


class BenchmarkView(QWidget):
    """Form on the left, figures on the right; both belong to the current document."""

    def __init__(
        self,
        workspace: Workspace,
        runs: Runs,
        measurements: Measurements,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._sessions = runs.sessions
        self._measurements = measurements
        self._forms: dict[Document, MeasureForm] = {}
        self._areas: dict[Document, QScrollArea] = {}
        self.result: MeasureResult | None = None
        self._arrange()
        self._connect()
        self._show_document(workspace.current)

    def form(self, document: Document) -> MeasureForm:
        """The document's form, made when first asked for."""
        if document not in self._forms:
            form = self._forms[document] = MeasureForm()
            form.changed.connect(lambda: self._form_changed(document))
            form.loading.chosen.connect(
                lambda options: self._sessions.choose_options(document, options)
            )
            self._areas[document] = _scrolled(form)
            self._form_stack.addWidget(self._areas[document])
            self._form_changed(document)
        return self._forms[document]

    def start(self) -> None:
        """Measure the current document as the form says."""
        document = self._workspace.current
        request = self.form(document).request() if document is not None else None
        if document is not None and request is not None:
            self._measurements.start(document, request)

    def stop(self) -> None:
        """End the measurement of the current document; what was measured stays."""
        if self._workspace.current is not None:
            self._measurements.stop(self._workspace.current)

    def prepare(self) -> None:
        """Make the plots ahead of time, those of the clocks in an event of their own."""
        result = self._make_result()
        installation = self._workspace.installation
        if installation is not None and installation.devices:
            QTimer.singleShot(25, result, result.prepare)

    # Putting it together

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
        self._form_stack = QStackedWidget()
        self.start_button = QPushButton(self.tr("Start"))
        self.start_button.setProperty("role", "primary")
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("End it now and keep what was measured (Esc)"))
        self.status = QLabel(wordWrap=True)
        self.status.setAccessibleName(self.tr("State"))
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.start_button, 1)
        buttons.addWidget(self.stop_button, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 4, 12)
        column.setSpacing(GRID)
        column.addWidget(self._form_stack, 1)
        for item in (buttons, self.status):
            inset = QVBoxLayout()
            inset.setContentsMargins(0, 0, GRID, 0)
            inset.addLayout(item) if isinstance(item, QHBoxLayout) else inset.addWidget(item)
            column.addLayout(inset)
        return card

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.stop)
        self._measurements.changed.connect(self._measured)
        self._measurements.comparisons.changed.connect(self._update_if_current)
        self._sessions.changed.connect(self._update_if_current)
        self._workspace.runtimes.changed.connect(self._update)
        self._workspace.current_changed.connect(self._show_document)
        self._workspace.document_closed.connect(self._forget)

    # What is shown

    def _show_document(self, document: Document | None) -> None:
        if document is not None:
            self.form(document)
            self._form_stack.setCurrentWidget(self._areas[document])
            self._update()

    def _forget(self, document: Document) -> None:
        if self._forms.pop(document, None) is not None:
            area = self._areas.pop(document)
            self._form_stack.removeWidget(area)
            area.deleteLater()

    def _form_changed(self, document: Document) -> None:
        request = self._forms[document].request()
        if request is not None:
            self._measurements.set_settings(document, request)
        self._update_if_current(document)

    def _update_if_current(self, document: Document) -> None:
        if document is self._workspace.current:
            self._update()

    def _measured(self, document: Document) -> None:
        """Up to 25 times a second: only what changes with every sample."""
        if document is not self._workspace.current:
            return
        measurement = self._measurements.measurement(document)
        if measurement is None or not measurement.is_running or not measurement.count:
            self._update()
        elif self.isVisible():
            self.status.setText(self._status(measurement))
            self._show_measurement(measurement)

    def _update(self) -> None:
        document = self._workspace.current
        if document is None:
            return
        loaded, form = self._sessions.loaded(document), self.form(document)
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
        if loaded is None and options.chosen():
            form.show_options(options)  # if it cannot be loaded like this, it can be chosen again
            return
        if loaded is not None and loaded.choice.runtime != "onnxruntime":
            known = self._workspace.runtimes.find(loaded.choice.interpreter)
        form.show_choices(known.installation if known else None, options)

    def _update_buttons(self, document: Document) -> None:
        running = self._measurements.is_running(document)
        problem = self._sessions.problem(document)
        valid = self.form(document).request() is not None
        why = ""
        if self._measurements.is_measuring(document):
            why = self.tr("A measurement is running.")
        elif problem is not None:
            why = f"{problem.message} {problem.hint}"
        elif not valid:
            why = self.tr("Correct the shapes first.")
        self.start_button.setEnabled(not why)
        self.start_button.setToolTip(why or self.tr("Measure now"))
        self.stop_button.setEnabled(running)

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
        if isinstance(measurement.error, Cancelled):
            return self.tr("Stopped. The figures hold for what was measured until then.")
        if measurement.error is not None:
            return f"{measurement.error.message} {measurement.error.hint}"
        job = measurement.job
        if job is None:
            return self.tr("Loading the model ...")
        if job.progress is not None and job.progress.phase:
            return job.progress.phase
        if not measurement.count:
            return self.tr("Warming up ...")
        ends_s = measurement.samples.column("end_s", last=1)
        return self.tr("Measuring, {seconds:.1f} of {whole:g} s").format(
            seconds=float(ends_s[0]), whole=measurement.request.duration_s
        )


def _scrolled(form: MeasureForm) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    form.setContentsMargins(0, 0, GRID, 0)
    area.setWidget(form)
    area.viewport().setAutoFillBackground(False)
    form.setAutoFillBackground(False)
    return area

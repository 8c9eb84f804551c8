"""The page on which a model's latency is measured. Main thread only."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.measurements import Measurement, Measurements
from trtstudio.gui.runs import Runs
from trtstudio.gui.theme import GRID
from trtstudio.gui.widgets.measure_form import MeasureForm
from trtstudio.gui.widgets.measure_result import MeasureResult
from trtstudio.gui.widgets.runtime_bar import RuntimeBar
from trtstudio.gui.workspace import Document, Workspace
from trtstudio.model.errors import Cancelled
from trtstudio.model.run import RuntimeChoice

FORM_WIDTH = 256


class MeasurePage(QWidget):
    """A form for every document, and the figures of its last measurement."""

    def __init__(self, workspace: Workspace, runs: Runs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._sessions = runs.sessions
        self.measurements = Measurements(workspace, runs.sessions, self)
        self._forms: dict[Document, MeasureForm] = {}
        self.result: MeasureResult | None = None
        self._arrange()
        self._connect()
        self._show_document(workspace.current)

    def form(self, document: Document) -> MeasureForm:
        """The document's form, made when first asked for."""
        if document not in self._forms:
            form = self._forms[document] = MeasureForm()
            form.changed.connect(self._update)
            self._form_stack.addWidget(form)
        return self._forms[document]

    # Putting it together

    def _arrange(self) -> None:
        self.bar = RuntimeBar(self._sessions)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._make_form_card())
        row.addWidget(self._make_centre(), 1)
        column.addLayout(row, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(_hint(self.tr("Open a model to measure it here.")))
        self._stack.addWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _make_form_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(FORM_WIDTH)
        heading = QLabel(self.tr("Measure the latency"))
        heading.setProperty("role", "heading")
        self._form_stack = QStackedWidget()
        policy = QSizePolicy.Policy
        self._form_stack.setSizePolicy(policy.Preferred, policy.Maximum)
        self.start_button = QPushButton(self.tr("Start"))
        self.start_button.setProperty("role", "primary")
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("End it now and keep what was measured (Esc)"))
        self.status = QLabel(wordWrap=True)
        self.status.setAccessibleName(self.tr("State"))
        self.warnings = QLabel(wordWrap=True)
        self.warnings.setProperty("level", "warning")
        self.warnings.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        method = QLabel(wordWrap=True)
        method.setProperty("role", "muted")
        method.setText(
            self.tr(
                "As trtexec measures, with one inference in flight: random inputs, a warm-up, "
                "then one inference after another. Latency is copy in, compute and copy out."
            )
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.start_button, 1)
        buttons.addWidget(self.stop_button, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self._form_stack)
        column.addLayout(buttons)
        column.addWidget(self.status)
        column.addWidget(self.warnings)
        column.addStretch()
        column.addWidget(method)
        return card

    def _make_centre(self) -> QStackedWidget:
        self.centre = QStackedWidget()
        words = self.tr("The latency of every inference appears here while it is measured.")
        self.centre.addWidget(_hint(words))
        return self.centre

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.stop)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.stop)
        self.bar.runtime_chosen.connect(self._choose_runtime)
        self.measurements.changed.connect(self._update_if_current)
        self._sessions.changed.connect(self._update_if_current)
        self._workspace.current_changed.connect(self._show_document)
        self._workspace.document_closed.connect(self._forget)

    # What the user does

    def start(self) -> None:
        """Measure the current document as the form says."""
        document = self._workspace.current
        if document is None:
            return
        request = self.form(document).request()
        if request is not None:
            self.measurements.start(document, request)

    def stop(self) -> None:
        """End the measurement of the current document; what was measured stays."""
        if self._workspace.current is not None:
            self.measurements.stop(self._workspace.current)

    def _choose_runtime(self, runtime: RuntimeChoice) -> None:
        if self._workspace.current is not None:
            self._sessions.choose(self._workspace.current, runtime)

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._prepare()

    def _prepare(self) -> None:
        """Load the model as soon as its page is seen: the form asks for the shapes that it has."""
        document = self._workspace.current
        if document is not None and self.isVisible():
            self._sessions.prepare(document)

    def _show_document(self, document: Document | None) -> None:
        self._stack.setCurrentIndex(0 if document is None else 1)
        if document is not None:
            self._form_stack.setCurrentWidget(self.form(document))
            self._update()
            self._prepare()

    def _forget(self, document: Document) -> None:
        form = self._forms.pop(document, None)
        if form is not None:
            self._form_stack.removeWidget(form)
            form.deleteLater()

    def _update_if_current(self, document: Document) -> None:
        if document is self._workspace.current:
            self._update()

    def _update(self) -> None:
        document = self._workspace.current
        if document is None:
            return
        self.bar.show_document(document)
        loaded, form = self._sessions.loaded(document), self.form(document)
        if loaded is not None:
            form.set_inputs(loaded.info.inputs, loaded.info.shapes)
        measurement = self.measurements.measurement(document)
        running = measurement is not None and measurement.is_running
        form.setEnabled(not running)
        self.bar.chooser.setEnabled(not running)
        self._update_buttons(document, running)
        self.status.setText(self._status(measurement) if measurement else "")
        result = measurement.result if measurement else None
        self.warnings.setText("\n".join(result.warnings) if result else "")
        self._show_measurement(measurement)

    def _update_buttons(self, document: Document, running: bool) -> None:
        problem = self._sessions.problem(document)
        valid = self.form(document).request() is not None
        self.start_button.setEnabled(not running and valid and problem is None)
        self.stop_button.setEnabled(running)
        if running:
            self.start_button.setToolTip(self.tr("A measurement is running."))
        elif problem is not None:
            self.start_button.setToolTip(f"{problem.message} {problem.hint}")
        elif not valid:
            self.start_button.setToolTip(self.tr("Correct the shapes first."))
        else:
            self.start_button.setToolTip(self.tr("Measure now"))

    def _show_measurement(self, measurement: Measurement | None) -> None:
        if measurement is None or not measurement.count:
            self.centre.setCurrentIndex(0)
            return
        if self.result is None:
            self.result = MeasureResult()
            self.centre.addWidget(self.result)
        self.result.show_measurement(measurement)
        self.centre.setCurrentWidget(self.result)

    def _status(self, measurement: Measurement) -> str:
        if measurement.result is not None:
            return self.tr("Done: {what}").format(what=measurement.explanation)
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
        return self.tr("Measuring, {seconds:5.1f} s").format(seconds=job.elapsed_s)


def _hint(words: str) -> QLabel:
    label = QLabel(words)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setProperty("role", "muted")
    return label

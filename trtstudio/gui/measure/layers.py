"""The Layers view of the Measure page: how long each layer of the model takes. Main thread only."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
)

from trtstudio.gui.icons import set_icon
from trtstudio.gui.measure.frame import follow, state_label
from trtstudio.gui.measure.layer_profile_text import (
    Form,
    as_text,
    conditions,
    save_profile,
    summary,
)
from trtstudio.gui.measure.layer_profiles import LayerTiming, selection_of
from trtstudio.gui.measure.layer_time_bars import LEAST_BARS, MOST_BARS, LayerTimeBars
from trtstudio.gui.measure.layer_time_model import TimeRow
from trtstudio.gui.measure.layer_time_table import LayerTimeTable
from trtstudio.gui.measure.measurements import Measurements
from trtstudio.gui.measure.words import state_words
from trtstudio.gui.measure.work_view import WorkView
from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.save_path import ask_save_form
from trtstudio.gui.parts.segments import Segments
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.core_words import core_text
from trtstudio.model.measure.layer_profile import LayerProfile, LayerProfileRequest
from trtstudio.model.measure.layer_profile_export import By


class LayersView(WorkView):
    """Profiles the current document; a click on a layer selects it, a double click shows it on the
    Model page.
    """

    page_requested = Signal(str)

    def __init__(self, workspace: Workspace, runs: Runs, measurements: Measurements) -> None:
        super().__init__(workspace, runs, measurements, measurements.profiles)
        self._profiles = measurements.profiles
        self._by: By = "layer"
        self._shown: tuple[LayerProfile | None, By] | None = None
        self._arrange()
        self._connect()

    def start(self) -> None:
        """Time the layers of the current document, with the shapes of the Benchmark form."""
        document = self._workspace.current
        if document is not None:
            shapes = self._measurements.settings(document).shapes
            request = LayerProfileRequest(0, shapes, self.iterations.value())
            self._profiles.start(document, request)

    def save(self, path: Path, form: Form) -> None:
        """Write what is shown there."""
        profile, workspace = self._profile(), self._workspace
        if profile is not None:
            saved = Notice("info", self.tr("Saved {path}").format(path=path))
            done = workspace.io.keep(save_profile, path, profile, self._by, form)
            workspace.courier.watch(done, lambda _: workspace.notify(saved), workspace.report)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_bars()

    # Putting it together

    def _arrange(self) -> None:
        self.bars, self.table = LayerTimeBars(), LayerTimeTable()
        self.chart = QFrame()
        self.chart.setProperty("role", "card")
        inside = QVBoxLayout(self.chart)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.bars)
        self.empty = QLabel(
            self.tr("Press Profile: the slowest layers and a table of all of them appear here.")
        )
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._make_head())
        column.addLayout(self._make_tools())
        column.addWidget(self.chart)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)

    def _make_head(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        self.words = QLabel(wordWrap=True)
        self.warnings = QLabel(wordWrap=True)
        self.warnings.setProperty("role", "muted")
        buttons = self._make_buttons(
            self.tr("Profile"), self.tr("Time every layer"), self.tr("End it now (Esc)")
        )
        self.iterations = QSpinBox(minimum=1, maximum=100_000)
        self.iterations.setValue(LayerProfileRequest(0).iterations)
        self.iterations.setAccessibleName(self.tr("Inferences"))
        label = QLabel(self.tr("Inferences"))
        label.setBuddy(self.iterations)
        self.status = state_label()
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for widget in (buttons, label, self.iterations):
            row.addWidget(widget)
        row.addWidget(self.status, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self.words)
        column.addWidget(self.warnings)
        return card

    def _make_tools(self) -> QHBoxLayout:
        kinds = (("layer", self.tr("Layer")), ("node", self.tr("ONNX nodes")))
        self.segments = Segments(
            (*kinds, ("type", self.tr("Type"))), self.tr("What the times are told by")
        )
        self.segments.show_chosen(self._by)
        self.graph_button = QPushButton(self.tr("Show on the graph"))
        set_icon(self.graph_button, "waypoints")
        self.copy_button = QPushButton(self.tr("Copy"))
        set_icon(self.copy_button, "copy")
        menu = QMenu(self.copy_button)
        menu.addAction(self.tr("As &CSV"), partial(self._copy, "csv"))
        menu.addAction(self.tr("As &JSON"), partial(self._copy, "json"))
        self.copy_button.setMenu(menu)
        self.save_button = QPushButton(self.tr("Save ..."))
        set_icon(self.save_button, "save")
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.segments)
        row.addStretch(1)
        for button in (self.graph_button, self.copy_button, self.save_button):
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.segments.chosen.connect(self._choose_by)
        self.graph_button.clicked.connect(self._show_graph)
        self.save_button.clicked.connect(self._ask)
        self.bars.chosen.connect(self.table.go_to)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open)
        changed = (self._profiles.changed, self._measurements.changed, self._sessions.changed)
        follow(self, self._workspace, changed, self._update)

    # What the user does

    def _choose_by(self, by: By) -> None:
        self._by = by
        self.segments.show_chosen(by)
        self._update()

    def _choose(self, row: TimeRow) -> None:
        self.bars.mark(row)
        document = self._workspace.current
        target = selection_of(document, row.layer) if document is not None else None
        if target is not None:
            self._workspace.select(target)

    def _open(self, row: TimeRow) -> None:
        self._choose(row)
        self.page_requested.emit("model")

    def _show_graph(self) -> None:
        self.page_requested.emit("model")
        self._workspace.figures.graph_requested.emit("time")

    def _copy(self, form: Form) -> None:
        if (profile := self._profile()) is not None:
            QGuiApplication.clipboard().setText(as_text(profile, self._by, form))

    def _ask(self) -> None:
        kinds: dict[str, Form] = {"CSV (*.csv)": "csv", "JSON (*.json)": "json"}
        title = self.tr("Save the times of the layers")
        found = ask_save_form(self, title, "layers.csv", kinds)
        if found is not None:
            self.save(*found)

    # What is shown

    def _timing(self) -> LayerTiming | None:
        document = self._workspace.current
        return self._profiles.work(document) if document is not None else None

    def _profile(self) -> LayerProfile | None:
        timing = self._timing()
        return timing.profile if timing is not None else None

    def _update(self) -> None:
        document = self._workspace.current
        if document is None:
            return
        timing, profile = self._timing(), self._profile()
        self._show_buttons(document, self._why_not(document))
        running = state_words(timing) if timing is not None else ""
        self.status.setText(conditions(profile) if profile is not None else running)
        self.words.setText(summary(profile) if profile else self._explain())
        notes = " ".join(map(core_text, profile.warnings)) if profile else ""
        self.warnings.setText(notes)
        self.warnings.setVisible(bool(notes))
        for widget in (self.chart, self.table):
            widget.setVisible(profile is not None)
        self.empty.setVisible(profile is None)
        for tool, what_for in (
            (self.segments, self.segments.accessibleName()),
            (self.graph_button, self.tr("Colour the graph by these times")),
            (self.copy_button, self.tr("Copy the times as CSV or JSON")),
            (self.save_button, self.tr("Save the times as CSV or JSON")),
        ):
            enable_unless("" if profile else self.tr("There is no profile yet."), tool, what_for)
        if self._shown is None or self._shown[0] is not profile or self._shown[1] != self._by:
            self._shown = profile, self._by
            self.table.show_profile(profile, self._by)
            self._show_bars()

    def _show_bars(self) -> None:
        """So many that the table keeps most of the room."""
        count = max(LEAST_BARS, min(MOST_BARS, self.height() // 3 // self.bars.pitch))
        self.bars.show_rows(self.table.times.slowest(count))

    def _explain(self) -> str:
        return self.tr(
            "Times every layer over some inferences, after the whole without a profiler, with the "
            "shapes of the Benchmark form. A click on a layer then selects it everywhere."
        )

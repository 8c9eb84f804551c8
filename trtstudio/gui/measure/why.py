"""The "Why slower?" view of the Measure page: the same model in one loop after another. Main thread
only.
"""

import json

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from trtstudio.gui.document import Document
from trtstudio.gui.icons import set_icon
from trtstudio.gui.measure.frame import (
    follow,
    head_card,
    scrolled,
    start_row,
    state_label,
)
from trtstudio.gui.measure.loops_view import LoopsView
from trtstudio.gui.measure.measurements import Comparison, Measurements
from trtstudio.gui.measure.text import comparison_text
from trtstudio.gui.measure.words import state_words
from trtstudio.gui.measure.work_view import WorkView
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.segments import Segments
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.measure.bench_export import comparison_json


class WhyView(WorkView):
    """One button; a row appears as soon as its loop is measured."""

    def __init__(self, workspace: Workspace, runs: Runs, measurements: Measurements) -> None:
        super().__init__(workspace, runs, measurements, measurements.comparisons)
        self._comparisons = measurements.comparisons
        self._by = "qps"
        self._arrange()
        self._connect()

    def start(self) -> None:
        """Measure the current document in every loop."""
        if self._workspace.current is not None:
            self._measurements.compare(self._workspace.current)

    # Putting it together

    def _arrange(self) -> None:
        self.rows = LoopsView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._make_head())
        column.addLayout(self._make_tools())
        column.addWidget(scrolled(self.rows), 1)

    def _make_head(self) -> QFrame:
        self.words = QLabel(wordWrap=True)
        buttons = self._make_buttons(
            self.tr("Compare"),
            self.tr("Measure one loop after another"),
            self.tr("End it now and keep the loops that are done (Esc)"),
        )
        self.status = state_label()
        title = self.tr("Why is mine slower than trtexec?")
        return head_card(title, self.words, start_row(buttons, self.status))

    def _make_tools(self) -> QHBoxLayout:
        bars = (("qps", self.tr("Throughput")), ("latency", self.tr("Latency")))
        self.segments = Segments(bars, self.tr("What the bars show"))
        self.segments.show_chosen(self._by)
        self.unlike = QLabel(wordWrap=True)
        self.unlike.setProperty("role", "muted")
        self.copy_text = QPushButton(self.tr("Copy as text"))
        self.copy_text.setToolTip(self.tr("Copy the figures of all loops as text"))
        self.copy_json = QPushButton(self.tr("Copy as JSON"))
        self._offer_json(is_complete=False)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.segments)
        row.addWidget(self.unlike, 1)
        for button in (self.copy_text, self.copy_json):
            set_icon(button, "copy")
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.segments.chosen.connect(self._choose_bars)
        self.copy_text.clicked.connect(self._copy_text)
        self.copy_json.clicked.connect(self._copy_json)
        changed = (
            self._comparisons.changed,
            self._measurements.changed,
            self._measurements.settings_changed,
            self._sessions.changed,
        )
        follow(self, self._workspace, changed, self._update)

    # What the user does besides

    def _choose_bars(self, by: str) -> None:
        self._by = by
        self.segments.show_chosen(by)
        self._update()

    def _copy_text(self) -> None:
        comparison = self._comparison()
        if comparison is not None:
            text = comparison_text(comparison.explanation, comparison.variants)
            QGuiApplication.clipboard().setText(text)

    def _copy_json(self) -> None:
        comparison = self._comparison()
        if comparison is not None and comparison.result is not None:
            text = json.dumps(comparison_json(comparison.result), indent=2)
            QGuiApplication.clipboard().setText(text)

    # What is shown

    def _comparison(self) -> Comparison | None:
        document = self._workspace.current
        return self._comparisons.work(document) if document is not None else None

    def _update(self) -> None:
        document, comparison = self._workspace.current, self._comparison()
        if document is None:
            return
        settings = self._measurements.settings(document)
        self.words.setText(self._explain(document, settings.duration_s))
        why_not = self._why_not(document) or self._measurements.why_one_loop(document)
        self._show_buttons(document, why_not)
        self.status.setText(self._status(comparison) if comparison else "")
        variants = comparison.variants if comparison else []
        self.rows.show_variants(variants, settings.loop, self._by)
        is_there = any(variant.loop == settings.loop for variant in variants)
        is_over = comparison is not None and not comparison.is_running
        words = self.tr("The settings of the Benchmark form are none of these.")
        self.unlike.setText(words if variants and is_over and not is_there else "")
        for widget in (self.segments, self.copy_text, self.copy_json):
            widget.setVisible(bool(variants))
        self._offer_json(is_complete=comparison is not None and comparison.result is not None)

    def _offer_json(self, *, is_complete: bool) -> None:
        why_not = "" if is_complete else self.tr("The comparison has no complete result yet.")
        enable_unless(why_not, self.copy_json, self.tr("Copy the complete result as JSON"))

    def _explain(self, document: Document, seconds: float) -> str:
        refusal = self._measurements.why_one_loop(document)
        if refusal:
            return refusal
        return self.tr(
            "Measures the model in nine loops, from what most programs do first to what trtexec "
            "does, each for {seconds:g} s with the shapes of the Benchmark form, and says what "
            "each change brings."
        ).format(seconds=seconds)

    def _status(self, comparison: Comparison) -> str:
        stopped = self.tr("Stopped. These loops are complete.")
        if comparison.result is None:
            return state_words(comparison, stopped)
        if not comparison.result.complete:
            return stopped
        return self.tr("Done. {what}").format(what=comparison.explanation)

"""What a run says at a glance: its picture, its answer and times, and how its latency compares.
Main thread only.
"""

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from superqt import QElidingLabel

from trtstudio.gui.icons import set_icon
from trtstudio.gui.runs import Run
from trtstudio.gui.theme import GRID
from trtstudio.gui.widgets.answer_view import AnswerView
from trtstudio.gui.widgets.latency_plot import LatencyPlot
from trtstudio.gui.widgets.picture_view import Box, PictureView, as_image
from trtstudio.gui.widgets.timing_view import TimingView
from trtstudio.model.run import Array

ANSWER_WIDTH = 288
_UNLIMITED = 16777215
_TURN_MS = 5


class RunOverview(QSplitter):
    """Picture and answer above, latencies below; the user may move the border."""

    save_picture_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._latencies_ms: Array = np.empty(0)
        self._next_turn = QTimer(self, interval=_TURN_MS, singleShot=True)
        self._next_turn.timeout.connect(self._show_latencies)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(GRID)
        self.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.addWidget(self._make_top())
        self.addWidget(self._make_latencies())
        self.setStretchFactor(0, 1)
        self.setSizes([340, 150])

    def show_run(self, run: Run, latencies_ms: Array) -> None:
        """Show this run, and the latencies of it and its like in the order that they ran."""
        self._show_picture(run)
        self._show_answer(run)
        self._latency_card.setVisible(run.problem is None)
        self._latencies_ms = latencies_ms
        # The plot takes its own turn: both at once would keep the window from its other events.
        self._next_turn.start()

    @property
    def is_settled(self) -> bool:
        """Whether everything is shown."""
        return not self._next_turn.isActive()

    def _show_latencies(self) -> None:
        self.latencies.show_samples(self._latencies_ms)

    def _make_top(self) -> QWidget:
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        self.picture = PictureView()
        self._picture_card = _card(self.picture)
        row.addWidget(self._picture_card, 1)
        self._answer_card = _card()
        self._answer_card.setMinimumWidth(ANSWER_WIDTH)
        self._answer_card.setMaximumWidth(ANSWER_WIDTH)
        self._fill_answer_card()
        row.addWidget(self._answer_card)
        return top

    def _fill_answer_card(self) -> None:
        layout = self._answer_card.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        self.heading = QElidingLabel()
        self.heading.setProperty("role", "heading")
        self.message = QLabel(wordWrap=True)
        self.message.setProperty("role", "muted")
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.answer = AnswerView()
        self._filler = QWidget()  # keeps the rest together where there is no answer
        self.answer.object_picked.connect(self.picture.highlight)
        self.timing = TimingView()
        self.save_picture = QPushButton(self.tr("Save picture ..."))
        self.save_picture.setStyleSheet("padding: 3px 6px;")
        set_icon(self.save_picture, "image")
        self.save_picture.clicked.connect(self.save_picture_requested)
        layout.addWidget(self.heading)
        layout.addWidget(self.message)
        layout.addWidget(self.answer, 1)
        layout.addWidget(self._filler, 1)
        layout.addWidget(self.timing)
        layout.addWidget(self.save_picture, alignment=Qt.AlignmentFlag.AlignLeft)

    def _make_latencies(self) -> QWidget:
        self.latencies = LatencyPlot(self.tr("Run"))
        self._latency_card = _card()
        heading = QLabel(self.tr("Latency of every run, dashed: median"))
        heading.setProperty("role", "heading")
        column = self._latency_card.layout()
        assert isinstance(column, QVBoxLayout)
        column.setContentsMargins(GRID, GRID, GRID, 0)
        column.addWidget(heading)
        column.addWidget(self.latencies, 1)
        return self._latency_card

    def _show_picture(self, run: Run) -> None:
        feed = run.feed
        has_picture = feed is not None and feed.preview is not None
        self._picture_card.setVisible(has_picture)
        self._answer_card.setMaximumWidth(ANSWER_WIDTH if has_picture else _UNLIMITED)
        self.save_picture.setVisible(has_picture)
        if feed is None or feed.preview is None:
            return
        assert feed.placement is not None
        height, width = feed.placement.picture_size
        detections = run.answer.detections if run.answer else ()
        self.picture.show_picture(
            as_image(feed.preview), QSize(width, height), detections, _seen(run)
        )
        self.picture.setToolTip(
            self.tr("{name}, {width} x {height}. The network does not see what is dimmed.").format(
                name=run.name, width=width, height=height
            )
        )

    def _show_answer(self, run: Run) -> None:
        self.heading.setText(run.name or self.tr("Random inputs"))
        self.heading.setToolTip(str(run.source) if run.name else "")
        words = self._words(run)
        self.message.setText(words)
        self.message.setVisible(bool(words))
        self.answer.setVisible(run.answer is not None)
        self._filler.setVisible(run.answer is None)
        if run.answer is not None:
            self.answer.show_answer(run.answer)
        self.timing.setVisible(run.problem is None)
        self.save_picture.setEnabled(run.answer is not None)
        if run.problem is None:
            self.timing.show_run(run)

    def _words(self, run: Run) -> str:
        if run.problem is not None:
            return f"{run.problem.message}\n\n{run.problem.hint}"
        if run.answer is None:
            return self.tr("What these outputs mean is not known; see their values.")
        if run.answer.gives_objects and not run.answer.detections:
            return self.tr("Nothing was found in this picture.")
        return ""


def _seen(run: Run) -> Box | None:
    """The part of the picture that the network was given, None for all of it."""
    placement = run.feed.placement if run.feed else None
    if placement is None or placement.source.size == placement.picture_size:
        return None
    source = placement.source
    return (source.left, source.top, source.right, source.bottom)


def _card(content: QWidget | None = None) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(1, 1, 1, 1)
    layout.setSpacing(GRID // 2)
    if content is not None:
        layout.addWidget(content)
    return card

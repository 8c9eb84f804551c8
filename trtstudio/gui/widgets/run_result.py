"""One run: its picture, its answer and times, its outputs and how its latency compares. Main thread
only.
"""

from collections.abc import Callable, Sequence

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
from trtstudio.gui.widgets.tensor_plot import TensorPlot
from trtstudio.gui.widgets.timing_view import TimingView

ANSWER_WIDTH = 288
TURN_MS = 5


class RunResult(QSplitter):
    """Picture and answer above, plots below; the user may move the borders."""

    save_picture_requested = Signal(object)  # Run
    save_outputs_requested = Signal(object)  # Run

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.run: Run | None = None
        self._turns: list[Callable[[], None]] = []
        self._next_turn = QTimer(self, interval=TURN_MS, singleShot=True)
        self._next_turn.timeout.connect(self._take_turn)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(GRID)
        self.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.addWidget(self._make_top())
        self.addWidget(self._make_plots())
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setSizes([300, 190])

    def show_run(self, run: Run, alike: Sequence[Run]) -> None:
        """Show this run, and the latencies of it and its like in the order that they ran."""
        self.run = run
        self._show_picture(run)
        self._show_answer(run)
        self._plots.setVisible(bool(run.curves))
        latencies = np.array([other.timing.latency_ms for other in alike])
        # Each plot takes its own turn: all at once would keep the window from its other events.
        self._turns = [
            lambda: self.tensors.show_curves(run.curves),
            lambda: self.latencies.show_samples(latencies),
        ]
        if not run.curves:
            self._turns.clear()
        self._next_turn.start()

    def _take_turn(self) -> None:
        if self._turns:
            self._turns.pop(0)()
            self._next_turn.start()

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
        self.save_picture = self._button(self.tr("Save picture ..."), "image")
        self.save_picture.clicked.connect(lambda: self.save_picture_requested.emit(self.run))
        self.save_outputs = self._button(self.tr("Save outputs ..."), "save")
        self.save_outputs.clicked.connect(lambda: self.save_outputs_requested.emit(self.run))
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.save_picture)
        buttons.addWidget(self.save_outputs)
        buttons.addStretch()
        layout.addWidget(self.heading)
        layout.addWidget(self.message)
        layout.addWidget(self.answer, 1)
        layout.addWidget(self._filler, 1)
        layout.addWidget(self.timing)
        layout.addLayout(buttons)

    def _button(self, text: str, icon_name: str) -> QPushButton:
        button = QPushButton(text)
        button.setStyleSheet("padding: 3px 6px;")
        set_icon(button, icon_name)
        return button

    def _make_plots(self) -> QWidget:
        self._plots = QWidget()
        row = QHBoxLayout(self._plots)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        self.tensors = TensorPlot()
        self.latencies = LatencyPlot(self.tr("Run"))
        latency = QWidget()
        column = QVBoxLayout(latency)
        column.setContentsMargins(GRID, GRID, GRID, 0)
        heading = QLabel(self.tr("Latency of every run, dashed: median"))
        heading.setProperty("role", "heading")
        column.addWidget(heading)
        column.addWidget(self.latencies, 1)
        row.addWidget(_card(self.tensors), 3)
        row.addWidget(_card(latency), 2)
        return self._plots

    def _show_picture(self, run: Run) -> None:
        feed = run.feed
        has_picture = feed is not None and feed.preview is not None
        self._picture_card.setVisible(has_picture)
        self._answer_card.setMaximumWidth(ANSWER_WIDTH if has_picture else 16777215)
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
        ran = run.problem is None
        self.timing.setVisible(ran)
        self.save_outputs.setEnabled(ran)
        self.save_picture.setEnabled(run.answer is not None)
        if ran:
            self.timing.show_run(run)

    def _words(self, run: Run) -> str:
        if run.problem is not None:
            return f"{run.problem.message}\n\n{run.problem.hint}"
        if run.answer is None:
            return self.tr("What these outputs mean is not known; below are their values.")
        if run.answer.task == "detection" and not run.answer.detections:
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

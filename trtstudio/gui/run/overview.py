"""What a run says at a glance: its picture, its answer and times, how it is fed and read, and how
its latency compares. Main thread only.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from superqt import QElidingLabel

from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.latency_plot import LatencyPlot
from trtstudio.gui.parts.segments import Segments
from trtstudio.gui.run.answer_view import AnswerView
from trtstudio.gui.run.likes import latencies_ms, similar
from trtstudio.gui.run.picture_panel import PicturePanel
from trtstudio.gui.run.preprocess_panel import PreprocessPanel
from trtstudio.gui.run.run import Run
from trtstudio.gui.run.run_title import run_tip, run_title
from trtstudio.gui.run.task_panel import TaskPanel
from trtstudio.gui.run.timing_view import TimingView
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.core_words import core_text
from trtstudio.model.run import Array

ANSWER_WIDTH = 300
_TIMING_WIDTH = 232
_LEAST_ANSWER = 28  # it scrolls: a window of 720 dots has no room for more
_UNLIMITED = 16777215
_SMALL_SIDE = 96  # of a picture on which detectors find nothing
_TURN_MS = 5


class RunOverview(QSplitter):
    """Picture and answer above, times below; the user may move the border. The answer's card also
    has the editor of the preprocessing. It can be used when ``make`` has come to its end.
    """

    save_picture_requested = Signal()
    copy_requested = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._workspace = workspace
        self._latencies_ms: Array = np.empty(0)
        self._is_small = self._has_times = False
        self._next_turn = QTimer(self, interval=_TURN_MS, singleShot=True)
        self._next_turn.timeout.connect(self._show_latencies)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(GRID)
        self.setStyleSheet("QSplitter::handle { background: transparent; }")
        # From the outside in: what gets another parent is styled anew, with all in it.
        self._top, self._times_card = QWidget(self), _card(self)
        self._picture_card, self._answer_card = _card(self._top), _card(self._top)
        row = QHBoxLayout(self._top)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._picture_card, 1)
        row.addWidget(self._answer_card)
        self.addWidget(self._top)
        self.addWidget(self._times_card)
        self.setStretchFactor(0, 1)
        self.setSizes([380, 130])

    def make(self) -> Iterator[None]:
        """Fill it, a part a step."""
        self.panel = PicturePanel(self._workspace, self._picture_card)
        self.picture = self.panel.view
        _column(self._picture_card, 1, 1, 1, 1).addWidget(self.panel)
        yield
        self._fill_answer_card()
        yield
        self._pages.addWidget(self._make_preprocess())
        yield
        self._fill_times_card()

    def show_run(self, run: Run, history: Sequence[Run]) -> None:
        """Show this run; ``history`` are all runs of its document, the oldest first."""
        self._show_picture(run)
        self._show_answer(run, history)
        self._has_times = run.problem is None
        self._show_times()
        self._latencies_ms = latencies_ms(run, history)
        # The plot takes its own turn: both at once would keep the window from its other events.
        self._next_turn.start()

    def show_reading(self, run: Run, history: Sequence[Run]) -> None:
        """The same run with another answer: only that is shown anew."""
        self._show_picture(run)
        self._show_answer(run, history)

    def show_model(self, loaded: Loaded, *, is_reshaped: bool = False) -> None:
        """Show how pictures are fed and read now; ``is_reshaped`` tells that the model was given
        other input shapes than its own.
        """
        takes_pictures = loaded.pictures is not None
        self.tabs.buttons["input"].setEnabled(takes_pictures)
        self.tabs.buttons["input"].setToolTip(
            "" if takes_pictures else self.tr("This model does not take pictures.")
        )
        self.task.setVisible(takes_pictures)
        if loaded.pictures is not None:
            is_small = max(loaded.pictures.preprocess.size) < _SMALL_SIDE
            self._is_small = is_small and loaded.has_one_size and not is_reshaped
            self.task.show_model(loaded.pictures)
            self.preprocess.show_model(loaded.pictures, loaded.recognized)
            self.preprocess.fields.show_free_size(
                is_free=is_reshaped, can_be_free=is_reshaped or loaded.has_one_size
            )
        else:
            self._choose("answer")

    def minimumSizeHint(self) -> QSize:
        """Without the times, which are left out where there is no room for them."""
        return QSize(super().minimumSizeHint().width(), self._top.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_times()

    def _show_times(self) -> None:
        least = [part.minimumSizeHint().height() for part in (self._top, self._times_card)]
        has_room = self.height() >= sum(least) + self.handleWidth()
        self._times_card.setVisible(self._has_times and has_room)

    @property
    def is_settled(self) -> bool:
        """Whether everything is shown."""
        return not self._next_turn.isActive()

    def _show_latencies(self) -> None:
        self.latencies.show_samples(self._latencies_ms)

    def _fill_answer_card(self) -> None:
        card = self._answer_card
        card.setFixedWidth(ANSWER_WIDTH)
        texts = (("answer", self.tr("Answer")), ("input", self.tr("Preprocessing")))
        self.tabs = Segments(texts, self.tr("What is shown beside the picture"), card)
        self.tabs.show_chosen("answer")
        self.tabs.chosen.connect(self._choose)
        self._pages = QStackedWidget(card)
        self._pages.addWidget(self._make_answer())
        column = _column(card, GRID + 4, GRID, GRID, GRID)
        column.addWidget(self.tabs, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._pages, 1)

    def _make_preprocess(self) -> QScrollArea:
        scroll = QScrollArea(self._pages, widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.preprocess = PreprocessPanel(scroll.viewport())
        scroll.setWidget(self.preprocess)
        for part in (scroll.viewport(), self.preprocess):
            part.setAutoFillBackground(False)
        return scroll

    def _make_answer(self) -> QWidget:
        page = QWidget(self._pages)
        self.task = TaskPanel(page)
        self.heading = QElidingLabel()
        self.heading.setProperty("role", "heading")
        self.message = QLabel(wordWrap=True)
        self.message.setProperty("role", "muted")
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.answer = AnswerView()
        self.answer.setMinimumHeight(_LEAST_ANSWER)
        self._filler = QWidget()  # keeps the rest together where there is no answer
        self.answer.object_picked.connect(self.picture.highlight)
        self.save_picture = _small_button(self.tr("Save answer ..."), "save")
        self.save_picture.setToolTip(
            self.tr("Save the drawn picture, or the answer as JSON, CSV, COCO or YOLO")
        )
        self.save_picture.clicked.connect(self.save_picture_requested)
        self.copy = _small_button(self.tr("Copy"), "copy")
        self.copy.setToolTip(self.tr("Copy the drawn picture, and the answer as text"))
        self.copy.clicked.connect(self.copy_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID // 2)
        buttons.addWidget(self.save_picture)
        buttons.addWidget(self.copy)
        buttons.addStretch()
        column = _column(page, 0, 0, 0, 0)
        for part in (self.heading, self.task, self.message):
            column.addWidget(part)
        column.addWidget(self.answer, 1)
        column.addWidget(self._filler, 1)
        column.addLayout(buttons)
        return page

    def _fill_times_card(self) -> None:
        card = self._times_card
        self.latencies = LatencyPlot(self.tr("Run"), card)
        self.timing = TimingView(card)
        self.timing.setFixedWidth(_TIMING_WIDTH)
        heading = QLabel(self.tr("Latency of every run, dashed: median"))
        heading.setProperty("role", "heading")
        plot = QVBoxLayout()
        plot.setSpacing(GRID // 2)
        plot.addWidget(heading)
        plot.addWidget(self.latencies, 1)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.timing, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(plot, 1)
        _column(card, GRID + 4, GRID, GRID, 0).addLayout(row)

    def _choose(self, key: str) -> None:
        self.tabs.show_chosen(key)
        self._pages.setCurrentIndex(0 if key == "answer" else 1)

    def _show_picture(self, run: Run) -> None:
        has_picture = run.feed is not None and run.feed.preview is not None
        self._picture_card.setVisible(has_picture)
        self._answer_card.setMaximumWidth(ANSWER_WIDTH if has_picture else _UNLIMITED)
        for button in (self.save_picture, self.copy):
            button.setVisible(has_picture)
        if has_picture:
            self.panel.show_run(run)
        else:
            self.panel.clear()

    def _show_answer(self, run: Run, history: Sequence[Run]) -> None:
        title = run_title(run)
        self.heading.setText(title[:1].upper() + title[1:] if not run.name else title)
        self.heading.setToolTip(run_tip(run))
        words = "\n".join(filter(None, (self._words(run), self._note(run))))
        self.message.setText(words)
        self.message.setVisible(bool(words))
        self.answer.setVisible(run.answer is not None)
        self._filler.setVisible(run.answer is None)
        if run.answer is not None:
            self.answer.show_answer(run.answer, similar(run, history))
        for button in (self.save_picture, self.copy):
            button.setEnabled(run.answer is not None)
        if run.problem is None:
            self.timing.show_run(run)

    def _small_hint(self) -> str:
        """Where the model is given pictures on which nothing can be seen, and needs not be."""
        if not self._is_small:
            return ""
        words = self.tr("The model declares very small pictures: try “{option}” under {tab}.")
        option, tab = self.preprocess.fields.free_size.text(), self.tabs.buttons["input"].text()
        return "\n\n" + words.format(option=option, tab=tab)

    def _note(self, run: Run) -> str:
        """What of the picture's file was left out."""
        note = run.feed.note if run.feed is not None else ""
        return self.tr("This is {note}.").format(note=core_text(note)) if note else ""

    def _words(self, run: Run) -> str:
        problem = run.problem or run.unread
        if problem is not None:
            return f"{problem.message}\n\n{problem.hint}"
        if run.answer is None:
            return self.tr("What these outputs mean is not known; see their values.")
        if run.answer.gives_objects and not run.answer.detections:
            return self.tr("Nothing was found in this picture.") + self._small_hint()
        if run.answer.heat is not None and not run.answer.top:
            values = run.answer.heat.values
            words = self.tr("Values from {low:.4g} to {high:.4g}")
            return words.format(low=float(values.min()), high=float(values.max()))
        if run.answer.embedding is not None:
            return self.tr("How similar the other pictures are:")
        return ""


def _small_button(text: str, icon_name: str) -> QPushButton:
    button = QPushButton(text)
    button.setStyleSheet("padding: 3px 6px;")
    set_icon(button, icon_name)
    return button


def _card(parent: QWidget) -> QFrame:
    card = QFrame(parent)
    card.setProperty("role", "card")
    return card


def _column(widget: QWidget, left: int, top: int, right: int, bottom: int) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(left, top, right, bottom)
    column.setSpacing(GRID // 2)
    return column

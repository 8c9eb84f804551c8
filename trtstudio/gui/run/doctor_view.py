"""A picture, or several, fed in every plausible way: how the answers change, side by side. Main
thread only.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from superqt import QFlowLayout

from trtstudio.gui.document import Document
from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.picture_images import as_image
from trtstudio.gui.run.doctor_card import THUMBNAIL, DoctorCard
from trtstudio.gui.run.picture_words import answer_words, resize_title, scale_title
from trtstudio.gui.run.run import Run
from trtstudio.gui.run.trials import Trials
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.run import Array
from trtstudio.vision.scaling import scaled_down

if TYPE_CHECKING:  # they bring OpenCV, which the main thread does not wait for
    from trtstudio.vision.doctor import Trial, Variant
    from trtstudio.vision.picture_model import PictureModel

MOST_PICTURES = 3


class DoctorView(QWidget):
    """A card for each variant; a click on one chooses it."""

    chosen = Signal(object)  # Preprocess

    def __init__(self, workspace: Workspace, trials: Trials, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._trials = trials
        self._variants: Sequence[Variant] = ()
        self._pictures = 1
        self._runs: list[Run] = []
        self._done: list[Trial] = []
        self.cards: list[DoctorCard] = []
        self.words = QLabel(wordWrap=True)
        self.words.setProperty("role", "muted")
        self.stop_button = QPushButton(self.tr("Stop"))
        set_icon(self.stop_button, "circle-stop")
        self.stop_button.setToolTip(self.tr("End it now and keep the ways that are done"))
        self.stop_button.clicked.connect(trials.stop)
        self._content = QWidget()
        self._flow = QFlowLayout(self._content)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setHorizontalSpacing(GRID)
        self._flow.setVerticalSpacing(GRID)
        self._arrange()

    def start(self, document: Document, model: "PictureModel", runs: Sequence[Run]) -> None:
        """Feed the pictures of ``runs``, the first of which counts most, in every way."""
        from trtstudio.vision.doctor import variants

        self.clear()
        self._variants = variants(model.preprocess)
        sources = _distinct(runs)[:MOST_PICTURES]
        self._pictures = len(sources)
        trials = [
            (source, replace(model, preprocess=variant.preprocess))
            for variant in self._variants
            for source in sources
        ]
        self.stop_button.show()
        self._say_progress()
        self._trials.start(document, trials, self._tried, self._ended)

    def _arrange(self) -> None:
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._content)
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(top)
        column.addWidget(scroll, 1)

    def clear(self) -> None:
        """Show nothing, and give up what is not done."""
        self._trials.stop()  # before: it puts what is there in order
        self._variants, self._runs, self._done = (), [], []
        for card in self.cards:
            card.deleteLater()
        self.cards = []
        while self._flow.takeAt(0) is not None:
            pass
        self.words.setText("")

    def _tried(self, position: int, run: Run) -> None:
        self._runs.append(run)
        if len(self._runs) < self._pictures:
            return
        runs, self._runs = self._runs, []
        variant = self._variants[position // self._pictures]
        future = self._workspace.io.submit(_seen, runs[0])
        self._workspace.courier.watch(
            future, partial(self._add, variant, runs), self._workspace.report
        )

    def _add(self, variant: "Variant", runs: Sequence[Run], seen: Array | None) -> None:
        from trtstudio.vision.doctor import trial

        if not any(variant is known for known in self._variants):
            return  # of an earlier series
        found = trial(variant, [run.answer for run in runs])
        pixmap = None if seen is None else QPixmap.fromImage(as_image(seen))
        answers = [self._answer_of(run) for run in runs]
        card = DoctorCard(_title(variant), answers, pixmap, found.confidence)
        card.clicked.connect(lambda: self.chosen.emit(variant.preprocess))
        card.setToolTip(self.tr("Feed pictures like this from now on"))
        if variant.is_current:
            card.set_badge(self.tr("In force"))
        self._done.append(found)
        self.cards.append(card)
        self._flow.addWidget(card)
        if self._trials.is_running:
            self._say_progress()
        else:
            self._ended()

    def _answer_of(self, run: Run) -> str:
        problem = run.problem or run.unread
        return problem.message if problem is not None else answer_words(run.answer)

    def _say_progress(self) -> None:
        words = self.tr("{done} of {count} ways of feeding the picture are tried ...")
        self.words.setText(words.format(done=len(self._done), count=len(self._variants)))

    def _ended(self) -> None:
        """The surest first, and it is said that this is no more than a hint."""
        from trtstudio.vision.doctor import most_confident

        self.stop_button.hide()
        best = most_confident(self._done)
        for found, card in zip(self._done, self.cards, strict=True):
            if found is best:
                is_current = found.variant.is_current
                card.set_badge(self.tr("Surest, in force") if is_current else self.tr("Surest"))
        order = sorted(range(len(self._done)), key=lambda i: -(self._done[i].confidence or 0.0))
        self._done = [self._done[i] for i in order]
        self.cards = [self.cards[i] for i in order]
        while self._flow.takeAt(0) is not None:
            pass
        for card in self.cards:
            self._flow.addWidget(card)
        self.words.setText(
            self.tr(
                "Click the way that is right. The surest answer is marked, as a hint only: a "
                "network can be sure of what is wrong."
            )
        )


def _title(variant: "Variant") -> str:
    return " · ".join((variant.color, scale_title(variant.scale), resize_title(variant.resize)))


def _distinct(runs: Sequence[Run]) -> list:
    """The pictures of these runs, each once."""
    found: list = []
    for run in runs:
        if run.has_picture and not any(_is_same(run.source, source) for source in found):
            found.append(run.source)
    return found


def _is_same(one: object, other: object) -> bool:
    """Pasted pictures hold arrays, which are not compared."""
    return one is other or (isinstance(one, Path) and isinstance(other, Path) and one == other)


def _seen(run: Run) -> Array | None:
    """What the model saw, small; in the io thread."""
    from trtstudio.vision.preprocess import seen

    if run.feed is None or run.pictures is None or run.pictures.input not in run.feed.inputs:
        return None
    pixels = seen(run.feed.inputs[run.pictures.input], run.pictures.preprocess)
    return scaled_down(pixels, 2 * max(THUMBNAIL.width(), THUMBNAIL.height()))

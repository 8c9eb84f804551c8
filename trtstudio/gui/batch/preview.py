"""One picture of a long run with its answer, or with those of two networks beside each other. Main
thread only.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)
from superqt import QElidingLabel

from trtstudio.gui.batch.work import Live
from trtstudio.gui.parts.picture_images import as_image
from trtstudio.gui.picture.answer_words import surest_words
from trtstudio.gui.picture.view import PictureView
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.core_words import core_text
from trtstudio.model.run import Array

if TYPE_CHECKING:  # they bring OpenCV, which the main thread does not wait for
    from trtstudio.vision.answer import Answer
    from trtstudio.vision.batch.agreement import Difference
    from trtstudio.vision.batch.records import Record

_MOST_DIFFERENCES = 6


class BatchPreview(QWidget):
    """Of a pair the titles say whose answers they are, the legend whose marks in one picture."""

    def __init__(self, *, is_pair: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QElidingLabel()
        self.name.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.name.setProperty("role", "heading")
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setProperty("role", "muted")
        self.views = tuple(PictureView() for _ in range(2 if is_pair else 1))
        self._image: QImage | None = None
        self._size = QSize(1, 1)
        self._answers: tuple[Answer | None, ...] = ()
        self._titles = tuple(QElidingLabel() for _ in self.views)
        self.legend = tuple(QElidingLabel() for _ in self.views)
        self.said = tuple(QElidingLabel() for _ in self.views)
        self._pictures = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pictures.setSpacing(GRID)
        self._boxes = tuple(map(self._make_box, self._titles, self.views, self.said))
        self.overlay = QCheckBox(self.tr("Overlaid"))
        self.overlay.setToolTip(
            self.tr("Show the objects of both in one picture: 1 and 2 mark what only one found")
        )
        self.overlay.toggled.connect(self._show_answers)
        self.overlay.setVisible(is_pair)
        self.differences = _Differences()
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.overlay)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(head)
        for entry in self.legend:
            entry.setProperty("role", "muted")
            entry.hide()
            layout.addWidget(entry)
        layout.addLayout(self._pictures, 1)
        layout.addWidget(self.words)
        layout.addWidget(self.differences)

    def set_titles(self, titles: Sequence[str]) -> None:
        """What the networks are called."""
        for number, title in enumerate(titles[: len(self.views)]):
            for label, text in (
                (self._titles[number], title),
                (self.legend[number], f"{number + 1}: {title}"),
            ):
                label.setText(text)
                label.setToolTip(text)

    def show_record(self, record: "Record", pixels: Array | None) -> None:
        """Show a picture and what was said about it, or its problem."""
        problem = core_text(f"{record.problem} {record.hint}".strip())
        if pixels is None and not problem:
            problem = self.tr("The picture is gone.")
        self._show(record.source.name, pixels, record.size, (record.answer, record.second))
        words = problem or self._note(record)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.differences.show_differences(record.differences)

    def _note(self, record: "Record") -> str:
        """What of the picture's file was left out."""
        note = core_text(record.note)
        return self.tr("This is {note}.").format(note=note) if note else ""

    def show_problem(self, name: str, problem: str) -> None:
        """Show what was wrong with a picture that is not kept."""
        self.clear()
        self.name.setText(name)
        self.words.setText(core_text(problem))
        self.words.show()

    def show_live(self, live: Live) -> None:
        """Show the newest picture of a run."""
        self._show(live.source.name, live.pixels, live.size, live.answers)
        self.words.hide()
        self.differences.show_differences(())

    @property
    def is_empty(self) -> bool:
        """Whether it shows nothing."""
        return not self.name.text()

    def clear(self) -> None:
        """Show nothing."""
        self._show("", None, (1, 1), ())
        self.words.hide()
        self.differences.show_differences(())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _make_box(self, title: QLabel, view: PictureView, said: QLabel) -> QWidget:
        title.setProperty("role", "muted")
        title.setVisible(len(self.views) > 1)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(title)
        column.addWidget(view, 1)
        column.addWidget(said)
        self._pictures.addWidget(box, 1)
        return box

    def _turn(self) -> None:
        """Pictures stand beside or above each other, as they are larger."""
        beside = QSize(self.width() // 2, self.height())
        above = QSize(self.width(), self.height() // 2)
        keep = Qt.AspectRatioMode.KeepAspectRatio
        is_wide = self._size.scaled(beside, keep).width() >= self._size.scaled(above, keep).width()
        directions = QBoxLayout.Direction
        self._pictures.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)

    def _show(
        self,
        name: str,
        pixels: Array | None,
        size: tuple[int, int],
        answers: "Sequence[Answer | None]",
    ) -> None:
        self.name.setText(name)
        self._image = as_image(pixels) if pixels is not None else None
        self._size = QSize(max(1, size[1]), max(1, size[0]))
        self._answers = tuple(answers)
        self._turn()
        self._show_answers()

    def _show_answers(self) -> None:
        """Each in its picture, or the objects of both in one."""
        answers: Sequence[Answer | None] = self._answers
        both = _objects(answers)
        self.overlay.setEnabled(both is not None)
        is_overlaid = both is not None and self.overlay.isChecked()
        for box in self._boxes[1:]:
            box.setVisible(not is_overlaid)
        for entry in self.legend:
            entry.setVisible(is_overlaid)
        self._titles[0].setVisible(len(self.views) > 1 and not is_overlaid)
        if both is not None and is_overlaid:
            from trtstudio.vision.batch.matching import overlaid

            answers = (overlaid(*both),)
        for view, answer in zip(self.views, (*answers, None, None), strict=False):
            shown = answer if self._image is not None else None
            view.show_picture(self._image, self._size, shown)
        for said, answer in zip(self.said, (*self._answers, None, None), strict=False):
            said.setText(_words(answer))
            said.setVisible(bool(said.text()))


def _words(answer: "Answer | None") -> str:
    """What cannot be drawn: classes and texts."""
    return surest_words(answer) if answer is not None and (answer.top or answer.text) else ""


def _objects(answers: "Sequence[Answer | None]") -> "tuple[Answer, Answer] | None":
    """Both answers where they are objects."""
    found = [answer for answer in answers if answer is not None and answer.gives_objects]
    return (found[0], found[1]) if len(found) == 2 else None


class _Differences(QWidget):
    """How far the outputs of two networks are apart, a line for each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)

    def show_differences(self, differences: "Sequence[Difference]") -> None:
        """The first few."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(bool(differences))
        if not differences:
            return
        heads = (self.tr("Output"), self.tr("Max abs"), self.tr("Relative L2"), self.tr("Cosine"))
        for column, text in enumerate(heads):
            self._put(0, column, text, is_head=True)
        for row, each in enumerate(differences[:_MOST_DIFFERENCES], 1):
            cells = (
                each.name,
                f"{each.max_abs:.4g}",
                f"{each.relative_l2:.3g}",
                f"{each.cosine:.6f}",
            )
            for column, text in enumerate(cells):
                self._put(row, column, text, is_head=False)

    def _put(self, row: int, column: int, text: str, *, is_head: bool) -> None:
        label = QLabel(text, textFormat=Qt.TextFormat.PlainText)
        if is_head:
            label.setProperty("role", "muted")
        else:
            label.setFont(mono_font())
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(label, row, column, side)

"""The runs of a document as a list of thumbnails. Main thread only."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from trtstudio.gui.icons import icon
from trtstudio.gui.parts.picture_images import thumbnail
from trtstudio.gui.picture.class_names import class_name
from trtstudio.gui.picture.score_list import percent
from trtstudio.gui.plural import counted
from trtstudio.gui.run.likes import similar
from trtstudio.gui.run.picture_words import answer_words
from trtstudio.gui.run.run_title import run_tip, run_title
from trtstudio.gui.run.runs import Run
from trtstudio.gui.theme import GRID, colors, theme

THUMBNAIL = QSize(56, 42)
_SIGN_MARGINS = QMargins(8, 8, 8, 8)
_RUN = Qt.ItemDataRole.UserRole


class RunHistory(QListWidget):
    """The newest run comes first; the current one is shown."""

    run_chosen = Signal(object)  # Run

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Earlier runs"))
        self.setIconSize(THUMBNAIL)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentItemChanged.connect(self._chosen)
        theme().changed.connect(self._redraw)

    def show_runs(self, runs: Sequence[Run], current: Run | None) -> None:
        """Fill the list anew."""
        self.blockSignals(True)
        self.clear()
        for run in runs:
            self._insert(run)
        self.blockSignals(False)
        self.choose(current)

    def add(self, run: Run, kept: int) -> None:
        """A new run, of which and the earlier ones only ``kept`` are remembered."""
        self._insert(run)
        while self.count() > kept:
            self.takeItem(self.count() - 1)

    def revise(self, before: Run, after: Run) -> None:
        """Let one run take another's place."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(_RUN) is before:
                item.setData(_RUN, after)
                self._tell(row)
                if row:
                    self._tell(row - 1)
                if after.feed is not before.feed or after.problem is not before.problem:
                    item.setIcon(_sign(after, self.devicePixelRatio()))

    def choose(self, run: Run | None) -> None:
        """Make this run the current one."""
        for row in range(self.count()):
            if self.item(row).data(_RUN) is run:
                self.setCurrentRow(row)

    def _insert(self, run: Run) -> None:
        item = QListWidgetItem(_sign(run, self.devicePixelRatio()), "")
        item.setData(_RUN, run)
        item.setSizeHint(QSize(0, THUMBNAIL.height() + GRID))
        self.insertItem(0, item)
        self._tell(0)

    def _tell(self, row: int) -> None:
        """What came of it; of an embedding, how similar that is to the one before."""
        item, before = self.item(row), self.item(row + 1)
        run: Run = item.data(_RUN)
        tip = run_tip(run) if run.source is None else run_title(run)
        item.setText(self._words(run))
        for other, cosine in similar(run, [before.data(_RUN)] if before is not None else []):
            words = self.tr("{similarity} alike").format(similarity=percent(cosine).strip())
            item.setText(words + "\n" + run_title(run))
            compared = self.tr("Compared with {picture}, which was run before")
            tip += "\n" + compared.format(picture=other)
        item.setToolTip(tip)

    def _words(self, run: Run) -> str:
        name = run_title(run)
        if run.problem is not None:
            return self.tr("failed") + "\n" + name
        if run.answer is not None and run.answer.top:
            top = run.answer.top[0]
            return class_name(top.label, run.answer) + "\n" + percent(top.score).strip()
        if run.answer is not None and run.answer.gives_objects:
            count = len(run.answer.detections)
            words = counted(count, self.tr("1 object"), self.tr("{count:,} objects"))
            return words + "\n" + name
        if run.answer is not None:
            return answer_words(run.answer) + "\n" + name
        return f"{run.timing.latency_ms:.2f} ms\n{name}"

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.run_chosen.emit(item.data(_RUN))

    def _redraw(self) -> None:
        for row in range(self.count()):
            item = self.item(row)
            item.setIcon(_sign(item.data(_RUN), self.devicePixelRatio()))


def _sign(run: Run, ratio: float) -> QIcon:
    """The picture, or a sign for what is none."""
    if run.problem is not None:
        return _centred(icon("triangle-alert", colors().error), ratio)
    if run.feed is None or run.feed.thumbnail is None:
        return _centred(icon("layers"), ratio)
    return _untinted(thumbnail(run.feed.thumbnail, THUMBNAIL, ratio))


def _centred(sign: QIcon, ratio: float) -> QIcon:
    """As wide as a thumbnail, so that all words begin at the same place."""
    pixmap = QPixmap(THUMBNAIL * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    sign.paint(painter, QRect(QPoint(), THUMBNAIL).marginsRemoved(_SIGN_MARGINS))
    painter.end()
    return _untinted(pixmap)


def _untinted(pixmap: QPixmap) -> QIcon:
    """Selected it looks as always: Qt would tint it."""
    result = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        result.addPixmap(pixmap, mode)
    return result

"""One way of feeding a picture, and what the model answers to it, as a button. Main thread only."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from trtstudio.gui.theme import GRID, colors, theme

CARD = QSize(300, 104)
THUMBNAIL = QSize(88, 88)
_BAR_HEIGHT = 4
_LINES = 3


class DoctorCard(QAbstractButton):
    """Shows what the model sees, how it came to be, the answers, and how sure they are."""

    def __init__(
        self,
        title: str,
        answers: list[str],
        seen: QPixmap | None,
        confidence: float | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title, self.answers, self.confidence = title, answers, confidence
        self.badge = ""
        self._seen = seen
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(", ".join((title, *answers)))
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return CARD

    def set_badge(self, badge: str) -> None:
        """Mark it with a word."""
        self.badge = badge
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        palette = colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stands_out = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(QColor(palette.accent if stands_out else palette.border), 1))
        painter.setBrush(QColor(palette.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self._draw_seen(painter)
        left = THUMBNAIL.width() + 2 * GRID
        self._draw_words(painter, QRectF(left, GRID - 2, self.width() - left - GRID, 90))
        painter.end()

    def _draw_seen(self, painter: QPainter) -> None:
        if self._seen is None:
            return
        place = QRectF(QPointF(GRID, GRID), THUMBNAIL)
        size = self._seen.deviceIndependentSize().scaled(
            place.size(), Qt.AspectRatioMode.KeepAspectRatio
        )
        target = QRectF(QPointF(), size)
        target.moveCenter(place.center())
        painter.drawPixmap(target, self._seen, QRectF(self._seen.rect()))

    def _draw_words(self, painter: QPainter, room: QRectF) -> None:
        palette, align = colors(), Qt.AlignmentFlag
        bold = self.font()
        bold.setBold(True)
        whole = align.AlignLeft | Qt.TextFlag.TextDontClip
        height = painter.boundingRect(room, whole, self.title).height() + 1  # Chinese is higher
        line = QRectF(room.left(), room.top(), room.width(), height)
        painter.setPen(QColor(palette.muted))
        painter.drawText(line, whole, self._fitted(painter, self.title, line))
        painter.setPen(QColor(palette.text))
        painter.setFont(bold)
        if len(self.answers) == 1:
            rest = QRectF(line.left(), line.bottom(), line.width(), _LINES * height)
            painter.drawText(rest, align.AlignLeft | Qt.TextFlag.TextWordWrap, self.answers[0])
        else:
            self._draw_answers(painter, line, whole)
        self._draw_bar(painter, room)
        if self.badge:
            painter.setFont(bold)
            painter.setPen(QColor(palette.accent))
            painter.drawText(room, align.AlignRight | align.AlignBottom, self.badge)

    def _draw_answers(self, painter: QPainter, line: QRectF, whole: int) -> None:
        """Of several pictures a line each, below ``line``."""
        for answer in self.answers[:_LINES]:
            line.translate(0, line.height())
            painter.drawText(line, whole, self._fitted(painter, answer, line))
            painter.setFont(self.font())

    def _draw_bar(self, painter: QPainter, room: QRectF) -> None:
        if self.confidence is None:
            return
        palette = colors()
        bar = QRectF(room.left(), room.bottom() + 2, room.width(), _BAR_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.raised))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(QColor(palette.accent))
        bar.setWidth(bar.width() * min(1.0, max(0.0, self.confidence)))
        painter.drawRoundedRect(bar, 2, 2)

    @staticmethod
    def _fitted(painter: QPainter, text: str, line: QRectF) -> str:
        room = int(line.width())
        return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)

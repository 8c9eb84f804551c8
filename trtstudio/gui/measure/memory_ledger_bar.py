"""What is taken of a device's memory against what is free. Main thread only."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from trtstudio.gui.measure.memory_words import item_name, verdict
from trtstudio.gui.theme import GRID, colors, theme
from trtstudio.model.measure.memory import ItemKind, MemoryLedger
from trtstudio.model.quantities import format_bytes

_HEIGHT = 22
_THINNEST = 2.0
_KINDS: tuple[ItemKind, ...] = ("weights", "activations", "inputs", "outputs", "scratch")


def item_color(kind: ItemKind) -> QColor:
    """The colour of an item in bar and table."""
    return QColor(colors().series[_KINDS.index(kind)])


class MemoryLedgerBar(QWidget):
    """The items side by side, in a bar as long as what is free, or as they are if that is more;
    then a mark says where the free memory ends.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger: MemoryLedger | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Memory taken and free"))
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(300, _HEIGHT + self.fontMetrics().height() + GRID)

    def show_ledger(self, ledger: MemoryLedger) -> None:
        """Show this one."""
        self._ledger = ledger
        self.setAccessibleDescription(verdict(ledger))
        items = (f"{item_name(i.kind)}: {format_bytes(i.total_bytes)}" for i in ledger.items)
        self.setToolTip("\n".join(items))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        ledger, palette = self._ledger, colors()
        if ledger is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(0.5, 0.5, self.width() - 1, _HEIGHT)
        frame = QPainterPath()
        frame.addRoundedRect(whole, 4, 4)
        painter.save()
        painter.setClipPath(frame)
        painter.fillRect(whole, QColor(palette.raised))
        scale = whole.width() / max(ledger.free_bytes, ledger.total_bytes, 1)
        left = whole.left()
        for item in ledger.items:
            width = max(_THINNEST, item.total_bytes * scale)
            painter.fillRect(QRectF(left, 0, width, _HEIGHT + 1), item_color(item.kind))
            left += width
        painter.restore()
        painter.setPen(QPen(QColor(palette.outline), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(frame)
        self._paint_ends(painter, ledger, whole.left() + ledger.free_bytes * scale)

    def _paint_ends(self, painter: QPainter, ledger: MemoryLedger, free: float) -> None:
        """0, and how much is free where that ends."""
        palette = colors()
        room = QRectF(0, _HEIGHT + 3, self.width(), self.fontMetrics().height())
        painter.setPen(QColor(palette.muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, "0")
        if not ledger.free_bytes:
            return
        words = self.tr("{size} free").format(size=format_bytes(ledger.free_bytes))
        if not ledger.fits:
            painter.setPen(QPen(QColor(palette.error), 2))
            painter.drawLine(round(free), 0, round(free), _HEIGHT + 3)
        width = self.fontMetrics().horizontalAdvance(words)
        room.setLeft(max(2.0 * GRID, min(free - width, self.width() - width)))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, words)

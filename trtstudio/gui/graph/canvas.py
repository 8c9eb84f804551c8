"""The widget that shows a drawing: zoom, pan, the current node, the mouse. Main thread only."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from trtstudio.gui.graph.box_text import describe
from trtstudio.gui.graph.drawing import Drawing
from trtstudio.gui.graph.labels import LABEL_HEIGHT, Label
from trtstudio.gui.graph.painting import NEAR, Marks, Painting
from trtstudio.gui.graph.placing.sizes import BOX_WIDTH
from trtstudio.gui.theme import colors

LARGEST_ZOOM = 3.0
SMALLEST_ZOOM = 0.002
ZOOM_STEP = 1.25


class Canvas(QWidget):
    """Shows one ``Painting``. ``zoom`` is screen pixels per pixel of the drawing, ``origin`` what
    of the drawing is in the widget's top left corner.
    """

    node_chosen = Signal(int)
    unfold_requested = Signal(int)  # node
    fold_requested = Signal(int)  # group
    menu_requested = Signal(QPoint)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.painting: Painting | None = None
        self.marks = Marks()
        self.zoom = 1.0
        self.origin = QPointF()
        self._pressed: QPointF | None = None
        self._is_panning = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(200, 120)
        self.setAccessibleName(self.tr("Graph of the layers"))

    @property
    def drawing(self) -> Drawing | None:
        """What is shown."""
        return self.painting.drawing if self.painting else None

    @property
    def view(self) -> QRectF:
        """The part of the drawing that is to be seen."""
        size = self.size() / self.zoom
        return QRectF(self.origin.x(), self.origin.y(), size.width(), size.height())

    # What is shown

    def show_painting(self, painting: Painting | None) -> None:
        """Show this, from the same place; the current node is forgotten where the nodes differ."""
        if painting is None or self.drawing is not painting.drawing:
            self.marks = Marks()
        self.painting = painting
        self.moved.emit()
        self.update()

    def set_current(self, node: int | None, *, is_revealed: bool = True) -> None:
        """Make this the current node, and show it unless that is not wanted."""
        self.marks.current = node
        drawing = self.drawing
        if node is not None and drawing is not None:
            self.setAccessibleDescription(describe(drawing, node))
            if is_revealed:
                self.reveal(node)
        self.update()

    def reveal(self, node: int) -> None:
        """Move so far that a node is to be seen with something around it."""
        assert self.drawing is not None
        box = self.drawing.boxes[node]
        view = self.view
        margin_x, margin_y = min(BOX_WIDTH, view.width() / 4), min(90.0, view.height() / 4)
        inner = view.adjusted(margin_x, margin_y, -margin_x, -margin_y)
        if not view.contains(box.center()) and not view.intersects(box):
            self.move_to(box.center() - QPointF(view.width() / 2, view.height() / 2))
        elif not inner.contains(box.center()):
            x = box.center().x() - min(max(box.center().x(), inner.left()), inner.right())
            y = box.center().y() - min(max(box.center().y(), inner.top()), inner.bottom())
            self.move_to(self.origin + QPointF(x, y))

    # Zoom and pan

    def move_to(self, origin: QPointF) -> None:
        """Put a point of the drawing into the top left corner, as far as something is then to be
        seen.
        """
        if self.drawing is not None and not self.drawing.area.isEmpty():
            area, view = self.drawing.area, self.view
            left, right = area.left() - view.width() * 0.7, area.right() - view.width() * 0.3
            top, bottom = area.top() - view.height() * 0.7, area.bottom() - view.height() * 0.3
            x, y = min(max(origin.x(), left), right), min(max(origin.y(), top), bottom)
            origin = QPointF(x, y)
        self.origin = origin
        self.moved.emit()
        self.update()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Go nearer or further away; what is ``at`` a place of the widget (its centre) stays."""
        at = at if at is not None else QRectF(self.rect()).center()
        zoom = min(max(self.zoom * factor, SMALLEST_ZOOM), LARGEST_ZOOM)
        fixed = self.origin + at / self.zoom
        self.zoom = zoom
        self.move_to(fixed - at / zoom)

    def fit(self) -> None:
        """Show everything."""
        self._show_area(SMALLEST_ZOOM)

    def show_top(self) -> None:
        """Show the top in full size, from where the topmost node is."""
        self._show_area(1.0)

    def go_back_to(self, origin: QPointF | None, zoom: float) -> None:
        """Show a drawing from where one was."""
        if origin is None:
            self.show_top()
        else:
            self.zoom = zoom
            self.move_to(origin)

    def _show_area(self, least: float) -> None:
        if self.drawing is None or self.drawing.area.isEmpty() or self.size().isEmpty():
            return
        area = self.drawing.area
        fitting = min(self.width() / area.width(), self.height() / area.height())
        self.zoom = min(max(fitting, least), 1.0)
        view = self.view
        start = self._start() if view.width() < area.width() else area.center().x()
        y = area.top() if view.height() < area.height() else area.center().y() - view.height() / 2
        self.move_to(QPointF(start - view.width() / 2, y))

    def _start(self) -> float:
        """Where the topmost node is, from left to right."""
        assert self.drawing is not None
        x, y = self.drawing.placed.centers.T
        return float(x[y == y.min()].min())

    def point_at(self, place: QPointF) -> QPointF:
        """What of the drawing is at a place of the widget."""
        return self.origin + place / self.zoom

    def place_of(self, node: int) -> QPointF:
        """Where in the widget the centre of a node is."""
        assert self.drawing is not None
        return (self.drawing.boxes[node].center() - self.origin) * self.zoom

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(colors().window))
        if self.painting is None:
            return
        painter.save()
        painter.scale(self.zoom, self.zoom)
        painter.translate(-self.origin)
        self.painting.paint(painter, self.view, self.zoom, self.marks)
        painter.restore()
        painter.setPen(QColor(colors().accent if self.hasFocus() else colors().border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.moved.emit()

    def sizeHint(self) -> QSize:
        return QSize(600, 400)

    # The mouse

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed = event.position()
        elif event.button() == Qt.MouseButton.RightButton:
            self._choose_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self._show_cursor(event.position())
            return
        way = event.position() - self._pressed
        if self._is_panning or way.manhattanLength() >= QApplication.startDragDistance():
            self._is_panning = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.move_to(self.origin - way / self.zoom)
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_click = self._pressed is not None and not self._is_panning
        self._pressed, self._is_panning = None, False
        self._show_cursor(event.position())
        if was_click and event.button() == Qt.MouseButton.LeftButton:
            label = self._group_label_at(event.position())
            if label is not None:
                self.fold_requested.emit(label.about)
            else:
                self._choose_at(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        node = self._node_at(event.position())
        if node is not None and event.button() == Qt.MouseButton.LeftButton:
            self.unfold_requested.emit(node)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.marks.current is not None:
            place = self.place_of(self.marks.current).toPoint()
        self.menu_requested.emit(self.mapToGlobal(place))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            node = self._node_at(QPointF(event.pos()))
            text = describe(self.drawing, node) if self.drawing and node is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _node_at(self, place: QPointF) -> int | None:
        point = self.point_at(place)
        return self.drawing.node_at(point.x(), point.y()) if self.drawing else None

    def _group_label_at(self, place: QPointF) -> Label | None:
        if self.drawing is None or self.zoom < NEAR:
            return None
        point = self.point_at(place)
        around = QRectF(point.x(), point.y(), 0, 0)
        for label in self.drawing.group_labels.within(around):
            if QRectF(label.x, label.y, label.width, LABEL_HEIGHT).contains(point):
                return label
        return None

    def _choose_at(self, place: QPointF) -> None:
        node = self._node_at(place)
        if node is not None:
            self.choose(node)

    def _show_cursor(self, place: QPointF) -> None:
        hand = self._node_at(place) is not None or self._group_label_at(place) is not None
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.OpenHandCursor
        self.setCursor(shape)

    def choose(self, node: int) -> None:
        """Make a node current as the user does."""
        self.set_current(node)
        self.node_chosen.emit(node)

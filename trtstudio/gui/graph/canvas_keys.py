"""What the keys do on a canvas: walk from node to node, unfold, fold, copy,
pages. Main thread only."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from trtstudio.gui.graph.box_text import name_of
from trtstudio.gui.graph.canvas import Canvas
from trtstudio.gui.graph.walking import Direction, step
from trtstudio.model.grouping import ROOT

_ARROWS: dict[int, Direction] = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
}


class KeyCanvas(Canvas):
    """A canvas for the keyboard as well."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.drawing is None or not self.drawing.boxes or not _press(self, event):
            super().keyPressEvent(event)


def copy_name(canvas: Canvas) -> None:
    """Copy the whole name of the current node."""
    if canvas.drawing is not None and canvas.marks.current is not None:
        QGuiApplication.clipboard().setText(name_of(canvas.drawing, canvas.marks.current))


def _press(canvas: Canvas, event: QKeyEvent) -> bool:
    """Do what a key means on a canvas that shows nodes; whether it means anything."""
    if event.matches(QKeySequence.StandardKey.Copy):
        copy_name(canvas)
        return True
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if (direction := _ARROWS.get(event.key())) is not None:
        _walk(canvas, direction)
    elif (act := _KEYS.get(event.key())) is not None:
        act(canvas)
    else:
        return False
    return True


def _walk(canvas: Canvas, direction: Direction) -> None:
    assert canvas.drawing is not None
    if canvas.marks.current is None:
        _go_to_end(canvas, 1)
        return
    node = step(canvas.drawing, canvas.marks.current, direction)
    if node is not None:
        canvas.choose(node)


def _unfold(canvas: Canvas) -> None:
    if canvas.marks.current is not None:
        canvas.unfold_requested.emit(canvas.marks.current)


def _fold(canvas: Canvas) -> None:
    assert canvas.drawing is not None
    current, homes = canvas.marks.current, canvas.drawing.visible.homes
    canvas.fold_requested.emit(ROOT if current is None else int(homes[current]))


def _go_to_end(canvas: Canvas, sign: int) -> None:
    assert canvas.drawing is not None
    x, y = canvas.drawing.placed.centers.T
    canvas.choose(min(range(len(x)), key=lambda node: (sign * y[node], x[node])))


def _turn_page(canvas: Canvas, sign: int) -> None:
    canvas.move_to(canvas.origin + QPointF(0, sign * 0.9 * canvas.view.height()))


_KEYS: dict[int, Callable[[Canvas], None]] = {
    Qt.Key.Key_Return: _unfold,
    Qt.Key.Key_Enter: _unfold,
    Qt.Key.Key_Backspace: _fold,
    Qt.Key.Key_Home: lambda canvas: _go_to_end(canvas, 1),
    Qt.Key.Key_End: lambda canvas: _go_to_end(canvas, -1),
    Qt.Key.Key_PageUp: lambda canvas: _turn_page(canvas, -1),
    Qt.Key.Key_PageDown: lambda canvas: _turn_page(canvas, 1),
}

"""What the parts of the build form are put together from. Main thread only."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLayout,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.icons import set_icon
from trtstudio.gui.theme import GRID

Level = Literal["", "warning", "error"]


class Choice(QComboBox):
    """A box that the wheel changes only while it has the focus, so that scrolling a form past it
    does not.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Count(QSpinBox):
    """A number that the wheel changes only while it has the focus."""

    def __init__(self, least: int, most: int, value: int) -> None:
        super().__init__()
        self.setRange(least, most)
        self.setValue(value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def set_level(widget: QWidget, level: Level) -> None:
    """Mark what a widget holds as wrong or doubtful, or not."""
    _set(widget, "level", level)


def set_role(widget: QWidget, role: str) -> None:
    """Draw a widget in another role of the style sheet."""
    _set(widget, "role", role)


def say(label: QLabel, text: str, level: Level = "") -> None:
    """Show a sentence below a field; without one the label takes no room."""
    label.setText(text)
    label.setVisible(bool(text))
    set_role(label, "" if level else "muted")
    set_level(label, level)


def note() -> QLabel:
    """A label for ``say``."""
    label = QLabel(wordWrap=True)
    label.hide()
    return label


def muted(text: str) -> QLabel:
    """A sentence of explanation."""
    label = QLabel(text, wordWrap=True)
    label.setProperty("role", "muted")
    return label


def tool_button(name: str, text: str, slot: Callable[[], object]) -> QToolButton:
    """A small button with an icon alone, and its text as the tooltip."""
    button = QToolButton(autoRaise=True)
    button.setIconSize(QSize(16, 16))
    button.setToolTip(text)
    button.setAccessibleName(text)
    button.clicked.connect(lambda: slot())  # without what the signal tells, for any slot
    set_icon(button, name)
    return button


def tight(layout: QLayout, spacing: int = GRID) -> None:
    """No margins, and this much room between the parts."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)


def _set(widget: QWidget, name: str, value: str) -> None:
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def form_layout(parent: QWidget | None = None) -> QFormLayout:
    """Labels beside fields that take all the room; a label that is long goes above its field."""
    form = QFormLayout(parent)
    tight(form)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    return form


def empty(layout: QLayout) -> None:
    """Take all widgets out of a layout, for good."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def card(title: str, content: QWidget) -> QFrame:
    """A card, with a heading or without."""
    frame = QFrame()
    frame.setProperty("role", "card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
    layout.setSpacing(GRID)
    if title:
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
    layout.addWidget(content)
    return frame

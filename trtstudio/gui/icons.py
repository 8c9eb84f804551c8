"""Icons of one family (Lucide), drawn in the theme's own colours. Main thread only."""

from functools import cache
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

from trtstudio import assets
from trtstudio.gui.theme import colors, theme

_SIZES = (16, 24, 32, 48)


def icon(name: str, color: str | None = None) -> QIcon:
    """The icon ``name`` of ``resources/icons`` in ``color``, by default the text's."""
    return _icon(name, color or colors().text, colors().muted)


def set_icon(target: QAbstractButton | QAction, name: str) -> None:
    """Give a button or an action its icon, in the colour of its text, drawn again whenever the
    theme changes. A main button is told by its role, which it has to have by then.
    """
    _follow_theme()
    _themed[target] = name
    _show(name, target)


_themed: "WeakKeyDictionary[QAbstractButton | QAction, str]" = WeakKeyDictionary()


@cache
def _follow_theme() -> None:
    """Done once, however often it is asked for."""
    theme().changed.connect(_draw_again)


def _draw_again() -> None:
    for target, name in list(_themed.items()):
        if isValid(target):
            _show(name, target)


def _show(name: str, target: QAbstractButton | QAction) -> None:
    is_main = target.property("role") == "primary"
    target.setIcon(icon(name, colors().on_accent if is_main else None))


@cache
def _icon(name: str, color: str, disabled: str) -> QIcon:
    result = QIcon()
    for size in _SIZES:
        result.addPixmap(_draw(name, color, size), QIcon.Mode.Normal)
        result.addPixmap(_draw(name, disabled, size), QIcon.Mode.Disabled)
    return result


def _draw(name: str, color: str, size: int) -> QPixmap:
    svg = (assets.ROOT / "icons" / f"{name}.svg").read_text("utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", color).encode()))
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap

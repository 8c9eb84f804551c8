"""Icons of one family (Lucide), drawn in the theme's own colours. Main thread only."""

from functools import cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel
from shiboken6 import isValid

from trtstudio import assets
from trtstudio.gui.theme import colors, theme

_SIZES = (16, 24, 32, 48)


def icon(name: str, color: str | None = None) -> QIcon:
    """The icon ``name`` of ``resources/icons`` in ``color``, by default the text's."""
    return _icon(name, color or colors().text, colors().muted)


def set_icon(target: QAbstractButton | QAction, name: str, color: str = "") -> None:
    """Give a button or an action its icon, drawn again whenever the theme changes: in the theme's
    ``color`` of this name, by default in that of its text. A main button is told by its role, which
    it has to have by then.
    """
    is_main = target.property("role") == "primary"
    _keep(target, _Look(name, color or ("on_accent" if is_main else "text")))


def set_picture(label: QLabel, name: str, color: str, side_px: int) -> None:
    """The same for a label, which then shows nothing else."""
    _keep(label, _Look(name, color, side_px))


class _Look(NamedTuple):
    name: str
    color: str
    side_px: int = 0


_Target = QAbstractButton | QAction | QLabel
_themed: "WeakKeyDictionary[_Target, _Look]" = WeakKeyDictionary()


def _keep(target: _Target, look: _Look) -> None:
    _follow_theme()
    _themed[target] = look
    _show(target, look)


@cache
def _follow_theme() -> None:
    """Done once, however often it is asked for."""
    theme().changed.connect(_draw_again)


def _draw_again() -> None:
    for target, look in list(_themed.items()):
        if isValid(target):
            _show(target, look)


def _show(target: _Target, look: _Look) -> None:
    drawn = icon(look.name, getattr(colors(), look.color))
    if isinstance(target, QLabel):
        target.setPixmap(drawn.pixmap(look.side_px, look.side_px))
    else:
        target.setIcon(drawn)


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

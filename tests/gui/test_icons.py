"""The colours in which icons are drawn."""

import pytest
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from trtstudio.gui.icons import set_icon, set_picture
from trtstudio.gui.theme import colors, theme


def inks(button: QPushButton, mode: QIcon.Mode) -> set[str]:
    """The colours of the opaque pixels of its icon."""
    return ink_of(button.icon().pixmap(48, mode))


def ink_of(picture: QPixmap) -> set[str]:
    image = picture.toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("role", ["", "primary"])
def test_an_icon_has_the_colour_of_the_text_beside_it(qtbot: QtBot, role: str) -> None:
    theme().apply("light")
    button = QPushButton()
    qtbot.addWidget(button)
    button.setProperty("role", role)
    set_icon(button, "play")
    for mode in ("light", "dark", "light"):
        theme().apply(mode)
        ink = colors().on_accent if role else colors().text
        assert inks(button, QIcon.Mode.Normal) == {ink}
        assert inks(button, QIcon.Mode.Disabled) == {colors().muted}


@pytest.mark.usefixtures("qapp")
def test_an_icon_of_a_chosen_colour_follows_the_theme(qtbot: QtBot) -> None:
    theme().apply("light")
    button, label = QPushButton(), QLabel()
    for widget in (button, label):
        qtbot.addWidget(widget)
    set_icon(button, "search", "accent")
    set_picture(label, "info", "muted", 20)
    set_picture(label, "circle-x", "error", 32)
    for mode in ("dark", "light"):
        theme().apply(mode)
        assert inks(button, QIcon.Mode.Normal) == {colors().accent}
        assert ink_of(label.pixmap()) == {colors().error}
        assert label.pixmap().width() == 32 * label.devicePixelRatio()

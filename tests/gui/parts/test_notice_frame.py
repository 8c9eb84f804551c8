"""A notice in the place of what it is about."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.notice_frame import NoticeFrame
from trtstudio.gui.theme import theme


def pictures(frame: NoticeFrame) -> list[QImage]:
    signs = [label.pixmap() for label in frame.findChildren(QLabel) if not label.text()]
    return [picture.toImage() for picture in (*signs, frame.close_button.icon().pixmap(20, 20))]


@pytest.mark.usefixtures("qapp")
def test_its_icons_follow_the_theme_wherever_it_is(qtbot: QtBot) -> None:
    theme().apply("light")
    frame = NoticeFrame(Notice("error", "It is too large.", "Make it smaller."))
    qtbot.addWidget(frame)
    light = pictures(frame)
    theme().apply("dark")
    assert len(light) == 2
    assert all(a != b for a, b in zip(light, pictures(frame), strict=True))
    theme().apply("light")
    assert pictures(frame) == light

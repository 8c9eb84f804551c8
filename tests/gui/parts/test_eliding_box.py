"""A box that is narrower than its texts."""

import pytest
from pytestqt.qtbot import QtBot

from trtstudio.gui.parts.eliding_box import ElidingBox


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_list_that_opens_is_as_wide_as_its_texts(qtbot: QtBot) -> None:
    box, text = ElidingBox(), "a text that is much longer than the box"
    qtbot.addWidget(box)
    box.addItems(["short", text])
    box.resize(80, 28)
    box.show()
    box.showPopup()
    qtbot.waitUntil(lambda: box.view().isVisible())
    assert box.view().viewport().width() >= box.fontMetrics().horizontalAdvance(text) > box.width()
    box.hidePopup()

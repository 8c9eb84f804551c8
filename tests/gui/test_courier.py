"""What the io thread found is brought to the main thread."""

import weakref

import numpy as np
from pytestqt.qtbot import QtBot

from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import StudioError


def test_an_error_that_is_kept_keeps_nothing_of_what_failed(qtbot: QtBot, idle: Workspace) -> None:
    pictures: list[weakref.ref] = []

    def fail() -> None:
        picture = np.zeros(1000)
        pictures.append(weakref.ref(picture))
        try:
            picture.reshape(3)
        except ValueError as error:
            raise StudioError("It cannot be read.") from error

    kept: list[StudioError] = []
    idle.courier.watch(idle.io.submit(fail), kept.append, kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    assert kept[0].message == "It cannot be read."
    qtbot.waitUntil(lambda: pictures[0]() is None)

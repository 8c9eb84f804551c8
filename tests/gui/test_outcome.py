"""An outcome reaches those who are still there, and only them."""

from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, Signal

from trtstudio.gui.outcome import tell


class Asker(QObject):
    """One who asks in each of the ways that the window knows."""

    told = Signal(object)

    def take(self, outcome: object) -> None:
        self.told.emit(outcome)

    def take_named(self, name: str, outcome: object) -> None:
        self.told.emit((name, outcome))

    def callbacks(self) -> tuple[object, ...]:
        def function(outcome: object) -> None:
            self.told.emit(outcome)

        return self.take, partial(self.take_named, "n"), lambda o: self.told.emit(o), function


@pytest.mark.parametrize("way", range(4))
def test_one_who_is_there_is_told_and_one_who_is_gone_is_not(way: int) -> None:
    asker = Asker()
    heard: list[object] = []
    asker.told.connect(heard.append)
    callback = asker.callbacks()[way]
    assert callable(callback)
    tell(callback, 5)
    assert heard == [("n", 5) if way == 1 else 5]
    shiboken6.delete(asker)
    with pytest.raises(RuntimeError):
        callback(6)
    tell(callback, 6)
    assert len(heard) == 1


def test_one_without_an_owner_is_always_told() -> None:
    heard: list[object] = []
    tell(heard.append, 1)
    tell(lambda outcome: heard.append(outcome), 2)
    tell(partial(lambda first, second: heard.append((first, second)), 3), 4)
    assert heard == [1, 2, (3, 4)]

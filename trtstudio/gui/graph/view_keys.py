"""The keys of the graph view, wherever in it the keyboard is. Main thread only."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

Act = Callable[[], bool]
"""Whether there was anything to do."""


class KeyedView(Protocol):
    """What the keys do."""

    def enter_search(self) -> None: ...
    def go_to_found(self, step: int) -> None: ...
    def escape(self) -> bool: ...
    def zoom(self, step: int) -> None: ...


class ViewKeys:
    """What a key does, if it does anything here."""

    def __init__(self, view: KeyedView) -> None:
        self._view = view

    def action(self, event: QKeyEvent) -> Act | None:
        """What this key press is to do."""
        view = self._view
        key, modifiers = event.key(), event.modifiers()
        if event.matches(QKeySequence.StandardKey.Find):
            return _always(view.enter_search)
        if key == Qt.Key.Key_F3:
            is_back = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            return _always(lambda: view.go_to_found(-1 if is_back else 1))
        if key == Qt.Key.Key_Escape:
            return view.escape
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            return self._zoom(key)
        return None

    def _zoom(self, key: int) -> Act | None:
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
        if key not in steps:
            return None
        return _always(lambda: self._view.zoom(steps[Qt.Key(key)]))


def _always(act: Callable[[], None]) -> Act:
    def done() -> bool:
        act()
        return True

    return done

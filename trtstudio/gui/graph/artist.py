"""Has drawings made in the background, one at a time, the latest wish only. Main thread only."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from trtstudio.gui.background import in_background
from trtstudio.gui.courier import Courier
from trtstudio.gui.graph.drawing import Drawing, Sight, Structure, draw
from trtstudio.gui.graph.placed import Placing
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph


class Artist(QObject):
    """Draws in a thread of its own, and places the nodes in a process of their own."""

    def __init__(self, courier: Courier, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._courier = courier
        self._placing: Placing | None = None
        app = QCoreApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self.stop)

    @property
    def is_drawing(self) -> bool:
        """Whether a drawing is under way."""
        return self._placing is not None

    def stop(self) -> None:
        """Give up the drawing under way; nothing is heard of it any more."""
        if self._placing is not None:
            self._placing.stop()
            self._placing = None

    def draw(
        self,
        graph: Graph,
        known: Structure | None,
        sight: Sight,
        advance: float,
        done: Callable[[Drawing], None],
        failed: Callable[[StudioError], None],
    ) -> None:
        """Draw this instead of what is under way; one of ``done`` and ``failed`` is called later,
        unless it is stopped.
        """
        self.stop()
        placing = self._placing = Placing()

        def deliver(outcome: Any, tell: Callable[[Any], None]) -> None:
            if placing is self._placing:
                self._placing = None
                tell(outcome)

        future = in_background(lambda: draw(graph, known, sight, advance, placing))
        self._courier.watch(
            future, lambda drawing: deliver(drawing, done), lambda error: deliver(error, failed)
        )

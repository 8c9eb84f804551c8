"""What the graph view keeps of each reading. Main thread only."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF

from trtstudio.gui.graph.coloring import Figures
from trtstudio.gui.graph.drawing import Drawing, Sight
from trtstudio.gui.workspace import Document
from trtstudio.model.graph import Graph, View


@dataclass(eq=False, slots=True)
class Sheet:
    """A reading as far as it is drawn. ``whole`` is what was seen outside of a neighbourhood,
    ``origin`` and ``zoom`` where one was.
    """

    document: Document
    view: View
    graph: Graph
    drawing: Drawing | None = None
    whole: Sight = field(default_factory=Sight)
    origin: QPointF | None = None
    zoom: float = 1.0
    figures: Figures | None = None

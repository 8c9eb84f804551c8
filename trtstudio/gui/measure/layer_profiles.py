"""The layer profiles of this window: for each document the one under way, or the last one. Main
thread only.
"""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject

from trtstudio.gui.document import Document, Selection
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.sessions.work import SessionWork, SessionWorks
from trtstudio.gui.workspace import Workspace
from trtstudio.model.graph import Graph, View
from trtstudio.model.measure.layer_profile import LayerProfile, LayerProfileRequest, LayerTime


@dataclass(eq=False, slots=True)
class LayerTiming(SessionWork):
    """How long each layer takes: what was asked, whatever its ``session``, and the answer."""

    request: LayerProfileRequest = field(default_factory=lambda: LayerProfileRequest(0))

    @property
    def profile(self) -> LayerProfile | None:
        """The times, once they are there."""
        profile: LayerProfile | None = self.answer
        return profile

    def request_for(self, session: int) -> LayerProfileRequest:
        return replace(self.request, session=session)


class LayerProfiles(SessionWorks[LayerTiming]):
    """Starts and stops profiles, and lays what they find over the layers of the document."""

    def __init__(
        self, workspace: Workspace, sessions: Sessions, parent: QObject | None = None
    ) -> None:
        super().__init__(workspace, sessions, parent)
        self.finished.connect(workspace.figures.set_profile)

    def start(self, document: Document, request: LayerProfileRequest) -> None:
        """Time the layers as asked; nothing happens where they are being timed already."""
        self.begin(document, LayerTiming(request=request))

    def name_of(self, document: Document) -> str:
        return self.tr("Timing the layers of {name}").format(name=document.path.name)


def selection_of(document: Document, layer: LayerTime) -> Selection | None:
    """Where a timed layer is: in the engine where that lists it, else the first ONNX node in it."""
    engine, onnx = _graph(document, "engine"), _graph(document, "onnx")
    position = layer.position
    if engine is not None and 0 <= position < len(engine.layers):
        return Selection(document, "layer", "engine", position)
    if onnx is None or not layer.origins:
        return None
    wanted = layer.origins[0]
    found = (i for i, node in enumerate(onnx.layers) if wanted in (node.name, *node.origins))
    index = next(found, None)
    return None if index is None else Selection(document, "layer", "onnx", index)


def _graph(document: Document, view: View) -> Graph | None:
    reading = document.readings.get(view)
    return reading.graph if reading is not None else None

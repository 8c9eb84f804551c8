"""What is known of the layers of each open document in figures: what they cost, and how long they
took when they were timed last. Main thread only.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.desk import Desk
from trtstudio.gui.document import Document
from trtstudio.gui.knowledge.figures import FigureName, Figures
from trtstudio.gui.knowledge.insights import Insights
from trtstudio.model.findings.insight import Insight
from trtstudio.model.graph import Graph, Layer, View, body_at
from trtstudio.model.links import deep_origins
from trtstudio.model.measure.layer_profile import LayerProfile, NodeTime, node_times, time_of_nodes
from trtstudio.model.onnx.costs import Cost, Costs
from trtstudio.model.quantities import format_bytes, format_flops

_COSTS: Mapping[FigureName, tuple[Callable[[Cost], int | None], Callable[[float], str]]] = {
    "flops": (lambda cost: cost.flops, lambda value: format_flops(int(value))),
    "parameters": (lambda cost: cost.parameters or None, lambda value: f"{int(value):,}"),
    "activations": (lambda cost: cost.activation_bytes, lambda value: format_bytes(int(value))),
}


class LayerFigures(QObject):
    """``changed`` tells that there are others; who emits ``graph_requested`` wants them to be seen
    on the graph of the current document.
    """

    changed = Signal(object)  # Document
    graph_requested = Signal(str)  # FigureName

    def __init__(self, desk: Desk, insights: Insights) -> None:
        super().__init__(desk)
        self._insights = insights
        self._profiles: dict[Document, LayerProfile] = {}
        self._made: dict[tuple[Document, View, FigureName], tuple[object, Graph, Figures]] = {}
        insights.found.connect(self.changed)
        desk.reading_changed.connect(self._on_reading)
        desk.document_closed.connect(self._forget)

    def set_profile(self, document: Document, profile: LayerProfile | None) -> None:
        """These are the times of the document's layers from now on."""
        self._profiles.pop(document, None)
        if profile is not None:
            self._profiles[document] = profile
        self.changed.emit(document)

    def names(self, document: Document, view: View) -> tuple[FigureName, ...]:
        """The figures that there are of a reading."""
        found: list[FigureName] = []
        profile = self._profiles.get(document)
        if profile is not None and (view != "engine" or _lists_engine(profile)):
            found.append("time")
        if view == "onnx" and self._costs(document) is not None:
            found += _COSTS
        return tuple(found)

    def figures(self, document: Document, view: View, name: FigureName) -> Figures | None:
        """One of them; None where it is not there (any more)."""
        reading = document.readings.get(view)
        if reading is None or reading.graph is None or name not in self.names(document, view):
            return None
        graph, key = reading.graph, (document, view, name)
        source = self._profiles.get(document) if name == "time" else self._costs(document)
        known = self._made.get(key)
        if known is None or known[0] is not source or known[1] is not graph:
            known = self._made[key] = source, graph, self._make(graph, name, source)
        return known[2]

    def title(self, name: FigureName) -> str:
        """What it is called."""
        return {
            "time": self.tr("Time"),
            "flops": self.tr("FLOPs"),
            "parameters": self.tr("Parameters"),
            "activations": self.tr("Activations"),
        }[name]

    def _make(self, graph: Graph, name: FigureName, source: object) -> Figures:
        def inside(layer: int, path: tuple[int, ...]) -> Figures:
            part = source.inside(layer, path) if isinstance(source, Costs) else source
            return self._make(body_at(graph, layer, path), name, part)

        if isinstance(source, LayerProfile):
            times, at_most = layer_times(graph, source)
            slowest, write_ms = max(times.values(), default=0.0), "{:.4f} ms".format
            return Figures(self.title(name), times.get, slowest, write_ms, at_most, inside)
        assert isinstance(source, Costs)
        costs, (read, write) = source.layers, _COSTS[name]
        greatest = read(source.greatest) or 0
        return Figures(
            self.title(name), lambda layer: read(costs[layer]), greatest, write, inside=inside
        )

    def _costs(self, document: Document) -> Costs | None:
        insight = self._insights.insight(document)
        return insight.costs if isinstance(insight, Insight) else None

    def _on_reading(self, document: Document, view: View) -> None:
        """Another engine has other layers; where it runs they can be timed again."""
        if view == "engine" and document in self._profiles:
            del self._profiles[document]
            self.changed.emit(document)

    def _forget(self, document: Document) -> None:
        self._profiles.pop(document, None)
        for key in [key for key in self._made if key[0] is document]:
            del self._made[key]


def _time_of(layer: Layer, times: Mapping[str, NodeTime], profile: LayerProfile) -> NodeTime | None:
    """That of a layer with subgraphs is the time of all that is in them."""
    if layer.subgraphs:
        return time_of_nodes(profile, frozenset(deep_origins(layer)))
    return next((times[o] for o in layer.origins if o in times), None)


def _lists_engine(profile: LayerProfile) -> bool:
    return any(layer.position >= 0 for layer in profile.layers)


def layer_times(graph: Graph, profile: LayerProfile) -> tuple[dict[int, float], frozenset[int]]:
    """The time of each layer of a reading in ms, by position, and for which of them that is also
    the time of others: the layers that they were fused with.
    """
    if graph.view == "engine":
        count = len(graph.layers)
        timed = [layer for layer in profile.layers if 0 <= layer.position < count]
        values: dict[int, float] = {}
        for layer in timed:
            values[layer.position] = values.get(layer.position, 0.0) + layer.median_ms
        return values, frozenset()
    times = node_times(profile)
    of_layers = {
        position: found
        for position, layer in enumerate(graph.layers)
        if (found := _time_of(layer, times, profile)) is not None
    }
    shared = frozenset(position for position, time in of_layers.items() if time.shared)
    return {position: time.median_ms for position, time in of_layers.items()}, shared

"""A graph drawn: what is visible, where it lies, and what is written on it. Immutable; made in a
worker, painted in any thread.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QRectF

from trtstudio.gui.graph.flow import Flow, Ints, flow_of, neighbours
from trtstudio.gui.graph.labels import Labels, label_edges, label_groups
from trtstudio.gui.graph.placed import Floats, Placed, Placing
from trtstudio.gui.graph.placing.sizes import BOX_HEIGHT, BOX_WIDTH
from trtstudio.gui.graph.visible import NOWHERE, Visible, see, see_only
from trtstudio.model.graph import Graph
from trtstudio.model.grouping import Grouping, group_layers, unfolded_at_first

FOLD_ABOVE = 500
"""A graph with more layers than this is folded at first ..."""
AT_FIRST = 60
"""... to about this many nodes."""
MOST_NEIGHBOURS = 400

MARGIN = 48.0
_LOOP = 28.0


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """What is found out about a graph once."""

    graph: Graph
    grouping: Grouping
    flow: Flow


@dataclass(frozen=True, slots=True)
class Sight:
    """What is to be drawn: everything with some groups unfolded (None: as at first), or what is at
    most ``hops`` edges away from the layers ``around``.
    """

    unfolded: frozenset[int] | None = None
    around: frozenset[int] = frozenset()
    hops: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """Lengths are pixels at full size. ``boxes`` has the rectangle of each node; ``lows`` and
    ``highs`` are the corners of each edge's; ``segments`` are the edges as straight lines, of which
    the edge is ``segment_edges``.
    """

    structure: Structure
    sight: Sight
    visible: Visible
    placed: Placed
    boxes: list[QRectF]
    lows: Floats
    highs: Floats
    segments: list[QLineF]
    segment_edges: Ints
    edge_labels: Labels
    group_labels: Labels
    area: QRectF

    def node_of_layer(self, layer: int) -> int | None:
        """The node that a layer is, or is in; None where it is not visible."""
        node = int(self.visible.node_of[layer])
        return None if node == NOWHERE else node

    def node_of_tensor(self, tensor: int) -> int | None:
        """The node that puts a tensor out, or else the first that takes it in."""
        graph, flow = self.structure.graph, self.structure.flow
        uses = np.flatnonzero(flow.tensors == tensor)
        ends = np.concatenate((flow.sources[uses], flow.targets[uses]))
        if not len(ends):  # a weight
            ends = np.array([i for i, layer in enumerate(graph.layers) if tensor in layer.inputs])
        nodes = [int(self.visible.node_of[end]) for end in ends[:2].astype(np.int64)]
        return next((node for node in nodes if node != NOWHERE), None)

    def edges_of_tensor(self, tensor: int) -> frozenset[int]:
        """The edges that carry a tensor."""
        flow, visible = self.structure.flow, self.visible
        uses = np.flatnonzero(flow.tensors == tensor)
        ends = visible.node_of[flow.sources[uses]], visible.node_of[flow.targets[uses]]
        pairs = set(zip(*(end.tolist() for end in ends), strict=True))
        edges = np.flatnonzero(np.isin(visible.sources, ends[0]))
        targets, sources = visible.targets, visible.sources
        return frozenset(e for e in edges.tolist() if (int(sources[e]), int(targets[e])) in pairs)

    def is_end(self, node: int, tensor: int) -> bool:
        """Whether a node is the network's input or output of this tensor."""
        kind, position = self.visible.nodes[node]
        return kind in ("input", "output") and position == tensor

    def subgraphs_of(self, node: int) -> tuple[Graph, ...]:
        """The subgraphs of the layer that a node is."""
        kind, position = self.visible.nodes[node]
        return self.structure.graph.layers[position].subgraphs if kind == "layer" else ()

    def ends_of(self, node: int) -> frozenset[int]:
        """What a node stands for, as numbered in ``Flow``."""
        return frozenset(np.flatnonzero(self.visible.node_of == node).tolist())

    def layers_of(self, node: int) -> list[int]:
        """The layers that a node stands for."""
        return [end for end in self.ends_of(node) if end < self.structure.flow.layer_count]

    def node_at(self, x: float, y: float) -> int | None:
        """The node whose box covers a point."""
        away = np.abs(self.placed.centers - (x, y))
        hits = np.flatnonzero((away[:, 0] <= BOX_WIDTH / 2) & (away[:, 1] <= BOX_HEIGHT / 2))
        return int(hits[0]) if len(hits) else None

    def nodes_in(self, area: QRectF, margin: float = MARGIN) -> Ints:
        """The nodes whose boxes are in an area, or almost."""
        x, y = self.placed.centers.T
        across, down = BOX_WIDTH / 2 + margin, BOX_HEIGHT / 2 + margin
        is_beside = (x < area.left() - across) | (x > area.right() + across)
        is_beyond = (y < area.top() - down) | (y > area.bottom() + down)
        return np.flatnonzero(~(is_beside | is_beyond))

    def edges_in(self, area: QRectF) -> Ints:
        """The edges that may cross an area."""
        lows, highs = self.lows, self.highs
        is_beside = (highs[:, 0] < area.left()) | (lows[:, 0] > area.right())
        is_beyond = (highs[:, 1] < area.top()) | (lows[:, 1] > area.bottom())
        return np.flatnonzero(~(is_beside | is_beyond))

    def edges_of(self, node: int) -> Ints:
        """The edges that begin or end at a node."""
        return np.flatnonzero((self.visible.sources == node) | (self.visible.targets == node))


def draw(
    graph: Graph,
    known: Structure | None,
    sight: Sight,
    advance: float,
    placing: Placing,
) -> Drawing:
    """Draw a graph; ``advance`` is the width of a letter of the labels. Takes up to some seconds:
    for a worker. Raises Cancelled, or StudioError where it cannot be laid out.
    """
    structure = known or Structure(graph, group_layers(graph), flow_of(graph))
    placing.check()
    sight = _settled(sight, structure)
    visible = _see(structure, sight)
    placing.check()
    placed = placing.run(len(visible.nodes), visible.sources, visible.targets)
    group_labels = label_groups(structure.grouping, visible, placed)
    segments, segment_edges = _segments(placed)
    lows, highs = _corners(visible, placed)
    boxes = _boxes(placed.centers)
    placing.check()
    return Drawing(
        structure,
        sight,
        visible,
        placed,
        boxes,
        lows,
        highs,
        segments,
        segment_edges,
        label_edges(graph, visible, placed, group_labels, advance),
        group_labels,
        _area(placed, lows, highs),
    )


def _settled(sight: Sight, structure: Structure) -> Sight:
    if sight.unfolded is not None:
        return sight
    grouping = structure.grouping
    is_small = len(grouping.homes) <= FOLD_ABOVE
    limit = len(grouping.homes) if is_small else AT_FIRST
    return Sight(unfolded_at_first(grouping, limit), sight.around, sight.hops)


def _see(structure: Structure, sight: Sight) -> Visible:
    graph, grouping, flow = structure.graph, structure.grouping, structure.flow
    if sight.around:
        ends = neighbours(flow, set(sight.around), sight.hops, MOST_NEIGHBOURS)
        return see_only(graph, flow, ends)
    assert sight.unfolded is not None
    return see(graph, flow, grouping, sight.unfolded)


def _boxes(centers: Floats) -> list[QRectF]:
    corners = centers - (BOX_WIDTH / 2, BOX_HEIGHT / 2)
    return [QRectF(x, y, BOX_WIDTH, BOX_HEIGHT) for x, y in corners.tolist()]


def _segments(placed: Placed) -> tuple[list[QLineF], Ints]:
    lengths = np.diff(placed.starts)
    edge_of_point = np.repeat(np.arange(len(lengths)), lengths)
    is_start = edge_of_point[:-1] == edge_of_point[1:] if len(edge_of_point) else edge_of_point
    starts = np.flatnonzero(is_start)
    ends = np.concatenate((placed.points[starts], placed.points[starts + 1]), axis=1)
    return [QLineF(*line) for line in ends.tolist()], edge_of_point[starts]


def _corners(visible: Visible, placed: Placed) -> tuple[Floats, Floats]:
    """The corners of each edge, with room for an arrowhead; a loop is to the right of its node."""
    count = len(visible.sources)
    centers = placed.centers[visible.sources]
    lows, highs = centers.copy(), centers + np.array((BOX_WIDTH / 2 + _LOOP, 0.0))
    routed = np.flatnonzero(np.diff(placed.starts))
    if count and len(routed):
        starts = placed.starts[routed]
        lows[routed] = np.minimum.reduceat(placed.points, starts)
        highs[routed] = np.maximum.reduceat(placed.points, starts)
    return lows - 8, highs + 8


def _area(placed: Placed, lows: Floats, highs: Floats) -> QRectF:
    if not len(placed.centers):
        return QRectF()
    half = (BOX_WIDTH / 2, BOX_HEIGHT / 2)
    low = np.concatenate((placed.centers - half, lows)).min(axis=0) - MARGIN
    high = np.concatenate((placed.centers + half, highs)).max(axis=0) + MARGIN
    return QRectF(low[0], low[1], high[0] - low[0], high[1] - low[1])

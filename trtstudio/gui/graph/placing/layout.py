"""Places nodes in layers from top to bottom and routes the edges between them, in pixels."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from trtstudio.gui.graph.placing.parts import arrange, parts_of, place
from trtstudio.gui.graph.placing.rails import rails
from trtstudio.gui.graph.placing.ranks import near_edges, ranks_of, without_cycles
from trtstudio.gui.graph.placing.sizes import BOX_HEIGHT, BOX_WIDTH, Edge, Point

_PORT_STEP = 16.0


class Placement(NamedTuple):
    """The centre of each node, and the points that each edge bends at, from its source to its
    target. An edge of a node to itself has none.
    """

    centers: list[Point]
    routes: list[list[Point]]


def lay_out(count: int, edges: Sequence[Edge]) -> Placement:
    """Place ``count`` nodes; ``edges`` must differ from each other, and may form cycles."""
    down = without_cycles(count, edges)
    unique = set(down)
    ranks = ranks_of(count, unique)
    near = near_edges(unique, ranks)
    parts = [place(*part) for part in parts_of(count, near)]
    arrange(parts, ranks, unique - near)
    centers: list[Point] = [(0.0, 0.0)] * count
    bends: dict[Edge, list[Point]] = {}
    for part in parts:
        centers_of_part, bends_of_part = part.moved()
        for node, center in centers_of_part.items():
            centers[node] = center
        bends.update(bends_of_part)
    bends.update(rails(sorted(unique - near), centers))
    _attach(bends, centers)
    routes = []
    for edge, lower in zip(edges, down, strict=True):
        route = bends.get(lower, [])
        routes.append(route if edge == lower else route[::-1])
    return Placement(centers, routes)


def _attach(bends: dict[Edge, list[Point]], centers: Sequence[Point]) -> None:
    """Begin each edge at the bottom of its source, and end it at the top of its target, side by
    side with what else ends there.
    """
    arriving: defaultdict[int, list[Edge]] = defaultdict(list)
    for edge, route in bends.items():
        arriving[edge[1]].append(edge)
        x, y = centers[edge[0]]
        route.insert(0, (x, y + BOX_HEIGHT / 2))
    for node, edges in arriving.items():
        edges.sort(key=lambda edge: bends[edge][-1])
        step = min(_PORT_STEP, 0.8 * BOX_WIDTH / len(edges))
        x, y = centers[node]
        for i, edge in enumerate(edges):
            port = x + (i - (len(edges) - 1) / 2) * step
            bends[edge].append((port, y - BOX_HEIGHT / 2))

"""Parts of a graph that hang together: each placed by fast-sugiyama, then side by side."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fast_sugiyama import from_edges

from trtstudio.gui.graph.placing.sizes import BOX_HEIGHT, PITCH_X, PITCH_Y, Edge, Point


@dataclass(slots=True)
class Part:
    """Nodes that hang together, placed with their top left corner at ``x`` and ``y``; the lengths
    are in steps of the grid.
    """

    centers: dict[int, Point]
    bends: dict[Edge, list[Point]] = field(default_factory=dict)
    width: float = 1.0
    height: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def moved(self) -> tuple[dict[int, Point], dict[Edge, list[Point]]]:
        """Centers and bends in pixels, where the part lies now."""
        return (
            {node: self._pixel(center) for node, center in self.centers.items()},
            {edge: list(self._upright(bends)) for edge, bends in self.bends.items()},
        )

    def _pixel(self, point: Point) -> Point:
        return (self.x + point[0] + 0.5) * PITCH_X, (self.y + point[1] + 0.5) * PITCH_Y

    def _upright(self, bends: list[Point]) -> Iterator[Point]:
        """Past a box an edge goes straight down, so that it touches none."""
        for x, y in map(self._pixel, bends):
            yield x, y - BOX_HEIGHT / 2
            yield x, y + BOX_HEIGHT / 2


def parts_of(count: int, edges: Iterable[Edge]) -> list[tuple[list[int], list[Edge]]]:
    """The nodes that hang together, each lot with its edges; the largest first."""
    parent = list(range(count))

    def find(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    edges = sorted(edges)
    for source, target in edges:
        parent[find(source)] = find(target)
    nodes_of, edges_of = defaultdict(list), defaultdict(list)
    for node in range(count):
        nodes_of[find(node)].append(node)
    for edge in edges:
        edges_of[find(edge[0])].append(edge)
    parts = [(nodes, edges_of[root]) for root, nodes in nodes_of.items()]
    return sorted(parts, key=lambda part: -len(part[0]))


def place(nodes: list[int], edges: list[Edge]) -> Part:
    """Nodes that hang together in their layers; the library does not take a node alone."""
    if not edges:
        return Part({nodes[0]: (0.0, 0.0)})
    # The library numbers its bends after the nodes, so those must be numbered without gaps.
    number = {node: i for i, node in enumerate(nodes)}
    numbered = [(number[s], number[t]) for s, t in edges]
    ((places, _, _, steps),) = from_edges(
        numbered, vertex_spacing=1.0, dummy_vertices=True, check_layout=False
    )
    left = min(x for _, (x, _) in places)
    top = max(y for _, (_, y) in places)
    grid = {int(i): (x - left, top - y) for i, (x, y) in places}
    centers = {node: grid[i] for i, node in enumerate(nodes)}
    width = max(x for x, _ in grid.values()) + 1
    bends = _bends(nodes, [(int(s), int(t)) for s, t in steps or ()], grid)
    return Part(centers, bends, width, top + 1)


def _bends(nodes: list[int], steps: list[Edge], grid: dict[int, Point]) -> dict[Edge, list[Point]]:
    """The bends of each edge, from the steps that the library cut the edges into."""
    count = len(nodes)
    after = {s: t for s, t in steps if s >= count}
    bends: dict[Edge, list[Point]] = {}
    for source, step in steps:
        if source < count:
            route = []
            while step >= count:
                route.append(grid[step])
                step = after[step]
            bends[nodes[source], nodes[step]] = route
    return bends


def arrange(parts: Sequence[Part], ranks: Sequence[int], far: set[Edge]) -> None:
    """Parts that far edges join lie side by side at the height of their ranks; all others lie
    below them, in rows.
    """
    joined = {node for edge in far if edge[0] != edge[1] for node in edge}
    columns: list[_Column] = []
    loose = []
    for part in parts:
        if joined.isdisjoint(part.centers):
            loose.append(part)
            continue
        part.y = float(min(ranks[node] for node in part.centers))
        column = next((c for c in columns[1:] if c.takes(part)), None)
        if column is None:
            x = columns[-1].x + columns[-1].width + 0.25 if columns else 0.0
            columns.append(column := _Column(x, part.width))
        column.put(part)
    below = max((p.y + p.height for c in columns for p in c.parts), default=-1.0) + 1
    right = columns[-1].x + columns[-1].width if columns else 0.0
    _arrange_rows(loose, below, right)


def _arrange_rows(parts: Sequence[Part], y: float, width: float) -> None:
    area = sum(part.width * part.height * PITCH_Y / PITCH_X for part in parts)
    width = max(width, 1.5 * area**0.5)
    x, height = 0.0, 0.0
    for part in sorted(parts, key=lambda part: (-part.height, min(part.centers))):
        if x and x + part.width > width:
            x, y = 0.0, y + height + 0.5
            height = 0.0
        part.x, part.y = x, y
        x += part.width + 0.25
        height = max(height, part.height)


@dataclass(slots=True)
class _Column:
    x: float
    width: float
    parts: list[Part] = field(default_factory=list)

    def takes(self, part: Part) -> bool:
        return part.width <= self.width and all(
            part.y >= other.y + other.height or part.y + part.height <= other.y
            for other in self.parts
        )

    def put(self, part: Part) -> None:
        part.x = self.x
        self.parts.append(part)

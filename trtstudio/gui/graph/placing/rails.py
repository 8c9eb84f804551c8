"""The way of the edges that are too long to be routed between the nodes."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from trtstudio.gui.graph.placing.sizes import BOX_HEIGHT, GAP, PITCH_X, Edge, Point

_RAIL_STEP = 14.0
_RAILS = 60


def rails(edges: Iterable[Edge], centers: Sequence[Point]) -> dict[Edge, list[Point]]:
    """Far edges go to the right of everything and down there; all that leave one node share a
    rail, and the shorter ones are further in.
    """
    bundles: defaultdict[int, list[int]] = defaultdict(list)
    for source, target in edges:
        if source != target:
            bundles[source].append(target)

    def span(source: int) -> tuple[float, float]:
        heights = [centers[node][1] for node in (source, *bundles[source])]
        return min(heights), max(heights)

    right = max((x for x, _ in centers), default=0.0) + 0.6 * PITCH_X
    rails: list[list[tuple[float, float]]] = [[] for _ in range(_RAILS)]
    bends = {}
    for source in sorted(bundles, key=lambda node: span(node)[1] - span(node)[0]):
        top, bottom = span(source)
        at = next((i for i, rail in enumerate(rails) if _is_free(rail, top, bottom)), _RAILS - 1)
        rails[at].insert(bisect_right(rails[at], (top, bottom)), (top, bottom))
        x = right + at * _RAIL_STEP
        leave = centers[source][1] + BOX_HEIGHT / 2 + GAP
        for target in bundles[source]:
            arrive = centers[target][1] - BOX_HEIGHT / 2 - GAP
            bends[source, target] = [(x, leave), (x, arrive)]
    return bends


def _is_free(rail: list[tuple[float, float]], top: float, bottom: float) -> bool:
    """Spans on a rail do not overlap, but for those on the last one."""
    at = bisect_right(rail, (top, bottom))
    is_above = at == 0 or rail[at - 1][1] < top
    return is_above and (at == len(rail) or bottom < rail[at][0])

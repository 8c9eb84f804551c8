"""Where the labels of edges and unfolded groups lie, so that none covers another. Safe in any
thread.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QRectF

from trtstudio.gui.graph.placed import Floats, Placed
from trtstudio.gui.graph.placing.sizes import BOX_HEIGHT, BOX_WIDTH, GAP
from trtstudio.gui.graph.visible import Visible
from trtstudio.model.graph import Graph, Tensor, format_shape
from trtstudio.model.grouping import ROOT, Grouping

LABEL_HEIGHT = 14.0

_MOST_LETTERS = 24
_WIDEST = 240.0
_AWAY = 7.0
_NEAR = 4.0
_ARROW = 10.0


class Label(NamedTuple):
    """A text from its top left corner on; ``about`` is the edge, or the group. Where other edges
    may be behind it, it needs a ground.
    """

    x: float
    y: float
    width: float
    text: str
    about: int
    needs_ground: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """Labels that are found by where they are."""

    items: tuple[Label, ...]
    corners: Floats

    def within(self, area: QRectF) -> list[Label]:
        """The labels in an area, or almost."""
        x, y = self.corners.T
        is_beside = (x < area.left() - _WIDEST) | (x > area.right() + _WIDEST)
        is_beyond = (y < area.top() - LABEL_HEIGHT) | (y > area.bottom())
        return [self.items[i] for i in np.flatnonzero(~(is_beside | is_beyond)).tolist()]


class _Row:
    """What is taken of each height, from left to right."""

    def __init__(self) -> None:
        self._taken: defaultdict[float, list[tuple[float, float]]] = defaultdict(list)

    def take(self, y: float, left: float, right: float) -> bool:
        """Whether a stretch was free; then it is no longer."""
        taken = self._taken[y]
        at = bisect_left(taken, (left, right))
        if (at and taken[at - 1][1] > left) or (at < len(taken) and taken[at][0] < right):
            return False
        taken.insert(at, (left, right))
        return True


def label_groups(grouping: Grouping, visible: Visible, placed: Placed) -> Labels:
    """The name of each unfolded group, above the left half of its topmost node."""
    x, y = placed.centers.T
    order = np.lexsort((x, y, visible.homes))
    groups, first = np.unique(visible.homes[order], return_index=True)
    labels = []
    for group, node in zip(groups.tolist(), order[first].tolist(), strict=True):
        if group != ROOT:
            left = float(x[node]) - BOX_WIDTH / 2 - 10
            top = float(y[node]) - BOX_HEIGHT / 2 - GAP / 2 + 3
            width = BOX_WIDTH / 2 + 4
            labels.append(Label(left, top, width, grouping.groups[group].name, group))
    return _labels(labels)


def label_edges(
    graph: Graph, visible: Visible, placed: Placed, others: Labels, advance: float
) -> Labels:
    """The shape and dtype of what flows along the edges, as far as there is room: once beside a
    node all of whose edges carry the same, else beside what an edge leads to.
    """
    row = _Row()
    for other in others.items:
        row.take(_line_above(other.y), other.x, other.x + other.width)
    texts: dict[tuple[int, int], str] = {}
    labels = []
    is_one = _with_one_tensor(visible)
    fan = np.bincount(visible.sources, minlength=len(visible.nodes)).tolist()
    last_source = -1
    for edge, (source, target, tensor, count) in enumerate(_rows(visible)):
        is_repeated, last_source = is_one[source] and source == last_source, source
        points = placed.points[placed.starts[edge] : placed.starts[edge + 1]]
        if not len(points) or is_repeated:
            continue
        key = tensor, count
        if key not in texts:
            texts[key] = edge_text(graph.tensors[tensor], count)
        width = len(texts[key]) * advance
        if is_one[source]:
            is_left = fan[source] == 1 and points[1, 0] > points[0, 0]
            left, top = _beside(points[0], placed.centers[source], width, is_left)
        else:
            is_left = points[-1, 0] < placed.centers[target, 0] - 1
            left, top = _beside(points[-1], placed.centers[target], width, is_left)
        if width and row.take(top, left - 4, left + width + 4):
            needs_ground = fan[source] > 1 or not is_one[source]
            labels.append(Label(left, top, width, texts[key], edge, needs_ground))
    return _labels(labels)


def _beside(end: Floats, center: Floats, width: float, is_left: bool) -> tuple[float, float]:
    """Where a label lies that is ``width`` wide, beside the end of an edge at a node: below the
    node, or above it with room for an arrowhead.
    """
    x, y = end.tolist()
    is_below = y > center[1]
    left = x - _AWAY - width if is_left else x + _AWAY
    return left, y + _NEAR if is_below else y - _ARROW - LABEL_HEIGHT


def _labels(labels: list[Label]) -> Labels:
    corners = [(label.x, label.y) for label in labels]
    return Labels(tuple(labels), np.array(corners, float).reshape(-1, 2))


def edge_text(tensor: Tensor, count: int) -> str:
    """``1×64×56×56 float16``, cut where it is long; ``+2`` where there are two more tensors."""
    shape = "" if tensor.shape is None else format_shape(tensor.shape[:9]).replace(" x ", "×")
    more = f" +{count - 1}" if count > 1 else ""
    text = " ".join(filter(None, (shape, tensor.dtype)))
    most = _MOST_LETTERS - len(more)
    return (text if len(text) <= most else text[: most - 1] + "…") + more


def _rows(visible: Visible) -> "zip[tuple[int, int, int, int]]":
    columns = (visible.sources, visible.targets, visible.tensors, visible.counts)
    return zip(*(column.tolist() for column in columns), strict=True)


def _with_one_tensor(visible: Visible) -> list[bool]:
    """Whether all edges that leave a node carry the same single tensor."""
    count = len(visible.nodes)
    low = np.full(count, np.iinfo(np.int64).max)
    high = np.full(count, -1)
    np.minimum.at(low, visible.sources, visible.tensors)
    np.maximum.at(high, visible.sources, visible.tensors)
    most = np.zeros(count, np.int64)
    np.maximum.at(most, visible.sources, visible.counts)
    found: list[bool] = ((low == high) & (most == 1)).tolist()
    return found


def _line_above(y: float) -> float:
    """The height of the labels above a node whose group's label is at ``y``."""
    return y - 3 + GAP / 2 - _ARROW - LABEL_HEIGHT

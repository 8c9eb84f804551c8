"""Where an arrow key leads to in a drawing. Safe in any thread."""

from typing import Literal

import numpy as np

from trtstudio.gui.graph.drawing import Drawing

Direction = Literal["up", "down", "left", "right"]


def step(drawing: Drawing, node: int, direction: Direction) -> int | None:
    """Up and down: along the shortest edge, against it and with it; left and right: to the next
    node at the same height. None where there is none.
    """
    centers, visible = drawing.placed.centers, drawing.visible
    x, y = centers[node]
    if direction == "up":
        nodes = visible.sources[visible.targets == node]
    elif direction == "down":
        nodes = visible.targets[visible.sources == node]
    else:
        is_beside = centers[:, 0] < x if direction == "left" else centers[:, 0] > x
        nodes = np.flatnonzero(is_beside & (centers[:, 1] == y))
    nodes = nodes[nodes != node]
    if not len(nodes):
        return None
    away = np.abs(centers[nodes] - (x, y))
    return int(nodes[np.lexsort((away[:, 0], away[:, 1]))[0]])

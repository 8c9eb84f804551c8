"""How far down each node lies, and which way round each edge goes down. Safe in any thread."""

from collections import Counter
from collections.abc import Iterable, Sequence

from trtstudio.gui.graph.placing.sizes import Edge

_FAR = (32, 16, 8, 4, 2, 1)
_MOST_BENDS = 30_000
_MOST_BENDS_TOGETHER = 48
_FEW_BENDS = 4
_END = -1


def without_cycles(count: int, edges: Sequence[Edge]) -> list[Edge]:
    """The edges, turned round where they close a cycle; a depth-first search finds those."""
    targets: list[list[int]] = [[] for _ in range(count)]
    has_source = [False] * count
    for source, target in edges:
        if source != target:
            targets[source].append(target)
            has_source[target] = True
    new, open_, done = 0, 1, 2
    state = [new] * count
    turned: set[Edge] = set()
    for root in sorted(range(count), key=has_source.__getitem__):
        if state[root] != new:
            continue
        state[root] = open_
        path = [(root, iter(targets[root]))]
        while path:
            node, rest = path[-1]
            target = next(rest, _END)
            if target == _END:
                state[node] = done
                path.pop()
            elif state[target] == open_:
                turned.add((node, target))
            elif state[target] == new:
                state[target] = open_
                path.append((target, iter(targets[target])))
    return [(t, s) if (s, t) in turned else (s, t) for s, t in edges]


def ranks_of(count: int, edges: Iterable[Edge]) -> list[int]:
    """How far down each node is at least; nodes that feed more than they take are let down to what
    they feed.
    """
    targets: list[list[int]] = [[] for _ in range(count)]
    missing = [0] * count
    for source, target in edges:
        if source != target:
            targets[source].append(target)
            missing[target] += 1
    takes = list(missing)
    order = [node for node in range(count) if not missing[node]]
    ranks = [0] * count
    for node in order:  # it grows meanwhile
        for target in targets[node]:
            ranks[target] = max(ranks[target], ranks[node] + 1)
            missing[target] -= 1
            if not missing[target]:
                order.append(target)
    for node in reversed(order):
        if len(targets[node]) > takes[node]:
            ranks[node] = min(ranks[target] for target in targets[node]) - 1
    return ranks


def near_edges(edges: set[Edge], ranks: Sequence[int]) -> set[Edge]:
    """The edges that the library is to route. Far ones get rails, and so do those of a node that
    feeds many others far below: they would fill the drawing, and take the library minutes.
    """

    def bends(edge: Edge) -> int:
        return ranks[edge[1]] - ranks[edge[0]] - 1

    together = Counter[int]()
    for edge in edges:
        together[edge[0]] += bends(edge)
    near: set[Edge] = set()
    for far in _FAR:
        few = min(far, _FEW_BENDS)
        near = {
            edge
            for edge in edges
            if edge[0] != edge[1]
            and bends(edge) < (far if together[edge[0]] <= _MOST_BENDS_TOGETHER else few)
        }
        if sum(map(bends, near)) <= _MOST_BENDS:
            break
    return near

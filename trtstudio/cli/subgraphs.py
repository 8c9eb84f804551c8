"""The layers of a graph and of the subgraphs in them, one after the other. Safe in any thread."""

from collections.abc import Iterator
from typing import NamedTuple

from trtstudio.model.graph import Graph, Layer


class Place(NamedTuple):
    """A layer in ``graph``, or the head of that graph, a subgraph, where ``layer`` is None.

    ``number`` is what a table calls it: ``7``, and ``7.0.2`` for layer 2 of the first subgraph of
    layer 7. ``path`` has the position of the outermost layer, then the number of a subgraph and a
    position in it, in turns.
    """

    number: str
    path: tuple[int, ...]
    graph: Graph
    layer: Layer | None


def each_layer(graph: Graph, path: tuple[int, ...] = ()) -> Iterator[Place]:
    """Every layer of a graph, each followed by those in its subgraphs under their heads."""
    for position, layer in enumerate(graph.layers):
        here = (*path, position)
        yield Place(_number(here), here, graph, layer)
        for number, body in enumerate(layer.subgraphs):
            yield Place(_number((*here, number)), (*here, number), body, None)
            yield from each_layer(body, (*here, number))


def _number(path: tuple[int, ...]) -> str:
    return ".".join(map(str, path))

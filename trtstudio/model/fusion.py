"""What became of the layers of one reading in another one. Safe in any thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from trtstudio.model.graph import Graph, View
from trtstudio.model.links import Links

_ORDER: tuple[View, ...] = get_args(View)


@dataclass(frozen=True, slots=True)
class Fusion:
    """Layers by their positions in ``before`` and ``after``, the earlier and the later reading.

    ``made_of`` has for a layer of ``after`` those of ``before`` that are in it; ``gone`` are those
    of ``before`` in no layer, folded away or taken up without a trace; ``inserted`` are the ONNX
    nodes that only ``after`` knows, such as the casts of a conversion, with its layers made of
    them; ``unnamed`` are TensorRT's own helpers, made of no node.
    """

    before: Graph
    after: Graph
    made_of: Mapping[int, tuple[int, ...]]
    gone: tuple[int, ...]
    inserted: Mapping[str, tuple[int, ...]]
    unnamed: tuple[int, ...]


def fuse(one: Graph, other: Graph) -> Fusion:
    """Compare two different readings, of one model or of two."""
    before, after = sorted((one, other), key=lambda graph: _ORDER.index(graph.view))
    links = Links(before, after)
    found = {position: links.to_left(layer) for position, layer in enumerate(after.layers)}
    return Fusion(
        before,
        after,
        {position: layers for position, layers in found.items() if layers},
        links.only_left,
        links.inserted,
        links.unnamed,
    )

"""What the subgraphs of a layer take from the graph around them. Safe in any thread."""

from collections.abc import Iterator

from trtstudio.model.graph import Graph, Layer


def captured(body: Graph) -> tuple[int, ...]:
    """The positions of a subgraph's own tensors that come from around it."""
    written = {p for layer in body.layers for p in layer.outputs} | set(body.inputs)
    return tuple(
        p for p in dict.fromkeys(_reads(body)) if p not in written and not _is_weight(body, p)
    )


def captured_names(layer: Layer) -> frozenset[str]:
    """The names of what its subgraphs, and those in them, take from the graph that it is in."""
    return frozenset(name for body in layer.subgraphs for name in _names(body))


def _names(body: Graph) -> Iterator[str]:
    tensors = body.tensors
    yield from (tensors[p].name for p in captured(body))
    inner = {name for layer in body.layers if layer.subgraphs for name in captured_names(layer)}
    made = {p for layer in body.layers for p in layer.outputs if p is not None} | set(body.inputs)
    yield from inner - {tensors[p].name for p in (*made, *body.weights)}


def _reads(body: Graph) -> Iterator[int]:
    yield from (p for layer in body.layers for p in layer.inputs if p is not None)
    yield from body.outputs


def _is_weight(body: Graph, tensor: int) -> bool:
    return tensor in body.weights or body.tensors[tensor].role == "weight"

"""Whether one graph is another one whose tensors are better known. Safe in any thread."""

from trtstudio.model.graph import Graph, Layer


def completes(new: Graph, old: Graph) -> bool:
    """Whether the first graph has the same layers as the second, and only says more of their
    tensors.
    """
    return (
        (new.view, new.inputs, new.outputs) == (old.view, old.inputs, old.outputs)
        and len(new.layers) == len(old.layers)
        and len(new.tensors) == len(old.tensors)
        and all(a is b or _is_alike(a, b) for a, b in zip(new.layers, old.layers, strict=True))
    )


def _is_alike(one: Layer, other: Layer) -> bool:
    return (
        (one.name, one.type) == (other.name, other.type)
        and (one.inputs, one.outputs) == (other.inputs, other.outputs)
        and len(one.subgraphs) == len(other.subgraphs)
        and all(map(completes, one.subgraphs, other.subgraphs))
    )

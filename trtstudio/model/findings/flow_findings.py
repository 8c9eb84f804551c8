"""What there is to say of how data flows through an ONNX graph. Safe in any thread."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from trtstudio.model.findings.finding import Finding, how_many
from trtstudio.model.graph import Graph


class Flow:
    """What each layer of a graph reads, its subgraphs included, and which layer writes what: by
    their positions. ``read`` has all that is read, the graph's outputs included.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.needs = _needs(graph)
        self.writers = _writers(graph)
        self.read = set(graph.outputs).union(*self.needs)

    def sources(self) -> list[set[int]]:
        """The layers that each layer reads from."""
        writers = self.writers
        return [{writers[t] for t in needed if t in writers} for needed in self.needs]


def unused_weights(flow: Flow) -> Iterator[Finding]:
    """Initializers that no node reads."""
    tensors = enumerate(flow.graph.tensors)
    found = tuple(p for p, t in tensors if t.role == "weight" and p not in flow.read)
    if found:
        yield Finding(
            "info",
            f"{how_many(found, 'weight')} that no node reads",
            "They only make the file larger, and may be what is left of nodes that an export lost.",
            tensors=found,
        )


def unused_inputs(flow: Flow) -> Iterator[Finding]:
    """Inputs that no node reads."""
    found = tuple(p for p in flow.graph.inputs if p not in flow.read)
    if found:
        yield Finding(
            "warning",
            f"{how_many(found, 'input')} that no node reads",
            "What is fed there changes nothing in any output; the export may have lost what "
            "depended on it.",
            tensors=found,
        )


def unwritten_tensors(flow: Flow) -> Iterator[Finding]:
    """Tensors that are read, or put out, but never computed."""
    tensors = flow.graph.tensors
    given = flow.writers.keys() | flow.graph.inputs | flow.graph.weights.keys()
    found = tuple(sorted(p for p in flow.read - given if tensors[p].role != "weight"))
    if found:
        yield Finding(
            "error",
            f"{how_many(found, 'tensor')} that nothing computes",
            "A node or an output needs what the file does not tell how to make, so the model "
            "cannot run.",
            tensors=found,
        )


def dead_layers(flow: Flow) -> Iterator[Finding]:
    """Nodes that no output depends on."""
    found = tuple(sorted(set(range(len(flow.graph.layers))) - _alive(flow)))
    if found:
        yield Finding(
            "info",
            f"{how_many(found, 'node')} that no output depends on",
            "TensorRT leaves them out; where that is no intention, an output is missing.",
            layers=found,
        )


def cycles(flow: Flow) -> Iterator[Finding]:
    """Nodes that wait for one another."""
    found = _on_cycles(flow.sources())
    if found:
        yield Finding(
            "error",
            f"{how_many(found, 'node')} in a cycle",
            "Each waits for what the others put out, so the model cannot run.",
            layers=found,
        )


FINDERS = (unwritten_tensors, cycles, unused_inputs, unused_weights, dead_layers)


def _needs(graph: Graph) -> list[set[int]]:
    """The tensors that each layer reads. A subgraph knows them by name."""
    names: dict[str, int] = {}
    if any(layer.subgraphs for layer in graph.layers):
        names = {tensor.name: p for p, tensor in enumerate(graph.tensors)}
    needs = [{p for p in layer.inputs if p is not None} for layer in graph.layers]
    for needed, layer in zip(needs, graph.layers, strict=True):
        for subgraph in layer.subgraphs:
            needed.update(names[name] for name in _captured(subgraph) if name in names)
    return needs


def _captured(graph: Graph) -> set[str]:
    """The names of what a subgraph may take from the graphs around it: all that it reads and does
    not make.
    """
    read = {p for layer in graph.layers for p in layer.inputs}.union(graph.outputs)
    names = {graph.tensors[p].name for p in read if p is not None}
    for layer in graph.layers:
        names.update(*map(_captured, layer.subgraphs))
    return names - {graph.tensors[p].name for p in (*_writers(graph), *graph.inputs)}


def _writers(graph: Graph) -> dict[int, int]:
    layers = enumerate(graph.layers)
    return {out: p for p, layer in layers for out in layer.outputs if out is not None}


def _alive(flow: Flow) -> set[int]:
    """The layers that lead to an output."""
    sources = flow.sources()
    waiting = [flow.writers[t] for t in flow.graph.outputs if t in flow.writers]
    alive: set[int] = set()
    while waiting:
        layer = waiting.pop()
        if layer not in alive:
            alive.add(layer)
            waiting.extend(sources[layer])
    return alive


def _on_cycles(sources: Sequence[set[int]]) -> tuple[int, ...]:
    """The layers on a cycle or between two: what stays when those that need nothing are taken away
    again and again, and then those that nothing needs.
    """
    kept = _peeled(range(len(sources)), sources)
    readers: dict[int, set[int]] = {layer: set() for layer in kept}
    for layer in kept:
        for source in sources[layer] & kept:
            readers[source].add(layer)
    return tuple(sorted(_peeled(kept, readers)))


def _peeled(layers: Iterable[int], needs: Sequence[set[int]] | Mapping[int, set[int]]) -> set[int]:
    """The layers but those that need none, or only such as are taken away for that."""
    left = set(layers)
    counts = {layer: len(needs[layer]) for layer in left}
    needed_by: dict[int, list[int]] = {}
    for layer in left:
        for other in needs[layer]:
            needed_by.setdefault(other, []).append(layer)
    free = [layer for layer, count in counts.items() if not count]
    while free:
        layer = free.pop()
        left.discard(layer)
        for other in needed_by.get(layer, ()):
            counts[other] -= 1
            if not counts[other]:
                free.append(other)
    return left

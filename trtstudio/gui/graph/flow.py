"""Which layers of a graph feed which, by the positions of their tensors. Safe in any thread."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trtstudio.gui.graph.captures import captured_names
from trtstudio.model.graph import Graph, Layer

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Links: each leads from what writes a tensor to what reads it.

    An end is a layer, or after the layers an input of the network, or after those an output.
    """

    sources: Ints
    targets: Ints
    tensors: Ints
    layer_count: int
    input_count: int
    output_count: int

    @property
    def end_count(self) -> int:
        """The number of layers, inputs and outputs."""
        return self.layer_count + self.input_count + self.output_count


def flow_of(graph: Graph) -> Flow:
    """What flows in a graph; tensors that nothing writes, as weights, make none."""
    count = len(graph.layers)
    inputs = range(count, count + len(graph.inputs))
    writers: defaultdict[int, list[int]] = defaultdict(list)
    for end, tensor in zip(inputs, graph.inputs, strict=True):
        writers[tensor].append(end)
    for position, layer in enumerate(graph.layers):
        for output in layer.outputs:
            if output is not None:
                writers[output].append(position)
    links: list[tuple[int, int, int]] = []
    for position, layer in enumerate(graph.layers):
        for read in _reads(graph, layer):
            links += ((writer, position, read) for writer in writers.get(read, ()))
    for end, tensor in enumerate(graph.outputs, inputs.stop):
        links += ((writer, end, tensor) for writer in writers.get(tensor, ()))
    sources, targets, tensors = np.array(links, np.int64).reshape(-1, 3).T
    return Flow(sources, targets, tensors, count, len(graph.inputs), len(graph.outputs))


def _reads(graph: Graph, layer: Layer) -> Iterable[int]:
    """The tensors that go into a layer, each once; those too that only its subgraphs take."""
    reads = dict.fromkeys(p for p in layer.inputs if p is not None)
    if layer.subgraphs:
        names = captured_names(layer)
        reads |= dict.fromkeys(p for p, tensor in enumerate(graph.tensors) if tensor.name in names)
    return reads


def neighbours(flow: Flow, layers: set[int], hops: int, limit: int) -> frozenset[int]:
    """The ends at most ``hops`` links away from some layers, about ``limit`` of them at most."""
    reached = np.zeros(flow.end_count, bool)
    reached[list(layers)] = True
    for _ in range(hops):
        down = flow.targets[reached[flow.sources]]
        up = flow.sources[reached[flow.targets]]
        new = np.unique(np.concatenate((down, up)))
        new = new[~reached[new]]
        reached[new[: max(0, limit - int(reached.sum()))]] = True
    return frozenset(np.flatnonzero(reached).tolist())

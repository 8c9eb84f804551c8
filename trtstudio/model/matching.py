"""Which layers of two graphs correspond to each other. Safe in any thread.

Layers pair up in rounds, the surest first. In each, those that have the same key and are still
alone on both sides pair up in order; with the sides changed, the answer is the same, mirrored.

Nodes and network layers: by name and type, by name, by what they put out, and last by structure:
type, neighbours, dtypes and shapes. Kernels, in whose names any change shifts the numbers: by the
ONNX nodes in them and the profile, with and without their type; by the name of the network layer;
where they have no nodes, by type, dtypes and shapes; and last those that share the most nodes.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

from trtstudio.model.graph import Graph, Layer
from trtstudio.model.links import network_name, original_name, profile_of

Pair = tuple[int, int]
_Key = Callable[[int], Hashable]

_MOST_SHARING = 32
"""A node in more kernels than this says little about which of them correspond."""


def match(left: Graph, right: Graph) -> list[Pair]:
    """The positions of the layers that correspond, in the order of ``left``."""
    rounds = _kernel_keys if "engine" in (left.view, right.view) else _layer_keys
    matcher = _Matcher(len(left.layers), len(right.layers))
    for left_key, right_key in zip(rounds(left), rounds(right), strict=True):
        matcher.pair_equal(left_key, right_key)
    if rounds is _kernel_keys:
        matcher.pair_sharing(_nodes_of(left), _nodes_of(right))
    return sorted(matcher.pairs)


class _Matcher:
    """The pairs so far, and the positions on each side that are still alone, in order."""

    def __init__(self, left_size: int, right_size: int) -> None:
        self.pairs: list[Pair] = []
        self._left = dict.fromkeys(range(left_size))
        self._right = dict.fromkeys(range(right_size))

    def pair_equal(self, left_key: _Key, right_key: _Key) -> None:
        """Pair those whose keys are equal, in order; a key of None has no equal."""
        by_key: dict[Hashable, list[int]] = defaultdict(list)
        for position in reversed(self._right):
            by_key[right_key(position)].append(position)
        for position in list(self._left):
            key = left_key(position)
            if key is not None and by_key.get(key):
                self._pair(position, by_key[key].pop())

    def pair_sharing(self, left: list[frozenset[str]], right: list[frozenset[str]]) -> None:
        """Pair those that share the most names, and of those, that have the fewest others."""
        readers = _readers(left, self._left), _readers(right, self._right)
        pairs = {
            (a, b)
            for name in readers[0].keys() & readers[1].keys()
            if max(len(readers[0][name]), len(readers[1][name])) <= _MOST_SHARING
            for a in readers[0][name]
            for b in readers[1][name]
        }

        def order(pair: Pair) -> tuple[int, ...]:
            a, b = pair
            shared = left[a] & right[b]
            return (-len(shared), len(left[a] | right[b]), a + b, abs(a - b))

        # Of two pairs with an equal place in this order neither has a layer of the other, so
        # which comes first makes no difference.
        for a, b in sorted(pairs, key=order):
            if a in self._left and b in self._right:
                self._pair(a, b)

    def _pair(self, left: int, right: int) -> None:
        self.pairs.append((left, right))
        del self._left[left], self._right[right]


def _readers(names: list[frozenset[str]], positions: Iterable[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for position in positions:
        for name in names[position]:
            found[name].append(position)
    return found


def _layer_keys(graph: Graph) -> list[_Key]:
    layers, tensors = graph.layers, graph.tensors
    around = _neighbours(graph)

    def name_and_type(p: int) -> Hashable:
        return layers[p].name, layers[p].type

    def name(p: int) -> Hashable:
        return layers[p].name

    def outputs(p: int) -> Hashable:
        written = tuple(tensors[o].name for o in layers[p].outputs if o is not None)
        return (layers[p].type, written) if written else None

    def structure(p: int) -> Hashable:
        return layers[p].type, around[p], _types_of(graph, layers[p])

    return [name_and_type, name, outputs, structure]


def _neighbours(graph: Graph) -> list[Hashable]:
    """The types of the layers that each layer reads from, and of those that read from it."""
    types = [layer.type for layer in graph.layers]
    writers = {o: p for p, layer in enumerate(graph.layers) for o in layer.outputs}
    before: list[list[str]] = [[] for _ in types]
    after: list[list[str]] = [[] for _ in types]
    for position, layer in enumerate(graph.layers):
        for tensor in layer.inputs:
            writer = None if tensor is None else writers.get(tensor)
            if writer is not None:
                before[position].append(types[writer])
                after[writer].append(types[position])
    return [(tuple(b), tuple(sorted(a))) for b, a in zip(before, after, strict=True)]


def _types_of(graph: Graph, layer: Layer) -> Hashable:
    return tuple(
        (graph.tensors[p].dtype, graph.tensors[p].shape)
        for p in (*layer.inputs, *layer.outputs)
        if p is not None
    )


def _kernel_keys(graph: Graph) -> list[_Key]:
    layers, nodes = graph.layers, _nodes_of(graph)

    def nodes_and_type(p: int) -> Hashable:
        return (nodes[p], profile_of(layers[p].name), layers[p].type) if nodes[p] else None

    def only_nodes(p: int) -> Hashable:
        return (nodes[p], profile_of(layers[p].name)) if nodes[p] else None

    def name(p: int) -> Hashable:
        return network_name(layers[p].name), profile_of(layers[p].name), layers[p].type

    def helper(p: int) -> Hashable:
        return None if nodes[p] else (layers[p].type, _types_of(graph, layers[p]))

    return [nodes_and_type, only_nodes, name, helper]


def _nodes_of(graph: Graph) -> list[frozenset[str]]:
    return [frozenset(map(original_name, layer.origins)) for layer in graph.layers]

"""Links between two readings of one model: which layers are made of the same ONNX nodes.

Immutable, so safe in any thread.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from trtstudio.model.graph import Graph, Layer

_KERNEL_NUMBER = re.compile(r"_myl\d+_\d+$")
_PROFILE = re.compile(r" \[profile (\d+)\]$")
_BETWEEN_NAMES = re.compile(r" \+ | \|\| |\.\.\.|, |[\[\](){}]")
_REMADE = "]__"


class Links:
    """Which layers of ``left`` and ``right``, any two readings, share an ONNX node.

    Layers are told by their positions, in order. A node inside a subgraph counts as the layer that
    holds the subgraph, too. One node may be in many kernels, and one kernel holds many nodes.
    """

    def __init__(self, left: Graph, right: Graph) -> None:
        indexes = _index(left.layers), _index(right.layers)
        renamed = _renamed(left, *indexes), _renamed(right, *reversed(indexes))
        self._left = _Side(left.layers, indexes[0], renamed[0])
        self._right = _Side(right.layers, indexes[1], renamed[1])

    def to_right(self, layer: Layer) -> tuple[int, ...]:
        """The layers of ``right`` that share a node with this layer of ``left``, be it one of a
        subgraph.
        """
        return self._right.find(self._left.names(layer))

    def to_left(self, layer: Layer) -> tuple[int, ...]:
        """The layers of ``left`` that share a node with this layer of ``right``."""
        return self._left.find(self._right.names(layer))

    @cached_property
    def only_left(self) -> tuple[int, ...]:
        """The layers of ``left`` that nothing of ``right`` is known to come from: of ONNX nodes
        beside an engine, those in no kernel, which were folded away or taken up without a trace.
        """
        return self._left.without(self._right)

    @cached_property
    def only_right(self) -> tuple[int, ...]:
        """The layers of ``right`` that are made of nothing in ``left``: those in ``unnamed``, and
        those made of ``inserted`` nodes alone.
        """
        return self._right.without(self._left)

    @cached_property
    def unnamed(self) -> tuple[int, ...]:
        """The layers of ``right`` that do not say what they are made of, and whose own names do not
        tell either: TensorRT's helpers.
        """
        layers = self._right.layers
        return tuple(p for p in self.only_right if not any(deep_origins(layers[p])))

    @cached_property
    def inserted(self) -> Mapping[str, tuple[int, ...]]:
        """The ONNX nodes that only ``right`` knows, with its layers made of them: put in between
        both, as the casts of a conversion to FP16 are.
        """
        side = self._right
        nodes = {side.renamed.get(n, n) for layer in side.layers for n in deep_origins(layer)}
        unknown = nodes - self._left.index.keys()
        return {n: tuple(dict.fromkeys(p)) for n, p in side.index.items() if n in unknown}


class _Side:
    """The layers of one reading, by the names of the ONNX nodes in them; ``renamed`` has the node
    for what this reading calls differently.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        index: dict[str, list[int]],
        renamed: Mapping[str, str],
    ) -> None:
        self.layers, self.index, self.renamed = layers, index, renamed
        for name, node in renamed.items():
            index.setdefault(node, []).extend(index.pop(name))

    def names(self, layer: Layer) -> Iterable[str]:
        names = _names(layer)
        return (self.renamed.get(name, name) for name in names) if self.renamed else names

    def find(self, names: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted({p for name in names for p in self.index.get(name, ())}))

    def without(self, other: "_Side") -> tuple[int, ...]:
        known = other.index.keys()
        places = enumerate(self.layers)
        return tuple(p for p, layer in places if known.isdisjoint(self.names(layer)))


def network_name(kernel: str) -> str:
    """The name of the network layer in a kernel's: ``conv`` for ``conv [profile 1]_myl1_2``."""
    return without_profile(_KERNEL_NUMBER.sub("", kernel))


def without_profile(name: str) -> str:
    """``x`` for ``x [profile 1]``, which is what the kernels of a later profile call it."""
    return _PROFILE.sub("", name)


def profile_of(kernel: str) -> int:
    """The optimization profile that a kernel's name says it is for; the first says nothing."""
    found = _PROFILE.search(_KERNEL_NUMBER.sub("", kernel))
    return int(found[1]) if found else 0


def original_name(origin: str) -> str:
    """The ONNX node in an origin: ``conv`` for ``conv]__gemm_from_conv1x1``, as TensorRT writes
    where it made something else of a node.
    """
    return origin[: origin.rindex(_REMADE)] if _REMADE in origin else origin


def _index(layers: Iterable[Layer]) -> dict[str, list[int]]:
    """The positions of the layers by each name that they may be known by."""
    found: dict[str, list[int]] = {}
    for position, layer in enumerate(layers):
        for name in _names(layer):
            found.setdefault(name, []).append(position)
    return found


def _renamed(
    graph: Graph, own: Mapping[str, object], other: Mapping[str, object]
) -> dict[str, str]:
    """The ONNX nodes behind the names that an engine alone uses for them."""
    if graph.view != "engine":
        return {}
    return {name: original_name(name) for name in own if _REMADE in name and name not in other}


def _names(layer: Layer) -> Iterable[str]:
    """The nodes that a layer is made of; what its own name may hold where it names none."""
    if layer.origins and not layer.subgraphs:
        return layer.origins
    return tuple(deep_origins(layer)) or _names_in(network_name(layer.name))


def deep_origins(layer: Layer) -> Iterator[str]:
    """The ONNX nodes in a layer and in its subgraphs."""
    yield from layer.origins
    for graph in layer.subgraphs:
        for inner in graph.layers:
            yield from deep_origins(inner)


def _names_in(name: str) -> tuple[str, ...]:
    """The whole, and the parts of ``a + b``, ``PWN(a, b)`` and ``{ForeignNode[a...b]}``."""
    return tuple(dict.fromkeys((name, *filter(None, _BETWEEN_NAMES.split(name)))))

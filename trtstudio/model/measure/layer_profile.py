"""How long each layer of a model takes, and those times by ONNX node and by type. Plain data and
pure functions; any thread.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from trtstudio.model.build.build import Shape


@dataclass(frozen=True, slots=True)
class LayerProfileRequest:
    """Time every layer of a loaded model over ``iterations`` inferences on random inputs. Inputs
    that ``shapes`` does not name have the session's own. Answered by a ``LayerProfile``.
    """

    session: int
    shapes: dict[str, Shape] = field(default_factory=dict)
    iterations: int = 30


@dataclass(frozen=True, slots=True)
class LayerTime:
    """One layer of what ran: an engine's layer, or a node as ONNX Runtime ran it.

    ``position`` is its place in the engine reading, -1 where that does not list it; ``origins`` are
    the ONNX nodes that it was made of; ``share`` is its part, between 0 and 1, of the sum of all.
    """

    name: str
    type: str
    median_ms: float
    mean_ms: float
    share: float
    position: int = -1
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LayerProfile:
    """The layers in the order in which they ran, against the whole.

    ``whole_ms`` is the median of an inference without a profiler: GPU compute alone on a GPU, on
    the CPU all of it.
    """

    runtime: str
    device: str
    shapes: dict[str, Shape]
    iterations: int
    layers: tuple[LayerTime, ...]
    whole_ms: float
    warnings: tuple[str, ...] = ()

    @property
    def sum_ms(self) -> float:
        """All layers together."""
        return sum(layer.median_ms for layer in self.layers)

    @property
    def gap_ms(self) -> float:
        """What the whole takes beyond its layers. Below 0 where layers overlap, or where timing
        them costs more than the time between them.
        """
        return self.whole_ms - self.sum_ms


@dataclass(frozen=True, slots=True)
class TimeGroup:
    """Layers that belong together: their name, how many, and their time."""

    name: str
    layers: int
    median_ms: float
    share: float


@dataclass(frozen=True, slots=True)
class NodeTime:
    """The layers that one ONNX node is part of. Where some are ``shared`` with other nodes, how
    much of the time is this node's own cannot be known.
    """

    median_ms: float
    share: float
    shared: bool


def by_type(profile: LayerProfile) -> tuple[TimeGroup, ...]:
    """The layers by their type, the slowest group first."""
    return _grouped(profile, lambda layer: layer.type, lambda layer: layer.type)


def by_node(profile: LayerProfile) -> tuple[TimeGroup, ...]:
    """The layers by the ONNX nodes that they are made of, the slowest group first. Nodes that were
    fused are one group, ``conv + relu``; layers made of none keep their own names.
    """
    return _grouped(
        profile,
        lambda layer: frozenset(layer.origins) or layer.name,
        lambda layer: " + ".join(layer.origins) or layer.name,
    )


def _grouped(
    profile: LayerProfile,
    key_of: Callable[[LayerTime], Hashable],
    name_of: Callable[[LayerTime], str],
) -> tuple[TimeGroup, ...]:
    groups: dict[Hashable, list[LayerTime]] = {}
    for layer in profile.layers:
        groups.setdefault(key_of(layer), []).append(layer)
    found = (
        TimeGroup(
            name_of(layers[0]),
            len(layers),
            sum(layer.median_ms for layer in layers),
            sum(layer.share for layer in layers),
        )
        for layers in groups.values()
    )
    return tuple(sorted(found, key=lambda group: -group.median_ms))


def time_of_nodes(profile: LayerProfile, nodes: frozenset[str]) -> NodeTime | None:
    """The time of all layers that any of these ONNX nodes is part of; None where there is none."""
    layers = [layer for layer in profile.layers if not nodes.isdisjoint(layer.origins)]
    if not layers:
        return None
    return NodeTime(
        sum(layer.median_ms for layer in layers),
        sum(layer.share for layer in layers),
        any(not nodes.issuperset(layer.origins) for layer in layers),
    )


def node_times(profile: LayerProfile) -> Mapping[str, NodeTime]:
    """By the name of the ONNX node, the whole time of the layers that it is part of, to be laid
    over the graph. These times do not add up: a fused layer counts for each of its nodes.
    """
    layers_of: dict[str, list[LayerTime]] = {}
    for layer in profile.layers:
        for node in dict.fromkeys(layer.origins):
            layers_of.setdefault(node, []).append(layer)
    return {
        node: NodeTime(
            sum(layer.median_ms for layer in layers),
            sum(layer.share for layer in layers),
            any(len(set(layer.origins)) > 1 for layer in layers),
        )
        for node, layers in layers_of.items()
    }

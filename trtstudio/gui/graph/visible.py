"""What of a graph is to be seen: its layers where their groups are unfolded, else the groups. No
Qt; safe in any thread.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from trtstudio.gui.graph.flow import Flow, Ints
from trtstudio.model.graph import Graph
from trtstudio.model.grouping import ROOT, Grouping

NOWHERE = -1


class Node(NamedTuple):
    """A layer or a group by its position, or an input or output of the network by its tensor."""

    kind: Literal["layer", "group", "input", "output"]
    position: int


@dataclass(frozen=True, slots=True, eq=False)
class Visible:
    """Nodes, and the edges between them: one for each pair of nodes, whatever flows between them.

    ``homes`` is the unfolded group that each node lies in; ``node_of`` has the node of each end of
    ``Flow``, or ``NOWHERE``. ``tensors`` has for each edge the first tensor that it carries,
    ``counts`` how many different ones. ``makeup`` says of each group how often each type and dtype
    occurs in it, the most frequent first.
    """

    nodes: tuple[Node, ...]
    homes: Ints
    node_of: Ints
    sources: Ints
    targets: Ints
    tensors: Ints
    counts: Ints
    makeup: "dict[int, Makeup]"


class Makeup(NamedTuple):
    """The types and dtypes of the layers in a group, with their numbers."""

    types: tuple[tuple[str, int], ...]
    dtypes: tuple[tuple[str, int], ...]


def see(graph: Graph, flow: Flow, grouping: Grouping, unfolded: frozenset[int]) -> Visible:
    """All of a graph, with these groups unfolded."""
    fronts = _fronts(grouping, unfolded)
    shown = [fronts[home] for home in grouping.homes]
    groups = sorted({group for group in shown if group != NOWHERE})
    nodes = [Node("group", group) for group in groups]
    homes = [grouping.groups[group].parent for group in groups]
    node_of_group = {group: i for i, group in enumerate(groups)}
    node_of = np.full(flow.end_count, NOWHERE, np.int64)
    for layer, group in enumerate(shown):
        if group == NOWHERE:
            node_of[layer] = len(nodes)
            nodes.append(Node("layer", layer))
            homes.append(grouping.homes[layer])
        else:
            node_of[layer] = node_of_group[group]
    _add_ends(graph, flow, range(flow.layer_count, flow.end_count), nodes, node_of)
    homes += [ROOT] * (len(nodes) - len(homes))
    return _join(graph, flow, nodes, homes, node_of, shown)


def see_only(graph: Graph, flow: Flow, ends: frozenset[int]) -> Visible:
    """Some layers, inputs and outputs of a graph, by their numbers in ``Flow``."""
    nodes: list[Node] = []
    node_of = np.full(flow.end_count, NOWHERE, np.int64)
    for layer in sorted(end for end in ends if end < flow.layer_count):
        node_of[layer] = len(nodes)
        nodes.append(Node("layer", layer))
    others = sorted(end for end in ends if end >= flow.layer_count)
    _add_ends(graph, flow, others, nodes, node_of)
    return _join(graph, flow, nodes, [ROOT] * len(nodes), node_of, [])


def _fronts(grouping: Grouping, unfolded: frozenset[int]) -> list[int]:
    """For each group the folded one that stands for it, or ``NOWHERE`` where it is unfolded."""
    fronts = [NOWHERE] * len(grouping.groups)
    for position, group in enumerate(grouping.groups):
        if position == ROOT:
            continue
        front = fronts[group.parent]
        fronts[position] = position if front == NOWHERE and position not in unfolded else front
    return fronts


def _add_ends(
    graph: Graph, flow: Flow, ends: "range | list[int]", nodes: list[Node], node_of: Ints
) -> None:
    for end in ends:
        at = end - flow.layer_count
        node_of[end] = len(nodes)
        if at < flow.input_count:
            nodes.append(Node("input", graph.inputs[at]))
        else:
            nodes.append(Node("output", graph.outputs[at - flow.input_count]))


def _join(
    graph: Graph,
    flow: Flow,
    nodes: list[Node],
    homes: list[int],
    node_of: Ints,
    shown: list[int],
) -> Visible:
    """The edges between nodes: the links between different ones, and those of a layer to itself."""
    sources, targets = node_of[flow.sources], node_of[flow.targets]
    is_edge = (sources != NOWHERE) & (targets != NOWHERE)
    is_edge &= (sources != targets) | (flow.sources == flow.targets)
    kept = np.stack((sources, targets, flow.tensors))[:, is_edge]
    is_group = np.array([node.kind == "group" for node in nodes], bool)
    kept = kept[:, (kept[0] != kept[1]) | ~is_group[kept[0]]]
    different = np.unique(kept, axis=1)
    pairs, first, counts = np.unique(different[:2], axis=1, return_index=True, return_counts=True)
    return Visible(
        tuple(nodes),
        np.array(homes, np.int64),
        node_of,
        pairs[0],
        pairs[1],
        different[2][first],
        counts,
        _makeup(graph, shown),
    )


def _makeup(graph: Graph, shown: list[int]) -> dict[int, Makeup]:
    types: dict[int, Counter[str]] = {}
    dtypes: dict[int, Counter[str]] = {}
    for layer, group in zip(graph.layers, shown, strict=False):
        if group != NOWHERE:
            types.setdefault(group, Counter())[layer.type] += 1
            dtypes.setdefault(group, Counter())[dtype_of(graph, layer.index)] += 1
    return {
        group: Makeup(tuple(types[group].most_common()), tuple(dtypes[group].most_common()))
        for group in types
    }


def dtype_of(graph: Graph, layer: int) -> str:
    """The dtype of a layer: that of its first output."""
    first = next((p for p in graph.layers[layer].outputs if p is not None), None)
    return "" if first is None else graph.tensors[first].dtype

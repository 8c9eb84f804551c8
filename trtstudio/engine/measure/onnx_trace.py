"""What ONNX Runtime's own profiler writes: how long each node of each run took. Any thread.

Nodes inside an If or a Loop are left out, since the time of the If or Loop holds theirs.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, Layer

_KERNEL = "_kernel_time"
_LAID_OUT = "_nchwc"
_FUSION = re.compile(r"/\w+Fusion/$")
_LONGEST_FUSION = 8


@dataclass(slots=True)
class TracedNode:
    """A node as it was run, and its time in ms in each run."""

    name: str
    type: str
    times_ms: list[float] = field(default_factory=list)


def read_trace(text: bytes, skip: int) -> tuple[TracedNode, ...]:
    """The nodes in the order in which they ran, without the first ``skip`` runs of the model.

    Raises StudioError for what is no trace of ONNX Runtime.
    """
    try:
        events = [event for event in json.loads(text) if isinstance(event, dict)]
        runs = sorted(_span(e) for e in events if e.get("name") == "model_run")[skip:]
        kernels = sorted(
            ((*_span(event), event) for event in events if _is_kernel(event)),
            key=lambda kernel: (kernel[0], -kernel[1]),
        )
        return tuple(_nodes(list(_outermost(kernels)), runs).values())
    except (ValueError, KeyError, TypeError) as error:
        raise StudioError(
            "ONNX Runtime's profile has a form that is not known here.",
            hint="Install the release of onnxruntime that TRT Studio was tested with.",
            details=f"{error}\n{text[:2000].decode(errors='replace')}",
        ) from error


_Span = tuple[float, float]
_Key = tuple[str, Any]
_Kernel = tuple[float, float, Mapping[str, Any]]


def _span(event: Mapping[str, Any]) -> _Span:
    """Begin and end in us."""
    begin = float(event["ts"])
    return begin, begin + float(event["dur"])


def _is_kernel(event: Mapping[str, Any]) -> bool:
    return event.get("cat") == "Node" and str(event.get("name", "")).endswith(_KERNEL)


def _outermost(kernels: Sequence[_Kernel]) -> Iterator[_Kernel]:
    """Those that ran inside no other."""
    busy_until = float("-inf")
    for begin, end, event in kernels:
        if begin >= busy_until or end > busy_until:
            busy_until = max(busy_until, end)
            yield begin, end, event


def _nodes(kernels: Sequence[_Kernel], runs: Sequence[_Span]) -> dict[_Key, TracedNode]:
    nodes: dict[_Key, TracedNode] = {}
    for run_begin, run_end in runs:
        spent: dict[_Key, float] = {}
        for begin, end, event in kernels:
            if run_begin <= begin < run_end:
                name, kind = str(event["name"]).removesuffix(_KERNEL), event["args"]["op_name"]
                key = (name, event["args"].get("node_index"))
                nodes.setdefault(key, TracedNode(name, str(kind)))
                spent[key] = spent.get(key, 0.0) + (end - begin) / 1e3
        for node, spent_ms in spent.items():
            nodes[node].times_ms.append(spent_ms)
    return nodes


class NodeFinder:
    """Finds the ONNX nodes that a node of ONNX Runtime's optimized graph was made of."""

    def __init__(self, graph: Graph) -> None:
        self._by_name = {layer.name: layer for layer in graph.layers}
        self._makers = {i: layer for layer in graph.layers for i in layer.outputs if i is not None}
        self._by_output = {graph.tensors[i].name: layer for i, layer in self._makers.items()}
        self._uses = Counter(i for layer in graph.layers for i in layer.inputs)

    def origins(self, traced: TracedNode) -> tuple[str, ...]:
        """Their names, in order; none where neither name nor outputs tell."""
        plain = traced.name.removesuffix(_LAID_OUT)
        if layer := self._by_name.get(traced.name):
            return (layer.name,)
        if layer := self._by_name.get(_FUSION.sub("", traced.name)):
            return (*(maker.name for maker in self._sole_makers(layer)), layer.name)
        last = self._by_output.get(plain) or self._by_name.get(plain)
        return tuple(layer.name for layer in self._fused(last, traced.type)) if last else ()

    def _sole_makers(self, layer: Layer) -> list[Layer]:
        """Who makes what this layer alone takes: the Sigmoid in ``x * sigmoid(x)`` for the Mul."""
        alone = (i for i in layer.inputs if i in self._makers and self._uses[i] == 1)
        return [self._makers[i] for i in alone if i is not None]

    def _fused(self, last: Layer, kind: str) -> list[Layer]:
        """From the node that has the kind of the kernel to the last one that was fused into it."""
        chain = [last]
        while chain[0].type != kind and len(chain) < _LONGEST_FUSION:
            inputs = [self._makers[i] for i in chain[0].inputs if i in self._makers]
            if not inputs:
                return [last]
            chain.insert(0, inputs[0])
        return chain if chain[0].type == kind else [last]

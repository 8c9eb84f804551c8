"""Reads GraphProtos as graphs, nested ones too, whose weights stay in the file.

A reader belongs to one thread at a time.
"""

import sys
from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from trtstudio.model import dtypes
from trtstudio.model.graph import Dim, Graph, Layer, Role, WeightPlace
from trtstudio.model.onnx import wire
from trtstudio.model.onnx.attributes import Attributes, describe
from trtstudio.model.onnx.outline import Span
from trtstudio.model.onnx.scope import Info, Scope
from trtstudio.model.onnx.tensor import TensorHead, WeightSum, read_sparse_tensor, read_tensor
from trtstudio.model.onnx.wire import Field, Malformed, Source, text

if TYPE_CHECKING:
    import onnx

LARGE_BYTES = 4096
"""An attribute above this is described: parsing 100 MB would hold the GIL, and read weights."""
_DEEPEST = 32
"""Graphs in graphs; protobuf's own parser gives up at about the same depth."""

# Field numbers of onnx.proto.
_NODE, _NAME, _INITIALIZER, _DOC, _INPUT, _OUTPUT, _VALUE, _SPARSE = 1, 2, 5, 10, 11, 12, 13, 15
_PARTS = (_NODE, _NAME, _DOC, _INPUT, _OUTPUT)
_READ_WEIGHT = {_INITIALIZER: read_tensor, _SPARSE: read_sparse_tensor}
_NODE_ATTRIBUTE = 5
_VALUE_NAME_TAG = b"\x0a"
_ATTRIBUTE_NAME, _ATTRIBUTE_TENSOR, _ATTRIBUTE_GRAPHS = 1, 5, (6, 11)
_NO_ATTRIBUTES = Attributes()
_GRAPH_TYPE, _GRAPHS_TYPE = b"\xa0\x01\x05", b"\xa0\x01\x0a"
"""How an attribute's field ``type`` is written where its value is a graph, or several: a node
without these bytes has none, and need not be searched.
"""


class GraphReader:
    """Reads the graphs of one file; ``weights`` sums up the initializers that it has met, and
    ``constants`` the tensors in Constant nodes.
    """

    def __init__(self, source: Source) -> None:
        import onnx

        self._source = source
        self._parse_node = onnx.NodeProto.FromString
        self._infos: dict[bytes, tuple[str, Info]] = {}
        self._weight_infos: dict[Info, Info] = {}
        self.weights, self.constants = WeightSum(), WeightSum()

    def read(
        self, graphs: Sequence[Span], outer: Scope | None = None, attribute: str = ""
    ) -> Graph:
        """The graph that these pieces make up; ``attribute`` is what holds it in ``outer``."""
        scope = Scope(outer)
        if scope.depth > _DEEPEST:
            raise Malformed(f"graphs are nested more than {_DEEPEST} deep")
        parts = self._parts(graphs, scope)
        outputs = self._learn_all(parts[_OUTPUT], scope, "output")
        inputs = self._learn_all(parts[_INPUT], scope, "input")
        fed = tuple(scope.position(name) for name in inputs if not scope.is_weight(name))
        nodes = enumerate(_spans(parts[_NODE]))
        layers = [self._layer(index, start, end, scope) for index, (start, end) in nodes]
        written = tuple(scope.position(name) for name in outputs)
        tensors, places = scope.tensors()
        stated = {"attribute": attribute, "doc": self._text(parts[_DOC])}
        return Graph(
            view="onnx",
            name=self._text(parts[_NAME]),
            layers=layers,
            tensors=tensors,
            inputs=fed,
            outputs=written,
            properties={key: value for key, value in stated.items() if value},
            weights=places,
        )

    def _parts(self, graphs: Sequence[Span], scope: Scope) -> dict[int, "array[int]"]:
        """Where each part of a graph starts and ends, by the number of its field; ``scope`` is told
        of its weights and of the values inside. To free 100,000 pairs would hold the GIL; these
        arrays are gone at once.
        """
        parts: dict[int, array[int]] = {number: array("q") for number in _PARTS}
        for start, end in graphs:
            for number, wire_type, _, payload, stop in wire.fields(self._source, start, end):
                if wire_type != wire.LENGTH:
                    continue
                if number in parts:
                    parts[number].extend((payload, stop))
                elif number == _VALUE:
                    self._learn(payload, stop, scope, "internal")
                elif number in _READ_WEIGHT:
                    self._learn_weight(_READ_WEIGHT[number](self._source, payload, stop), scope)
        return parts

    def _learn_weight(self, head: TensorHead, scope: Scope) -> None:
        info: Info = (head.dtype, head.shape)
        info = self._weight_infos.setdefault(info, info)
        scope.learn_weight(head.name, info, self._place(head))
        self.weights.add(head)

    def _text(self, spans: Sequence[int]) -> str:
        """The last of these texts; empty where there is none."""
        return text(self._source.read(*spans[-2:])) if spans else ""

    def _learn_all(self, values: "array[int]", scope: Scope, role: Role) -> dict[str, None]:
        """Tell ``scope`` what these ValueInfoProtos say; their names, each once."""
        names = (self._learn(start, end, scope, role) for start, end in _spans(values))
        return dict.fromkeys(filter(None, names))

    def _learn(self, start: int, end: int, scope: Scope, role: Role) -> str:
        """The same of one."""
        name, info = self._info(self._source.read(start, end))
        if name:
            scope.learn(name, info, role)
        return name

    def _info(self, data: bytes) -> tuple[str, Info]:
        """The name of the ValueInfoProto, its dtype and shape. What follows the name is decoded
        once: 100,000 values have a few hundred types.
        """
        start = stop = 0
        if data.startswith(_VALUE_NAME_TAG):
            try:
                size, start = wire.varint(data, 1)
            except IndexError:
                size = start = len(data)
            stop = start + size
        if stop > len(data):
            raise wire.Truncated(stop, 1)
        name, rest = data[start:stop], data[stop:]
        known = self._infos.get(rest)
        if known is None:
            known = self._infos[rest] = _info(rest)
        named_later, info = known
        return named_later or text(name), info

    def _place(self, head: TensorHead) -> WeightPlace:
        return WeightPlace(head.start, head.end, self._source.version)

    def _layer(self, index: int, start: int, end: int, scope: Scope) -> Layer:
        data, described = self._small(start, end)
        node = self._parse_node(data)
        # A copy in one go is quicker than asking for the names of a repeated field one by one.
        outputs, kind = node.output[:], sys.intern(text(node.op_type))
        # TensorRT's parser names a node without a name in this way, so that links to it hold.
        name = text(node.name) or (f"node_of_{text(outputs[0])}" if outputs else kind)
        if kind == "Constant" and outputs and outputs[0]:
            self._learn_constant(start, end, text(outputs[0]), scope)
        has_attributes = described or node.attribute or node.domain
        has_graphs = described or _GRAPH_TYPE in data or _GRAPHS_TYPE in data
        return Layer(
            index,
            name,
            kind,
            scope.positions(node.input[:]),
            scope.positions(outputs),
            Attributes(data, described) if has_attributes else _NO_ATTRIBUTES,
            (name,),
            tuple(self._subgraphs(start, end, scope)) if has_graphs else (),
        )

    def _small(self, start: int, end: int) -> tuple[bytes, dict[str, str] | None]:
        """The NodeProto without its large attributes, and words for those."""
        if end - start <= LARGE_BYTES:
            return self._source.read(start, end), None
        small: list[bytes] = []
        described: dict[str, str] = {}
        for part in wire.fields(self._source, start, end):
            if part.number == _NODE_ATTRIBUTE and part.size > LARGE_BYTES:
                described.update([describe(self._source, part.payload, part.end)])
            else:
                small.append(self._source.read(part.start, part.end))
        return b"".join(small), described

    def _learn_constant(self, start: int, end: int, output: str, scope: Scope) -> None:
        """Tell ``scope`` what a Constant puts out, where that is a tensor."""
        for name, part in self._values(start, end):
            if name == "value" and part.number == _ATTRIBUTE_TENSOR:
                head = read_tensor(self._source, part.payload, part.end)
                scope.learn_constant(output, (head.dtype, head.shape), self._place(head))
                self.constants.add(head)

    def _subgraphs(self, start: int, end: int, scope: Scope) -> Iterator[Graph]:
        for name, part in self._values(start, end):
            if part.number in _ATTRIBUTE_GRAPHS:
                yield self.read([(part.payload, part.end)], scope, name)

    def _values(self, start: int, end: int) -> Iterator[tuple[str, Field]]:
        """The names of a node's attributes, each with its tensors and graphs."""
        wanted = (_ATTRIBUTE_TENSOR, *_ATTRIBUTE_GRAPHS)
        for attribute in wire.fields(self._source, start, end):
            if attribute.number == _NODE_ATTRIBUTE and attribute.wire_type == wire.LENGTH:
                name, values = "", []
                for part in wire.fields(self._source, attribute.payload, attribute.end):
                    if part.number == _ATTRIBUTE_NAME:
                        name = self._text((part.payload, part.end))
                    elif part.number in wanted and part.wire_type == wire.LENGTH:
                        values.append(part)
                yield from ((name, part) for part in values)


def _spans(flat: "array[int]") -> Iterator[Span]:
    numbers = iter(flat)
    return zip(numbers, numbers, strict=True)


def _info(value_info: bytes) -> tuple[str, Info]:
    """The name, dtype and shape of a tensor; the latter are not known of a sequence or a map."""
    import onnx

    value = onnx.ValueInfoProto.FromString(value_info)
    name, which = text(value.name), value.type.WhichOneof("value")
    if which not in ("tensor_type", "sparse_tensor_type"):
        return name, ("", None)
    tensor = getattr(value.type, which)
    shape = tuple(_dim(d) for d in tensor.shape.dim) if tensor.HasField("shape") else None
    return name, (dtypes.ONNX.get(tensor.elem_type, ""), shape)


def _dim(dim: "onnx.TensorShapeProto.Dimension") -> Dim:
    if dim.HasField("dim_value") and dim.dim_value >= 0:
        return int(dim.dim_value)
    return text(dim.dim_param) or -1

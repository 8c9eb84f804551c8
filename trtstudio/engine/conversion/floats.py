"""From FP32 to FP16 or BF16: every tensor that may have the other type gets it, and casts stand
between those that may not and the rest. For a worker thread.

Types are decided tensor by tensor from ONNX's own definition of each operator, node by node in the
model's order, so that a cast always stands before what reads it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from trtstudio.engine.conversion import rules
from trtstudio.engine.conversion.constants import lift_constants, lowered
from trtstudio.engine.conversion.model_file import opset_of

_FLOAT = 1
_TYPES = {"float16": 10, "bfloat16": 16}
_SHORT = {"float16": "fp16", "bfloat16": "bf16"}
_ANY_TYPE = ("Cast", "Shape", "Size")  # they read whatever type there is


@dataclass(frozen=True, slots=True)
class Lowering:
    """What is asked of a conversion: the other type, which nodes stay out of it, and whether the
    model's inputs and outputs change too. ``opset`` is that of the model.
    """

    low: str
    opset: int
    keep_fp32: tuple[str, ...] = ()
    convert_io: bool = False

    @property
    def element(self) -> int:
        """ONNX's number of the type."""
        return _TYPES[self.low]


def lower(
    model: Any, low: str, *, keep_fp32: tuple[str, ...] = (), convert_io: bool = False
) -> None:
    """Change a model, whose tensors have been typed by shape inference, to compute in ``low``."""
    asked = Lowering(low, opset_of(model), keep_fp32, convert_io)
    names = {name for node in rules.nodes_of(model.graph) for name in (*node.input, *node.output)}
    _GraphLowering(asked, model.graph, names, outermost=True).run()


@dataclass(slots=True)
class _GraphLowering:
    """One graph while it is changed. ``before`` and ``types`` have the element type of every tensor
    that its nodes can read, as it was and as it is now; ``names`` are taken.
    """

    asked: Lowering
    graph: Any
    names: set[str]
    before: dict[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    outermost: bool = False
    casts: dict[tuple[str, int], str] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    nodes: list[Any] = field(default_factory=list)

    def run(self) -> None:
        """Change it."""
        lift_constants(self.graph)
        counting = rules.shape_arithmetic(self.graph)
        self._read_types()
        if self.outermost and self.asked.convert_io:
            self._lower_inputs()
        for position, node in enumerate(self.graph.node):
            self._lower_node(node, position in counting)
        self._keep_outputs()
        self._place_constants()
        del self.graph.node[:]
        self.graph.node.extend(self.nodes)
        self._retype_values()

    def _read_types(self) -> None:
        values = (*self.graph.value_info, *self.graph.input, *self.graph.output)
        own = {value.name: value.type.tensor_type.elem_type for value in values}
        own |= {tensor.name: tensor.data_type for tensor in self.graph.initializer}
        self.before, self.types = self.before | own, self.types | own
        self.constants = {tensor.name: tensor for tensor in self.graph.initializer}

    def _lower_inputs(self) -> None:
        for value in self.graph.input:
            if value.type.tensor_type.elem_type == _FLOAT:
                value.type.tensor_type.elem_type = self.asked.element
                self.types[value.name] = self.asked.element

    def _lower_node(self, node: Any, counts: bool) -> None:
        kept = counts or rules.stays_fp32(node, self.asked.low, self.asked.keep_fp32)
        variables = None if kept else rules.variables(node, self.asked.opset, self.asked.low)
        inputs, outputs = variables or (("",) * len(node.input), ("",) * len(node.output))
        self._guess_types(node)
        if node.op_type not in _ANY_TYPE:
            for position, variable in enumerate(inputs):
                self._give(node, position, self.asked.element if variable else _FLOAT)
        for inner in rules.inner_graphs(node):
            _GraphLowering(self.asked, inner, self.names, self.before, self.types).run()
        self.nodes.append(node)
        made = not kept and self._retype_attribute(node)
        for name, variable in zip(node.output, outputs, strict=True):
            if self.before[name] == _FLOAT and (made or (variable and variable in inputs)):
                self.types[name] = self.asked.element

    def _guess_types(self, node: Any) -> None:
        """What a custom operator makes of FP32 is FP32, as far as nobody says otherwise."""
        guess = _FLOAT if any(self.before.get(name) == _FLOAT for name in node.input) else 0
        for name in node.output:
            self.types.setdefault(name, self.before.setdefault(name, guess))

    def _retype_attribute(self, node: Any) -> bool:
        """Change FP32 as what the node makes; whether it says so in an attribute."""
        for attribute in node.attribute:
            if node.op_type == "Cast" and attribute.name == "to" and attribute.i == _FLOAT:
                attribute.i = self.asked.element
                return True
            is_filled = node.op_type == "ConstantOfShape" and attribute.name == "value"
            if is_filled and attribute.t.data_type == _FLOAT:
                attribute.t.CopyFrom(lowered(attribute.t, self.asked.low))
                return True
        return False

    def _give(self, node: Any, position: int, wanted: int) -> None:
        """Let the node read the tensor in the type that is wanted, where it was FP32."""
        name = node.input[position]
        if self.before.get(name) == _FLOAT and self.types[name] != wanted:
            node.input[position] = self._as_type(name, wanted)

    def _as_type(self, name: str, wanted: int) -> str:
        """The tensor's name in that type; a constant is converted, all else is cast, once."""
        if (name, wanted) not in self.casts:
            suffix = "fp32" if wanted == _FLOAT else _SHORT[self.asked.low]
            new = self._free(f"{name}_{suffix}")
            self.casts[name, wanted] = new
            if name not in self.constants:
                self.nodes.append(_cast(name, new, wanted))
        return self.casts[name, wanted]

    def _free(self, name: str) -> str:
        while name in self.names:
            name += "_"
        self.names.add(name)
        return name

    def _keep_outputs(self) -> None:
        """Give the outputs their types and their names, by a cast behind what computes them."""
        for value in self.graph.output:
            name = value.name
            if self.types.get(name) == self.before.get(name):
                continue
            if self.outermost and self.asked.convert_io:
                value.type.tensor_type.elem_type = self.types[name]
                continue
            new = self._free(f"{name}_{_SHORT[self.asked.low]}")
            self._rename({name: new})
            self.nodes.append(_cast(new, name, _FLOAT))
            self.types[new], self.types[name] = self.types[name], _FLOAT

    def _rename(self, new: dict[str, str]) -> None:
        for node in self.nodes:
            for names in (node.output, *_reads(node)):
                for position, name in enumerate(names):
                    if name in new:
                        names[position] = new[name]

    def _place_constants(self) -> None:
        """Convert the constants. One that nothing reads as FP32 any more keeps its name."""
        read = {name for node in self.nodes for names in _reads(node) for name in names}
        read |= {value.name for value in self.graph.output}
        names: dict[str, str] = {}
        for name, tensor in self.constants.items():
            new = self.casts.get((name, self.asked.element))
            if new is None:
                continue
            converted = lowered(tensor, self.asked.low)
            if name in read:
                converted.name = new
                self.graph.initializer.append(converted)
            else:
                names[new] = name
                tensor.CopyFrom(converted)
                self.types[name] = self.asked.element
        self._rename(names)

    def _retype_values(self) -> None:
        for value in self.graph.value_info:
            value.type.tensor_type.elem_type = self.types[value.name]


def _reads(node: Any) -> Iterator[Any]:
    """The names that a node reads, those in its inner graphs included, as lists to change."""
    yield node.input
    for graph in rules.inner_graphs(node):
        for inner in graph.node:
            yield from _reads(inner)


def _cast(name: str, new: str, element: int) -> Any:
    from onnx import helper

    return helper.make_node("Cast", [name], [new], name=new, to=element)

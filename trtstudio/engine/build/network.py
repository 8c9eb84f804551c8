"""The TensorRT network of an ONNX file as a graph: what the parser made of it, before any layer
is fused. For a worker thread.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from trtstudio.engine.build.layer_attributes import read_attributes
from trtstudio.engine.build.parser import parse
from trtstudio.engine.dtypes import dtype_name
from trtstudio.engine.logger import capture
from trtstudio.engine.runtime import describe, load
from trtstudio.model.graph import Dim, Graph, Layer, Role, Tensor


def read_network(path: Path) -> Graph:
    """Parse the model and list its layers in the network's order. Raises StudioError when
    TensorRT cannot parse it.
    """
    module = load()
    with capture():
        parsed = parse(path, module)
        return read_graph(module, parsed.network, path.stem)


class _Tensors:
    """The tensors of a network in the order in which they are met.

    Names repeat, so a tensor is known by its Python object: pybind11 gives out the same one for
    as long as it lives, and it lives here.
    """

    def __init__(self) -> None:
        self._positions: dict[Any, int] = {}
        self._roles: dict[int, Role] = {}

    def position(self, tensor: Any, role: Role = "internal") -> int | None:
        if tensor is None:
            return None
        position = self._positions.setdefault(tensor, len(self._positions))
        self._roles.setdefault(position, role)
        return position

    def positions(self, tensors: Iterable[Any], role: Role = "internal") -> tuple[int | None, ...]:
        return tuple(self.position(tensor, role) for tensor in tensors)

    def read(self) -> tuple[Tensor, ...]:
        return tuple(_read_tensor(t, self._roles[i]) for t, i in self._positions.items())


def read_graph(module: ModuleType, network: Any, name: str) -> Graph:
    """What a parsed network holds, as a graph of that name."""
    tensors = _Tensors()
    inputs = [network.get_input(i) for i in range(network.num_inputs)]
    outputs = [network.get_output(i) for i in range(network.num_outputs)]
    input_positions = tensors.positions(inputs, "input")
    output_positions = tensors.positions(outputs, "output")
    layers = [_read_layer(module, network, i, tensors) for i in range(network.num_layers)]
    return Graph(
        view="network",
        name=name,
        layers=tuple(layers),
        tensors=tensors.read(),
        inputs=tuple(p for p in input_positions if p is not None),
        outputs=tuple(p for p in output_positions if p is not None),
        properties={"parser": describe(module).label, "typing": "strong"},
    )


def _read_layer(module: ModuleType, network: Any, index: int, tensors: _Tensors) -> Layer:
    layer = network.get_layer(index)
    kind = layer.type.name
    role: Role = "weight" if kind == "CONSTANT" else "internal"
    return Layer(
        index=index,
        name=layer.name,
        type=kind,
        inputs=tensors.positions(layer.get_input(i) for i in range(layer.num_inputs)),
        outputs=tensors.positions((layer.get_output(i) for i in range(layer.num_outputs)), role),
        origins=_origins(layer.metadata),
        attributes=read_attributes(module, layer),  # last: it changes the layer's Python class
    )


def _origins(metadata: str) -> tuple[str, ...]:
    """The ONNX nodes in ``[ONNX Layer: a]<0x1f>[ONNX Layer: b]``; their names may hold brackets."""
    entries = filter(None, re.split("[\x1e\x1f]", metadata))
    return tuple(e.removeprefix("[ONNX Layer: ").removesuffix("]") for e in entries)


def _read_tensor(tensor: Any, role: Role) -> Tensor:
    return Tensor(
        name=tensor.name,
        dtype=dtype_name(tensor.dtype),
        shape=_shape(tensor),
        role=role,
        location=_location(tensor),
    )


def _shape(tensor: Any) -> tuple[Dim, ...] | None:
    try:
        sizes = tuple(tensor.shape)
    except ValueError:  # not even the rank is known
        return None
    return tuple(tensor.get_dimension_name(i) or -1 if s < 0 else s for i, s in enumerate(sizes))


def _location(tensor: Any) -> str:
    """TensorRT-RTX does not tell, but keeps shape tensors on the host like any TensorRT."""
    if hasattr(tensor, "location"):
        return str(tensor.location.name)
    return "HOST" if tensor.is_shape_tensor else "DEVICE"

"""Whether a model takes certain sizes: onnx infers its shapes, and what the model computes of them
is worked out in between, so that a Reshape to sizes that were computed is seen to fail as well.

For a worker thread of an engine process: onnx holds the GIL meanwhile, some milliseconds a try.
"""

import math
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trtstudio.model.build.free_sizes import free_sizes
from trtstudio.model.graph import Tensor
from trtstudio.model.onnx.outline import open_onnx, read_outline
from trtstudio.model.onnx.weightless import bodies, forget_shapes, is_constant, without_weights

_SMALL_VALUES = 128  # shapes and axes have no more
_MOST_ROUNDS = 12
"""Each Reshape to computed sizes takes one; what is left open after so many is taken to fit."""

_NODE = re.compile(r"node name: ([^)]+)\)")
_COMPUTING = """
    Abs Add And Cast Ceil Concat ConstantOfShape Div Equal Expand Flatten Floor Gather Greater
    Identity Less Max Min Mod Mul Neg Not Or Pow Range ReduceMax ReduceMin ReduceProd ReduceSum
    Reshape Round Slice Split Sqrt Squeeze Sub Tile Transpose Unsqueeze Where
"""
_WORKED_OUT = frozenset(_COMPUTING.split())
"""Operators that exporters compute sizes with."""

Values = dict[str, NDArray[Any]]


class SizeInference:
    """A model without the values of its weights and without the shapes that it states. Raises
    StudioError where the file cannot be read as ONNX.
    """

    def __init__(self, path: Path, inputs: Sequence[Tensor]) -> None:
        self._inputs = inputs
        self._model = _read(path)
        self._opsets = {o.domain: o.version for o in self._model.opset_import}

    @property
    def metadata(self) -> dict[str, str]:
        """What its author says of it."""
        return {entry.key: entry.value for entry in self._model.metadata_props}

    def fits(self, sizes: Mapping[str, int]) -> bool:
        """Whether nothing in the model contradicts these sizes, by the names of ``free_sizes``."""
        return self.misfit(sizes) is None

    def misfit(self, sizes: Mapping[str, int]) -> str | None:
        """The name of the first node that cannot work with these sizes, which may be empty; None
        where they fit.
        """
        found = self._inferred(sizes)
        return found if isinstance(found, str) else None

    def output_shapes(self, sizes: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
        """Of the outputs whose shapes follow from these sizes; none where they do not fit."""
        shapes = self._inferred(sizes)
        if isinstance(shapes, str):
            return {}
        return {
            out.name: shapes[out.name] for out in self._model.graph.output if out.name in shapes
        }

    def _inferred(self, sizes: Mapping[str, int]) -> str | dict[str, tuple[int, ...]]:
        """The shapes with these sizes, or the first node that cannot work with them."""
        import onnx

        work = onnx.ModelProto()
        work.CopyFrom(self._model)
        _set_sizes(work, self._inputs, sizes)
        for _ in range(_MOST_ROUNDS):
            try:
                inferred = onnx.shape_inference.infer_shapes(work, strict_mode=True, data_prop=True)
            except Exception as error:  # onnx has several kinds for shapes that do not match
                found = _NODE.search(str(error))
                return found[1] if found else ""
            shapes = _shapes(inferred.graph)
            for node in work.graph.node:
                if node.op_type == "Reshape" and _changes_volume(node, shapes):
                    return str(node.name or node.output[0])
            if not _work_out(work.graph, shapes, self._opsets):
                break
        return shapes


def _read(path: Path) -> Any:
    import onnx

    with open_onnx(path) as source:
        read_outline(path.name, source)  # says best what is wrong with a file
        model = onnx.ModelProto.FromString(without_weights(source))
    forget_shapes(model.graph)
    _constants_to_initializers(model.graph)
    return model


def _constants_to_initializers(graph: Any) -> None:
    """Inference looks at the values of initializers only."""
    tensors = list(graph.initializer)
    left = []
    for node in graph.node:
        if is_constant(node):
            tensors.append(node.attribute[0].t)
            tensors[-1].name = node.output[0]
        else:
            left.append(node)
    _set_initializers(graph, [_copy(tensor) for tensor in tensors])
    _keep(graph, left)
    for body in bodies(graph):
        _constants_to_initializers(body)


def _set_initializers(graph: Any, tensors: list[Any]) -> None:
    from onnx import helper

    del graph.initializer[:]
    for tensor in tensors:
        if _is_looked_for(tensor):
            known = helper.make_tensor_value_info(tensor.name, tensor.data_type, tensor.dims)
            graph.value_info.append(known)
        else:
            graph.initializer.append(tensor)


def _is_looked_for(tensor: Any) -> bool:
    """Whether onnx would take it for an error of the model that the values are not at hand: it
    looks for sizes among integers and small numbers. Of these only type and shape are told.
    """
    from onnx import TensorProto

    is_integer = tensor.data_type in (TensorProto.INT32, TensorProto.INT64)
    is_small = math.prod(tensor.dims) <= _SMALL_VALUES
    return tensor.data_location == TensorProto.EXTERNAL and (is_integer or is_small)


def _copy(message: Any) -> Any:
    """Of a message in a list that is about to change."""
    return type(message).FromString(message.SerializeToString())


def _keep(graph: Any, nodes: list[Any]) -> None:
    if len(nodes) < len(graph.node):
        kept = [_copy(node) for node in nodes]
        del graph.node[:]
        graph.node.extend(kept)


def _set_sizes(model: Any, inputs: Sequence[Tensor], sizes: Mapping[str, int]) -> None:
    values = {value.name: value for value in model.graph.input}
    names = {(p.input, p.axis): name for name, at in free_sizes(inputs).items() for p in at}
    for tensor in inputs:
        dims = values[tensor.name].type.tensor_type.shape.dim
        for axis, dim in enumerate(tensor.shape or ()):
            name = names.get((tensor.name, axis))
            dims[axis].Clear()
            dims[axis].dim_value = sizes[name] if name else dim


def _shapes(graph: Any) -> dict[str, tuple[int, ...]]:
    """The shapes without any open size, by the tensor's name."""
    found: dict[str, tuple[int, ...]] = {t.name: tuple(t.dims) for t in graph.initializer}
    for value in (*graph.value_info, *graph.input, *graph.output):
        kind = value.type.tensor_type
        if kind.HasField("shape") and all(dim.HasField("dim_value") for dim in kind.shape.dim):
            found[value.name] = tuple(dim.dim_value for dim in kind.shape.dim)
    return found


def _changes_volume(node: Any, shapes: Mapping[str, tuple[int, ...]]) -> bool:
    before, after = shapes.get(node.input[0]), shapes.get(node.output[0])
    return before is not None and after is not None and math.prod(before) != math.prod(after)


def _work_out(graph: Any, shapes: Mapping[str, tuple[int, ...]], opsets: Mapping[str, int]) -> bool:
    """Put what is computed of known shapes in the place of the nodes that compute it; whether
    there was any.
    """
    from onnx import TensorProto, numpy_helper

    known: Values = {}
    for tensor in graph.initializer:
        is_here = tensor.data_location != TensorProto.EXTERNAL
        if is_here and math.prod(tensor.dims) <= _SMALL_VALUES:
            with suppress(Exception):  # it is damaged
                known[tensor.name] = numpy_helper.to_array(tensor)
    left = []
    for node in graph.node:
        results = _results(node, known, shapes, opsets)
        if not results:
            left.append(node)
            continue
        known |= results
        graph.initializer.extend(numpy_helper.from_array(v, name) for name, v in results.items())
    was_any = len(left) < len(graph.node)
    _keep(graph, left)
    return was_any


def _results(
    node: Any, known: Values, shapes: Mapping[str, tuple[int, ...]], opsets: Mapping[str, int]
) -> Values:
    """What a node puts out, where that is small and follows from what is known."""
    if node.op_type == "Shape" and node.input[0] in shapes:
        limits = {a.name: a.i for a in node.attribute}
        shape = shapes[node.input[0]][limits.get("start", 0) : limits.get("end")]
        return {node.output[0]: np.array(shape, np.int64)}
    if node.op_type not in _WORKED_OUT or not all(n in known for n in node.input if n):
        return {}
    from onnx.reference import ReferenceEvaluator

    given = {name: known[name] for name in node.input if name}
    try:
        computed = ReferenceEvaluator(node, opsets=dict(opsets)).run(None, given)
    except Exception:  # whatever it cannot do, inference may
        return {}
    results = dict(zip(node.output, map(np.asarray, computed), strict=True))
    return results if all(v.size <= _SMALL_VALUES for v in results.values()) else {}

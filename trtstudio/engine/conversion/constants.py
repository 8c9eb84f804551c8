"""Constants of an ONNX graph in another type. Any thread."""

from typing import Any

_FLOAT = 1
_LARGEST = {"float16": 65504.0, "bfloat16": 3.3895313892515355e38}
_SMALLEST = {"float16": 2.0**-24, "bfloat16": 2.0**-126}


def lowered(tensor: Any, low: str) -> Any:
    """The FP32 TensorProto in ``low``. Finite values beyond its range are cut to its largest
    number; a single value that would vanish, an epsilon, becomes its smallest.
    """
    import numpy as np
    from onnx import numpy_helper

    values = numpy_helper.to_array(tensor)
    limit = _LARGEST[low]
    finite = np.clip(values, -limit, limit)
    values = np.where(np.isinf(values), values, finite)
    if values.size == 1 and 0 < abs(values.item()) < _SMALLEST[low]:
        values = np.copysign(np.full_like(values, _SMALLEST[low]), values)
    return numpy_helper.from_array(values.astype(_numpy(low)), tensor.name)


def _numpy(low: str) -> Any:
    import ml_dtypes
    import numpy as np

    return np.dtype(ml_dtypes.bfloat16 if low == "bfloat16" else low)


def lift_constants(graph: Any) -> None:
    """Make initializers of the FP32 ``Constant`` nodes, so that there is one kind of constant."""
    kept = []
    for node in graph.node:
        tensor = _constant(node)
        if tensor is None:
            kept.append(node)
        else:
            graph.initializer.append(tensor)
    if len(kept) < len(graph.node):
        del graph.node[:]
        graph.node.extend(kept)


def _constant(node: Any) -> Any | None:
    """The FP32 tensor that a node stands for, named as its output, or None."""
    import numpy as np
    import onnx

    if node.op_type != "Constant":
        return None
    attribute = node.attribute[0]
    if attribute.name == "value" and attribute.t.data_type == _FLOAT:
        tensor = onnx.TensorProto()
        tensor.CopyFrom(attribute.t)
        tensor.name = node.output[0]
        return tensor
    if attribute.name in ("value_float", "value_floats"):
        values = attribute.f if attribute.name == "value_float" else list(attribute.floats)
        return onnx.numpy_helper.from_array(np.array(values, np.float32), node.output[0])
    return None

"""A model with other input shapes than it declares, for the parser, which builds on those that it
reads: changed in the network afterwards they contradict what was computed of them. Any thread.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, Shape, Tensor


def reshaped(path: Path, shapes: Mapping[str, Shape]) -> bytes:
    """The ONNX model with these shapes of its inputs, -1 for a dynamic size, and without what it
    states of all other shapes. External weights stay outside. Raises StudioError where the file
    cannot be read or has no such input.
    """
    import onnx

    try:
        model = onnx.load(path, load_external_data=False)
    except Exception as error:  # of protobuf or the file system
        raise StudioError(
            f"{path.name} cannot be read as an ONNX model.",
            hint="Copy or download it again, or repeat the export that wrote it.",
            details=str(error),
        ) from error
    del model.graph.value_info[:]
    for output in model.graph.output:
        output.type.tensor_type.ClearField("shape")
    values = {value.name: value for value in model.graph.input}
    for name, shape in shapes.items():
        _set_shape(values, name, shape)
    content: bytes = model.SerializeToString()
    return content


def reshaped_inputs(inputs: Sequence[Tensor], shapes: Mapping[str, Shape]) -> list[Tensor]:
    """The inputs as the model of ``reshaped`` has them. Raises StudioError as that."""
    ranks = {tensor.name: len(tensor.shape or ()) for tensor in inputs}
    for name, shape in shapes.items():
        _check_rank(name, ranks.get(name, 0), shape)
    return [
        replace(tensor, shape=tuple(map(_size, tensor.shape or (), shapes[tensor.name])))
        if tensor.name in shapes
        else tensor
        for tensor in inputs
    ]


def _size(declared: Dim, given: int) -> Dim:
    if given >= 0:
        return given
    return declared if isinstance(declared, str) else -1


def _check_rank(name: str, rank: int, shape: Shape) -> None:
    if rank != len(shape):
        raise StudioError(
            f"The model has no input {name} of {len(shape)} sizes.",
            hint="Name one of its inputs, with as many sizes as it has.",
        )


def _set_shape(values: Mapping[str, Any], name: str, shape: Shape) -> None:
    dims = values[name].type.tensor_type.shape.dim if name in values else ()
    _check_rank(name, len(dims), shape)
    for dim, size in zip(dims, shape, strict=True):
        if size >= 0:
            dim.dim_value = size
        elif not dim.dim_param:  # a symbol stays what it is
            dim.Clear()

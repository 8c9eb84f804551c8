"""The inputs and outputs of a deserialised engine as ``Tensor``s. Only the thread that owns it."""

from collections.abc import Sequence
from typing import Any

from trtstudio.engine.dtypes import dtype_name
from trtstudio.engine.run.profiles import read_profiles
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.profile_fit import by_shape


def io_tensors(engine: Any) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
    """Inputs and outputs in the engine's own order.

    Raises StudioError for one that no array can be exchanged with.
    """
    names = [engine.get_tensor_name(index) for index in range(engine.num_io_tensors)]
    tensors = [_io_tensor(engine, name) for name in names]
    return (
        tuple(t for t in tensors if t.role == "input"),
        tuple(t for t in tensors if t.role == "output"),
    )


def _io_tensor(engine: Any, name: str) -> Tensor:
    layout = engine.get_tensor_format(name).name
    dtype = dtype_name(engine.get_tensor_dtype(name))
    if layout != "LINEAR":  # a dimension that is split into vectors, mostly
        raise StudioError(
            f'The tensor "{name}" has the memory layout {layout}, and arrays are linear.',
            hint="Build the engine here, where inputs and outputs are always linear, or with "
            "trtexec without --inputIOFormats and --outputIOFormats.",
        )
    if dtype in ("int4", "float4_e2m1fn"):
        raise StudioError(
            f'The tensor "{name}" is {dtype}, of which several values share a byte: no array does '
            "that.",
            hint="Build the engine with inputs and outputs of 8 bits or more.",
        )
    return Tensor(
        name=name,
        dtype=dtype,
        shape=tuple(engine.get_tensor_shape(name)),
        role="input" if engine.get_tensor_mode(name).name == "INPUT" else "output",
        location=engine.get_tensor_location(name).name,
        format=layout,
    )


def best_shapes(engine: Any, inputs: Sequence[Tensor]) -> dict[str, Shape]:
    """What the first profile is optimized for; the one shape of an input that is not dynamic."""
    first = by_shape(read_profiles(engine, inputs)[0])
    best = {name: allowed.opt for name, allowed in first.items()}
    return {
        tensor.name: best.get(tensor.name) or tuple(engine.get_tensor_shape(tensor.name))
        for tensor in inputs
    }

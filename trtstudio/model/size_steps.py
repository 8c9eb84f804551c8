"""Which sizes a model can take: found by letting onnx infer its shapes with one after another.

For a worker thread: onnx holds the GIL meanwhile, some milliseconds for most models.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trtstudio.model.errors import StudioError
from trtstudio.model.free_sizes import free_sizes
from trtstudio.model.graph import Tensor

STEPS = (1, 2, 4, 8, 16, 32, 64)
_BASE = 128
_SMALL_BYTES = 1024  # shapes and axes are; weights say nothing of sizes
_CHANNELS = 3


def size_steps(path: Path, inputs: Sequence[Tensor]) -> dict[str, int]:
    """What each dynamic size must be a multiple of, by the name that ``free_sizes`` gives it; 1
    where any fits. Batches and sizes of which nothing is found out are left out.

    Raises StudioError where the file cannot be read as ONNX.
    """
    model = _outline(path)
    sizes = {name: _first_guess(inputs, name) for name in free_sizes(inputs)}
    if not _fits(model, inputs, sizes):
        return {}
    steps: dict[str, int] = {}
    for name, size in sizes.items():
        if size == _BASE:
            fitting = (s for s in STEPS if _fits(model, inputs, sizes | {name: size + s}))
            if step := next(fitting, 0):
                steps[name] = step
    return steps


def _first_guess(inputs: Sequence[Tensor], name: str) -> int:
    """A batch of one, three channels, and any other size one that most models can take."""
    ranks = {tensor.name: len(tensor.shape or ()) for tensor in inputs}
    places = free_sizes(inputs)[name]
    if any(place.axis == 0 for place in places):
        return 1
    if all(place.axis == 1 and ranks[place.input] == 4 for place in places):
        return _CHANNELS
    return _BASE


def _outline(path: Path) -> Any:
    """The model without the values of its weights and without the shapes that it states."""
    import onnx

    try:
        model = onnx.load(path, load_external_data=False)
    except Exception as error:  # of protobuf or the file system
        raise StudioError(
            f"{path.name} cannot be read as an ONNX model.",
            hint="Copy or download it again, or repeat the export that wrote it.",
            details=str(error),
        ) from error
    for tensor in model.graph.initializer:
        if len(tensor.raw_data) > _SMALL_BYTES:
            tensor.ClearField("raw_data")
            tensor.data_location = onnx.TensorProto.EXTERNAL
    del model.graph.value_info[:]
    for output in model.graph.output:
        output.type.tensor_type.ClearField("shape")
    return model


def _fits(model: Any, inputs: Sequence[Tensor], sizes: Mapping[str, int]) -> bool:
    """Whether onnx finds no contradiction in the model with these sizes."""
    import onnx

    _set_sizes(model, inputs, sizes)
    try:
        onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
    except Exception:  # onnx has several kinds, and says by them that shapes do not match
        return False
    return True


def _set_sizes(model: Any, inputs: Sequence[Tensor], sizes: Mapping[str, int]) -> None:
    values = {value.name: value for value in model.graph.input}
    names = {(p.input, p.axis): name for name, at in free_sizes(inputs).items() for p in at}
    for tensor in inputs:
        dims = values[tensor.name].type.tensor_type.shape.dim
        for axis, dim in enumerate(tensor.shape or ()):
            name = names.get((tensor.name, axis))
            dims[axis].Clear()
            dims[axis].dim_value = sizes[name] if name else dim

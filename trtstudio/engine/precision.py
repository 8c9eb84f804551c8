"""Making a model's types those that an engine shall have. For a worker thread; nothing is loaded
before a model is converted.

A strongly typed network computes in the types of its model, so a precision is chosen by
converting the model. Older generations could be told by a flag instead; converting gives the same
engine in all of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from trtstudio.model.errors import StudioError

_PROTOBUF_LIMIT = 2**31 - 2**20
_NAMES_SHOWN = 5


@contextmanager
def converted(model_path: Path, precision: str) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The model in this precision and what to warn of: the file itself for ``keep``, else a
    temporary one that is gone with the block.
    """
    if precision == "keep":
        yield model_path, ()
        return
    with TemporaryDirectory(prefix="trtstudio-") as folder:
        out_path = Path(folder, f"{model_path.stem}.onnx")
        yield out_path, convert(model_path, precision, out_path)


def convert(model_path: Path, precision: str, out_path: Path) -> tuple[str, ...]:
    """Write the model with its computation in ``fp16``, its inputs and outputs left as they are.

    Answers warnings: weights that FP16 cannot hold are set to the largest number that it can.
    Weights go to a file beside where the model would pass protobuf's 2 GB. Raises StudioError
    when the model cannot be converted.
    """
    if precision != "fp16":
        raise StudioError(
            f"A model cannot be converted to {precision} here.",
            hint="Choose keep or fp16, or convert the model first and keep its types.",
        )
    model = _load(model_path)
    warnings = _overflow_warnings(model)
    converted_model = _to_float16(model)
    _sort_nodes(converted_model)
    _save(converted_model, out_path)
    return warnings


def _load(path: Path) -> Any:
    """The model with all weights and every tensor's type, which is inferred while external
    weights are still outside, since ONNX infers nothing above 2 GB.
    """
    import onnx

    try:
        model = onnx.load(path, load_external_data=False)
        model = onnx.shape_inference.infer_shapes(model)
        onnx.external_data_helper.load_external_data_for_model(model, str(path.parent))
    except Exception as error:  # of protobuf, ONNX or the file system
        raise _failed(error) from error
    _hide_initializers(model)
    return model


def _hide_initializers(model: Any) -> None:
    """Old models list their weights as inputs too, which are to keep their types."""
    weights = {initializer.name for initializer in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in weights]
    del model.graph.input[:]
    model.graph.input.extend(inputs)
    model.ir_version = max(model.ir_version, 4)


def _overflow_warnings(model: Any) -> tuple[str, ...]:
    import numpy as np
    import onnx

    largest = float(np.finfo(np.float16).max)
    float32 = onnx.TensorProto.FLOAT
    too_large = [
        tensor.name
        for tensor in _constants(model.graph)
        if tensor.data_type == float32
        and np.any(_is_finite_above(onnx.numpy_helper.to_array(tensor), largest))
    ]
    if not too_large:
        return ()
    more = len(too_large) - _NAMES_SHOWN
    rest = f" and {more} more" if more > 0 else ""
    names = ", ".join(too_large[:_NAMES_SHOWN])
    return (f"FP16 cannot hold all weights of {names}{rest}: they were cut to ±65504.",)


def _is_finite_above(values: Any, largest: float) -> Any:
    import numpy as np

    return np.isfinite(values) & (np.abs(values) > largest)


def _constants(graph: Any) -> Iterator[Any]:
    yield from graph.initializer
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("t"):
                yield attribute.t


def _to_float16(model: Any) -> Any:
    from onnxruntime.transformers.float16 import convert_float_to_float16

    try:
        return convert_float_to_float16(model, keep_io_types=True, disable_shape_infer=True)
    except Exception as error:  # the converter asserts what it cannot do
        raise _failed(error) from error


def _failed(error: Exception) -> StudioError:
    return StudioError(
        "The model could not be converted to FP16.",
        hint="Build it with precision keep, or export it in FP16 from where it was trained.",
        details=f"{type(error).__name__}: {error}",
    )


def _sort_nodes(model: Any) -> None:
    """Put every node behind those that it reads from, as ONNX demands: the converter appends its
    casts to the end.
    """
    nodes = list(model.graph.node)
    producer = {name: i for i, node in enumerate(nodes) for name in node.output if name}
    needs = {
        i: [producer[name] for name in _reads(node) if name in producer]
        for i, node in enumerate(nodes)
    }
    ordered = [nodes[i] for i in TopologicalSorter(needs).static_order()]
    del model.graph.node[:]
    model.graph.node.extend(ordered)


def _reads(node: Any) -> Iterator[str]:
    """What a node takes from around it, its inner graphs included."""
    yield from node.input
    for attribute in node.attribute:
        for graph in (*attribute.graphs, *([attribute.g] if attribute.HasField("g") else [])):
            for inner in graph.node:
                yield from _reads(inner)


def _save(model: Any, path: Path) -> None:
    import onnx

    size = sum(len(tensor.raw_data) for tensor in model.graph.initializer)
    try:
        onnx.save(
            model,
            path,
            save_as_external_data=size > _PROTOBUF_LIMIT,
            location=f"{path.name}.data",
        )
    except OSError as error:
        raise StudioError(
            "The converted model could not be written.",
            hint=f"Make {size / 1e9:.1f} GB of room in the folder for temporary files.",
            details=str(error),
        ) from error

"""ONNX models read whole to be changed, and written again. For a worker thread."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from trtstudio.model.errors import StudioError
from trtstudio.model.files import explained, scratch_folder, whole_file

_PROTOBUF_LIMIT = 2**31 - 2**20


def load_typed(path: Path, opset_for: Callable[[Any, int], int] | None = None) -> Any:
    """The model with all weights and every tensor's type, raised to the opset that ``opset_for``
    says for its graph and opset.

    Types are inferred while external weights are still outside, since ONNX infers nothing above
    2 GB. Raises StudioError for what cannot be read.
    """
    import onnx

    try:
        model = onnx.load(path, load_external_data=False)
        if opset_for is not None:
            model = _raised(model, path, opset_for)
        model = onnx.shape_inference.infer_shapes(model)
        onnx.external_data_helper.load_external_data_for_model(model, str(path.parent))
    except StudioError:
        raise
    except Exception as error:  # of protobuf, ONNX or the file system
        raise failed(error) from error
    hide_initializers(model)
    return model


def opset_of(model: Any) -> int:
    """The version of ONNX's own operators."""
    return max((o.version for o in model.opset_import if o.domain in ("", "ai.onnx")), default=1)


def _raised(model: Any, path: Path, opset_for: Callable[[Any, int], int]) -> Any:
    import onnx

    wanted = opset_for(model.graph, opset_of(model))
    if wanted <= opset_of(model):
        return model
    # ONNX's version converter forgets where external weights are.
    onnx.external_data_helper.load_external_data_for_model(model, str(path.parent))
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    try:
        raised = onnx.version_converter.convert_version(model, wanted)
    except Exception as error:
        raise StudioError(
            f"The model is of opset {opset_of(model)}, needs opset {wanted} for this precision, "
            "and cannot be raised to it.",
            hint=f"Export it again with opset {wanted}, or choose fp16.",
            details=f"{type(error).__name__}: {error}",
        ) from error
    onnx.helper.set_model_props(raised, metadata)
    return raised


def hide_initializers(model: Any) -> None:
    """Old models list their weights as inputs too, which are to keep their types."""
    weights = {initializer.name for initializer in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in weights]
    del model.graph.input[:]
    model.graph.input.extend(inputs)
    model.ir_version = max(model.ir_version, 4)


def save(model: Any, path: Path) -> None:
    """Write the model, with its weights beside it where it would pass protobuf's 2 GB, whole or not
    at all. Raises StudioError where it cannot be written.
    """
    import onnx

    if sum(len(tensor.raw_data) for tensor in model.graph.initializer) <= _PROTOBUF_LIMIT:
        with whole_file(path) as file:
            file.write(model.SerializeToString())
        return
    weights = f"{path.name}.data"
    with scratch_folder(path.parent) as folder, explained(path):
        onnx.save(model, Path(folder, path.name), save_as_external_data=True, location=weights)
        for name in (weights, path.name):
            Path(folder, name).replace(path.with_name(name))


def failed(error: Exception) -> StudioError:
    """What became of a library that could not do its part."""
    return StudioError(
        "The model could not be converted.",
        hint="Build it with precision keep, or export it in this precision from where it was "
        "trained.",
        details=f"{type(error).__name__}: {error}",
    )

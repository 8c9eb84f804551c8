"""What running a model takes, before it is run. Only a thread that may use the GPU."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from trtstudio.engine.build.reshaping import reshaped_inputs
from trtstudio.engine.measure.benchmark_inputs import checked_shapes
from trtstudio.engine.measure.host_memory import host_memory
from trtstudio.engine.measure.plan_memory import plan_ledger
from trtstudio.engine.run.loading import refuse_missing
from trtstudio.engine.run.onnx_session import assumed_shape, cpu_name
from trtstudio.engine.run.opening import refuse_shapes, runs_on_tensorrt
from trtstudio.engine.run.session import OnProgress
from trtstudio.model.build.build import Progress, Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, Tensor
from trtstudio.model.measure.memory import (
    Certainty,
    ItemKind,
    MemoryItem,
    MemoryLedger,
    MemoryRequest,
)
from trtstudio.model.onnx.costs import cost
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.onnx.peak_memory import peak, sizes_of, tensor_bytes
from trtstudio.model.onnx.shapes import with_shapes
from trtstudio.model.onnx.sized_shapes import with_input_shapes, without_shapes

_RUNTIME = "ONNX Runtime on the CPU"
_ARENA = (
    "ONNX Runtime keeps what it once took, and lays weights out anew for some processors, so it "
    "may take more than this."
)


def count_memory(request: MemoryRequest, on_progress: OnProgress) -> MemoryLedger:
    """The ledger of a plan, which is loaded for it and freed again, or of an ONNX model.

    Raises StudioError, with the figures, where not even the weights fit, and for whatever keeps the
    file from being loaded.
    """
    load = request.load
    if runs_on_tensorrt(Path(load.path), load.runtime):
        refuse_shapes(load.input_shapes)
        return plan_ledger(request, on_progress)
    refuse_missing(load.options, (), _RUNTIME)
    on_progress(Progress("Reading the model"))
    return _onnx_ledger(request)


def _onnx_ledger(request: MemoryRequest) -> MemoryLedger:
    """From the file alone: its weights, and what its tensors take for these shapes."""
    path, reshaped = Path(request.load.path), request.load.input_shapes
    graph = read_onnx(path)
    inputs = reshaped_inputs(graph.input_tensors, reshaped)
    usual = {tensor.name: assumed_shape(tensor) for tensor in inputs}
    shapes = checked_shapes(inputs, usual, request.shapes)
    graph = _reshaped(path, graph, shapes) if reshaped else _with_shapes(path, graph)
    sizes = sizes_of(inputs, shapes)
    given = (replace(tensor, shape=shapes[tensor.name]) for tensor in inputs)
    between = peak(graph, sizes)
    free_bytes, all_bytes = host_memory()
    return MemoryLedger(
        runtime="ONNX Runtime",
        device=cpu_name(),
        items=(
            MemoryItem("weights", cost(graph).total.weight_bytes or 0, source="the file"),
            _known("activations", between.bytes, between.unknown, request.contexts),
            _exchanged("inputs", given, sizes, request.contexts),
            _exchanged("outputs", graph.output_tensors, sizes, request.contexts),
        ),
        free_bytes=free_bytes,
        device_bytes=all_bytes,
        shapes=shapes,
        warnings=(_ARENA,),
    )


def _with_shapes(path: Path, graph: Graph) -> Graph:
    """The graph; where its shapes cannot be inferred, the ledger says how many are missing."""
    with suppress(StudioError):
        return with_shapes(path, graph)
    return graph


def _reshaped(path: Path, graph: Graph, shapes: Mapping[str, Shape]) -> Graph:
    """The same where the model is given other input shapes than the file declares."""
    with suppress(StudioError):
        return with_input_shapes(path, graph, shapes)
    return without_shapes(graph)


def _exchanged(
    kind: ItemKind, tensors: Iterable[Tensor], sizes: Mapping[str, int], count: int
) -> MemoryItem:
    known = [tensor_bytes(tensor, sizes) for tensor in tensors]
    return _known(kind, sum(filter(None, known)), known.count(None), count)


def _known(kind: ItemKind, size_bytes: int, unknown: int, count: int) -> MemoryItem:
    certainty: Certainty = "at_least" if unknown else "exact"
    source = f"the shapes of all tensors but {unknown}" if unknown else "the shapes of the tensors"
    return MemoryItem(kind, size_bytes, count, certainty, source)

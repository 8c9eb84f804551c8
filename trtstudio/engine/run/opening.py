"""Which session runs a file. Call it in the thread that will use the session."""

from collections.abc import Mapping
from pathlib import Path

from trtstudio.engine.run.loading import refuse_missing
from trtstudio.engine.run.session import OnProgress, Session
from trtstudio.model import content
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.run import LoadRequest, RuntimeChoice


def open_session(request: LoadRequest, session_id: int, on_progress: OnProgress) -> Session:
    """Load a plan with TensorRT or an ONNX model with ONNX Runtime.

    Raises StudioError where the file, the runtime that was asked for, or that runtime's options do
    not allow it.
    """
    if runs_on_tensorrt(Path(request.path), request.runtime):
        from trtstudio.engine.run.tensorrt_session import open_plan

        refuse_shapes(request.input_shapes)
        return open_plan(request, session_id, on_progress)
    refuse_missing(request.options, (), "ONNX Runtime on the CPU")
    from trtstudio.engine.run.onnx_session import OnnxSession

    return OnnxSession(request.path, session_id, on_progress, request.input_shapes)


def refuse_shapes(input_shapes: Mapping[str, Shape]) -> None:
    """Raise StudioError where a plan is given other input shapes than it was built with."""
    if input_shapes:
        raise StudioError(
            "A plan has the shapes that it was built with.",
            hint="Build it again with other input shapes, or run the ONNX model.",
        )


def runs_on_tensorrt(path: Path, runtime: RuntimeChoice) -> bool:
    """Whether TensorRT runs this file, or else ONNX Runtime. Raises StudioError where the runtime
    that was asked for cannot.
    """
    plan = content.is_plan(content.read_head(path))
    if plan and runtime == "onnxruntime":
        raise StudioError(
            "ONNX Runtime cannot run a TensorRT plan.",
            hint="Run the plan with TensorRT, or open the ONNX model that it was built from.",
        )
    if not plan and runtime == "tensorrt":
        raise StudioError(
            "TensorRT runs plans, and this is a model.",
            hint="Build an engine from the model first, then run the plan.",
        )
    return plan

"""Which session runs a file. Call it in the thread that will use the session."""

from pathlib import Path

from trtstudio.engine.session import OnProgress, Session
from trtstudio.model import content
from trtstudio.model.errors import StudioError
from trtstudio.model.run import LoadRequest


def open_session(request: LoadRequest, session_id: int, on_progress: OnProgress) -> Session:
    """Load a plan with TensorRT or an ONNX model with ONNX Runtime.

    Raises StudioError where the file, or the runtime that was asked for, does not allow it.
    """
    plan = content.is_plan(content.read_head(Path(request.path)))
    if plan and request.runtime == "onnxruntime":
        raise StudioError(
            "ONNX Runtime cannot run a TensorRT plan.",
            hint="Run the plan with TensorRT, or open the ONNX model that it was built from.",
        )
    if not plan and request.runtime == "tensorrt":
        raise StudioError(
            "TensorRT runs plans, and this is a model.",
            hint="Build an engine from the model first, then run the plan.",
        )
    if plan:
        from trtstudio.engine.tensorrt_session import open_plan

        return open_plan(request.path, session_id, on_progress)
    from trtstudio.engine.onnx_session import OnnxSession

    return OnnxSession(request.path, session_id, on_progress)

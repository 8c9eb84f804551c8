"""A context's enqueue as a CUDA graph, for runtimes that make none themselves. Only the thread that
owns the session.
"""

from contextlib import suppress
from time import perf_counter, sleep
from typing import Any

from trtstudio.engine import cuda
from trtstudio.engine.run.refusals import insist, refusals
from trtstudio.model.errors import StudioError

_PATIENCE_S = 0.5
"""How long kernels that are still being compiled are waited for."""


class Graph(cuda.Resource):
    """A captured enqueue, ready to be launched with the addresses and shapes that it had then."""

    def __init__(self, executable: Any) -> None:
        rt = cuda.cudart()
        super().__init__(executable, rt.cudaGraphExecDestroy)
        self._executable = executable
        self._launch = rt.cudaGraphLaunch

    def launch(self, stream: cuda.Stream) -> None:
        """Put it into the stream."""
        cuda.check(self._launch(self._executable, stream.raw))


def capture_graph(context: Any, stream: cuda.Stream) -> Graph:
    """Capture one ``execute_async_v3`` of an ``IExecutionContext`` that has run before.

    Raises StudioError where the network, or TensorRT, does something that cannot be captured.
    """
    _await_capturable(context, stream)
    rt = cuda.cudart()
    stream.synchronize()
    # Other threads, such as the builder's, may go on with calls that a global capture forbids.
    mode = rt.cudaStreamCaptureMode.cudaStreamCaptureModeThreadLocal
    cuda.check(rt.cudaStreamBeginCapture(stream.raw, mode))
    try:
        with refusals("TensorRT cannot be captured in a stream"):
            insist(context.execute_async_v3(stream.handle), "execute_async_v3")
    except StudioError:
        _abandon(rt, stream)
        raise
    return _instantiate(rt, stream)


def _await_capturable(context: Any, stream: cuda.Stream) -> None:
    """Wait while TensorRT-RTX compiles kernels for the shapes in use.

    Its "no" is not its last word: 1.6.1 never says yes on an H200, and can be captured there.
    """
    if not hasattr(context, "is_stream_capturable"):
        return
    deadline = perf_counter() + _PATIENCE_S
    while not context.is_stream_capturable(stream.handle) and perf_counter() < deadline:
        with refusals("TensorRT could not start the inference"):
            insist(context.execute_async_v3(stream.handle), "execute_async_v3")
        stream.synchronize()
        sleep(0.01)


def _instantiate(rt: Any, stream: cuda.Stream) -> Graph:
    try:
        graph = cuda.check(rt.cudaStreamEndCapture(stream.raw))
    except cuda.CudaError as error:
        rt.cudaGetLastError()
        raise StudioError(
            "The network does something in the middle that a CUDA graph cannot hold.",
            details=error.details,
        ) from error
    try:
        return Graph(cuda.check(rt.cudaGraphInstantiate(graph, 0)))
    finally:
        cuda.check(rt.cudaGraphDestroy(graph))


def _abandon(rt: Any, stream: cuda.Stream) -> None:
    """End a capture that failed, so that the stream can be used again."""
    with suppress(cuda.CudaError):
        graph = cuda.check(rt.cudaStreamEndCapture(stream.raw))
        if graph is not None:
            rt.cudaGraphDestroy(graph)
    rt.cudaGetLastError()

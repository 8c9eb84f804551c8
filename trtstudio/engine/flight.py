"""One inference at a time through a context: copies, compute and copies back, with CUDA events in
between. Only the thread that owns the session.
"""

from contextlib import ExitStack
from time import perf_counter

from trtstudio.engine import cuda
from trtstudio.engine.context import Context
from trtstudio.engine.cuda_graph import Graph, capture_graph
from trtstudio.engine.refusals import insist, refusals
from trtstudio.model.errors import StudioError
from trtstudio.model.run import Timing

_RUNTIME_CAPTURES = "whole_graph_capture"
_NO_GRAPH = "Without a CUDA graph: {why}."


class Streams:
    """The CUDA streams of one inference stream. With ``overlap`` copies to the GPU, compute and
    copies back have one each and wait for each other by events, as in trtexec; otherwise they share
    one, in which they follow each other anyway.
    """

    def __init__(self, resources: ExitStack, *, overlap: bool) -> None:
        """They are destroyed with ``resources``."""
        self.overlap = overlap
        self.compute = resources.enter_context(cuda.Stream())
        self.upload = resources.enter_context(cuda.Stream()) if overlap else self.compute
        self.download = resources.enter_context(cuda.Stream()) if overlap else self.compute


class Flight:
    """A context, the streams that it works in, and the events that time it. It has one inference
    under way at most; two flights in the same streams make copies and compute overlap.

    ``number`` is which of a benchmark's streams it belongs to.
    """

    def __init__(
        self, context: Context, streams: Streams, *, spin: bool = False, number: int = 0
    ) -> None:
        self.context = context
        self.streams = streams
        self.number = number
        self._resources = ExitStack()
        self._start, self._uploaded, self._computed, self._done = (
            self._event(spin) for _ in range(4)
        )
        # In one stream, what begins does so where the part before it ends.
        self._ready = self._event(spin) if streams.overlap else self._uploaded
        self._leaving = self._event(spin) if streams.overlap else self._computed
        self._graph: Graph | None = None
        self._copies = True
        self._began_s = self._enqueue_ms = 0.0

    def _event(self, spin: bool) -> cuda.Event:
        return self._resources.enter_context(cuda.Event(spin=spin))

    def enqueue(self, *, transfers: bool = True) -> None:
        """Put one inference of what is bound into the streams and return at once; ``wait`` belongs
        to it. Without ``transfers`` it works on what the GPU holds already.
        """
        self._began_s = perf_counter()
        self._copies = transfers
        if transfers:
            self._upload()
        if self.streams.overlap or not transfers:
            self._ready.record(self.streams.compute)
        self._compute()
        self._computed.record(self.streams.compute)
        if transfers:
            self._download()

    def _upload(self) -> None:
        stream = self.streams.upload
        self._start.record(stream)
        for binding in self.context.uploads:
            binding.upload(stream)
        self._uploaded.record(stream)
        if self.streams.overlap:
            self.streams.compute.wait(self._uploaded)

    def _compute(self) -> None:
        """trtexec's enqueue time is that of this one call."""
        stream = self.streams.compute
        if self.context.is_fresh:
            self._compute_first(stream)
            return
        begin = perf_counter()
        if self._graph is not None:
            self._graph.launch(stream)
            accepted = True
        else:
            accepted = self.context.raw.execute_async_v3(stream.handle)
        self._enqueue_ms = (perf_counter() - begin) * 1e3
        if not accepted:
            self._ask_why()

    def _compute_first(self, stream: cuda.Stream) -> None:
        """The first inference with these shapes, in which kernels may be compiled."""
        begin = perf_counter()
        with self.context.compiling():
            if not self.context.raw.execute_async_v3(stream.handle):
                self._ask_why()
        self._enqueue_ms = (perf_counter() - begin) * 1e3
        self.context.is_fresh = False

    def _ask_why(self) -> None:
        """Try the enqueue that failed once more, to hear TensorRT's words for it."""
        with refusals("TensorRT could not start the inference"):
            handle = self.streams.compute.handle
            insist(self.context.raw.execute_async_v3(handle), "execute_async_v3")

    def _download(self) -> None:
        stream = self.streams.download
        if self.streams.overlap:
            stream.wait(self._computed)
            self._leaving.record(stream)
        for binding in self.context.downloads:
            binding.download(stream)
        self._done.record(stream)

    def wait(self) -> Timing:
        """Wait until the inference is done. The latency is the sum of its three parts, as in
        trtexec.
        """
        h2d_ms = d2h_ms = 0.0
        (self._done if self._copies else self._computed).synchronize()
        host_ms = (perf_counter() - self._began_s) * 1e3
        if self._copies:
            h2d_ms = self._uploaded.elapsed_ms(self._start)
            d2h_ms = self._done.elapsed_ms(self._leaving)
        gpu_ms = self._computed.elapsed_ms(self._ready)
        return Timing(h2d_ms + gpu_ms + d2h_ms, gpu_ms, h2d_ms, d2h_ms, self._enqueue_ms, host_ms)

    def capture(self) -> str:
        """Capture the enqueue in a CUDA graph, which from now on is launched in its stead; needs an
        inference before it, with the same shapes. Answers why not in words, or nothing.
        """
        if self.context.info.options.cuda_graphs == _RUNTIME_CAPTURES:
            return ""  # it has been doing so since the first inference
        if self.context.has_data_dependent_outputs:
            why = "the shape of an output depends on the data, so its memory is not known before"
            return _NO_GRAPH.format(why=why)
        try:
            self._graph = capture_graph(self.context.raw, self.streams.compute)
        except StudioError as error:
            return _NO_GRAPH.format(why=error.message.rstrip("."))
        self._resources.enter_context(self._graph)
        return ""

    def close(self) -> None:
        """Destroy the events and the graph; harmless when repeated."""
        self._graph = None
        self._resources.close()

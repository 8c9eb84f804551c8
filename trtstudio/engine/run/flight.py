"""One inference at a time through a context: copies, compute and copies back, with CUDA events in
between. Only the thread that owns the session.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from math import inf
from time import perf_counter

from trtstudio.engine import cuda
from trtstudio.engine.run.context import RUNTIME_CAPTURES, Context
from trtstudio.engine.run.cuda_graph import Graph, capture_graph
from trtstudio.engine.run.refusals import insist, refusals
from trtstudio.engine.run.session import InFlight
from trtstudio.model.errors import StudioError
from trtstudio.model.run import Timing

_NO_GRAPH = "Without a CUDA graph: {why}."


class Streams:
    """The CUDA streams of one inference stream. With ``overlap`` copies to the GPU, compute and
    copies back have one each and wait for each other by events, as in trtexec; otherwise they share
    one, in which they follow each other anyway. ``last`` is what was put into them last, while it
    is under way.
    """

    def __init__(self, resources: ExitStack, *, overlap: bool) -> None:
        """They are destroyed with ``resources``."""
        self.overlap = overlap
        self.compute = resources.enter_context(cuda.Stream())
        self.upload = resources.enter_context(cuda.Stream()) if overlap else self.compute
        self.download = resources.enter_context(cuda.Stream()) if overlap else self.compute
        self.last: _Marks | None = None


class _Marks:
    """What times one inference: events in its streams and moments of the host. ``done`` is behind
    all of it and the only one that anybody waits for; without copies it is ``computed`` as well.
    ``before`` and ``after`` are the calls around its compute; they hold for what they were
    ``made_for``. ``back_ms`` is from the end of its compute to that of its copy back, once that is
    known.

    A part of an inference begins where what it works on is there and its stream is free: both are
    ends of other parts, so no event is needed for it. Each one takes the GPU and the CPU some
    microseconds, which is all that a pipeline by hand, without times, is faster.
    """

    def __init__(self, event: Callable[[bool], cuda.Event], *, spin: bool) -> None:
        # For one that a thread sleeps for, the GPU interrupts the host, whoever waits.
        self.start, self.uploaded, self.copied_from = (event(True) for _ in range(3))
        self.computed = self.done = event(spin)
        self.previous: _Marks | None = None
        self.before: list[cuda.Call] = []
        self.after: list[cuda.Call] = []
        self.made_for: object = None
        self.copies = True
        self.began_s = self.enqueue_ms = self.host_ms = 0.0
        self.back_ms = inf

    def timing(self) -> Timing:
        """The latency is the sum of its three parts, as in trtexec."""
        h2d_ms = d2h_ms = 0.0
        gpu_ms = self.computed.elapsed_ms(self.uploaded)
        if self.copies:
            h2d_ms = self.uploaded.elapsed_ms(self.start)
            d2h_ms = self.back_ms = self.done.elapsed_ms(self.computed)
        if (previous := self.previous) is not None:
            turn_ms = self.computed.elapsed_ms(previous.computed)
            gpu_ms = min(gpu_ms, turn_ms)
            if self.copies and previous.copies and previous.back_ms > turn_ms:
                d2h_ms = min(d2h_ms, self.done.elapsed_ms(previous.done))
        latency_ms = h2d_ms + gpu_ms + d2h_ms
        return Timing(latency_ms, gpu_ms, h2d_ms, d2h_ms, self.enqueue_ms, self.host_ms)


class Flight(InFlight):
    """A context, and the streams that it works in. It has one inference under way at most; two
    flights in the same streams make copies and compute overlap.

    ``number`` is which of a benchmark's streams it belongs to. Two sets of events are used in
    turns, so that the times of an inference can be asked for when the next has begun.
    """

    def __init__(
        self, context: Context, streams: Streams, *, spin: bool = False, number: int = 0
    ) -> None:
        self.context = context
        self.streams = streams
        self.number = number
        self._resources = ExitStack()
        self._now, self._last = (self._marks(spin) for _ in range(2))
        self._graph: Graph | None = None

    def _marks(self, spin: bool) -> _Marks:
        def event(spin: bool) -> cuda.Event:
            return self._resources.enter_context(cuda.Event(spin=spin))

        return _Marks(event, spin=spin)

    def enqueue(self, *, transfers: bool = True) -> None:
        """Put one inference of what is bound into the streams and return at once; ``finish``
        belongs to it. Without ``transfers`` it works on what the GPU holds already.
        """
        marks, wanted = self._now, (self.context.layout, transfers)
        marks.began_s, marks.copies, marks.back_ms = perf_counter(), transfers, inf
        is_prepared = marks.made_for == wanted
        if not is_prepared:
            marks.computed = marks.copied_from if transfers else marks.done
            marks.made_for, marks.before = None, [*self._before(marks)]
        cuda.make(marks.before)
        self._compute(marks)
        if not is_prepared or self.context.has_data_dependent_outputs:
            marks.after, marks.made_for = [*self._after(marks)], wanted
        cuda.make(marks.after)
        marks.previous, self.streams.last = self.streams.last, marks

    def _before(self, marks: _Marks) -> Iterator[cuda.Call]:
        upload, compute = self.streams.upload, self.streams.compute
        if not marks.copies:
            yield marks.uploaded.recording(compute)
            return
        yield marks.start.recording(upload)
        for binding in self.context.uploads:
            yield binding.uploading(upload)
        yield marks.uploaded.recording(upload)
        if self.streams.overlap:
            yield compute.waiting(marks.uploaded)

    def _after(self, marks: _Marks) -> Iterator[cuda.Call]:
        download = self.streams.download
        yield marks.computed.recording(self.streams.compute)
        if not marks.copies:
            return
        if self.streams.overlap:
            yield download.waiting(marks.computed)
        for binding in self.context.downloads:
            yield binding.downloading(download)
        yield marks.done.recording(download)

    def _compute(self, marks: _Marks) -> None:
        """trtexec's enqueue time is that of this one call."""
        stream = self.streams.compute
        if self.context.is_shared and self._graph is None:
            self.context.tell_addresses()
        begin = perf_counter()
        if self.context.is_fresh:
            self._compute_first(stream)
        elif self._graph is not None:
            self._graph.launch(stream)
        elif not self.context.raw.execute_async_v3(stream.handle):
            self._ask_why()
        marks.enqueue_ms = (perf_counter() - begin) * 1e3

    def _compute_first(self, stream: cuda.Stream) -> None:
        """The first inference with these shapes, in which kernels may be compiled."""
        with self.context.compiling():
            if not self.context.raw.execute_async_v3(stream.handle):
                self._ask_why()
        self.context.note_first()

    def _ask_why(self) -> None:
        """Try the enqueue that failed once more, to hear TensorRT's words for it."""
        with refusals("TensorRT could not start the inference"):
            handle = self.streams.compute.handle
            insist(self.context.raw.execute_async_v3(handle), "execute_async_v3")

    def finish(self) -> None:
        """Wait until the inference is done."""
        marks = self._now
        marks.done.synchronize()
        marks.host_ms = (perf_counter() - marks.began_s) * 1e3
        self._now, self._last = self._last, marks
        if self.streams.last is marks:
            self.streams.last = None

    def timing(self) -> Timing:
        """Of the inference that was finished last, even while the next is under way."""
        return self._last.timing()

    def capture(self) -> str:
        """Capture the enqueue in a CUDA graph, which from now on is launched in its stead; needs an
        inference before it, with the same shapes. Answers why not in words, or nothing.
        """
        if self.context.info.options.cuda_graphs == RUNTIME_CAPTURES:
            return ""  # it has been doing so since the first inference
        if self.context.has_data_dependent_outputs:
            why = "the shape of an output depends on the data, so its memory is not known before"
            return _NO_GRAPH.format(why=why)
        if self.context.is_shared:
            self.context.tell_addresses()
        try:
            self._graph = capture_graph(self.context.raw, self.streams.compute)
        except StudioError as error:
            return _NO_GRAPH.format(why=error.message.rstrip("."))
        self._resources.enter_context(self._graph)
        return ""

    def release_graph(self) -> None:
        """Put inferences into the stream one by one again; the graph is destroyed with the rest."""
        self._graph = None

    def close(self) -> None:
        """Destroy the events and the graph; harmless when repeated."""
        self._graph = None
        self._resources.close()

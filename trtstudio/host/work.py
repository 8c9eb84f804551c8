"""A request that an engine process works on, and what it tells the window meanwhile. Any thread."""

import threading
from concurrent.futures import Future

import numpy as np

from trtstudio.host.channel import Channel
from trtstudio.host.messages import Clocked, Completed, Logged, Progressed, Sampled, ToEngine
from trtstudio.model.bench import ClockSample, Samples
from trtstudio.model.build import LogLine, Progress

REPORT_S = 0.03


class Work:
    """Hears everything that the worker says, and passes it on in one piece every 30 ms."""

    future: Future[None]

    def __init__(self, number: int, channel: Channel[ToEngine]) -> None:
        self.id = number
        self._channel = channel
        self._cancelled = threading.Event()
        self._finished = threading.Event()
        self._reporter: threading.Thread | None = None
        self._lock = threading.Lock()
        self._progress: Progress | None = None
        self._lines: list[LogLine] = []
        self._samples: list[Samples] = []
        self._clocks: list[ClockSample] = []

    def cancel(self) -> None:
        """Ask the worker to stop."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        """Whether the worker should stop."""
        return self._cancelled.is_set()

    def on_progress(self, progress: Progress) -> None:
        """Note where the work stands; only the newest is ever sent."""
        with self._lock:
            self._progress = progress
            self._report_soon()

    def on_log(self, line: LogLine) -> None:
        """Note a line of the log; none is dropped."""
        with self._lock:
            self._lines.append(line)
            self._report_soon()

    def on_samples(self, samples: Samples) -> None:
        """Note inferences of a benchmark, in the order in which they ended."""
        with self._lock:
            self._samples.append(samples)
            self._report_soon()

    def on_clock(self, clock: ClockSample) -> None:
        """Note the GPU's state; none is dropped."""
        with self._lock:
            self._clocks.append(clock)
            self._report_soon()

    def on_part(self, part: object) -> None:
        """Pass on a part of the answer, at once."""
        self._channel.send(Completed(self.id, self._channel.pack(part)))

    def finish(self) -> None:
        """Pass on the rest; called before the answer is sent."""
        self._finished.set()
        if self._reporter is not None:
            self._reporter.join()
        self._report()

    def _report_soon(self) -> None:
        # Most requests report nothing, so the thread that does it is only started when needed.
        if self._reporter is None:
            self._reporter = threading.Thread(target=self._report_often, daemon=True)
            self._reporter.start()

    def _report_often(self) -> None:
        while not self._finished.wait(REPORT_S):
            self._report()

    def _report(self) -> None:
        with self._lock:
            progress, self._progress = self._progress, None
            lines, self._lines = self._lines, []
            samples, self._samples = self._samples, []
            clocks, self._clocks = self._clocks, []
        if lines:
            self._channel.send(Logged(self.id, lines))
        if samples:
            fresh = Samples(np.concatenate([each.table for each in samples]))
            self._channel.send(Sampled(self.id, self._channel.pack(fresh)))
        if clocks:
            self._channel.send(Clocked(self.id, clocks))
        if progress is not None:
            self._channel.send(Progressed(self.id, progress))

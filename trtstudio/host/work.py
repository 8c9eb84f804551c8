"""A request that an engine process works on, and what it tells the window meanwhile. Any thread."""

import threading
from concurrent.futures import Future

from trtstudio.host.channel import Channel
from trtstudio.host.messages import Clocked, Completed, Logged, Progressed, Sampled, ToEngine
from trtstudio.model.build.build import LogLine, Progress
from trtstudio.model.measure.bench import ClockSample, Samples

REPORT_S = 0.03


class Work:
    """Passes on everything that the worker says: what comes in any number, in one piece every
    30 ms and by a thread of its own; what comes in pieces, at once by the thread that says it.

    A benchmark is of the second kind. Beside a thread that works now and then, its loop would lose
    some percent: it lets the interpreter's lock go in every call of CUDA, and then waits for it.
    """

    future: Future[None]

    def __init__(self, number: int, channel: Channel[ToEngine]) -> None:
        self.id = number
        self._channel = channel
        self._cancelled = threading.Event()
        self._finished = threading.Event()
        self._said = threading.Event()
        self._reporter: threading.Thread | None = None
        self._lock = threading.Lock()
        self._progress: Progress | None = None
        self._lines: list[LogLine] = []

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
        """Pass on inferences of a benchmark, in the order in which they ended."""
        self._channel.send(Sampled(self.id, self._channel.pack(samples)))

    def on_clock(self, clock: ClockSample) -> None:
        """Pass on the GPU's state."""
        self._channel.send(Clocked(self.id, [clock]))

    def on_part(self, part: object) -> None:
        """Pass on a part of the answer."""
        self._channel.send(Completed(self.id, self._channel.pack(part)))

    def finish(self) -> None:
        """Pass on the rest; called before the answer is sent."""
        self._finished.set()
        self._said.set()
        if self._reporter is not None:
            self._reporter.join()
        self._report()

    def _report_soon(self) -> None:
        # Most requests report nothing, so the thread that does it is only started when needed, and
        # only wakes up when there is something to report.
        if self._reporter is None:
            self._reporter = threading.Thread(target=self._report_often, daemon=True)
            self._reporter.start()
        self._said.set()

    def _report_often(self) -> None:
        while not self._finished.is_set():
            self._said.wait()
            self._finished.wait(REPORT_S)
            self._said.clear()
            self._report()

    def _report(self) -> None:
        with self._lock:
            progress, self._progress = self._progress, None
            lines, self._lines = self._lines, []
        if lines:
            self._channel.send(Logged(self.id, lines))
        if progress is not None:
            self._channel.send(Progressed(self.id, progress))

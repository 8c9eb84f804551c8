"""Work under way in the engine processes, as the window sees it. Main thread only.

Everything that is asked of an engine goes through ``Jobs.run``; results and errors come back by a
callback in the main thread. One timer reads progress, log and samples of all jobs; nothing is sent
from a worker to the window more often than that.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from trtstudio.gui.courier import Courier
from trtstudio.gui.errands import Errand
from trtstudio.gui.outcome import tell
from trtstudio.host.engines import Engines, Job
from trtstudio.model.build.build import LogLine, Progress
from trtstudio.model.core_words import core_text
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.interpreters import OWN, Interpreter

POLL_MS = 100


class WindowJob:
    """A job with what the window remembers of it: nothing that was asked or answered, both of
    which can be large, once the outcome has been told.
    """

    def __init__(self, title: str, job: Job) -> None:
        self.title = title
        self.log: list[LogLine] = []
        self.progress: Progress | None = None
        self.outcome: str = ""
        self._job: Job | None = job
        self._told: Progress | None = None
        self._started_at = time.monotonic()
        self._ended_at: float | None = None

    @property
    def is_running(self) -> bool:
        """Whether its outcome is still open."""
        return not self.outcome

    @property
    def elapsed_s(self) -> float:
        """Seconds since it was asked for, until it ended."""
        return (self._ended_at or time.monotonic()) - self._started_at

    def cancel(self, grace_s: float = 0.7) -> None:
        """Ask it to stop; it ends with ``Cancelled``, at the latest when its process is ended after
        ``grace_s``.
        """
        if self._job is not None:
            self._job.cancel(grace_s)

    def take_samples(self) -> list[Any]:
        """The benchmark samples that came since the last call."""
        return self._job.take_samples() if self._job is not None else []

    def take_clocks(self) -> list[Any]:
        return self._job.take_clocks() if self._job is not None else []

    def take_parts(self) -> list[Any]:
        return self._job.take_parts() if self._job is not None else []

    def poll(self) -> bool:
        """Fetch what is new; whether there was anything besides the clock."""
        if self._job is None:
            return False
        lines = self._job.take_log()
        self.log += lines
        told, self._told = self._told, self._job.progress
        if self._told != told:
            now = self._told
            self.progress = now and replace(now, phase=core_text(now.phase))
        return self._told != told or bool(lines)

    def end(self, outcome: str) -> None:
        """Remember how it ended: ``done``, ``failed`` or ``stopped``."""
        self.poll()
        self._ended_at = time.monotonic()
        self.outcome = outcome

    def let_go(self) -> None:
        """Its outcome has been told."""
        self._job = None


class Jobs(QObject):
    """All jobs of this window, the running ones polled by one timer."""

    started = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)

    def __init__(self, engines: Engines, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: list[WindowJob] = []
        self._engines = engines
        self._courier = Courier(self)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)

    def run(
        self,
        title: str,
        request: Any,
        done: Callable[[Any], None],
        failed: Callable[[StudioError], None],
        interpreter: Interpreter = OWN,
    ) -> WindowJob:
        """Ask an engine process; exactly one of ``done`` and ``failed`` is called later."""
        return self._follow(title, self._engines.submit(request, interpreter), done, failed)

    def run_together(
        self,
        titles: Sequence[str],
        requests: Sequence[Any],
        done: Callable[[int, Any], None],
        failed: Callable[[StudioError], None],
    ) -> list[WindowJob]:
        """Ask several engine processes for benchmarks at the same time; for each, one of ``done``,
        with its place among them, and ``failed`` is called later.
        """
        jobs = self._engines.submit_together(requests)
        return [
            self._follow(title, job, partial(done, number), failed)
            for number, (title, job) in enumerate(zip(titles, jobs, strict=True))
        ]

    def do(
        self,
        title: str,
        work: Callable[[Errand], None],
        done: Callable[[Any], None],
        failed: Callable[[StudioError], None],
    ) -> WindowJob:
        """Do it here, in a thread of its own; exactly one of ``done`` and ``failed`` is called
        later.
        """
        return self._follow(title, Errand(work), done, failed)

    def _follow(
        self,
        title: str,
        job: Job,
        done: Callable[[Any], None],
        failed: Callable[[StudioError], None],
    ) -> WindowJob:
        entry = WindowJob(title, job)
        self.running.append(entry)
        self._timer.start()
        self.started.emit(entry)

        def on_done(result: Any) -> None:
            self._end(entry, "done")
            tell(done, result)
            entry.let_go()

        def on_failed(error: StudioError) -> None:
            self._end(entry, "stopped" if isinstance(error, Cancelled) else "failed")
            tell(failed, error)
            entry.let_go()

        self._courier.watch(job.future, on_done, on_failed)
        return entry

    def ask(self, request: Any) -> Future[Any]:
        """Ask without an entry in the list of jobs, for one of very many requests. Any thread; the
        future's callbacks must not wait.
        """
        return self._engines.submit(request).future

    def has(self, session: int) -> bool:
        """Whether the process that loaded this session has not ended since."""
        return self._engines.has(session)

    def stop(self) -> None:
        """Hear nothing more: the window is going, and its engines with it."""
        self._courier.stop()
        self._timer.stop()
        for errand in self._errands():
            errand.cancel()

    def finish(self, timeout_s: float) -> None:
        """After ``stop``: wait until this process's own work has tidied up."""
        wait([errand.future for errand in self._errands()], timeout_s)

    def _errands(self) -> list[Errand]:
        return [entry._job for entry in self.running if isinstance(entry._job, Errand)]

    def _end(self, entry: WindowJob, outcome: str) -> None:
        entry.end(outcome)
        self.running.remove(entry)
        if not self.running:
            self._timer.stop()
        self.finished.emit(entry)

    def _poll(self) -> None:
        for entry in list(self.running):
            entry.poll()
            self.progressed.emit(entry)

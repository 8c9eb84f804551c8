"""The window's end: an engine process that is started when first needed, and again after its death.

Any thread; nothing here waits but ``close``, and nothing loads TensorRT, CUDA or ONNX Runtime.
"""

import atexit
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from trtstudio.host.job import Job
from trtstudio.host.life import Life
from trtstudio.model.errors import Cancelled, EngineDied

__all__ = ["EngineProcess", "Job", "close_all"]

_SERVER = ("-m", "trtstudio.host.server")


def close_all(processes: Iterable["EngineProcess"], timeout_s: float = 2.0) -> None:
    """End all of them within ``timeout_s``, side by side, and wait for that; cancels their jobs,
    and all later ones.
    """
    closers = [threading.Thread(target=process.close, args=[timeout_s]) for process in processes]
    for closer in closers:
        closer.start()
    for closer in closers:
        closer.join()


def _ignore(_name: str, _error: EngineDied) -> None:
    pass


class EngineProcess:
    """A Python interpreter that has a TensorRT, working for this window.

    ``environment`` is added to this process's own. ``on_died`` hears the name and why, in a thread
    of the client, whenever the process ended other than by ``close``: what it had loaded is gone.
    """

    def __init__(
        self,
        name: str,
        python: str = sys.executable,
        environment: Mapping[str, str] | None = None,
        *,
        on_died: Callable[[str, EngineDied], None] = _ignore,
        arguments: Sequence[str] = _SERVER,
    ) -> None:
        self.name = name
        self._python = python
        self._arguments = arguments
        self._environment = environment or {}
        self._on_died = on_died
        self._lock = threading.Lock()
        self._life: Life | None = None
        self._is_closed = False
        atexit.register(self.close)

    def submit(self, request: object) -> Job[Any]:
        """Ask for something; returns at once."""
        job = self.prepare(request)
        self.send(job)
        return job

    def prepare(self, request: object) -> Job[Any]:
        """A job that waits until it is sent."""
        return Job(request, self._cancel)

    def send(self, job: Job[Any]) -> None:
        """Begin with a prepared job, unless it has begun or was cancelled meanwhile."""
        with self._lock:
            if job.is_sent or job.is_cancelled:
                return
            job.is_sent = True
            job.progress = None
            job.started_at = time.monotonic()
            if not self._is_closed:
                if self._life is None or not self._life.take(job):
                    self._life = Life(
                        job, self._python, self._arguments, self._environment, self._end
                    )
                return
        job.future.set_exception(Cancelled("The program is closing."))

    def close(self, timeout_s: float = 2.0) -> None:
        """End the process, by force after ``timeout_s``, and wait for that; cancels its jobs, and
        all later ones."""
        with self._lock:
            self._is_closed = True
            life = self._life
        atexit.unregister(self.close)
        if life is not None:
            life.end(timeout_s)

    def _cancel(self, job: Job[Any], grace_s: float) -> None:
        with self._lock:
            was_cancelled, job.is_cancelled = job.is_cancelled, True
            life = self._life
        if not job.is_sent:
            if not was_cancelled:
                job.future.set_exception(Cancelled("Stopped before it began."))
        elif life is not None:
            life.cancel(job, grace_s)

    def _end(self, error: EngineDied) -> None:
        if not self._is_closed:
            self._on_died(self.name, error)

"""One life of an engine process, from its start to its last words. Any thread.

Two threads serve it: one starts the process, listens to it and buries it; one speaks to it.
"""

import os
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

from msgspec import Raw
from msgspec.msgpack import Decoder

from trtstudio.host.arrays import FOLDERS_VARIABLE, ArrayCarrier, own_folders
from trtstudio.host.autopsy import diagnosis, last_words
from trtstudio.host.channel import Channel
from trtstudio.host.interpreters import command
from trtstudio.host.job import Job
from trtstudio.host.messages import (
    ANSWERS,
    PARTS,
    Answer,
    Ask,
    Cancel,
    Clocked,
    Completed,
    Failure,
    Logged,
    Progressed,
    Sampled,
    Shutdown,
    ToWindow,
)
from trtstudio.model.errors import Cancelled, EngineDied, as_studio_error
from trtstudio.model.files import SCRATCH_VARIABLE
from trtstudio.model.measure.bench import Samples


class Life:
    """Starts the process for a job at once, never waits for it. ``on_end`` hears why it ended."""

    def __init__(
        self,
        job: Job[Any],
        python: str,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        on_end: Callable[[EngineDied], None],
    ) -> None:
        self._python = python
        self._arguments = arguments
        self._environment = environment
        self._on_end = on_end
        self._lock = threading.RLock()
        self._jobs: dict[int, Job[Any]] = {}
        self._outbox: SimpleQueue[Job[Any] | Cancel | Shutdown | None] = SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._reason: EngineDied | None = None
        self.take(job)  # before the thread begins: a life can be over at once
        self._thread = threading.Thread(target=self._live, name="engine process", daemon=True)
        self._thread.start()

    def take(self, job: Job[Any]) -> bool:
        """Work on the job; False where this life is over."""
        with self._lock:
            if self._reason is not None:
                return False
            self._jobs[job.id] = job
            job.life = self
        self._outbox.put(job)
        return True

    @property
    def is_over(self) -> bool:
        """Whether it has ended or is being ended: nothing that was loaded in it can be used."""
        return self._reason is not None

    def cancel(self, job: Job[Any], grace_s: float) -> None:
        """Ask for the end of one job; where that does not come in time, end everything."""
        if job.id not in self._jobs:
            return
        self._outbox.put(Cancel(job.id))
        timer = threading.Timer(grace_s, self._kill_for, [job])
        timer.daemon = True
        timer.start()
        job.future.add_done_callback(lambda _: timer.cancel())

    def end(self, timeout_s: float) -> None:
        """End the process, by force after ``timeout_s``; waits, and cancels its jobs."""
        with self._lock:
            for job in self._jobs.values():
                job.is_cancelled = True
        self._outbox.put(Shutdown())
        self._thread.join(timeout_s)
        self._kill("The engine process was told to end.")
        self._thread.join()

    def _kill_for(self, job: Job[Any]) -> None:
        with self._lock:
            if job.id in self._jobs:
                self._kill("The engine process was ended: work in it did not stop when asked to.")

    def _kill(self, reason: str, details: str = "") -> None:
        hint = "It starts again by itself; what was loaded in it must be loaded again."
        self._end_with(EngineDied(reason, hint=hint, details=details))

    def _end_with(self, reason: EngineDied) -> None:
        """End the process; from now on no job is taken, so that the next starts another one."""
        with self._lock:
            self._reason = self._reason or reason
            if self._process is not None:
                self._process.kill()

    # The listening thread

    def _live(self) -> None:
        try:
            with own_folders() as folders, tempfile.TemporaryFile() as log:
                code = self._listen_to(self._start(folders, log), folders)
                words = last_words(log)
        except Exception as error:
            self._bury(
                EngineDied(
                    f"The engine process cannot be used: {error}",
                    hint=f"Check that {self._python} is a Python that TRT Studio can use.",
                )
            )
        else:
            reason = self._reason or diagnosis(code, self._python)
            reason.details = "\n".join(filter(None, (reason.details, words)))
            self._bury(reason)

    def _start(self, folders: Sequence[Path], log: IO[bytes]) -> subprocess.Popen[bytes]:
        shared = {
            FOLDERS_VARIABLE: os.pathsep.join(map(str, folders)),
            SCRATCH_VARIABLE: str(folders[-1]),
        }
        process = subprocess.Popen(
            command(self._python, self._arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**os.environ, **self._environment, **shared},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        with self._lock:
            self._process = process
            if self._reason is not None:  # killed before it was there
                process.kill()
        return process

    def _listen_to(self, process: subprocess.Popen[bytes], folders: Sequence[Path]) -> int:
        """Hear the process out; its exit status."""
        assert process.stdin is not None and process.stdout is not None
        carrier = ArrayCarrier(folders)
        channel = Channel(process.stdout, process.stdin, carrier, Decoder(ToWindow))
        speaker = threading.Thread(target=self._speak, args=[channel], daemon=True)
        speaker.start()
        try:
            while True:
                self._hear(channel, channel.receive())
        except EOFError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(1)
        except ValueError as error:
            self._kill("The engine process sent something that is no message.", str(error))
        finally:
            process.kill()
            self._outbox.put(None)
            speaker.join()
            for pipe in (process.stdout, process.stdin):
                with suppress(OSError):
                    pipe.close()
        return process.wait()

    def _hear(self, channel: Channel[ToWindow], message: ToWindow) -> None:
        job = self._jobs.get(message.id)
        if job is None:
            return
        match message:
            case Progressed():
                job.progress = message.progress
            case Logged():
                job.log.extend(message.lines)
            case Sampled():
                job.samples.append(channel.unpack(message.values, Samples))
            case Clocked():
                job.clocks.extend(message.clocks)
            case Completed():
                job.parts.append(channel.unpack(message.body, PARTS[type(job.request)]))
            case Failure():
                error = message.error()
                if isinstance(error, EngineDied):
                    self._end_with(error)
                self._drop(job)
                job.future.set_exception(error)
            case Answer():
                self._drop(job)
                _settle(job, channel, message.body)

    def _drop(self, job: Job[Any]) -> bool:
        with self._lock:
            return self._jobs.pop(job.id, None) is not None

    def _bury(self, died: EngineDied) -> None:
        with self._lock:
            self._reason = died
            jobs, self._jobs = self._jobs, {}
        for job in jobs.values():
            job.future.set_exception(Cancelled("Stopped.") if job.is_cancelled else died)
        self._on_end(died)

    # The speaking thread

    def _speak(self, channel: Channel[ToWindow]) -> None:
        for message in iter(self._outbox.get, None):
            try:
                channel.send(_ask(message, channel) if isinstance(message, Job) else message)
            except OSError:  # the process has ended, which the listening thread knows too
                return
            except Exception as error:
                if isinstance(message, Job) and self._drop(message):
                    message.future.set_exception(as_studio_error(error))


def _ask(job: Job[Any], channel: Channel[ToWindow]) -> Ask:
    return Ask(job.id, type(job.request).__name__, channel.pack(job.request))


def _settle(job: Job[Any], channel: Channel[ToWindow], body: Raw) -> None:
    try:
        result = channel.unpack(body, ANSWERS[type(job.request)])
    except Exception as error:
        job.future.set_exception(as_studio_error(error))
    else:
        job.future.set_result(result)

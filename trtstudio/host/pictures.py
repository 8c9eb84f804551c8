"""Processes that read pictures and make tensors of them: threads of one process that do so wait for
Python's lock more than they work, where there are many cores. Any thread.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Self

import numpy as np
from msgspec.msgpack import Decoder

from trtstudio.host.arrays import FOLDERS_VARIABLE, own_folders
from trtstudio.host.autopsy import diagnosis
from trtstudio.host.channel import Channel
from trtstudio.host.interpreters import command
from trtstudio.host.messages import Answer, Ask, Failure
from trtstudio.host.slab import SlabReader, remove_files
from trtstudio.model.errors import EngineDied, StudioError
from trtstudio.model.run import Array
from trtstudio.vision.batch.pipeline import usual_workers
from trtstudio.vision.batch.preparing import Preparation, Prepared

FEW_PICTURES = 64
"""So many are done before the processes are there."""

_FEW_CORES = 4  # threads do not stand in each other's way there
_SERVER = ("-m", "trtstudio.host.picture_server")


@dataclass(frozen=True, slots=True)
class PrepareRequest:
    """Picture files, by the bytes of their names, and what to make of them."""

    paths: tuple[bytes, ...]
    preparation: Preparation


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPictures:
    """What became of each file: what is ``found``, or a failure. Where all tensors of a network are
    of one shape, they are one array in ``batches``, a network each, which is quicker to hand over.
    """

    found: tuple[Prepared | None, ...]
    failures: tuple[Failure | None, ...]
    batches: tuple[Array, ...] = ()

    @property
    def arrays(self) -> list[Array]:
        """All that there are."""
        own = [array for p in self.found if p is not None for array in (p.pixels, *p.tensors)]
        return [*own, *self.batches]

    @classmethod
    def of(cls, found: Sequence[Prepared | StudioError]) -> "PreparedPictures":
        """To be sent."""
        failures = tuple(Failure.of(0, e) if isinstance(e, StudioError) else None for e in found)
        prepared = tuple(None if isinstance(each, StudioError) else each for each in found)
        columns = [*zip(*(each.tensors for each in prepared if each is not None), strict=True)]
        if any(len({tensor.shape for tensor in column}) > 1 for column in columns):
            return cls(prepared, failures)
        bare = tuple(None if each is None else replace(each, tensors=()) for each in prepared)
        return cls(bare, failures, tuple(np.concatenate(column) for column in columns))

    def unpacked(self) -> list[Prepared | StudioError]:
        """As it was; pixels are copied, since they may be kept for long."""
        found: list[Prepared | StudioError] = []
        number = 0
        for prepared, failure in zip(self.found, self.failures, strict=True):
            if failure is not None:
                found.append(failure.error())
            elif prepared is not None:
                own = tuple(batch[number : number + 1] for batch in self.batches)
                pixels = prepared.pixels.copy()
                found.append(replace(prepared, pixels=pixels, tensors=own or prepared.tensors))
                number += 1
        return found


class PictureProcesses:
    """One for each core, where there are several. They begin when so many pictures were asked for
    that it is worth it, or before, and end with the block.
    """

    def __init__(self, count: int = 0) -> None:
        """``count`` of them; 0 leaves that to the machine."""
        workers = usual_workers()
        self._count = count or (workers if workers >= _FEW_CORES else 0)
        self._free: SimpleQueue[_Process] = SimpleQueue()
        self._lock = threading.Lock()
        self._resources = ExitStack()
        self._processes: list[_Process] = []
        self._starters: list[threading.Thread] = []
        self._asked = 0
        self.is_there = False

    def begin(self) -> None:
        """Start them, and do not wait; harmless when repeated."""
        with self._lock:
            if self._processes or not self._count:
                return
            try:
                folders = self._resources.enter_context(own_folders())
            except OSError:  # there is no place to hand anything over
                self._count = 0
                return
            self._processes = [_Process(folders) for _ in range(self._count)]
        for process in self._processes:
            starter = threading.Thread(target=self._begin, args=[process], name="pictures-start")
            self._starters.append(starter)
            starter.start()

    def _begin(self, process: "_Process") -> None:
        try:
            process.prepare((), Preparation(()))
        except (StudioError, OSError):  # it cannot be started: it is never asked
            return
        self.is_there = True
        self._free.put(process)

    def prepare(
        self, paths: Sequence[Path], preparation: Preparation
    ) -> list[Prepared | StudioError] | None:
        """What became of each file; None where it is better done here, since no process is free or
        there is no room to hand pictures over.
        """
        if preparation.held_side is None:  # to hand over takes as long as to read
            return None
        self._asked += len(paths)
        if self._asked > FEW_PICTURES:
            self.begin()
        try:
            process = self._free.get_nowait()
        except Empty:
            return None
        try:
            return process.prepare(paths, preparation)
        except (StudioError, OSError):
            return None
        finally:
            self._free.put(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End them; nobody may ask them any more."""
        for process in self._processes:
            process.kill()
        for starter in self._starters:
            starter.join()
        for process in self._processes:
            process.close()
        self._resources.close()


class _Process:
    """One of them, started when it is first asked, and again after its death. One thread at a time;
    another one may only ``kill``.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Channel[Answer | Failure] | None = None
        self._slab = SlabReader()
        self._is_killed = False

    def prepare(
        self, paths: Sequence[Path], preparation: Preparation
    ) -> list[Prepared | StudioError]:
        """What became of each file. Raises StudioError or OSError where it cannot be asked. If it
        dies, each file is tried again alone: one of which it dies then has that problem, since
        others may have ended it the first time.
        """
        try:
            return self._ask(paths, preparation)
        except EngineDied:
            if not paths:
                raise
            return [self._alone(path, preparation) for path in paths]

    def _alone(self, path: Path, preparation: Preparation) -> Prepared | StudioError:
        try:
            return self._ask([path], preparation)[0]
        except EngineDied as died:
            return _ended_by(path, died)

    def _ask(self, paths: Sequence[Path], preparation: Preparation) -> list[Prepared | StudioError]:
        channel = self._channel or self._start()
        request = PrepareRequest(tuple(map(os.fsencode, paths)), preparation)
        body = channel.pack(request)
        try:
            channel.send(Ask(self._slab.next_region(), type(request).__name__, body))
            answer = channel.receive()
        except (EOFError, OSError, ValueError) as error:
            raise self._bury() from error
        try:
            if isinstance(answer, Failure):
                raise answer.error()
            found: PreparedPictures = channel.unpack(answer.body, PreparedPictures)
            return found.unpacked()
        finally:
            self._slab.end()

    def _start(self) -> Channel[Answer | Failure]:
        with self._lock:
            if self._is_killed:
                raise StudioError("The program is closing.")
            process = self._process = subprocess.Popen(
                command(sys.executable, _SERVER),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, FOLDERS_VARIABLE: os.pathsep.join(map(str, self._folders))},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                process_group=0,  # what ends this one from a terminal leaves it to tidy up
            )
        assert process.stdin is not None and process.stdout is not None
        decoder = Decoder(Answer | Failure)
        self._channel = Channel(process.stdout, process.stdin, self._slab, decoder)
        return self._channel

    def _bury(self) -> EngineDied:
        process, self._process, self._channel = self._process, None, None
        assert process is not None
        with suppress(OSError), process:  # which closes the pipes; it may not have read all
            process.kill()
        self._slab = SlabReader()  # Windows removes no file that is mapped
        remove_files(self._folders, process.pid)
        return diagnosis(process.returncode, sys.executable)

    def kill(self) -> None:
        """End it for good; who is asking it is told that it died."""
        with self._lock:
            self._is_killed = True
            process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Wait for its end."""
        if self._process is not None:
            self._bury()


def _ended_by(path: Path, died: EngineDied) -> StudioError:
    return StudioError(
        f"The process that read {path} was ended by it.",
        hint="It may be damaged: open it with another program, and save it anew.",
        details=f"{died.message}\n{died.details}".strip(),
    )

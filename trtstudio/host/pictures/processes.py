"""Processes that read pictures and make tensors of them: threads of one process that do so wait for
Python's lock more than they work, where there are many cores. Any thread.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Self

from trtstudio.host.arrays import own_folders
from trtstudio.host.pictures.process import PictureProcess
from trtstudio.host.pictures.requests import FramesRequest, PrepareRequest
from trtstudio.model.errors import EngineDied, StudioError
from trtstudio.vision.batch.preparer import usual_workers
from trtstudio.vision.batch.preparing import Preparation, Prepared
from trtstudio.vision.batch.reel import prepared_frames

FEW_PICTURES = 64
"""So many are done before the processes are there."""

_FEW_CORES = 4  # threads do not stand in each other's way there
_NOTHING = PrepareRequest((), Preparation(()))


class PictureProcesses:
    """One for each core, where there are several. They begin when so many pictures were asked for
    that it is worth it, or before, and end with the block. One is enough for a video.
    """

    def __init__(self, count: int = 0) -> None:
        """``count`` of them; 0 leaves that to the machine."""
        workers = usual_workers()
        self._count = count or (workers if workers >= _FEW_CORES else 0)
        self._free: SimpleQueue[PictureProcess] = SimpleQueue()
        self._lock = threading.Lock()
        self._resources = ExitStack()
        self._folders: list[Path] = []
        self._processes: list[PictureProcess] = []
        self._starters: list[threading.Thread] = []
        self._asked = 0
        self.is_there = False

    def begin(self, count: int | None = None) -> None:
        """Start them, or so many of them, and do not wait; harmless when repeated."""
        for process in self._new(self._count if count is None else min(count, self._count)):
            starter = threading.Thread(target=self._begin, args=[process], name="pictures-start")
            starter.start()
            self._starters.append(starter)  # others may wait for those that are in it

    def _new(self, count: int) -> list[PictureProcess]:
        """Those that are missing for so many."""
        with self._lock:
            missing = count - len(self._processes)
            if missing <= 0 or not self._count:
                return []
            try:
                self._folders = self._folders or self._resources.enter_context(own_folders())
            except OSError:  # there is no place to hand anything over
                self._count = 0
                return []
            new = [PictureProcess(self._folders) for _ in range(missing)]
            self._processes += new
        return new

    def _begin(self, process: PictureProcess) -> None:
        try:
            process.ask(_NOTHING)
        except (StudioError, OSError):  # it cannot be started: it is never asked
            return
        self._free.put(process)
        self.is_there = True

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
            return _prepared(process, paths, preparation)
        except (StudioError, OSError):
            return None
        finally:
            self._free.put(process)

    def video(
        self, path: Path, first: int, preparation: Preparation
    ) -> Iterator[Prepared | StudioError] | None:
        """Its frames from ``first`` on, decoded by one of them, or why one cannot be prepared; None
        where it is better done here, or where nobody let any begin. Raises ``StudioError`` where it
        ends before its end.
        """
        process = self._one() if preparation.held_side is not None else None
        return self._frames(process, path, first, preparation) if process is not None else None

    def _one(self) -> PictureProcess | None:
        """One that is free, as soon as it has begun; None where none does."""
        for starter in [*self._starters]:
            if self._free.empty():
                starter.join()
        try:
            return self._free.get_nowait()
        except Empty:
            return None

    def _frames(
        self, process: PictureProcess, path: Path, first: int, preparation: Preparation
    ) -> Iterator[Prepared | StudioError]:
        try:
            number, died_at = first, -1
            while True:
                try:
                    answer = process.ask(FramesRequest(os.fsencode(path), number, preparation))
                except EngineDied as died:
                    if died_at == number:  # others may have ended it the first time
                        raise _ended_by(path, died) from died
                    died_at = number
                    continue
                except (StudioError, OSError):  # there is no room to hand frames over
                    yield from prepared_frames(path, number, preparation)
                    return
                yield from (found := answer.unpacked())
                if answer.end is not None:
                    raise answer.end.error()
                if not found:
                    return
                number += len(found)
        except GeneratorExit:
            with suppress(StudioError, OSError):
                process.ask(_NOTHING)  # so that it closes the video
            raise
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


def _prepared(
    process: PictureProcess, paths: Sequence[Path], preparation: Preparation
) -> list[Prepared | StudioError]:
    """If it dies, each file is tried again alone: one of which it dies then has that problem, since
    others may have ended it the first time.
    """
    try:
        request = PrepareRequest(tuple(map(os.fsencode, paths)), preparation)
        return process.ask(request).unpacked()
    except EngineDied:
        return [_alone(process, path, preparation) for path in paths]


def _alone(process: PictureProcess, path: Path, preparation: Preparation) -> Prepared | StudioError:
    try:
        (found,) = process.ask(PrepareRequest((os.fsencode(path),), preparation)).unpacked()
        return found
    except EngineDied as died:
        return _ended_by(path, died)


def _ended_by(path: Path, died: EngineDied) -> StudioError:
    return StudioError(
        f"The process that read {path} was ended by it.",
        hint="It may be damaged: open it with another program, and save it anew.",
        details=f"{died.message}\n{died.details}".strip(),
    )

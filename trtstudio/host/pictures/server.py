"""A process that prepares picture files and frames of videos: ``python -m
trtstudio.host.pictures.server``, or the application's own program with ``--picture-process``. It
does what it is asked at once, and then waits for the next request.
"""

import os
import shutil
from collections.abc import Generator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import NoReturn

import cv2
from msgspec.msgpack import Decoder

from trtstudio.host.arrays import FOLDERS_VARIABLE
from trtstudio.host.channel import Channel
from trtstudio.host.messages import Answer, Ask, Failure
from trtstudio.host.pictures.requests import FramesRequest, PreparedPictures, PrepareRequest
from trtstudio.host.pictures.slab import SlabWriter
from trtstudio.host.server import take_pipes
from trtstudio.model.errors import StudioError, as_studio_error
from trtstudio.vision.batch.preparing import Prepared
from trtstudio.vision.batch.reel import prepared_frames
from trtstudio.vision.picture import read_picture

_TOGETHER = 8  # frames, so that asking for them takes no time to speak of
_MOMENT_S = 0.03


def serve() -> NoReturn:
    """Answer requests until the window is gone. Never returns."""
    reader, writer = take_pipes()
    cv2.setNumThreads(1)  # there is such a process for every core
    folders = [Path(p) for p in os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep) if p]
    slab = SlabWriter(folders)
    channel = Channel(reader, writer, slab, Decoder(Ask))
    work = _Work()
    try:
        while True:
            channel.send(work.answer(channel.receive(), channel, slab))
    except (EOFError, OSError):  # it cannot tidy up
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


class _Work:
    """What it does for the requests, of which it remembers the video that the last one was for."""

    def __init__(self) -> None:
        self._next: FramesRequest | None = None
        self._frames: Generator[Prepared | StudioError, None, None] | None = None

    def answer(self, ask: Ask, channel: Channel[Ask], slab: SlabWriter) -> Answer | Failure:
        """The number of the request is that of a region for the answer."""
        try:
            if ask.kind == FramesRequest.__name__:
                answer = self._frames_of(channel.unpack(ask.body, FramesRequest))
            else:
                self._close_video()
                answer = _pictures_of(channel.unpack(ask.body, PrepareRequest))
            slab.begin(ask.id, answer.arrays)
            return Answer(ask.id, channel.pack(answer))
        except Exception as error:
            return Failure.of(ask.id, as_studio_error(error))

    def _frames_of(self, request: FramesRequest) -> PreparedPictures:
        """Those that there are in a moment, of a new video the first."""
        until = perf_counter() + _MOMENT_S
        if request != self._next or self._frames is None:
            self._close_video()
            path = Path(os.fsdecode(request.path))
            self._frames = prepared_frames(path, request.first, request.preparation)
            until = 0.0
        found: list[Prepared | StudioError] = []
        end = None
        try:
            for frame in islice(self._frames, _TOGETHER):
                found.append(frame)
                if perf_counter() > until:
                    break
        except Exception as error:
            end = as_studio_error(error)
        self._next = replace(request, first=request.first + len(found))
        return PreparedPictures.of(found, end)

    def _close_video(self) -> None:
        if self._frames is not None:
            self._frames.close()
        self._frames = None


def _pictures_of(request: PrepareRequest) -> PreparedPictures:
    reads = [partial(read_picture, Path(os.fsdecode(name))) for name in request.paths]
    return PreparedPictures.of([request.preparation.attempt(read) for read in reads])


if __name__ == "__main__":
    serve()

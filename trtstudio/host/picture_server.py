"""A process that prepares picture files: ``python -m trtstudio.host.picture_server``, or the
application's own program with ``--picture-process``. It does what it is asked at once, and then
waits for the next request.
"""

import os
import shutil
from functools import partial
from pathlib import Path
from typing import NoReturn

import cv2
from msgspec.msgpack import Decoder

from trtstudio.host.arrays import FOLDERS_VARIABLE
from trtstudio.host.channel import Channel
from trtstudio.host.messages import Answer, Ask, Failure
from trtstudio.host.pictures import PreparedPictures, PrepareRequest
from trtstudio.host.server import take_pipes
from trtstudio.host.slab import SlabWriter
from trtstudio.model.errors import StudioError, as_studio_error
from trtstudio.vision.batch.preparing import Preparation, Prepared
from trtstudio.vision.picture import read_picture


def serve() -> NoReturn:
    """Answer requests until the window is gone. Never returns."""
    reader, writer = take_pipes()
    cv2.setNumThreads(1)  # there is such a process for every core
    folders = [Path(p) for p in os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep) if p]
    slab = SlabWriter(folders)
    channel = Channel(reader, writer, slab, Decoder(Ask))
    try:
        while True:
            channel.send(_answer(channel.receive(), channel, slab))
    except (EOFError, OSError):  # it cannot tidy up
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _answer(ask: Ask, channel: Channel[Ask], slab: SlabWriter) -> Answer | Failure:
    """The number of the request is that of a region for the answer."""
    try:
        request: PrepareRequest = channel.unpack(ask.body, PrepareRequest)
        paths = [Path(os.fsdecode(name)) for name in request.paths]
        found = PreparedPictures.of([_prepared(path, request.preparation) for path in paths])
        slab.begin(ask.id, found.arrays)
        return Answer(ask.id, channel.pack(found))
    except Exception as error:
        return Failure.of(ask.id, as_studio_error(error))


def _prepared(path: Path, preparation: Preparation) -> Prepared | StudioError:
    try:
        return preparation.prepare(partial(read_picture, path))
    except Exception as error:
        return as_studio_error(error)


if __name__ == "__main__":
    serve()

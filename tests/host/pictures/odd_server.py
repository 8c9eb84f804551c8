"""A process that prepares pictures, and that some of their names end; of others, frames are odd."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from trtstudio.host.pictures import server
from trtstudio.host.pictures.slab import SlabWriter
from trtstudio.model.errors import StudioError
from trtstudio.vision.batch import reel
from trtstudio.vision.batch.video import frames_to_read
from trtstudio.vision.picture import Picture, read_picture

ODD_FRAMES = (0, 1, 7, 30, 31, 79)
"""The frames of ``odd.avi`` that cannot be read, among them its first and its last."""


def read(path: Path) -> Picture:
    if path.name == "deadly.png":
        os._exit(7)
    if path.name == "deadly once.png":
        with suppress(FileExistsError):
            path.with_suffix(".done").touch(exist_ok=False)
            os._exit(7)
    return read_picture(path)


def frames(path: Path, first: int) -> Iterator[Callable[[], Picture]]:
    for number, each in enumerate(frames_to_read(path, first), first):
        if path.name == "deadly.avi" and number == 70:
            os._exit(7)
        if path.name == "deadly once.avi" and number == 70:
            with suppress(FileExistsError):
                path.with_suffix(".done").touch(exist_ok=False)
                os._exit(7)
        yield partial(refuse, number) if path.name == "odd.avi" and number in ODD_FRAMES else each


def refuse(number: int) -> Picture:
    if number % 2:
        raise StudioError(f"frame {number} is odd", hint="Leave it out.")
    raise ValueError(number)


if __name__ == "__main__":
    server.read_picture = read
    reel.frames_to_read = frames
    if "full" in sys.argv:
        server.SlabWriter = lambda _folders: SlabWriter([])
    server.serve()

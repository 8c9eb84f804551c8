"""A process that prepares pictures, and that some of their names end."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from trtstudio.host.pictures import server
from trtstudio.host.pictures.slab import SlabWriter
from trtstudio.vision.batch import reel
from trtstudio.vision.batch.video import frames_to_read
from trtstudio.vision.picture import Picture, read_picture


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
        yield each


server.read_picture = read
reel.frames_to_read = frames
if "full" in sys.argv:
    server.SlabWriter = lambda _folders: SlabWriter([])

if __name__ == "__main__":
    server.serve()

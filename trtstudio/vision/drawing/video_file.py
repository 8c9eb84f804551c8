"""Pictures as the frames of a video, whole or not at all. A writer belongs to the thread that uses
it.
"""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.files import explained, require_room, written_place
from trtstudio.model.run import Array
from trtstudio.model.temporary import temporary
from trtstudio.vision.batch.video import USUAL_RATE
from trtstudio.vision.placement import Size

CODECS = {".mp4": "mp4v", ".m4v": "mp4v", ".mov": "mp4v", ".avi": "MJPG", ".mkv": "mp4v"}


class VideoFile:
    """Writes uint8 RGB pictures as the frames of a video; the first decides how large it is."""

    def __init__(self, path: Path, rate: float) -> None:
        """Raises ``StudioError`` for a name whose format is unknown."""
        if path.suffix.lower() not in CODECS:
            raise StudioError(
                f"{path.name} is no video by its name.",
                hint=f"Let it end in {', '.join(CODECS)}.",
            )
        with explained(path):
            place = written_place(path)
        if place is None:
            raise StudioError(f"{path} cannot hold a video.", hint="Name a file.")
        self._path, self._rate = place, rate if 0 < rate < 1000 else USUAL_RATE
        self._part = place.with_name(f".{place.stem}.part{path.suffix}")
        self._writer: cv2.VideoWriter | None = None
        self._resources = ExitStack()
        self._size: Size = (0, 0)
        self._frames = 0

    def write(self, pixels: Array) -> None:
        """Raises ``StudioError`` where it cannot be written."""
        if self._writer is None:
            with self._resources:  # which goes on to be needed only where all has gone well
                self._writer = self._open(pixels)
                self._resources = self._resources.pop_all()
        height, width = self._size
        if pixels.shape[:2] != self._size:
            pixels = np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA))
        self._writer.write(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
        self._frames += 1
        require_room(self._path)

    def close(self, *, keep: bool = True) -> None:
        """Finish the file, or remove it; harmless when repeated. Raises ``StudioError`` where it
        cannot be finished: then there is none."""
        if self._writer is None:
            return
        self._writer.release()
        self._writer = None
        with self._resources:
            if keep:
                self._require_whole()
                with explained(self._path):
                    self._part.replace(self._path)

    def _require_whole(self) -> None:
        """OpenCV does not say what went wrong: a video that was cut has no index. Its count is
        exact in some formats only."""
        require_room(self._path)
        name: Any = os.fsencode(self._part)
        capture = cv2.VideoCapture(name)
        frames = capture.get(cv2.CAP_PROP_FRAME_COUNT)
        capture.release()
        if frames <= self._frames / 2:
            raise StudioError(
                f"{self._path} could not be written whole.",
                hint="Make space there, or choose a name that ends in .avi.",
            )

    def _open(self, pixels: Array) -> cv2.VideoWriter:
        height, width = pixels.shape[0] & ~1, pixels.shape[1] & ~1  # codecs want even sides
        self._size = (max(2, height), max(2, width))
        self._resources.enter_context(temporary(self._part))
        with explained(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._part.touch()  # OpenCV does not say why it cannot
        require_room(self._path)
        codec = cv2.VideoWriter.fourcc(*CODECS[self._part.suffix.lower()])
        name: Any = os.fsencode(self._part)
        writer = cv2.VideoWriter(name, codec, self._rate, self._size[::-1])
        if not writer.isOpened():
            raise StudioError(
                f"{self._path} cannot be written as a video.",
                hint="Choose a name that ends in .avi.",
            )
        return writer

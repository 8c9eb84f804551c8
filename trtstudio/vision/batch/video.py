"""Videos and cameras as pictures one after another. A capture is for the thread that uses it."""

import os
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.files import file_status, unreadable
from trtstudio.model.run import Array
from trtstudio.vision.batch.frame_memory import FrameMemory
from trtstudio.vision.picture import Picture

USUAL_RATE = 25.0
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # failures are told by StudioError
_SILENT_S = 5.0  # a camera that gives nothing for so long is gone


@dataclass(frozen=True, slots=True)
class Clip:
    """A video as it says itself: frames (0: it does not say) and frames a second."""

    path: Path
    frames: int
    rate: float


def describe_video(path: Path) -> Clip:
    """Raises ``StudioError`` where it is missing or no video."""
    with _opened(path) as capture:
        return _clip(path, capture)


def read_video(path: Path, first: int = 0) -> Generator[Picture, None, None]:
    """Every frame from ``first`` on, in order, turned as the video says.

    Raises ``StudioError`` where it is no video, and after the last frame that could be read where
    it ends before its end, unless that is before ``first``.
    """
    for read in frames_to_read(path, first):
        yield read()


def frames_to_read(path: Path, first: int = 0) -> Generator[Callable[[], Picture], None, None]:
    """The same, decoded but still to be read, which any thread may do."""
    memory = FrameMemory()
    for frame in _decoded(path, first, memory):
        yield partial(_as_picture, path, frame, memory)
        del frame  # its memory is free as soon as who reads it has


def _as_picture(path: Path, frame: Array, memory: FrameMemory | None = None) -> Picture:
    """What a capture gave: BGR. The picture is in this memory, or in new one."""
    pixels = memory.frame(frame.shape) if memory is not None else None
    return Picture(path, np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB, pixels)))


def _decoded(path: Path, first: int, memory: FrameMemory) -> Generator[Array, None, None]:
    with _opened(path) as capture:
        clip, count = _clip(path, capture), _seek(capture, first)
        shape: tuple[int, ...] = ()
        while count >= first:
            done, frame = capture.read(memory.frame(shape) if shape else None)
            if not done:
                break
            count, shape = count + 1, frame.shape
            yield np.asarray(frame)
            del frame
    if count == 0 or (count >= first and _is_cut(clip, count)):
        raise StudioError(
            f"{path.name} ends after {count} of its {clip.frames} frames.",
            hint="It is damaged or was not copied completely.",
        )


class Camera:
    """A camera of this machine. A thread of its own keeps only the newest frame, so that nobody
    sees an old one; ``dropped`` counts those that nobody took, as long as it ``counts`` them.
    """

    def __init__(self, number: int) -> None:
        """Raises ``StudioError`` where there is none."""
        self.dropped, self.counts = 0, True
        self._path = Path(f"camera:{number}")
        self._capture = cv2.VideoCapture(number)
        if not self._capture.isOpened():
            self._capture.release()
            raise StudioError(
                f"There is no camera {number}, or another program uses it.",
                hint="Plug it in, close the other program, or try another number.",
            )
        self._newest: Array | None = None
        self._arrived = threading.Condition()
        self._is_closed = self._is_gone = self._is_silent = False
        self._thread = threading.Thread(target=self._grab, name="camera", daemon=True)
        self._thread.start()

    def pictures(self) -> Iterator[Picture]:
        """The newest frame, again and again, until it is closed. Raises ``StudioError`` where it is
        unplugged."""
        while (frame := self._take()) is not None:
            yield _as_picture(self._path, frame)

    def close(self) -> None:
        """Let go of it; from any thread, harmless when repeated. One that is silent is let go when
        its driver answers.
        """
        with self._arrived:
            self._is_closed = True
            self._arrived.notify_all()
        self._thread.join(0 if self._is_silent else _SILENT_S)

    def _take(self) -> Array | None:
        with self._arrived:
            self._arrived.wait_for(
                lambda: self._newest is not None or self._is_closed or self._is_gone, _SILENT_S
            )
            frame, self._newest = self._newest, None
        if frame is None and not self._is_closed:
            self._is_silent = True
            raise StudioError(
                f"{self._path} gives no more pictures.",
                hint="The camera may have been unplugged. Plug it in and start again.",
            )
        return None if self._is_closed else frame

    def _grab(self) -> None:
        try:
            while not self._is_closed and (frame := self._read()) is not None:
                with self._arrived:
                    self.dropped += self.counts and self._newest is not None
                    self._newest = frame
                    self._arrived.notify_all()
        finally:
            self._capture.release()
            with self._arrived:
                self._is_gone = True
                self._arrived.notify_all()

    def _read(self) -> Array | None:
        """The next frame; None where there are no more, which some drivers say by an error."""
        try:
            done, frame = self._capture.read()
        except cv2.error:
            return None
        return np.asarray(frame) if done else None


@contextmanager
def _opened(path: Path) -> Iterator[cv2.VideoCapture]:
    try:
        file_status(path)  # what is no file may be an address, from which FFmpeg would fetch it
    except OSError as error:
        raise unreadable(path, error) from error
    name: Any = os.fsencode(path.absolute())  # OpenCV ends the program where it is no Unicode
    capture = cv2.VideoCapture(name)
    try:
        if not capture.isOpened():
            raise StudioError(
                f"{path} is no video that can be read.",
                hint="Use an MP4, MOV, AVI, MKV or WebM file.",
            )
        yield capture
    finally:
        capture.release()


def _clip(path: Path, capture: cv2.VideoCapture) -> Clip:
    frames, rate = capture.get(cv2.CAP_PROP_FRAME_COUNT), capture.get(cv2.CAP_PROP_FPS)
    return Clip(path, max(0, int(frames)), rate if 0 < rate < 1000 else USUAL_RATE)


def _seek(capture: cv2.VideoCapture, first: int) -> int:
    """How many frames were left out: ``first``, or all that there are. Not every format can
    jump."""
    if first and capture.set(cv2.CAP_PROP_POS_FRAMES, first):
        if round(capture.get(cv2.CAP_PROP_POS_FRAMES)) == first:
            return first
        capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
    count = 0
    while count < first and capture.grab():
        count += 1
    return count


def _is_cut(clip: Clip, count: int) -> bool:
    """Some formats only estimate how many frames they have."""
    return count < clip.frames - max(2, clip.frames // 50)

"""Pictures with their answers drawn, as files in a folder or as the frames of a video."""

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer
from trtstudio.vision.batch.export_files import Names
from trtstudio.vision.batch.sources import VIDEO_SUFFIXES, Source
from trtstudio.vision.batch.video import USUAL_RATE, describe_video
from trtstudio.vision.drawing.annotate import annotate
from trtstudio.vision.drawing.video_file import VideoFile
from trtstudio.vision.picture import Picture, write_picture

_AHEAD = 4  # frames that wait to be encoded


class Drawings:
    """``expect`` and ``add`` are called in one thread and in the order of the pictures, ``draw`` in
    any. A video is encoded in a thread of its own.
    """

    def __init__(self, path: Path, rate: float = USUAL_RATE) -> None:
        """``path`` is a folder, or a video by its name with so many frames a second. Raises
        ``StudioError`` for a video that cannot be written."""
        is_video = path.suffix.lower() in VIDEO_SUFFIXES
        self._video = VideoFile(path, rate) if is_video else None
        self._encoder = ThreadPoolExecutor(1, "video")
        self._encoding: deque[Future[None]] = deque()
        self._folder, self._names = path, Names(".png")
        self._files: dict[Source, list[Path]] = {}  # a picture that is named twice has two

    def expect(self, source: Source) -> None:
        """This picture comes next."""
        if self._video is None:
            path = self._folder / self._names.name(source)
            self._files.setdefault(source, []).append(path)

    def skip(self, source: Source) -> None:
        """This one, whose file is there already, comes next."""
        if self._video is None:
            self._names.name(source)

    def draw(self, source: Source, picture: Picture, answer: Answer | None) -> Array:
        """The drawn picture, which is now in its file where it goes to one. Raises ``StudioError``
        where that cannot be written."""
        pixels = annotate(picture.pixels, answer) if answer is not None else picture.pixels
        if self._video is None:
            write_picture(self._files[source].pop(0), pixels)
        return pixels

    def add(self, pixels: Array) -> None:
        """The next frame of the video, where it is one. Raises ``StudioError`` where an earlier one
        could not be written."""
        if self._video is not None:
            self._encoding.append(self._encoder.submit(self._video.write, pixels))
            while len(self._encoding) > _AHEAD or (self._encoding and self._encoding[0].done()):
                self._encoding.popleft().result()

    def close(self, *, keep: bool = True) -> None:
        """Finish the video, or with ``keep`` false remove it. Raises ``StudioError`` where one of
        the last frames could not be written: then there is no video."""
        self._encoder.shutdown(wait=True, cancel_futures=not keep)
        if self._video is None:
            return
        problems = [each.exception() for each in self._encoding] if keep else []
        problem = next(filter(None, problems), None)
        self._video.close(keep=keep and problem is None)
        if problem is not None:
            raise problem


def rate_of(sources: Iterable[Source]) -> float:
    """How many frames a second the first video among them shows."""
    for source in sources:
        if source.is_video:
            try:
                return describe_video(source.path).rate
            except StudioError:
                continue  # it is told when its turn comes
    return USUAL_RATE

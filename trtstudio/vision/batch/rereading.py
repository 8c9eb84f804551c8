"""Pictures of records, read once more. One thread at a time."""

from collections.abc import Generator
from contextlib import closing
from itertools import islice
from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.batch.video import read_video
from trtstudio.vision.picture import Picture, read_picture

_MOST_SKIPPED = 50  # frames; further on, looking for one is quicker than decoding all before it


def read_again(source: Source) -> Picture:
    """The picture of a record. Raises ``StudioError`` where it is gone."""
    with closing(Rereading()) as rereading:
        return rereading.read(source)


class Rereading:
    """Reads the pictures of records again. A video stays open as long as its frames follow each
    other: to look for each anew would decode much of it every time. One thread at a time.
    """

    def __init__(self) -> None:
        self._video: Path | None = None
        self._next = 0
        self._frames: Generator[Picture, None, None] | None = None

    def read(self, source: Source) -> Picture:
        """Raises ``StudioError`` where it is gone."""
        if source.frame is None:
            return read_picture(source.path)
        try:
            picture = self._frame(source.path, source.frame - 1)
        except StudioError:
            self.close()
            raise
        if picture is None:
            self.close()
            raise StudioError(
                f"{source.path} has no frame {source.frame} any more.",
                hint="Run the video again.",
            )
        return picture

    def close(self) -> None:
        """Close the video that is open; harmless when repeated."""
        if self._frames is not None:
            self._frames.close()
        self._video = self._frames = None

    def _frame(self, video: Path, number: int) -> Picture | None:
        """The frame with this number, from 0 on; None where there is none."""
        skipped = number - self._next
        if video != self._video or self._frames is None or not 0 <= skipped <= _MOST_SKIPPED:
            self.close()
            self._video, self._frames, skipped = video, read_video(video, number), 0
        self._next = number + 1
        return next(islice(self._frames, skipped, None), None)

"""Pictures that are still to be read: files whenever they are asked for, those of a video or camera
one after another. An iterator of frames belongs to one thread, a frame may be read in any.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.vision.batch.preparing import Elsewhere, Preparation, Prepared
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.batch.video import Camera, describe_video, frames_to_read, read_video
from trtstudio.vision.picture import Picture, read_picture


@dataclass(frozen=True, slots=True)
class Frame:
    """``read`` gives its pixels, or raises ``StudioError`` with what is wrong with it. Where
    ``is_file``, ``read_picture`` of its path does so in any process. What was ``prepared``
    elsewhere is there, or why it cannot be.
    """

    source: Source
    read: Callable[[], Picture]
    is_file: bool = False
    prepared: Prepared | StudioError | None = None


Videos = Callable[[Path, int], Iterator[Prepared | StudioError] | None]
"""The frames of a video from a number on, prepared elsewhere, or why one cannot be; None where they
are better read here. Raises ``StudioError`` where it ends before its end."""


def read_here(_path: Path, _first: int) -> None:
    """No video is prepared elsewhere."""


def videos_of(elsewhere: Elsewhere | None, preparation: Preparation) -> Videos:
    """Their frames, prepared there like that."""
    return read_here if elsewhere is None else partial(elsewhere.video, preparation=preparation)


def frames_of(
    sources: Iterable[Source],
    known: Counter[Source] | None = None,
    videos: Videos = read_here,
) -> Iterator[Frame]:
    """All pictures of these files, animations, videos and cameras but those of files that are
    ``known``, which are taken out of that: a picture may be named more than once. A video that
    cannot be read, or ends early, and a camera that is not there have a frame in the place of the
    next one that says so.
    """
    known = Counter() if known is None else known
    for source in sources:
        if source.camera is not None:
            yield from _in_camera(source, source.camera)
        elif has_frames(source):
            yield from _in_video(source, known, videos)
        elif not _take(known, source):
            yield Frame(source, partial(read_picture, source.path), is_file=True)


def frames_from(camera: Camera, path: Path) -> Iterator[Frame]:
    """The newest picture of a camera, again and again; ends when that is closed or unplugged, then
    with a frame that says so.
    """
    number = 0
    try:
        for number, picture in enumerate(camera.pictures(), 1):
            yield Frame(Source(path, number), partial(_given, picture))
    except StudioError as error:
        yield Frame(Source(path, number + 1), partial(_refuse, error))


def has_frames(source: Source) -> bool:
    """Whether it is a camera, a video, or an animated GIF, which is opened for that."""
    has_some = source.camera is not None or source.is_video
    return has_some or (_is_gif(source) and _frames_in(source) > 1)


def count_frames(sources: Iterable[Source]) -> int:
    """How many pictures there are, as far as the videos say. Opens every video."""
    return sum(_frames_in(s) if s.is_video or _is_gif(s) else 1 for s in sources)


def _is_gif(source: Source) -> bool:
    return source.frame is None and source.path.suffix.lower() == ".gif"


def _frames_in(source: Source) -> int:
    try:
        return max(1, describe_video(source.path).frames)
    except StudioError:
        return 1


def _in_camera(source: Source, number: int) -> Iterator[Frame]:
    """It is open as long as this iterator."""
    try:
        camera = Camera(number)
    except StudioError as error:
        yield Frame(source, partial(_refuse, error))
        return
    with closing(camera):
        yield from frames_from(camera, source.path)


def _take(known: Counter[Source], source: Source) -> bool:
    """Whether it was there."""
    is_there = known[source] > 0
    if is_there:
        known[source] -= 1
    return is_there


def _in_video(video: Source, known: Counter[Source], videos: Videos) -> Iterator[Frame]:
    number = 0
    while _take(known, Source(video.path, number + 1, video.is_expected)):
        number += 1
    try:
        for found in videos(video.path, number) or frames_to_read(video.path, number):
            number += 1
            source = Source(video.path, number, video.is_expected)
            if _take(known, source):
                continue
            if callable(found):
                yield Frame(source, found)
            else:
                yield Frame(source, partial(_read_again, source), prepared=found)
    except StudioError as error:
        source = Source(video.path, number + 1 if number else None, video.is_expected)
        if not _take(known, source):
            yield Frame(source, partial(_refuse, error))


def _read_again(source: Source) -> Picture:
    with closing(read_video(source.path, (source.frame or 1) - 1)) as pictures:
        return next(pictures)


def _given(picture: Picture) -> Picture:
    return picture


def _refuse(error: StudioError) -> Picture:
    raise error

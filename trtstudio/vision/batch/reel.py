"""The frames of a video, prepared one after another while the next ones are decoded."""

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.vision.batch.ahead import Room, taken_ahead
from trtstudio.vision.batch.preparing import Preparation, Prepared
from trtstudio.vision.batch.video import frames_to_read
from trtstudio.vision.picture import Picture

_THREADS = 3  # to prepare one takes about as long as to decode it
_MOST_AHEAD = 24


def prepared_frames(
    path: Path, first: int, preparation: Preparation
) -> Generator[Prepared | StudioError, None, None]:
    """All from ``first`` on, or why one cannot be prepared. Raises ``StudioError`` where it is no
    video, and after the last frame where it ends before its end.
    """
    room, problems = Room(_MOST_AHEAD, _THREADS), list[StudioError]()

    def reads() -> Iterator[Callable[[], Picture]]:
        try:
            yield from frames_to_read(path, first)
        except StudioError as error:  # its turn is after the last frame
            problems.append(error)

    def prepare(read: Callable[[], Picture]) -> Prepared | StudioError:
        prepared = preparation.attempt(read)
        height, width = (0, 0) if isinstance(prepared, StudioError) else prepared.size
        room.take(3 * height * width, 3 * height * width)
        return prepared

    pool = ThreadPoolExecutor(_THREADS, "frames")
    try:
        with closing(taken_ahead(pool.submit, prepare, reads(), room.depth)) as frames:
            yield from frames
    finally:
        pool.shutdown(cancel_futures=True)
    if problems:
        raise problems[0]

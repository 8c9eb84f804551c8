"""The first step of a run over many pictures: in which process, and by how many threads."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from trtstudio.model.errors import StudioError
from trtstudio.vision.batch.ahead import Room
from trtstudio.vision.batch.frames import Frame
from trtstudio.vision.batch.preparing import Elsewhere, Preparation, Prepared
from trtstudio.vision.batch.sources import Source

_MOST_WORKERS = 16
_MANY = 4  # threads, beyond which they stand in each other's way where pictures are small
_LARGE_BYTES = 16_000_000  # pixels of a picture that takes so long that threads seldom meet


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A picture that is prepared, or the problem that came instead."""

    source: Source
    prepared: Prepared | None
    problem: StudioError | None = None

    def fed(self) -> "Item":
        """Without the tensors, which others may want to use the memory of."""
        bare = replace(self.prepared, tensors=()) if self.prepared else None
        return Item(self.source, bare, self.problem)


def usual_workers() -> int:
    """Threads that prepare pictures: a core stays free for who takes the outcomes. With as many
    threads as cores, the one that holds Python's lock is put aside and all others wait for it.
    """
    # Not those of the machine that others have: taskset, Slurm and containers give out some.
    mine = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    cores = mine or 1
    return min(_MOST_WORKERS, cores if cores <= 2 else cores - 1)


class Preparer:
    """Prepares some pictures at a time, in another process where there is one. Any thread."""

    def __init__(
        self, preparation: Preparation, elsewhere: Elsewhere | None, room: Room, workers: int
    ) -> None:
        """``room`` hears how large the pictures are, and ``workers`` threads call this."""
        self._preparation, self._elsewhere = preparation, elsewhere
        self._room, self._workers = room, workers

    def threads(self) -> int:
        """How many do best. OpenCV and NumPy work without Python's lock, but each of their calls
        ends with taking it, and the more threads wait for it, the longer each waits: on 16 cores
        seven threads bring 2,400 pictures of 640 x 480 a second and fifteen 1,300, while those of
        1080p need eleven and those of 12 megapixels all. Those who wait for a process do not mind.
        """
        is_free = self._elsewhere is not None and self._elsewhere.is_there
        if is_free or self._workers <= _MANY or self._room.decoded_bytes > _LARGE_BYTES:
            return self._workers
        return max(_MANY, self._workers * 2 // 3)

    def __call__(self, frames: Sequence[Frame]) -> list[Item]:
        found = None
        if self._elsewhere is not None and all(frame.is_file for frame in frames):
            paths = [frame.source.path for frame in frames]
            found = self._elsewhere.prepare(paths, self._preparation)
        if found is None:
            found = [frame.prepared or self._preparation.attempt(frame.read) for frame in frames]
        return [self._item(*pair) for pair in zip(frames, found, strict=True)]

    def _item(self, frame: Frame, found: Prepared | StudioError) -> Item:
        if isinstance(found, StudioError):
            self._room.take(0, 0)
            return Item(frame.source, None, found)
        decoded_bytes = 3 * found.size[0] * found.size[1]
        held_bytes = found.pixels.nbytes + sum(tensor.nbytes for tensor in found.tensors)
        if not frame.is_file and frame.prepared is None:  # it is decoded before its turn
            held_bytes += decoded_bytes
        self._room.take(decoded_bytes, held_bytes)
        return Item(frame.source, found)

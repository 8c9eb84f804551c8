"""What becomes of a picture before networks see it. In any thread or process."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Protocol

from trtstudio.model.errors import StudioError, without_frames
from trtstudio.model.run import Array
from trtstudio.vision.picture import Picture, shrunk
from trtstudio.vision.placement import Placement, Size
from trtstudio.vision.preprocess import Limits, Preprocess, apply
from trtstudio.vision.times import Times


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A picture of ``size`` (height, width): what is held of its ``pixels``, what of its file is
    not in them, and for each network a batch of one and where it lies in that.
    """

    size: Size
    pixels: Array
    note: str
    tensors: tuple[Array, ...]
    placements: tuple[Placement, ...]
    times: Times

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """Of the tensors. Pictures of the same can be inferred together."""
        return tuple(tensor.shape for tensor in self.tensors)


@dataclass(frozen=True, slots=True)
class Preparation:
    """How all pictures of a run are prepared: for each network its preprocessing, and between which
    sizes. At most ``held_side`` pixels of their height and width are held, all where it is None.
    """

    ways: tuple[tuple[Preprocess, Limits], ...]
    held_side: int | None = None

    def prepare(self, read: Callable[[], Picture]) -> Prepared:
        """Networks that want the same share it. Raises ``StudioError`` where it cannot be read."""
        started = perf_counter()
        picture = read()
        decoded = perf_counter()
        fed: list[tuple[Array, Placement]] = []
        for number, way in enumerate(self.ways):
            first = self.ways.index(way)
            fed.append(fed[first] if first < number else apply(picture, *way))
        times = Times(1000 * (decoded - started), 1000 * (perf_counter() - decoded))
        size = picture.pixels.shape[0], picture.pixels.shape[1]
        held = picture if self.held_side is None else shrunk(picture, self.held_side)
        tensors, placements = zip(*fed, strict=True)
        return Prepared(size, held.pixels, held.note, tensors, placements, times)

    def attempt(self, read: Callable[[], Picture]) -> Prepared | StudioError:
        """The same, or why not."""
        try:
            return self.prepare(read)
        except Exception as error:
            return without_frames(error)


class Elsewhere(Protocol):
    """Other processes that prepare picture files. Any thread."""

    @property
    def is_there(self) -> bool:
        """Whether any of them has begun."""

    def prepare(
        self, paths: Sequence[Path], preparation: Preparation
    ) -> list[Prepared | StudioError] | None:
        """What became of each file; None where it is better done here. Waits for it."""

    def video(
        self, path: Path, first: int, preparation: Preparation
    ) -> Iterator[Prepared | StudioError] | None:
        """The frames of a video from ``first`` on, or why one cannot be prepared; None where it is
        better done here. Raises ``StudioError`` where it ends before its end.
        """

"""What ``trtstudio run`` feeds a model with: pictures, folders of them, arrays, random values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from trtstudio.model.errors import StudioError
from trtstudio.vision.batch import sources as pictures

Kind = Literal["picture", "array", "random"]

_ARRAYS = (".npy", ".npz")


@dataclass(frozen=True, slots=True)
class Source:
    """One inference's worth of input, or a video or camera with many pictures."""

    kind: Kind
    path: Path
    is_expected: bool = True

    @property
    def pictures(self) -> pictures.Source:
        """As the pipeline of pictures takes it."""
        return pictures.Source(self.path, None, self.is_expected)


def find_sources(
    paths: Iterable[Path], otherwise: str = "random input", *, recursive: bool = False
) -> tuple[Source, ...]:
    """The sources in the order given, a folder's files in alphabetical order; without any, one of
    random input, which is called what ``otherwise`` says. Raises ``StudioError`` for a folder
    without pictures or arrays.
    """
    found = [source for path in paths for source in _sources_at(path, recursive=recursive)]
    return tuple(found) or (Source("random", Path(otherwise)),)


def _sources_at(path: Path, *, recursive: bool) -> Iterator[Source]:
    found = [_source(each) for each in pictures.find_sources([path], recursive=recursive)]
    if not any(source.is_expected for source in found):
        raise StudioError(
            f"There are no pictures in {path}.",
            hint="Give another folder, or the files themselves; --recursive looks further down.",
        )
    yield from found


def _source(found: pictures.Source) -> Source:
    is_array = found.path.suffix.lower() in _ARRAYS
    return Source("array" if is_array else "picture", found.path, found.is_expected or is_array)

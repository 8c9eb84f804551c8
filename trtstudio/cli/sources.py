"""What ``trtstudio run`` feeds a model with: pictures, folders of them, arrays, random values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from trtstudio.model.errors import StudioError
from trtstudio.vision.picture import find_pictures

Kind = Literal["picture", "array", "random"]


@dataclass(frozen=True, slots=True)
class Source:
    """One inference's worth of input."""

    kind: Kind
    path: Path


def find_sources(paths: Iterable[Path], otherwise: str = "random input") -> tuple[Source, ...]:
    """The sources in the order given, a folder's pictures in alphabetical order; without any, one
    of random input, which is called what ``otherwise`` says. Raises StudioError for a folder
    without pictures.
    """
    found = [source for path in paths for source in _sources_at(path)]
    return tuple(found) or (Source("random", Path(otherwise)),)


def _sources_at(path: Path) -> list[Source]:
    if not path.is_dir():
        kind: Kind = "array" if path.suffix.lower() in (".npy", ".npz") else "picture"
        return [Source(kind, path)]
    pictures = find_pictures(path)
    if not pictures:
        raise StudioError(
            f"There are no pictures in {path}.",
            hint="Give another folder, or the files themselves.",
        )
    return [Source("picture", picture) for picture in pictures]


def picture_names(sources: Sequence[Source]) -> list[str]:
    """A name for each source's drawn answer: ``cat.png``, ``cat-2.png`` where that is taken."""
    names: list[str] = []
    for source in sources:
        stem = source.path.stem
        candidates = (f"{stem}-{n}.png" if n > 1 else f"{stem}.png" for n in count(1))
        names.append(next(name for name in candidates if name not in names))
    return names

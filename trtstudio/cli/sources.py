"""What ``trtstudio run`` feeds a model with: pictures, folders of them, arrays, random values."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from trtstudio.model.errors import StudioError
from trtstudio.vision.batch import sources as pictures

Kind = Literal["picture", "array", "random", "nothing"]

_ARRAYS = (".npy", ".npz")


@dataclass(frozen=True, slots=True)
class Source:
    """One inference's worth of input, or a video or camera with many pictures; or what is
    ``nothing``, and the ``problem`` with it.
    """

    kind: Kind
    path: Path
    is_expected: bool = True
    problem: StudioError | None = None

    @property
    def pictures(self) -> pictures.Source:
        """As the pipeline of pictures takes it."""
        return pictures.Source(self.path, None, self.is_expected)


def find_sources(
    paths: Iterable[Path], otherwise: str = "random input", *, recursive: bool = False
) -> tuple[Source, ...]:
    """The sources in the order given, a folder's files in alphabetical order; without any, one of
    random input, which is called what ``otherwise`` says. A folder without pictures or arrays, or a
    list that cannot be read, is ``nothing``; raises ``StudioError`` where all are that.
    """
    found = [source for path in paths for source in _sources_at(path, recursive=recursive)]
    problems = [source.problem for source in found if source.problem is not None]
    if problems and len(problems) == len(found):
        raise problems[0]
    return tuple(found) or (Source("random", Path(otherwise)),)


def _sources_at(path: Path, *, recursive: bool) -> list[Source]:
    try:
        found = [_source(each) for each in pictures.find_sources([path], recursive=recursive)]
    except StudioError as error:
        return [Source("nothing", path, problem=error)]
    if any(source.is_expected for source in found):
        return found
    problem = StudioError(
        f"There are no pictures in {path}.",
        hint="Give another folder, or the files themselves; --recursive looks further down.",
    )
    return [Source("nothing", path, problem=problem)]


def _source(found: pictures.Source) -> Source:
    is_array = found.path.suffix.lower() in _ARRAYS
    return Source("array" if is_array else "picture", found.path, found.is_expected or is_array)

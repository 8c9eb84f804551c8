"""What ``trtstudio run`` feeds a model with: pictures, folders of them, arrays, random values."""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array
from trtstudio.vision.picture import find_pictures

Kind = Literal["picture", "array", "random"]


@dataclass(frozen=True, slots=True)
class Source:
    """One inference's worth of input."""

    kind: Kind
    path: Path = Path("random input")


def find_sources(paths: Iterable[Path]) -> tuple[Source, ...]:
    """The sources in the order given, a folder's pictures in alphabetical order; without any, one
    of random input. Raises StudioError for a folder without pictures.
    """
    found = [source for path in paths for source in _sources_at(path)]
    return tuple(found) or (Source("random"),)


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


def read_arrays(path: Path, inputs: tuple[Tensor, ...]) -> dict[str, Array]:
    """Arrays by the name of their input; a .npy has no name, so it is for a model's only input.

    Raises StudioError where the file cannot be read; nothing in it is ever unpickled.
    """
    try:
        with path.open("rb") as file:  # NumPy itself leaves a damaged file open
            loaded = np.load(file, allow_pickle=False)
            if isinstance(loaded, np.ndarray):
                return {_only_input(path, inputs): loaded}
            return {name: loaded[name] for name in loaded.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "damaged"
        raise StudioError(
            f"{path} cannot be read: {reason}.",
            hint="Write it with numpy.save or numpy.savez, with numbers only.",
            details=str(error),
        ) from error


def _only_input(path: Path, inputs: tuple[Tensor, ...]) -> str:
    if len(inputs) == 1:
        return inputs[0].name
    names = ", ".join(tensor.name for tensor in inputs)
    raise StudioError(
        f"{path} holds one array without a name, and the model has {len(inputs)} inputs.",
        hint=f"Write an .npz with an array for each of: {names}.",
    )


def picture_names(sources: Sequence[Source]) -> list[str]:
    """A name for each source's drawn answer: ``cat.png``, ``cat-2.png`` where that is taken."""
    names: list[str] = []
    for source in sources:
        stem = source.path.stem
        candidates = (f"{stem}-{n}.png" if n > 1 else f"{stem}.png" for n in count(1))
        names.append(next(name for name in candidates if name not in names))
    return names

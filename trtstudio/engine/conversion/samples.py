"""What a model is calibrated or compared on: the files of a folder as inputs of the model, one
after another. For a worker thread.

Pictures are read by whoever knows how: the engine may not see ``trtstudio.vision``, so its caller
hands that in as a ``Pictures``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from trtstudio.engine.run.inputs import checked_inputs
from trtstudio.model.arrays import read_arrays
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.run import Array, SessionInfo

Feed = Mapping[str, Array]
_ARRAYS = (".npy", ".npz")
_NAMED = 3


class Pictures(Protocol):
    """What can read pictures, as the module ``trtstudio.vision.samples`` can."""

    def find(self, folder: Path) -> Sequence[Path]:
        """The pictures right in a folder, in order."""

    def reader(
        self, info: SessionInfo, metadata: Mapping[str, str], preprocess: str
    ) -> Callable[[Path], Feed]:
        """What brings a picture to this model's input. Raises StudioError where that is none."""


@dataclass(slots=True)
class Samples:
    """The inputs that a folder's files hold, at most ``limit``; iterate once. ``unread`` are the
    files that could not be used, ``problems`` why the first few could not.
    """

    files: Sequence[Path]
    read: Callable[[Path], Feed]
    info: SessionInfo
    limit: int
    unread: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Feed]:
        """Each as arrays of the model's own shapes and types, a batch of one where it takes it."""
        given = 0
        for path in self.files:
            try:
                feeds = list(_batches(checked_inputs(self.info.inputs, self.read(path)), self.info))
            except Cancelled:
                raise
            except StudioError as error:
                self.unread.append(path)
                self.problems.append(f"{path.name}: {error.message}")
                continue
            for feed in feeds[: self.limit - given]:
                given += 1
                yield feed
        if not given:
            raise StudioError(
                "None of the files to calibrate or compare with could be used.",
                hint="Each must be a picture, or hold arrays of the model's own shapes; the "
                "details say what was wrong.",
                details="\n".join(self.problems),
            )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to say of the files that could not be used."""
        if not self.unread:
            return ()
        names = "; ".join(self.problems[:_NAMED])
        more = len(self.unread) - _NAMED
        rest = f"; and {more} more" if more > 0 else ""
        return (f"{len(self.unread)} of {len(self.files)} files could not be used: {names}{rest}",)


def open_samples(
    folder: Path,
    limit: int,
    info: SessionInfo,
    metadata: Mapping[str, str],
    pictures: Pictures | None,
    preprocess: str = "",
) -> Samples:
    """The samples in a folder of pictures or of arrays; of more than ``limit`` files, some from
    all over it, since a folder often begins with one class.

    Raises StudioError for a folder that is missing, empty or mixed.
    """
    arrays, found = _listed(folder, pictures)
    if arrays and found:
        raise StudioError(
            f"{folder} holds {len(found)} pictures and {len(arrays)} files of arrays.",
            hint="Put either pictures or arrays into the folder, or name another.",
        )
    files = found or arrays
    if not files:
        kinds = "pictures or .npy or .npz files" if pictures else ".npy or .npz files"
        raise StudioError(
            f"There are no {kinds} in {folder}.",
            hint="Name the folder that holds them itself; folders inside it are not searched.",
        )
    if pictures is not None and found:
        read = pictures.reader(info, metadata, preprocess)
    else:
        read = lambda path: read_arrays(path, info.inputs)  # noqa: E731
    return Samples(_spread(files, limit), read, info, limit)


def _listed(folder: Path, pictures: Pictures | None) -> tuple[list[Path], list[Path]]:
    """The files of arrays, and the pictures."""
    try:
        files = sorted(folder.iterdir())
        arrays = [p for p in files if p.suffix.lower() in _ARRAYS and p.is_file()]
        return arrays, list(pictures.find(folder)) if pictures else []
    except OSError as error:
        raise StudioError(
            f"The folder {folder} cannot be read: {error.strerror}.",
            hint="Name a folder of pictures or of .npy or .npz files.",
        ) from error


def _spread(files: Sequence[Path], limit: int) -> list[Path]:
    if len(files) <= limit:
        return list(files)
    return [files[position * len(files) // limit] for position in range(limit)]


def _batches(feed: Feed, info: SessionInfo) -> Iterator[Feed]:
    """A file's batch item by item, where the model takes any batch."""
    firsts = {tensor.shape[0] if tensor.shape else None for tensor in info.inputs}
    lengths = {len(array) for array in feed.values() if array.ndim}
    is_free = all(isinstance(first, str) or first == -1 for first in firsts)
    if not is_free or len(lengths) != 1:
        yield feed
        return
    for item in range(lengths.pop()):
        yield {name: array[item : item + 1] for name, array in feed.items()}

"""What is kept of every picture of a long run, in a file that grows line by line: so a run goes on
where it stopped, and answers are exported without running again. A journal belongs to one thread;
reading it is safe in any.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from trtstudio.model.errors import StudioError
from trtstudio.model.files import explained, is_pipe, unreadable, whole_file
from trtstudio.model.words import sayable
from trtstudio.vision.answer import Answer
from trtstudio.vision.batch.agreement import Agreement, Difference
from trtstudio.vision.batch.record_lines import decode, encode
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.picture_model import PictureModel
from trtstudio.vision.placement import Size
from trtstudio.vision.preprocess import Preprocess
from trtstudio.vision.settings import Settings
from trtstudio.vision.task_names import TaskName
from trtstudio.vision.times import Times


@dataclass(frozen=True, slots=True)
class Record:
    """One picture: its answer, or the problem in words. ``size`` is height and width, ``thumbnail``
    a JPEG, ``note`` what of the file was left out. Where two networks looked at it, ``second`` is
    what the other one says.
    """

    source: Source
    size: Size = (0, 0)
    answer: Answer | None = None
    times: Times = Times()  # noqa: RUF009 - it is frozen
    problem: str = ""
    hint: str = ""
    thumbnail: bytes = b""
    second: Answer | None = None
    agreement: Agreement | None = None
    differences: tuple[Difference, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What was run, how, and on what: a run goes on only where all of it is the same."""

    model: Path
    runtime: str
    preprocess: Preprocess
    task: TaskName | None
    settings: Settings
    labels: tuple[str, ...] | None
    sources: tuple[Path, ...]
    recursive: bool = False
    compared_with: str = ""
    read_with: str = ""
    version: Literal[2] = 2

    @classmethod
    def of(
        cls,
        model: Path,
        runtime: str,
        pictures: PictureModel,
        sources: tuple[Path, ...],
        *,
        recursive: bool,
        compared_with: str = "",
        read_with: str = "",
    ) -> "Heading":
        """Of a run of ``model`` as ``pictures`` says."""
        ways = pictures.preprocess, pictures.task, pictures.settings, pictures.labels
        partners = sayable(compared_with), sayable(read_with)
        return cls(model, runtime, *ways, sources, recursive, *partners)

    def goes_on(self, other: "Heading") -> bool:
        """Whether its answers may stand beside those of the other; what runs it does not count."""
        return replace(self, runtime="") == replace(other, runtime="")


@dataclass(frozen=True, slots=True)
class _Small:
    """What is read of a record where the rest is not wanted, which may be large."""

    source: Source
    thumbnail: bytes = b""
    problem: str = ""


class Journal:
    """Appends records to a file; what is in it stays there whatever happens to the program."""

    def __init__(self, path: Path, heading: Heading, *, go_on: bool) -> None:
        """Begin the file anew, or with ``go_on`` behind the answers that it holds; what failed is
        forgotten, so that it is tried again. Raises ``StudioError`` where those are of another run,
        or it cannot be written.
        """
        self._path = path
        self._file: BinaryIO
        whole = 0
        if go_on and os.path.isfile(path) and path.stat().st_size:  # noqa: PTH113 - raises nothing
            if not read_heading(path).goes_on(heading):
                raise StudioError(
                    f"{path} holds the answers of another run: with another model, other pictures, "
                    "or other options.",
                    hint="Name another file, or delete it to begin anew.",
                )
            with suppress(StudioError, OSError):  # somebody reads it, on Windows: they stay
                _forget_problems(path)
            whole = _whole_bytes(path)
        with explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("r+b" if whole else "wb")
            try:
                self._begin(whole, heading)
            except OSError:
                self.close()
                if not whole and not is_pipe(path):
                    path.unlink()
                raise

    def add(self, record: Record) -> int:
        """Where it stands in the file, for ``read_record``. Raises ``StudioError`` where it cannot
        be written: the disk is full.
        """
        told = sayable(record.problem), sayable(record.hint)
        with explained(self._path):
            place = self._file.tell()
            self._write(replace(record, problem=told[0], hint=told[1]))
        return place

    def close(self) -> None:
        """Harmless when repeated."""
        with suppress(OSError):  # it tries once more to write what ``add`` could not
            self._file.close()

    def _begin(self, whole: int, heading: Heading) -> None:
        """Behind so many bytes."""
        self._file.truncate(whole)  # without half a line from the last time
        self._file.seek(whole)
        if not whole:
            self._write(heading)

    def _write(self, item: Record | Heading) -> None:
        self._file.write(encode(item))
        self._file.flush()


def read_heading(path: Path) -> Heading:
    """Raises ``StudioError`` where the file is none that a journal wrote."""
    try:
        with path.open("rb") as file:
            heading = decode(file.readline(), Heading)
    except OSError as error:
        raise unreadable(path, error) from error
    if heading is None:
        raise StudioError(
            f"{path} does not hold answers that were kept here.", hint="Name another file."
        )
    return heading


def read_records(path: Path) -> Iterator[tuple[int, Record]]:
    """All records and where each stands; lines that are damaged are left out."""
    with path.open("rb") as file:
        file.readline()
        place = file.tell()
        for line in file:
            record = decode(line, Record)
            if record is not None:
                yield place, record
            place += len(line)


def read_record(path: Path, place: int) -> Record:
    """The record that stands there. Raises ``StudioError`` where there is none any more."""
    try:
        with path.open("rb") as file:
            file.seek(place)
            record = decode(file.readline(), Record)
    except OSError as error:
        raise unreadable(path, error) from error
    if record is None:
        raise StudioError(f"{path} was changed meanwhile.", hint="Run the pictures again.")
    return record


def read_thumbnails(path: Path, places: Iterable[int]) -> list[bytes]:
    """Those of the records that stand there, as JPEG; empty for what has none. Raises
    ``StudioError`` where the file is gone.
    """
    found = []
    try:
        with path.open("rb") as file:
            for place in places:
                file.seek(place)
                small = decode(file.readline(), _Small)
                found.append(small.thumbnail if small is not None else b"")
    except OSError as error:
        raise unreadable(path, error) from error
    return found


def count_answers(path: Path) -> int:
    """Of how many pictures it holds an answer."""
    with path.open("rb") as file:
        file.readline()
        return sum(_problem(line) == "" for line in file)


def _problem(line: bytes) -> str | None:
    """Empty for an answer, None for what is damaged."""
    small = decode(line, _Small)
    return small.problem if small is not None else None


def _forget_problems(path: Path) -> None:
    """Leave only the others. Where there are none, nothing is written."""
    with path.open("rb") as file:
        file.readline()
        if not any(map(_problem, file)):
            return
    with path.open("rb") as file, whole_file(path) as kept:
        kept.write(file.readline())
        kept.writelines(line for line in file if not _problem(line))


def _whole_bytes(path: Path) -> int:
    """The size of the file up to its last whole line."""
    with path.open("rb") as file:
        return sum(len(line) for line in file if line.endswith(b"\n"))

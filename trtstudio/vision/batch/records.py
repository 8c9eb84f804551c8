"""What is kept of every picture of a long run, in a file that grows line by line: so a run goes on
where it stopped, and answers are exported without running again. A journal belongs to one thread;
reading it is safe in any.
"""

import base64
import math
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeVar

import cv2
import msgspec
import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.files import explained, unreadable
from trtstudio.vision.answer import Answer
from trtstudio.vision.batch.agreement import Agreement, Difference
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.picture_model import PictureModel
from trtstudio.vision.placement import Size
from trtstudio.vision.preprocess import Preprocess
from trtstudio.vision.settings import Settings
from trtstudio.vision.task_names import TaskName
from trtstudio.vision.times import Times

T = TypeVar("T")


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
    """What is read of a record where only its thumbnail is wanted: the rest may be large."""

    thumbnail: bytes = b""


class Journal:
    """Appends records to a file; what is in it stays there whatever happens to the program."""

    def __init__(self, path: Path, heading: Heading, *, go_on: bool) -> None:
        """Begin the file anew, or with ``go_on`` behind the records that it holds. Raises
        ``StudioError`` where those are of another run, or it cannot be written.
        """
        self._path = path
        self._file: BinaryIO
        is_file = os.path.isfile(path)  # noqa: PTH113 - it raises nothing
        whole = _whole_bytes(path) if go_on and is_file else 0
        if whole and not read_heading(path).goes_on(heading):
            raise StudioError(
                f"{path} holds the answers of another run: with another model, other pictures, or "
                "other options.",
                hint="Name another file, or delete it to begin anew.",
            )
        with explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("r+b" if whole else "wb")
            self._file.truncate(whole)  # without half a line from the last time
            self._file.seek(whole)
            if not whole:
                self._write(heading)

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
        self._file.close()

    def _write(self, item: Record | Heading) -> None:
        self._file.write(msgspec.json.encode(item, enc_hook=_plain) + b"\n")
        self._file.flush()


def read_heading(path: Path) -> Heading:
    """Raises ``StudioError`` where the file is none that a journal wrote."""
    try:
        with path.open("rb") as file:
            heading = _decoded(file.readline(), Heading)
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
            record = _decoded(line, Record)
            if record is not None:
                yield place, record
            place += len(line)


def read_record(path: Path, place: int) -> Record:
    """The record that stands there. Raises ``StudioError`` where there is none any more."""
    try:
        with path.open("rb") as file:
            file.seek(place)
            record = _decoded(file.readline(), Record)
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
                small = _decoded(file.readline(), _Small)
                found.append(small.thumbnail if small is not None else b"")
    except OSError as error:
        raise unreadable(path, error) from error
    return found


def known_sources(path: Path) -> frozenset[Source]:
    """What the file has an answer for, or a problem."""
    return frozenset(record.source for _, record in read_records(path))


def sayable(text: str) -> str:
    """Without the halves of characters that stand for bytes in names of files which are no UTF-8:
    no text file holds them."""
    return text.encode(errors="replace").decode()


def _whole_bytes(path: Path) -> int:
    """The size of the file up to its last whole line."""
    with path.open("rb") as file:
        return sum(len(line) for line in file if line.endswith(b"\n"))


# Arrays and paths as JSON


def _decoded(line: bytes, kind: type[T]) -> T | None:
    with suppress(msgspec.DecodeError, UnicodeDecodeError):
        try:
            return msgspec.json.decode(line, type=kind, dec_hook=_restored)
        except msgspec.ValidationError:
            fields = _with_nan(msgspec.json.decode(line))
            return msgspec.convert(fields, kind, dec_hook=_restored)
    return None


def _with_nan(record: Any) -> Any:
    """JSON has null for what no number says, as the differences of a network that overflows."""
    found = record.get("differences") if isinstance(record, dict) else None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        return record
    known = [{k: math.nan if v is None else v for k, v in each.items()} for each in found]
    return {**record, "differences": known}


def _plain(value: Any) -> Any:
    """Rasters of whole numbers as PNG, which loses nothing; other arrays as they lie in memory."""
    if isinstance(value, Path):
        return str(value) if sayable(str(value)) == str(value) else _bytes_of(value)
    if isinstance(value, np.generic):
        return value.item()
    if not isinstance(value, np.ndarray):
        raise NotImplementedError(type(value))
    if value.dtype in (np.uint8, np.uint16) and _is_image(value.shape):
        png = cv2.imencode(".png", value)[1]
        return {"png": base64.b64encode(png.tobytes()).decode()}
    data = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode()
    return {"dtype": value.dtype.str, "shape": value.shape, "data": data}


@lru_cache(maxsize=8)
def _path(name: str) -> Path:
    """All frames of a video share theirs."""
    return Path(name)


def _bytes_of(path: Path) -> dict[str, str]:
    return {"name": base64.b64encode(str(path).encode(errors="surrogateescape")).decode()}


def _path_of(value: Any) -> Path:
    try:
        return Path(base64.b64decode(value["name"]).decode(errors="surrogateescape"))
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def _is_image(shape: tuple[int, ...]) -> bool:
    return 0 not in shape and (len(shape) == 2 or (len(shape) == 3 and shape[2] == 3))


def _restored(kind: type, value: Any) -> Any:
    if kind is Path:
        return _path(value) if isinstance(value, str) else _path_of(value)
    if kind is not np.ndarray:
        raise NotImplementedError(kind)
    try:
        if "png" in value:
            png = np.frombuffer(base64.b64decode(value["png"]), np.uint8)
            pixels = np.asarray(cv2.imdecode(png, cv2.IMREAD_UNCHANGED))
            if not pixels.ndim:  # None, for what is no PNG
                raise ValueError("no PNG")
            return pixels
        data = base64.b64decode(value["data"])
        return np.frombuffer(data, value["dtype"]).reshape(value["shape"])
    except (KeyError, cv2.error) as error:
        raise ValueError(str(error)) from error

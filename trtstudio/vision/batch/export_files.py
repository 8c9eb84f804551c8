"""Writes the answers of many pictures to files, whole or not at all. Safe in any thread."""

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Literal

from trtstudio.model.errors import StudioError, as_studio_error
from trtstudio.model.files import explained, whole_file, written_place
from trtstudio.model.words import counted, sayable
from trtstudio.vision.batch.export import COLUMNS, Coco, as_json, as_lines, as_yolo
from trtstudio.vision.batch.records import Record
from trtstudio.vision.batch.rereading import Rereading
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.drawing.annotate import annotate
from trtstudio.vision.picture import write_picture

ExportKind = Literal["json", "csv", "coco", "yolo", "pictures"]


Add = Callable[[Record], None]


def export(
    kind: ExportKind,
    records: Iterable[Record],
    path: Path,
    labels: Sequence[str] | None = None,
    on_record: Callable[[], None] = lambda: None,
) -> None:
    """Write all records. ``on_record`` hears of each, and may raise. Raises ``StudioError`` where
    that cannot be written.
    """
    with exporting(kind, path, labels) as add:
        for record in records:
            on_record()
            add(record)


@contextmanager
def exporting(kind: ExportKind, path: Path, labels: Sequence[str] | None = None) -> Iterator[Add]:
    """What writes a record, ``yolo`` and ``pictures`` into a folder, the others to a file, which is
    there when the block has ended well. Keeps none in memory. Raises ``StudioError`` where that
    cannot be written.
    """
    with _EXPORTS[kind](path, labels) as add:

        def explain(record: Record) -> None:
            with explained(path):
                add(record)

        try:
            yield explain
        except OSError as error:  # of something else than this file
            raise as_studio_error(error) from error


class Names:
    """A name for the file of each source: ``cat.png``, ``cat-2.png`` where that is taken."""

    def __init__(self, suffix: str) -> None:
        self._suffix = suffix
        self._counts: dict[str, int] = {}

    def name(self, source: Source) -> str:
        """Another one for every call."""
        number = "" if source.frame is None else f"_{source.frame:06}"
        stem = f"{source.path.stem}{number}"
        while (count := self._counts.get(stem.lower(), 0)) > 0:
            self._counts[stem.lower()] = count + 1
            stem = f"{stem}-{count + 1}"
        self._counts[stem.lower()] = 1
        return stem + self._suffix


@contextmanager
def _csv(path: Path, _: Sequence[str] | None) -> Iterator[Add]:
    with whole_file(path) as file:

        def write(lines: Iterable[Sequence[Any]]) -> None:
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(lines)
            file.write(_bytes(text.getvalue()))

        write([COLUMNS])
        yield lambda record: write(as_lines(record))


@contextmanager
def _objects(path: Path, _: Sequence[str] | None) -> Iterator[Add]:
    with whole_file(path) as file, _json_list(file, 1) as add:
        yield lambda record: add(as_json(record))


@contextmanager
def _coco(path: Path, labels: Sequence[str] | None) -> Iterator[Add]:
    """All images stand before the first annotation, so those wait in a file of their own."""
    data = Coco(labels)
    with whole_file(path) as file, _beside(path) as waiting:
        with _json_list(waiting, 2) as add_annotation:
            file.write(b'{\n "images": ')
            with _json_list(file, 2) as add_image:

                def add(record: Record) -> None:
                    seen = data.add(record)
                    if seen is not None:
                        add_image(seen[0])
                        for annotation in seen[1]:
                            add_annotation(annotation)

                yield add
            file.write(b',\n "categories": ')
            with _json_list(file, 2) as add_category:
                for category in data.categories():
                    add_category(category)
        file.write(b',\n "annotations": ')
        waiting.seek(0)
        copyfileobj(waiting, file)
        file.write(b"\n}")


def _beside(path: Path) -> BinaryIO:
    """A file without a name where ``path`` lies: there is room for as much."""
    place = written_place(path)
    return TemporaryFile(dir=place.parent if place is not None else None)


@contextmanager
def _yolo(folder: Path, labels: Sequence[str] | None) -> Iterator[Add]:
    names = Names(".txt")

    def add(record: Record) -> None:
        if record.answer is not None and 0 not in record.size:
            name = names.name(record.source)
            _write(folder / "labels" / name, as_yolo(record.answer, record.size))

    yield add
    if labels:
        _write(folder / "classes.txt", "".join(f"{label}\n" for label in labels))


@contextmanager
def _drawn(folder: Path, _: Sequence[str] | None) -> Iterator[Add]:
    """Pictures that are gone are left out, and told at the end."""
    names, missing = Names(".png"), list[StudioError]()
    with closing(Rereading()) as rereading:

        def add(record: Record) -> None:
            if record.answer is None:
                return
            name = names.name(record.source)
            try:
                pixels = rereading.read(record.source).pixels
            except StudioError as error:
                missing.append(error)
            else:
                write_picture(folder / name, annotate(pixels, record.answer))

        yield add
    if missing:
        raise StudioError(
            f"{counted(len(missing), 'picture')} could not be drawn: {missing[0].message}",
            hint="All others are drawn. Put the missing pictures back, and export again.",
        )


_EXPORTS: dict[ExportKind, Callable[..., AbstractContextManager[Add]]] = {
    "json": _objects,
    "csv": _csv,
    "coco": _coco,
    "yolo": _yolo,
    "pictures": _drawn,
}


def _write(path: Path, text: str) -> None:
    with whole_file(path) as file:
        file.write(_bytes(text))


def _bytes(text: str) -> bytes:
    return sayable(text).encode()


# JSON, piece by piece


@contextmanager
def _json_list(file: BinaryIO, depth: int) -> Iterator[Callable[[Any], None]]:
    """What adds a value to a list that stands so deep."""
    margin = b"\n" + depth * b" "
    count = 0

    def add(value: Any) -> None:
        nonlocal count
        text = json.dumps(_finite(value), indent=1, ensure_ascii=False)
        file.write((b"," if count else b"[") + margin + _bytes(text).replace(b"\n", margin))
        count += 1

    yield add
    file.write(margin[:-1] + b"]" if count else b"[]")


def _finite(value: Any) -> Any:
    """NaN and infinity become null, for JSON knows neither."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value

"""Writes the answers of many pictures to files, whole or not at all. Safe in any thread."""

import json
import math
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from trtstudio.model.files import whole_file
from trtstudio.vision.batch.export import as_coco, as_csv, as_json, as_yolo
from trtstudio.vision.batch.records import Record, sayable
from trtstudio.vision.batch.sources import Source
from trtstudio.vision.batch.video import read_video
from trtstudio.vision.drawing.annotate import annotate
from trtstudio.vision.picture import Picture, read_picture, write_picture

ExportKind = Literal["json", "csv", "coco", "yolo", "pictures"]


def export(
    kind: ExportKind,
    records: Iterable[Record],
    path: Path,
    labels: Sequence[str] | None = None,
    on_record: Callable[[], None] = lambda: None,
) -> None:
    """Write all records, ``yolo`` and ``pictures`` into a folder, the others to a file.
    ``on_record`` hears of each, and may raise. Raises ``StudioError`` where that cannot be written.
    """
    told = _told(records, on_record)
    if kind == "csv":
        _write(path, as_csv(told))
    elif kind == "yolo":
        _write_yolo(path, told, labels)
    elif kind == "pictures":
        _draw(path, told)
    else:
        _write(path, _json(as_json(told) if kind == "json" else as_coco(told, labels)))


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


def read_again(source: Source) -> Picture:
    """The picture of a record. Raises ``StudioError`` where it is gone."""
    if source.frame is None:
        return read_picture(source.path)
    return next(read_video(source.path, source.frame - 1))


def _told(records: Iterable[Record], on_record: Callable[[], None]) -> Iterable[Record]:
    for record in records:
        on_record()
        yield record


def _draw(folder: Path, records: Iterable[Record]) -> None:
    names = Names(".png")
    for record in records:
        if record.answer is not None:
            pixels = read_again(record.source).pixels
            write_picture(folder / names.name(record.source), annotate(pixels, record.answer))


def _write_yolo(folder: Path, records: Iterable[Record], labels: Sequence[str] | None) -> None:
    names = Names(".txt")
    for record in records:
        if record.answer is not None and 0 not in record.size:
            name = names.name(record.source)
            _write(folder / "labels" / name, as_yolo(record.answer, record.size))
    if labels:
        _write(folder / "classes.txt", "".join(f"{label}\n" for label in labels))


def _write(path: Path, text: str) -> None:
    with whole_file(path) as file:
        file.write(sayable(text).encode())


def _json(value: Any) -> str:
    """NaN and infinity become null, for JSON knows neither."""
    return json.dumps(_finite(value), indent=1, ensure_ascii=False)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value

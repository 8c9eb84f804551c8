"""Answers as files of the usual formats: JSON, CSV, COCO's results and data sets, and YOLO's label
files. Pure functions of records; safe in any thread.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from trtstudio.vision.answer import Answer, Box, Detection, Point
from trtstudio.vision.answer_words import answer_json
from trtstudio.vision.batch.records import Record
from trtstudio.vision.drawing.masks import mask_of, run_lengths
from trtstudio.vision.drawing.rasters import outlines
from trtstudio.vision.placement import Size

_COLUMNS = (
    *("file", "frame", "width", "height", "label", "index", "score"),
    *("left", "top", "right", "bottom", "text", "total_ms", "problem"),
)


def as_json(records: Iterable[Record]) -> list[dict[str, Any]]:
    """An object for each picture, with its answer in the picture's own pixels or its problem."""
    return [_object(record) for record in records]


def as_csv(records: Iterable[Record]) -> str:
    """A line for every class or object that was found; a picture without any has one of its own."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for record in records:
        writer.writerows(_lines(record))
    return text.getvalue()


def as_coco(records: Iterable[Record], labels: Sequence[str] | None = None) -> dict[str, Any]:
    """A data set in COCO's form: images, categories, and annotations with ``score``, and where the
    task gives them ``segmentation`` (a polygon, or a mask as uncompressed runs) and ``keypoints``.

    Categories are numbered as the network's classes are, boxes are x, y, width and height.
    """
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    names: dict[int, str] = dict(enumerate(labels or ()))
    for record in records:
        if record.answer is None:
            continue
        number, (height, width) = len(images) + 1, record.size
        images.append(
            {"id": number, "file_name": file_name(record), "width": width, "height": height}
        )
        for found in record.answer.detections:
            names.setdefault(found.index, found.label)
            place = {"id": len(annotations) + 1, "image_id": number}
            annotations.append(place | _annotation(found, record.size))
    categories = [{"id": index, "name": name} for index, name in sorted(names.items())]
    return {"images": images, "categories": categories, "annotations": annotations}


def as_yolo(answer: Answer, size: Size) -> str:
    """A line for each object in shares of the picture's width and height: its class, and the centre
    and size of its box, with its key points; or the corners of its outline.
    """
    return "".join(f"{_yolo_line(found, size)}\n" for found in answer.detections)


def file_name(record: Record) -> str:
    """A name for the picture: its path, and for a frame of a video that of an own file."""
    source = record.source
    if source.frame is None:
        return source.path.as_posix()
    return f"{source.path.with_suffix('').as_posix()}_{source.frame:06}.png"


def _object(record: Record) -> dict[str, Any]:
    height, width = record.size
    source: dict[str, Any] = {"source": str(record.source.path)}
    if record.source.frame is not None:
        source["frame"] = record.source.frame
    source |= {"width": width, "height": height}
    if record.problem:
        return source | {"task": None, "problem": record.problem, "hint": record.hint}
    steps: dict[str, Any] = asdict(record.times)
    if record.agreement is not None:
        steps["agreement"] = asdict(record.agreement) | {"share": record.agreement.share}
    if record.differences:
        steps["differences"] = [asdict(each) for each in record.differences]
    if record.note:
        steps["note"] = record.note
    answer = record.answer
    if answer is None:
        return source | steps | {"task": None}
    return source | steps | {"task": answer.task, **answer_json(answer)}


def _lines(record: Record) -> list[list[Any]]:
    (height, width), source = record.size, record.source
    begin = [str(source.path), "" if source.frame is None else source.frame, width, height]
    time = f"{record.times.total_ms:.3f}"
    answer = record.answer
    if answer is None:
        return [[*begin, *[""] * 8, time, record.problem]]
    rows = [[x.label, x.index, f"{x.score:.6g}", *[""] * 4, answer.text] for x in answer.top]
    for found in answer.detections:
        edges = [f"{edge:.2f}" for edge in found.box]
        rows.append([found.label, found.index, f"{found.score:.6g}", *edges, found.text or ""])
    return [[*begin, *row, time, ""] for row in rows or [[*[""] * 7, answer.text]]]


def _annotation(found: Detection, size: Size) -> dict[str, Any]:
    left, top, right, bottom = found.box
    data: dict[str, Any] = {
        "category_id": found.index,
        "bbox": [left, top, right - left, bottom - top],
        "score": found.score,
        "area": (right - left) * (bottom - top),
        "iscrowd": 0,
    }
    mask = mask_of(found, size)
    if mask is not None:
        data["area"] = int(mask.sum())
        data["segmentation"] = {"size": list(size), "counts": run_lengths(mask)}
    elif found.polygon:
        data["area"] = _area(found.polygon)
        data["segmentation"] = [[number for point in found.polygon for number in point]]
    if found.text:
        data["text"] = found.text
    if found.keypoints:
        # COCO's marks: 0 is not labelled, 2 is visible.
        data["keypoints"] = [
            number for p in found.keypoints for number in (p.x, p.y, 2 if p.score else 0)
        ]
        data["num_keypoints"] = sum(p.score > 0 for p in found.keypoints)
    return data


def _area(polygon: Sequence[tuple[float, float]]) -> float:
    x, y = np.array(polygon).T
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)


def _yolo_line(found: Detection, size: Size) -> str:
    height, width = size
    numbers: list[float] = []
    corners: Sequence[Point] = found.polygon
    if found.mask is not None and not corners:
        corners = next(iter(outlines(found.mask)), ())
    if len(corners) > 2:
        for x, y in corners:
            numbers += min(max(x / width, 0), 1), min(max(y / height, 0), 1)
    else:
        left, top, right, bottom = _clipped(found.box, size)
        numbers += (left + right) / 2 / width, (top + bottom) / 2 / height
        numbers += (right - left) / width, (bottom - top) / height
    for point in found.keypoints:
        numbers += point.x / width, point.y / height, 2 if point.score else 0
    return " ".join([str(found.index), *(f"{number:.6g}" for number in numbers)])


def _clipped(box: Box, size: Size) -> Box:
    """A trainer refuses shares beyond 0 and 1."""
    height, width = size
    left, right = (min(max(x, 0.0), float(width)) for x in box[::2])
    top, bottom = (min(max(y, 0.0), float(height)) for y in box[1::2])
    return left, top, right, bottom

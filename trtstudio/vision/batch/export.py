"""Answers in the usual formats, record by record: JSON, CSV, COCO's data sets, and YOLO's label
files. Safe in any thread.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from trtstudio.model.files import path_text
from trtstudio.vision.answer import Answer, Box, Detection, Point
from trtstudio.vision.answer_words import answer_json
from trtstudio.vision.batch.records import Record
from trtstudio.vision.drawing.masks import mask_of, run_lengths
from trtstudio.vision.drawing.rasters import outlines
from trtstudio.vision.placement import Size

COLUMNS = (
    *("file", "frame", "width", "height", "label", "index", "score"),
    *("left", "top", "right", "bottom", "text", "total_ms", "problem"),
)
"""Of a table; ``as_lines`` gives what stands in them."""


def as_json(record: Record) -> dict[str, Any]:
    """A picture with its answer, in its own pixels, or with its problem."""
    height, width = record.size
    source: dict[str, Any] = {"source": path_text(record.source.path)}
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


def as_lines(record: Record) -> list[list[Any]]:
    """A line for every class or object that was found; a picture without any has one of its own."""
    (height, width), source = record.size, record.source
    begin = [path_text(source.path), "" if source.frame is None else source.frame, width, height]
    time = f"{record.times.total_ms:.3f}"
    answer = record.answer
    if answer is None:
        return [[*begin, *[""] * 8, time, record.problem]]
    rows = [[x.label, x.index, f"{x.score:.6g}", *[""] * 4, answer.text] for x in answer.top]
    for found in answer.detections:
        edges = [f"{edge:.2f}" for edge in found.box]
        rows.append([found.label, found.index, f"{found.score:.6g}", *edges, found.text or ""])
    return [[*begin, *row, time, ""] for row in rows or [[*[""] * 7, answer.text]]]


class Coco:
    """A data set in COCO's form, picture by picture. Categories are numbered as the network's
    classes are; which there are is known at the end.
    """

    def __init__(self, labels: Sequence[str] | None = None) -> None:
        self._names = dict(enumerate(labels or ()))
        self._images = self._annotations = 0

    def add(self, record: Record) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
        """Its image, and annotations with ``score``, and where the task gives them ``segmentation``
        (a polygon, or a mask as uncompressed runs) and ``keypoints``; None without an answer. Boxes
        are x, y, width and height.
        """
        if record.answer is None:
            return None
        self._images += 1
        height, width = record.size
        image = {"id": self._images, "file_name": _file_name(record)}
        found = [self._annotation(each, record.size) for each in record.answer.detections]
        return image | {"width": width, "height": height}, found

    def categories(self) -> list[dict[str, Any]]:
        """Of all pictures so far."""
        return [{"id": index, "name": name} for index, name in sorted(self._names.items())]

    def _annotation(self, found: Detection, size: Size) -> dict[str, Any]:
        self._names.setdefault(found.index, found.label)
        self._annotations += 1
        return {"id": self._annotations, "image_id": self._images} | _annotation(found, size)


def as_yolo(answer: Answer, size: Size) -> str:
    """A line for each object in shares of the picture's width and height: its class, and the centre
    and size of its box, with its key points; or the corners of its outline.
    """
    return "".join(f"{_yolo_line(found, size)}\n" for found in answer.detections)


def _file_name(record: Record) -> str:
    """A name for the picture: its path, and for a frame of a video that of an own file."""
    source = record.source
    if source.frame is None:
        return source.path.as_posix()
    return f"{source.path.with_suffix('').as_posix()}_{source.frame:06}.png"


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

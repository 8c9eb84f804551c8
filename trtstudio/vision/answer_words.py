"""Answers as JSON and as words. Safe in any thread."""

from collections.abc import Callable
from typing import Any

from trtstudio.model.quantities import format_percent
from trtstudio.vision.answer import Answer, Detection, Label, Raster
from trtstudio.vision.drawing.rasters import outlines

_FEW = 3


def answer_json(answer: Answer) -> dict[str, Any]:
    """What the task gives: ``top``, ``detections``, ``text``, ``heat``, ``embedding`` ...

    Boxes, polygons, outlines of masks and key points are in the picture's own pixels.
    """
    return {key: write(answer) for key, write in _PARTS[answer.task].items()}


def best_score(answer: Answer) -> float | None:
    """Of the surest class or object; None where there is none."""
    scores = [*(x.score for x in answer.top), *(x.score for x in answer.detections)]
    return max(scores, default=None)


def answer_words(answer: Answer) -> str:
    """The surest few: ``tiger cat 41 %, Egyptian cat 33 %, tabby 18 %``; empty where nothing is
    found.
    """
    if answer.task == "text-recognition":
        return answer.text
    if answer.heat is not None and not answer.top:
        values = answer.heat.values
        return f"from {values.min():.4g} to {values.max():.4g}"
    if answer.picture is not None:
        return "a picture of {1} x {0}".format(*answer.picture.values.shape)
    if answer.embedding is not None:
        return f"a vector of {len(answer.embedding)} numbers"
    found = answer.top or answer.detections
    words = [f"{_name(item)} {format_percent(item.score)}" for item in found[:_FEW]]
    more = len(found) - _FEW if answer.task != "classification" else 0
    return ", ".join(words) + (f" and {more} more" if more > 0 else "")


def _name(item: Label | Detection) -> str:
    return item.caption if isinstance(item, Detection) else item.label


def _top(answer: Answer) -> list[dict[str, Any]]:
    return [_label(label) for label in answer.top]


def _label(label: Label) -> dict[str, Any]:
    return {"label": label.label, "score": label.score, "index": label.index}


def _detections(answer: Answer) -> list[dict[str, Any]]:
    return [_detection(detection) for detection in answer.detections]


def _detection(found: Detection) -> dict[str, Any]:
    data: dict[str, Any] = {
        "label": found.label,
        "score": found.score,
        "box": found.box,
        "index": found.index,
    }
    if found.text is not None:
        data["text"] = found.text
    if found.polygon:
        data["polygon"] = found.polygon
    if found.mask is not None:
        data["outlines"] = outlines(found.mask)
    if found.keypoints:
        data["keypoints"] = [(point.x, point.y, point.score) for point in found.keypoints]
    return data


def _heat(answer: Answer) -> dict[str, Any] | None:
    if answer.heat is None:
        return None
    values = answer.heat.values
    figures = {"min": values.min(), "max": values.max(), "mean": values.mean()}
    return _raster(answer.heat) | {name: float(value) for name, value in figures.items()}


def _raster(raster: Raster) -> dict[str, Any]:
    return {"shape": raster.values.shape, "box": raster.box}


_Parts = dict[str, Callable[[Answer], Any]]

_OBJECTS: _Parts = {"detections": _detections}
_PARTS: dict[str, _Parts] = {
    "classification": {"top": _top},
    "detection": _OBJECTS,
    "instance-segmentation": _OBJECTS,
    "keypoints": _OBJECTS | {"skeleton": lambda answer: answer.skeleton},
    "oriented-boxes": _OBJECTS,
    "semantic-segmentation": {"top": _top},
    "saliency": {"top": _top, "heat": _heat},
    "depth": {"heat": _heat},
    "image-to-image": {"picture": lambda answer: answer.picture and _raster(answer.picture)},
    "text-detection": _OBJECTS,
    "text-recognition": {"text": lambda answer: answer.text, "top": _top},
    "embedding": {"embedding": lambda a: None if a.embedding is None else a.embedding.tolist()},
}

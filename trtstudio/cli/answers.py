"""Answers as JSON and as words."""

from typing import Any

from trtstudio.vision.tasks import Answer

_FEW = 3


def answer_json(answer: Answer) -> dict[str, Any]:
    """``top`` or ``detections``, as the task is; boxes are in the picture's own pixels."""
    if answer.task == "classification":
        return {"top": [{"label": t.label, "score": t.score, "index": t.index} for t in answer.top]}
    return {
        "detections": [
            {"label": d.label, "score": d.score, "box": d.box, "index": d.index}
            for d in answer.detections
        ]
    }


def answer_words(answer: Answer) -> str:
    """The surest few: ``tiger cat 41%, Egyptian cat 33%, tabby 18%``."""
    found = answer.top if answer.task == "classification" else answer.detections
    words = [f"{item.label} {item.score:.0%}" for item in found[:_FEW]]
    more = len(found) - _FEW if answer.task == "detection" else 0
    return ", ".join(words) + (f" and {more} more" if more > 0 else "") or "nothing found"

"""An answer in the window's language. Plain functions for any thread."""

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.picture.class_names import class_name
from trtstudio.model.quantities import format_percent
from trtstudio.vision.answer import Answer, Detection, Label

_FEW = 3


def surest_words(answer: Answer) -> str:
    """The surest few: ``tiger cat 41 %, Egyptian cat 33 %, tabby 18 %``, or what else there is to
    say; empty where nothing was found.
    """
    if answer.task == "text-recognition":
        return answer.text
    if answer.heat is not None and not answer.top:
        low, high = answer.heat.values.min(), answer.heat.values.max()
        return _tr("from {low} to {high}").format(low=f"{low:.4g}", high=f"{high:.4g}")
    if answer.picture is not None:
        height, width = answer.picture.values.shape[:2]
        return _tr("a picture of {width} x {height}").format(width=width, height=height)
    if answer.embedding is not None:
        return _tr("a vector of {count} numbers").format(count=len(answer.embedding))
    found = answer.top or answer.detections
    words = ", ".join(
        f"{_name(item, answer)} {format_percent(item.score)}" for item in found[:_FEW]
    )
    more = len(found) - _FEW if answer.task != "classification" else 0
    return _tr("{names} and {count} more").format(names=words, count=more) if more > 0 else words


def _name(item: Label | Detection, answer: Answer) -> str:
    text = item.text if isinstance(item, Detection) else ""
    return text or class_name(item.label, answer)


def _tr(text: str) -> str:
    return QCoreApplication.translate("AnswerWords", text)

"""What classes are called in the window's language, which files are not written in. Plain functions
for any thread.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from trtstudio.model.quantities import format_percent
from trtstudio.vision.labels import unnamed

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.answer import Answer, Detection

_MOST_DIGITS = 9


def class_name(label: str, answer: "Answer") -> str:
    """The name of a class in this answer; where it has none, its number."""
    if answer.has_own_words:
        own = {"face": _tr("face"), "text": _tr("text"), "foreground": _tr("foreground")}
        if label in own:
            return own[label]
    number = label.rpartition(" ")[2]
    is_number = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    is_unnamed = is_number and label == unnamed(int(number))
    return _tr("class {index}").format(index=number) if is_unnamed else label


def mark_of(found: "Detection", answer: "Answer") -> str:
    """What is written on an object: the text that was read, or its class and score."""
    return found.text or f"{class_name(found.label, answer)} {format_percent(found.score)}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ClassNames", text)

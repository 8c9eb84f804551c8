"""What classes are called in the window. Plain functions for the main thread."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from trtstudio.vision.labels import unnamed

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.answer import Detection


def class_name(label: str, index: int) -> str:
    """The name of a class; where it has none, its number in the window's language, which files are
    not written in."""
    return _tr("class {index}").format(index=index) if label == unnamed(index) else label


def mark_of(found: "Detection") -> str:
    """What is written on an object: the text that was read, or its class and score."""
    return found.text or f"{class_name(found.label, found.index)} {found.score:.2f}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ClassNames", text)

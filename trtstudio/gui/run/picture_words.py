"""What a model does with pictures, in the user's words. Plain functions for the main thread."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.picture.class_names import class_name
from trtstudio.gui.plural import counted
from trtstudio.model.quantities import format_percent

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.answer import Answer
    from trtstudio.vision.task_names import TaskName

_FEW = 2


def task_title(task: "TaskName | None") -> str:
    """What a task is called."""
    return {
        None: _tr("Output tensors only"),
        "classification": _tr("Classification"),
        "detection": _tr("Detection"),
        "instance-segmentation": _tr("Instance segmentation"),
        "keypoints": _tr("Key points"),
        "oriented-boxes": _tr("Oriented boxes"),
        "semantic-segmentation": _tr("Semantic segmentation"),
        "saliency": _tr("Saliency"),
        "depth": _tr("Depth or heat map"),
        "image-to-image": _tr("Picture to picture"),
        "text-detection": _tr("Text detection"),
        "text-recognition": _tr("Text recognition"),
        "embedding": _tr("Embedding"),
    }[task]


def resize_title(resize: str) -> str:
    """What a way of resizing is called."""
    return {
        "stretch": _tr("Stretch"),
        "center_crop": _tr("Centre crop"),
        "letterbox": _tr("Letterbox"),
        "longest_side": _tr("Longest side"),
        "height": _tr("Height, any width"),
    }[resize]


def scale_title(scale: str) -> str:
    """What a scale of numbers is called."""
    return {
        "as-is": _tr("0 to 255"),
        "zero-to-one": _tr("0 to 1"),
        "minus-one-to-one": _tr("-1 to 1"),
        "imagenet": _tr("ImageNet"),
        "own": _tr("Own mean, std"),
    }[scale]


def source_words(source: str) -> str:
    """Who says how a picture is fed."""
    return {
        "model": _tr("As the model says"),
        "guess": _tr("Guessed: check it"),
        "user": _tr("Changed by you"),
    }[source]


def answer_words(answer: "Answer | None") -> str:
    """An answer in one line: ``tiger cat 41 %, tabby 18 %`` or ``5 objects, chair 92 %``."""
    if answer is None:
        return _tr("No answer")
    if answer.gives_objects:
        count = len(answer.detections)
        if not count:
            return _tr("Nothing found")
        first = answer.detections[0]
        words = counted(count, _tr("1 object"), _tr("{count:,} objects"))
        name = class_name(first.label)
        return f"{words}: {name} {format_percent(first.score)}"
    if answer.task == "text-recognition":
        return answer.text or _tr("Nothing found")
    if answer.top:
        return ", ".join(
            f"{class_name(label.label)} {format_percent(label.score)}"
            for label in answer.top[:_FEW]
        )
    return task_title(answer.task)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PictureWords", text)

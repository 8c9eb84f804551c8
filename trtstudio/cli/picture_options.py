"""How a model takes pictures by the options of the command line, instead of what it says itself."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from trtstudio.model.errors import StudioError
from trtstudio.model.run import SessionInfo
from trtstudio.vision.heads import find_head
from trtstudio.vision.labels import read_labels
from trtstudio.vision.picture_model import PictureModel, recognize
from trtstudio.vision.preprocess_choice import choose
from trtstudio.vision.tasks import TASKS
from trtstudio.vision.usual_labels import coco_labels

NOT_FOR_PICTURES = "As far as its inputs tell, this model does not take pictures."

_SETTINGS = ("threshold", "overlap", "top", "mask_threshold", "head")


def picture_model(
    info: SessionInfo, metadata: Mapping[str, str], options: Namespace
) -> PictureModel | None:
    """The model as the options want it, None where it takes no pictures.

    Raises ``StudioError`` where options are given that it cannot follow.
    """
    model = recognize(info, metadata)
    if model is None:
        given = (options.task, options.head, options.labels, options.preprocess, options.annotate)
        if any(given):
            raise StudioError(
                NOT_FOR_PICTURES, hint="Give .npy or .npz arrays, and no options for pictures."
            )
        return None
    if options.preprocess:
        model = model.fed_by(choose(options.preprocess, model.preprocess))
    if options.task:
        model = model.with_task(None if options.task == "none" else options.task)
    if options.head:
        model = _with_heads(model, options)
    if options.labels:
        model = model.with_labels(_labels(options.labels))
    if options.annotate and model.task is None:
        raise StudioError(
            "There is nothing to draw: what this model answers is not known.",
            hint="Name it with --task, or save the output tensors with --save.",
        )
    return _with_settings(model, options)


def _labels(text: str) -> tuple[str, ...]:
    """COCO's, none, or those in a file."""
    if text in ("coco", "none"):
        return coco_labels() if text == "coco" else ()
    return read_labels(Path(text))


def _with_heads(model: PictureModel, options: Namespace) -> PictureModel:
    """In a task that has heads: where none was named, in the one that this head serves."""
    if not options.task and not _has_heads(model):
        found = find_head(model.network, options.head)
        model = model.with_task(found[1].task if found is not None else "detection")
    if _has_heads(model):
        return model
    raise StudioError(
        f"The task {options.task} has no heads.",
        hint="Leave --head out, or choose the task detection.",
    )


def _has_heads(model: PictureModel) -> bool:
    return model.task is not None and "head" in TASKS[model.task].parameters


def _with_settings(model: PictureModel, options: Namespace) -> PictureModel:
    given = {name: getattr(options, name) for name in _SETTINGS}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if options.classes:
        changes["classes"] = _class_numbers(options.classes, model.labels)
    return replace(model, settings=replace(model.settings, **changes))


def _class_numbers(words: Sequence[str], labels: Sequence[str] | None) -> frozenset[int]:
    """Classes by their numbers or names. Raises ``StudioError`` for a name that no class has."""
    names = {label.lower(): number for number, label in enumerate(labels or ())}
    numbers = [
        int(word) if word.isascii() and word.isdigit() else names.get(word.lower())
        for word in words
    ]
    missing = [word for word, number in zip(words, numbers, strict=True) if number is None]
    if missing:
        raise StudioError(
            f"No class is called {', '.join(missing)}.",
            hint="Give names as they are in the labels, or numbers from 0 on.",
        )
    return frozenset(number for number in numbers if number is not None)

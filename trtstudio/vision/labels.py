"""The names of a network's classes, from its metadata or from a file. Safe in any thread."""

import ast
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.model.files import read_file

_FORMS = "a name a line, a JSON list, or a JSON object of names by class number"


def labels_from_metadata(metadata: Mapping[str, str]) -> tuple[str, ...] | None:
    """What the key ``names`` holds, as JSON or as the Python literal that Ultralytics writes; None
    where there is no such key, or not these words, or each class is called by its number."""
    names = _literal(metadata.get("names", ""))
    numbers = tuple(str(number) for number in range(len(names or ())))
    return None if names == numbers else names


def _literal(text: str) -> tuple[str, ...] | None:
    try:
        return _named(json.loads(text))
    except (ValueError, RecursionError):
        pass
    try:
        return _named(ast.literal_eval(text))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def read_labels(path: Path) -> tuple[str, ...]:
    """The names in a file: one a line, or JSON. Raises ``StudioError`` where it holds none."""
    try:
        text = read_file(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise StudioError(
            f"The labels {path} cannot be read: {reason}.", hint=f"Give a text file with {_FORMS}."
        ) from error
    try:
        names = _named(json.loads(text))
    except (ValueError, RecursionError):
        names = _lines(text)
    if not names:
        raise StudioError(f"{path} holds no labels.", hint=f"Give a text file with {_FORMS}.")
    return names


def _lines(text: str) -> tuple[str, ...]:
    """A name on each; where all are single characters, as a reader of text has them, one may be a
    space.
    """
    lines = tuple(filter(None, text.splitlines()))
    is_alphabet = bool(text.strip()) and max(map(len, lines)) == 1
    return lines if is_alphabet else tuple(filter(None, map(str.strip, lines)))


def check_labels(labels: Sequence[str] | None, classes: int) -> None:
    """Raise ``StudioError`` where there are labels, but not one for each class."""
    if labels is not None and len(labels) != classes:
        raise StudioError(
            f"There are {len(labels)} labels, but the model tells {classes} classes apart.",
            hint="Give the labels that this model was trained with, in its own order.",
        )


def label_of(labels: Sequence[str] | None, index: int) -> str:
    """The name of a class, ``class 7`` where it has none."""
    names = labels or ()
    return names[index] if 0 <= index < len(names) else unnamed(index)


def unnamed(index: int) -> str:
    """What a class without a name is called, in files too."""
    return f"class {index}"


def _named(value: object) -> tuple[str, ...] | None:
    """Names from a list, or from a dict with the numbers from 0 on as keys."""
    if isinstance(value, dict):
        by_number = {str(key): name for key, name in value.items()}
        value = [by_number.get(str(number)) for number in range(len(by_number))]
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        return None
    return tuple(value) or None

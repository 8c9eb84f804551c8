"""Reads the one-line form of TensorRT's inspector, in which the builder logs an engine.

Safe in any thread.
"""

import json
import re
from collections.abc import Callable
from typing import Any

# Names may hold anything, so they end only at the keys that follow a name.
_NAME_END = re.compile(r", (?=(?:LayerType|Location|Dimensions|IOMode): )|$")
_TEXT_END = re.compile(r"(?=, [A-Z][\w/]*: )|(?= \})|$")
_KEY = re.compile(r"([A-Z][\w/]*): ?")
_NUMBER = re.compile(r"-?[0-9]{1,18}")
_SEPARATOR = re.compile(r",? *")
_METADATA = ", Metadata:"


def read_dump(message: str) -> dict[str, Any]:
    """The mapping that the inspector's JSON would hold.

    Raises ValueError where the text is no such dump.
    """
    if not message.startswith("Layers:"):
        raise ValueError("no inspector dump")
    dump: dict[str, Any] = {"Layers": [], "Engine Metadata": {}}
    section = "Layers"
    for line in message.split("\n")[1:]:
        text = line.strip(" \r")
        if text in ("I/O Tensors:", "Bindings:", "Engine Metadata:"):
            section = text.removesuffix(":")
        elif text and section == "Engine Metadata":
            key, _, value = text.partition(": ")
            dump[section][key] = value
        elif text:
            reader = _READERS[section]
            dump.setdefault(section, []).append(reader(text))
    return dump


def _read_layer(line: str) -> dict[str, Any] | str:
    """A layer, or its bare name where the engine says no more."""
    if not line.startswith("Name: "):
        return line
    fields, _, metadata = line.partition(_METADATA)
    return _read_fields(fields, 0)[0] | {"Metadata": metadata.strip()}


def _read_fields(text: str, at: int) -> tuple[dict[str, Any], int]:
    """``Key: value, Key: value`` up to the end of the text or of the braces around it."""
    found: dict[str, Any] = {}
    while key := _KEY.match(text, at):
        if key[1] == "Name":
            end = _end(_NAME_END, text, key.end())
            found["Name"], at = text[key.end() : end], end
        else:
            found[key[1]], at = _read_value(text, key.end())
        at = _skip(text, at)
    return found, at


def _read_value(text: str, at: int) -> tuple[Any, int]:
    if text.startswith("[ {", at):
        return _read_objects(text, at + 2)
    if text.startswith("[", at):
        end = text.index("]", at) + 1
        return [int(number) for number in _NUMBER.findall(text, at, end)], end
    if text.startswith("{", at):
        return json.JSONDecoder().raw_decode(text, at)
    end = _end(_TEXT_END, text, at)
    word = text[at:end]
    return int(word) if _NUMBER.fullmatch(word) else word, end


def _read_objects(text: str, at: int) -> tuple[list[dict[str, Any]], int]:
    """``{ Key: value }, { Key: value }]``"""
    objects: list[dict[str, Any]] = []
    while text.startswith("{", at):
        fields, at = _read_fields(text, _skip(text, at + 1))
        objects.append(fields)
        at = _skip(text, text.index("}", at) + 1)
    return objects, text.index("]", at) + 1


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.search(text, at)
    return found.start() if found else len(text)


def _skip(text: str, at: int) -> int:
    found = _SEPARATOR.match(text, at)
    return found.end() if found else at


_READERS: dict[str, Callable[[str], Any]] = {
    "Layers": _read_layer,
    "I/O Tensors": lambda text: _read_fields(text, 0)[0],
    "Bindings": str,
}

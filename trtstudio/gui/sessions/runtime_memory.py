"""Which TensorRT builds a model, what runs a file and what reads the texts that it finds, as their
user chose it last: remembered for each file between two starts. Main thread only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from trtstudio.gui import settings
from trtstudio.model.interpreters import OWN, Interpreter
from trtstudio.model.run import RuntimeChoice

MOST_FILES = 200
_BUILDERS, _RUNNERS, _READERS = "runtimes/builders", "runtimes/runners", "runtimes/readers"
_ANY = ""
"""In the place of a path: what was chosen last for whichever file."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RunWish:
    """What runs a file; ``interpreter`` is None for whichever fits it."""

    runtime: RuntimeChoice = "auto"
    interpreter: Interpreter | None = None


def remembered_builder(model: Path) -> Interpreter:
    """What built this model last, else what built any model last."""
    chosen = _read(_BUILDERS, Interpreter)
    return chosen.get(str(model), chosen.get(_ANY, OWN))


def remember_builder(model: Path, interpreter: Interpreter) -> None:
    """Keep this for the model, and for those of which nothing is known."""
    _write(_BUILDERS, _read(_BUILDERS, Interpreter), {_ANY: interpreter, str(model): interpreter})


def remembered_wish(file: Path) -> RunWish:
    """What its user wanted to run this model or plan by."""
    return _read(_RUNNERS, RunWish).get(str(file), RunWish())


def remember_wish(file: Path, wish: RunWish) -> None:
    """Keep this for the model or plan."""
    _write(_RUNNERS, _read(_RUNNERS, RunWish), {str(file): wish})


def remembered_reader(file: Path) -> Path | None:
    """The model that read the texts that this one finds; None where none did."""
    chosen = _read(_READERS, str).get(str(file), "")
    return Path(chosen) if chosen else None


def remember_reader(file: Path, reader: Path | None) -> None:
    """Keep this for the model or plan."""
    _write(_READERS, _read(_READERS, str), {str(file): str(reader or "")})


def _read(key: str, kind: type[T]) -> dict[str, T]:
    try:
        return msgspec.json.decode(settings.load_text(key, "{}"), type=dict[str, kind])  # type: ignore[valid-type]
    except msgspec.DecodeError:  # written by another version: the choice can be made again
        return {}


def _write(key: str, before: Mapping[str, T], chosen: Mapping[str, T]) -> None:
    """The newest last; the oldest are forgotten."""
    others = {path: value for path, value in before.items() if path not in chosen}
    kept = list({**others, **chosen}.items())[-MOST_FILES:]
    settings.save_text(key, msgspec.json.encode(dict(kept)).decode())

"""What the command line prints: one JSON object or tables on stdout, all else on stderr."""

import json
import math
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from trtstudio.model.build.build import Progress
from trtstudio.model.errors import StudioError

_DETAIL_LINES = 20


@dataclass(frozen=True, slots=True)
class Report:
    """What a verb found: the exit code, what ``--json`` prints, and what people read. Lists in
    ``data`` and pieces of ``text`` that are too long for the memory are iterators.
    """

    code: int
    data: dict[str, Any]
    text: str | Iterator[str]


def print_json(value: dict[str, Any]) -> None:
    """One JSON object, whose iterators become lists as they go. Paths become text, and NaN and
    infinity null, for JSON knows neither.
    """
    lines = "{"
    for key, item in value.items():
        print(f"{lines}\n  {json.dumps(key)}: ", end="")
        if isinstance(item, Iterator):
            _print_list(item)
        else:
            print(_json(item, 2), end="")
        lines = ","
    print("\n}" if value else "{}")


def print_text(text: str | Iterator[str]) -> None:
    """What people read, in lines."""
    for part in [text] if isinstance(text, str) else text:
        if part:
            print(part)


def _print_list(items: Iterator[Any]) -> None:
    begin, end = "[", "[]"
    for item in items:
        print(f"{begin}\n    {_json(item, 4)}", end="")
        begin, end = ",", "\n  ]"
    print(end, end="")


def _json(value: Any, margin: int) -> str:
    return json.dumps(plain(value), indent=2).replace("\n", "\n" + margin * " ")


def plain(value: Any) -> Any:
    """Only what JSON has."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, str | int | None) else str(value)


def say(text: str) -> None:
    """A message for people, on stderr. Where nobody can hear it, the work goes on."""
    try:
        print(_shown(text, kept="\n\t"), file=sys.stderr, flush=True)
    except OSError:
        drop(sys.stderr)


def drop(stream: TextIO) -> None:
    """Write no more to where nothing can be written: what is left in it would be tried at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def error_json(error: StudioError) -> dict[str, str]:
    """An error as it stands in JSON."""
    return {"message": error.message, "hint": error.hint, "details": error.details}


def say_error(error: StudioError) -> None:
    """What went wrong, the end of the details, and last what to do."""
    say(f"trtstudio: {error.message}")
    for line in error.details.strip().splitlines()[-_DETAIL_LINES:]:
        say(f"    {line}")
    if error.hint:
        say(f"  {error.hint}")


def table(
    rows: Sequence[Sequence[str]], *, right: Sequence[int] = (), widest: int | None = None
) -> str:
    """Aligned columns, two blanks apart; those in ``right`` are aligned to the right, and cells
    wider than ``widest`` are cut in the middle.
    """
    cells = [[_short(_shown(cell), widest) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return "\n".join(_line(row, widths, right) for row in cells)


def long_table(rows: Callable[[], Iterable[Sequence[str]]]) -> Iterator[str]:
    """The lines of the same, one after another; the rows are gone through twice."""
    widths: list[int] = []
    for row in rows():
        known = widths or [0] * len(row)
        widths = [max(_width(_shown(cell)), width) for cell, width in zip(row, known, strict=True)]
    for row in rows():
        yield _line([_shown(cell) for cell in row], widths, ())


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = (
        " " * gap + cell if position in right else cell + " " * gap
        for position, (cell, width) in enumerate(zip(row, widths, strict=True))
        for gap in (width - _width(cell),)
    )
    return "  ".join(padded).rstrip()


def _width(cell: str) -> int:
    """The columns of a terminal that it takes: two for each Chinese letter, none for an accent."""
    if cell.isascii():
        return len(cell)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in cell)
    return len(cell) + wide - sum(unicodedata.combining(letter) > 0 for letter in cell)


def _shown(text: str, kept: str = "") -> str:
    """With what would break a line, or means something to a terminal, as in Python's strings: the
    name of a file may hold it.
    """
    if text.isprintable():
        return text
    return "".join(
        letter.encode("unicode_escape").decode()
        if unicodedata.category(letter) in ("Cc", "Zl", "Zp") and letter not in kept
        else letter
        for letter in text
    )


def _short(cell: str, widest: int | None) -> str:
    """Both ends of what is too long: names differ at the end, and begin with where they belong."""
    if widest is None or len(cell) <= widest:
        return cell
    return f"{cell[: widest // 2 - 1]}…{cell[-widest // 2 :]}"


class Phases:
    """Says on stderr what is being worked on. TensorRT enters some phases again and again; each is
    said once.
    """

    def __init__(self) -> None:
        self._said: set[str] = set()

    def __call__(self, progress: Progress) -> None:
        """Take where the work stands, from any thread."""
        if progress.phase not in self._said:
            self._said.add(progress.phase)
            say(f"{progress.phase} ...")

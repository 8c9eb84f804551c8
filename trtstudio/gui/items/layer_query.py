"""What a user typed to find layers: words or expressions, in any field or in one. Safe in any
thread.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QRegularExpression

FIELDS = ("name", "type", "dtype", "shape")
"""The fields of a text, in their order; each value is a line between line breaks."""
SEPARATOR = "\x1f"
"""Stands between the fields."""

Test = Callable[[str], bool]

_TERM = re.compile(rf'(?:({"|".join(FIELDS)}):)?(?:"([^"]*)"?|(\S+))?\s*', re.IGNORECASE)
_SPECIAL = frozenset(r"\^$.|?*+()[]{}")


class BadExpression(ValueError):
    """A regular expression that is none; its text says why."""


class Term(NamedTuple):
    """One condition. ``word`` is in each text that passes ``test``, which looks closer."""

    word: str = ""
    test: Test | None = None

    def choose(self, texts: Sequence[str], positions: Sequence[int]) -> Sequence[int]:
        """Those of the positions whose texts meet it."""
        word, test = self.word, self.test
        if word:
            positions = [i for i in positions if word in texts[i]]
        return positions if test is None else [i for i in positions if test(texts[i])]


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, and the terms that must all be met; with none, everything is shown."""

    text: str = ""
    is_regex: bool = False
    terms: tuple[Term, ...] = field(default=(), compare=False)


def parse_query(text: str, is_regex: bool = False) -> Query:
    """Words, or expressions where ``is_regex``; ``field:`` before one asks in that field only, and
    quotes hold what has spaces. Raises BadExpression.

    A shape may be written ``1 x 3`` or ``1×3``. Case does not matter.
    """
    spaced = text.replace("×", "x").replace(" x ", "x")
    terms = []
    for match in _TERM.finditer(spaced):
        name, word = (match[1] or "").lower(), match[2] or match[3] or ""
        if word:
            terms.append(_expression(name, word) if is_regex else _word(name, word.lower()))
    return Query(text, is_regex, tuple(terms))


def _word(name: str, word: str) -> Term:
    if not name:
        return Term(word)
    if name == "dtype":  # else float16 would find bfloat16
        return _in_field(name, word, lambda text: f"\n{word}" in text)
    if name == "shape":  # else 24 would find 224
        word = word.strip("x")
        whole = re.compile(rf"(?<=[\nx]){re.escape(word)}(?=[\nx])")
        # Shapes are the last field: searching from there on spares cutting the text up.
        return Term(word, lambda text: bool(whole.search(text, text.rindex(SEPARATOR) + 1)))
    return _in_field(name, word, lambda text: word in text)


def _expression(name: str, source: str) -> Term:
    if _SPECIAL.isdisjoint(source):
        return _word(name, source.lower())
    # Not Python's re: that may think about one name for hours, and nothing can stop it.
    option = QRegularExpression.PatternOption
    options = option.CaseInsensitiveOption | option.MultilineOption
    expression = QRegularExpression(source, options)
    if not expression.isValid():
        words = QCoreApplication.translate("LayerQuery", "{source}: {reason} at character {place}")
        reason, place = expression.errorString(), expression.patternErrorOffset()
        raise BadExpression(words.format(source=source, reason=reason, place=place))
    expression.optimize()

    def test(text: str) -> bool:
        return expression.match(text).hasMatch()

    return _in_field(name, "", test) if name else Term(test=test)


def _in_field(name: str, word: str, test: Test) -> Term:
    number = FIELDS.index(name)
    return Term(word, lambda text: test(text.split(SEPARATOR)[number]))

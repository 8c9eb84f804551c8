"""What a user typed to find layers: words or expressions, in any field or in one. Safe in any
thread.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QRegularExpression, QStringListModel, Qt

FIELDS = ("name", "type", "dtype", "shape")
"""The fields of a layer; in the text of one, each value is a line between line breaks."""

Find = Callable[[Sequence[str]], list[int]]

_TERM = re.compile(rf'(?:({"|".join(FIELDS)}):)?(?:"([^"]*)"?|(\S+))?\s*', re.IGNORECASE)
_SPECIAL = frozenset(r"\^$.|?*+()[]{}")
_STRUCTURED = frozenset(r"\|()[]{}")
_REPEATED = frozenset("*+?")
_ANYTHING_AT_ENDS = re.compile(r"^(?:\.\*)+|(?:\.\*)+$")
_PLAIN = re.compile(r"[^\^$.?*+]+(?![?*])")


class BadExpression(ValueError):
    """A regular expression that is none; its text says why."""


class Term(NamedTuple):
    """One condition: that one of the ``fields``, by their numbers, meets it. ``find`` tells the
    positions of those texts that do.
    """

    find: Find
    fields: Sequence[int]


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
    if name == "dtype":  # else float16 would find bfloat16
        word = f"\n{word}"
    if name == "shape":  # else 24 would find 224
        word = word.strip("x")
        whole = re.compile(rf"(?<=[\nx]){re.escape(word)}(?=[\nx])")
        return Term(
            lambda texts: [i for i, text in enumerate(texts) if whole.search(text)], _numbers(name)
        )
    return Term(lambda texts: [i for i, text in enumerate(texts) if word in text], _numbers(name))


def _expression(name: str, source: str) -> Term:
    if _SPECIAL.isdisjoint(source):
        return _word(name, source.lower())
    simple = _ANYTHING_AT_ENDS.sub("", source.lower())
    if _STRUCTURED.union(_REPEATED).isdisjoint(simple):
        return _simple_expression(name, simple)
    # Not Python's re: that may think about one name for hours, and nothing can stop it.
    option = QRegularExpression.PatternOption
    options = option.CaseInsensitiveOption | option.MultilineOption
    expression = QRegularExpression(source, options)
    if not expression.isValid():
        words = QCoreApplication.translate("LayerQuery", "{source}: {reason} at character {place}")
        reason, place = expression.errorString(), expression.patternErrorOffset()
        raise BadExpression(words.format(source=source, reason=reason, place=place))
    expression.optimize()
    return Term(partial(_matches, expression, _required(source)), _numbers(name))


def _simple_expression(name: str, source: str) -> Term:
    """One of characters, dots and anchors. It has no choice that Python's re could think about for
    long; and that makes nothing of each text that matches, as Qt does, when they all do.
    """
    search = re.compile(source, re.MULTILINE).search
    return Term(lambda texts: [i for i, text in enumerate(texts) if search(text)], _numbers(name))


def _required(source: str) -> list[str]:
    """What is in each text that matches: the runs of plain characters, unless there may be
    alternatives.
    """
    return _PLAIN.findall(source.lower()) if _STRUCTURED.isdisjoint(source) else []


def _matches(
    expression: QRegularExpression, words: Sequence[str], texts: Sequence[str]
) -> list[int]:
    """Matched by a model of Qt's, all texts in one call: a call a text takes twice as long."""
    asked: Sequence[int] = range(len(texts))
    for word in words:
        asked = [i for i in asked if word in texts[i]]
    rows, role = QStringListModel([texts[i] for i in asked]), Qt.ItemDataRole.DisplayRole
    flag = Qt.MatchFlag.MatchRegularExpression
    return [asked[found.row()] for found in rows.match(rows.index(0), role, expression, -1, flag)]


def _numbers(name: str) -> Sequence[int]:
    return (FIELDS.index(name),) if name else range(len(FIELDS))

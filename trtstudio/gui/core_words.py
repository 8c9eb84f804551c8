"""What the core says, in the language of the window. Any thread, once ``use`` has been called.

The core speaks English and knows no translation. Its sentences are recognised here by the templates
that ``packaging/translate.py`` collects from its sources; whatever is not among them, such as the
words of TensorRT, stays as it is.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from trtstudio.gui.core_template import Template, bare
from trtstudio.model.errors import StudioError

CONTEXT = "Core"
MOST_CHARACTERS = 4000
"""Longer texts are somebody else's, and stay as they are."""

_SENTENCE_END = re.compile(r"(?<=[.?])\s+(?=\S)")
_LISTS = ((", ", "、"), (" or ", " 或 "))
_Error = TypeVar("_Error", bound=StudioError)
_path: Path | None = None


def use(catalogue: Path | None) -> None:
    """Speak by this ``.ts`` file from now on; None is English."""
    global _path
    _path = catalogue


def core_text(english: str) -> str:
    """What the core says, translated as far as it is known. What is not from the core, or is
    translated already, stays as it is.
    """
    return english if _path is None or not english else _catalogue(_path).translate(english)


def core_error(error: _Error) -> _Error:
    """The error with its message and its hint translated, the same one where nothing is; the
    details stay as they are.
    """
    message, hint = core_text(error.message), core_text(error.hint)
    if (message, hint) == (error.message, error.hint):
        return error
    told = type(error).__new__(type(error), *error.args)
    told.__dict__.update(error.__dict__, message=message, hint=hint)
    return told


class Catalogue:
    """The templates of the core, found by a word that few of them have."""

    def __init__(self, messages: Iterable[tuple[str, str]]) -> None:
        templates = [Template.read(*message) for message in messages]
        self._exact = {t.literals[0]: t.fill({}, {}) for t in templates if not t.places}
        templates = [t for t in templates if t.places]
        counts = Counter(word for template in templates for word in set(template.words()))
        self._by_word: dict[str, list[Template]] = {}
        for template in templates:
            rarest = min(template.words(), key=lambda word: (counts[word], -len(word)))
            self._by_word.setdefault(rarest, []).append(template)
        self.translate = lru_cache(1000)(self._translate)

    def candidates(self, text: str) -> list[Template]:
        """The templates that may match, those that say most first."""
        words = dict.fromkeys(text.split())
        found = [t for word in words for t in self._by_word.get(word, ())]
        return sorted(found, key=lambda t: -t.weight)

    def _translate(self, text: str) -> str:
        if len(text) > MOST_CHARACTERS:
            return text
        return self._known(text) or self._sentences(text) or text

    def _known(self, text: str, *, firmly: bool = False) -> str | None:
        """What the core says, with its full stop or without; None where that is not known, or not
        ``firmly``.
        """
        said = bare(text)
        found = self._exact.get(said) or self._joined(said) or self._filled(said, firmly=firmly)
        return found and found + "。" * (len(text) - len(said))

    def _joined(self, text: str) -> str | None:
        """What the core put together of what it says elsewhere: several sentences, ``problem:
        reason``, or a list.
        """
        if said := self._all_known(_SENTENCE_END.split(text)):
            return "".join(said)
        head, _, reason = text.rpartition(": ")
        if said := self._all_known([head, reason]):
            return "：".join(said)
        if said := self._all_known(text.split("; ")):
            return "；".join(said)
        for mark, ours in _LISTS:
            if mark in text and all(part in self._exact for part in text.split(mark)):
                return ours.join(map(self._exact.__getitem__, text.split(mark)))
        return None

    def _all_known(self, parts: list[str]) -> list[str]:
        """Several texts translated, or nothing where one is not known."""
        said: list[str] = []
        for part in parts if len(parts) > 1 else ():
            if not part or (known := self._known(part, firmly=True)) is None:
                return []
            said.append(known)
        return said

    def _filled(self, text: str, *, firmly: bool) -> str | None:
        for template in self.candidates(text):
            values = template.match(text)
            if values is None or (firmly and not template.is_firm):
                continue
            translated = {n: t for n, v in values.items() if (t := self._value(n, v)) is not None}
            unknown = {n: v for n, v in values.items() if n not in translated}
            if not template.is_chance(unknown):
                return template.fill(values, translated)
        return None

    def _value(self, name: str, value: str) -> str | None:
        """What is filled in, where the core says that too. A single word may be the name of a
        tensor, unless it is ``what`` there is one of.
        """
        if " " not in value.strip() and name != "what":
            return None
        if known := self._known(value):
            return known
        head, _, reason = value.rpartition(": ")
        known = self._known(reason) if head else None
        return known and f"{head}：{known}"

    def _sentences(self, text: str) -> str | None:
        """Several sentences, each as far as it is known."""
        for end in _SENTENCE_END.finditer(text):
            first, rest = text[: end.start()], text[end.end() :]
            known, others = self._known(first), self._known(rest) or self._sentences(rest)
            if known or others:
                # Chinese sentences follow each other without a blank.
                blank = end[0].strip(" ") if known else end[0]
                return (known or first) + blank + (others or rest)
        return None


@lru_cache(2)
def _catalogue(path: Path) -> Catalogue:
    return Catalogue(read_messages(path))


def read_messages(path: Path) -> Iterator[tuple[str, str]]:
    """The templates of the core in a ``.ts`` file that have a translation."""
    for context in ET.parse(path).getroot().iterfind("context"):
        if context.findtext("name") == CONTEXT:
            for message in context.iterfind("message"):
                if translation := message.findtext("translation"):
                    yield message.findtext("source", ""), translation

"""What the core says, in the language of the window. Any thread, once ``use`` has been called.

The core speaks English and knows no translation. Its sentences are recognised here by the templates
that ``packaging/translate.py`` collects from its sources; whatever is not among them, such as the
words of TensorRT, stays as it is.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import TypeVar

from trtstudio.model.errors import StudioError

CONTEXT = "Core"
MOST_SENTENCES, MOST_CHARACTERS = 12, 4000
"""Longer texts are somebody else's, and stay as they are."""
_SENTENCE_END = re.compile(r"(?<=[.?])\s+(?=\S)")
_LISTS = (("; ", "；"), (", ", "、"), (" or ", " 或 "))
_Error = TypeVar("_Error", bound=StudioError)


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
    """The error with its message and its hint translated; the details stay as they are."""
    told = type(error).__new__(type(error), *error.args)
    told.__dict__.update(error.__dict__)
    told.message, told.hint = core_text(error.message), core_text(error.hint)
    return told


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence of the core with places for what is filled in: ``literals`` are what stands
    around the places called ``names``.
    """

    literals: tuple[str, ...]
    names: tuple[str, ...]
    translation: str

    @classmethod
    def read(cls, source: str, translation: str) -> "Template":
        """From a message of the catalogue."""
        literals, names = [""], []
        for literal, name, *_ in Formatter().parse(_bare(source)):
            literals[-1] += literal
            if name is not None:
                names.append(name)
                literals.append("")
        return cls(tuple(literals), tuple(names), _bare(translation))

    @property
    def weight(self) -> int:
        """How much it says by itself: of two that match, the heavier one is meant."""
        return sum(map(len, self.literals))

    def words(self) -> list[str]:
        """The whole words without which no text can match."""
        return [word for word in "\0".join(self.literals).split() if "\0" not in word]

    def match(self, text: str) -> dict[str, str] | None:
        """What is filled in, or None where the text is another one. Linear in the text's length:
        each literal is looked for once, from the end of the one before.
        """
        first, *between = self.literals
        if not between:
            return {} if text == first else None
        last = between.pop()
        end = len(text) - len(last)
        if not text.startswith(first) or not text.endswith(last) or end < len(first):
            return None
        values, begin = [], len(first)
        for literal in between:
            found = text.find(literal, begin, end)
            if found < 0:
                return None
            values.append(text[begin:found])
            begin = found + len(literal)
        values.append(text[begin:end])
        filled = dict(zip(self.names, values, strict=True))
        agrees = all(filled[n] == v for n, v in zip(self.names, values, strict=True))
        return filled if agrees else None


class Catalogue:
    """The templates of the core, found by a word that few of them have."""

    def __init__(self, messages: Iterable[tuple[str, str]]) -> None:
        self._exact: dict[str, str] = {}
        templates = []
        for source, translation in messages:
            template = Template.read(source, translation)
            if template.names:
                templates.append(template)
            else:
                self._exact[template.literals[0]] = template.translation.format()
        counts = Counter(word for template in templates for word in set(template.words()))
        self._by_word: dict[str, list[Template]] = {}
        for template in sorted(templates, key=lambda t: -t.weight):
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

    def _known(self, text: str) -> str | None:
        """One sentence or phrase of the core, with its full stop or without."""
        bare = _bare(text)
        found = self._exact.get(bare) or self._filled(bare) or self._joined(bare)
        return found and found + "。" * (len(text) - len(bare))

    def _filled(self, text: str) -> str | None:
        for template in self.candidates(text):
            values = template.match(text)
            if values is not None:
                said = {name: self._value(name, value) for name, value in values.items()}
                return template.translation.format_map(said)
        return None

    def _value(self, name: str, value: str) -> str:
        """What is filled in, translated where the core says that too. A single word may be the
        name of a tensor, unless it is ``what`` there is one of.
        """
        is_name = " " not in value.strip() and name != "what"
        return value if is_name else self._known(value) or value

    def _joined(self, text: str) -> str | None:
        """What the core put together: ``problem: reason``, or a list of its phrases."""
        head, colon, tail = text.rpartition(": ")
        if colon and (reason := self._known(tail)):
            return f"{self._known(head) or head}：{reason}"
        for mark, ours in _LISTS:
            if mark in text and (said := self._all_known(text.split(mark))):
                return ours.join(said)
        return None

    def _all_known(self, parts: list[str]) -> list[str]:
        """All of them translated, or nothing."""
        said = []
        for part in parts:
            if (known := self._known(part)) is None:
                return []
            said.append(known)
        return said

    def _sentences(self, text: str) -> str | None:
        """Several sentences, each as far as it is known; a value may hold full stops of its own,
        so as much as possible is taken for one.
        """
        ends = [m.span() for m in _SENTENCE_END.finditer(text)][:MOST_SENTENCES]
        for end, begin in reversed(ends):
            if (first := self._known(text[:end])) is not None:
                # Chinese sentences follow each other without a blank.
                return first + text[end:begin].strip(" ") + self._translate(text[begin:])
        begin = ends[0][1] if ends else len(text)
        rest = self._known(text[begin:]) or self._sentences(text[begin:]) if ends else None
        return rest and text[:begin] + rest


_path: Path | None = None


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


def _bare(text: str) -> str:
    """Without its full stop, which the core adds to some phrases and takes from others."""
    return text[:-1] if text.endswith((".", "。")) and not text.endswith("..") else text

"""What the core says, in the language of its user. Any thread, once ``use`` has been called.

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

from trtstudio.model.core_template import Template, bare
from trtstudio.model.errors import StudioError
from trtstudio.model.language import ENGLISH, Language

CONTEXT = "Core"
MOST_CHARACTERS, MOST_SENTENCES = 2000, 12
"""Longer texts are somebody else's, and stay as they are."""

DEEPEST = 4
"""The core puts no more of its texts into each other, so more is not looked for."""

_SENTENCE_END = re.compile(r"(?<=[.?])\s+(?=\S)")
_Error = TypeVar("_Error", bound=StudioError)
_path: Path | None = None


def use(catalogue: Path | None) -> None:
    """Speak by this ``.ts`` file from now on; None is English."""
    global _path
    _path = catalogue


def language() -> Language:
    """What is spoken, for files that are written in it."""
    if _path is None:
        return ENGLISH
    return Language(_path.stem.partition("_")[2].replace("_", "-"), core_text)


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
    told.__dict__.update(error.__dict__, message=message, hint=hint, in_english=error)
    return told


def in_english(error: StudioError) -> StudioError:
    """The error as the core said it, to be kept: whoever reads it may speak another language."""
    said: StudioError = getattr(error, "in_english", error)
    return said


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
        self.known = lru_cache(2000)(self._known)

    def candidates(self, text: str) -> list[Template]:
        """The templates that may match, those that say most first."""
        words = dict.fromkeys(text.split())
        found = [t for word in words for t in self._by_word.get(word, ())]
        return sorted(found, key=lambda t: -t.weight)

    def _translate(self, text: str) -> str:
        if len(text) > MOST_CHARACTERS:
            return text
        return self.known(text, 0, False) or self._sentences(text) or text

    def _known(self, text: str, depth: int, firmly: bool) -> str | None:
        """What the core says, with its full stop or without; None where that is not known, or not
        ``firmly``. ``depth`` is how often it was taken apart already.
        """
        said = bare(text)
        found = self._exact.get(said)
        if found is None and depth < DEEPEST:
            found = self._joined(said, depth + 1) or self._filled(said, depth + 1, firmly)
        return found and found + "。" * (len(text) - len(said))

    def _joined(self, text: str, depth: int) -> str | None:
        """What the core put together of what it says elsewhere: several sentences, ``problem:
        reason``, or a list.
        """
        head, _, reason = text.rpartition(": ")
        for ours, parts in (
            ("", _SENTENCE_END.split(text)),
            ("：", [head, reason]),
            ("；", text.split("; ")),
            ("、", text.split(", ")),
            (" 或 ", text.split(" or ")),
        ):
            if said := self._all_known(parts, depth):
                return ours.join(said)
        return None

    def _all_known(self, parts: list[str], depth: int) -> list[str]:
        """Several texts translated, or nothing where one is not known."""
        said: list[str] = []
        for part in parts if len(parts) > 1 else ():
            if not part or (known := self.known(part, depth, True)) is None:
                return []
            said.append(known)
        return said

    def _filled(self, text: str, depth: int, firmly: bool) -> str | None:
        for template in self.candidates(text):
            values = template.match(text)
            if values is None or (firmly and not template.is_firm):
                continue
            said = {name: self._value(name, value, depth) for name, value in values.items()}
            translated = {name: ours for name, ours in said.items() if ours is not None}
            unknown = {n: value for n, value in values.items() if n not in translated}
            if not template.is_chance(unknown):
                return template.fill(values, translated)
        return None

    def _value(self, name: str, value: str, depth: int) -> str | None:
        """What is filled in, where the core says that too. A single word may be the name of a
        tensor, unless it is ``what`` there is one of.
        """
        if " " not in value.strip() and name != "what":
            return None
        if known := self.known(value, depth, False):
            return known
        head, _, reason = value.rpartition(": ")
        known = self.known(reason, depth, False) if head else None
        return known and f"{head}：{known}"

    def _sentences(self, text: str) -> str | None:
        """Several sentences, each as far as it is known, and as much as possible taken for one:
        names of files hold full stops.
        """
        ends = [end.span() for end in _SENTENCE_END.finditer(text)]
        if not 0 < len(ends) < MOST_SENTENCES:
            return None
        ends.append((len(text), len(text)))
        said, begin = "", 0
        while begin < len(text):
            later = [end for end in ends if end[0] > begin]
            tried = ((*end, self.known(text[begin : end[0]], 0, False)) for end in reversed(later))
            end, after, known = next((t for t in tried if t[2]), (*later[0], None))
            # Chinese sentences follow each other without a blank.
            said += known + text[end:after].strip(" ") if known else text[begin:after]
            begin = after
        return said


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

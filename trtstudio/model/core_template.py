"""A sentence of the core with places for what is filled in, its translation, and the words that it
is found by. Any thread.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

WEAK = 20
"""A template of fewer letters may match by chance."""

_NUMBER = re.compile(r"[-+\d.,%eA-F]+|inf|nan")
_PROSE = re.compile(r"(?:\b[a-z]{2,} ){2}[a-z]{2,}\b")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is filled in."""

    name: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """``literals`` are what stands around the ``places``; ``translation`` holds the names of the
    places between literals of its own.
    """

    literals: tuple[str, ...]
    places: tuple[Place, ...]
    translation: tuple[str | Place, ...]

    @classmethod
    def read(cls, source: str, translation: str) -> "Template":
        """From a message of the catalogue. Both are taken without their full stops, which the core
        adds to some phrases and takes from others.
        """
        literals, places = [""], []
        for part in _parts(bare(source)):
            if isinstance(part, str):
                literals[-1] += part
            else:
                places.append(part)
                literals.append("")
        return cls(tuple(literals), tuple(places), tuple(_parts(bare(translation))))

    @property
    def weight(self) -> int:
        """How much it says by itself: of two that match, the heavier one is meant."""
        return sum(map(len, self.literals))

    @property
    def is_firm(self) -> bool:
        """Whether it hardly matches what is meant otherwise: it says much, or takes but numbers."""
        return self.weight >= WEAK or all(place.is_number for place in self.places)

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
        filled = dict(zip((place.name for place in self.places), values, strict=True))
        fits = all(
            filled[place.name] == value and (not place.is_number or _NUMBER.fullmatch(value))
            for place, value in zip(self.places, values, strict=True)
        )
        return filled if fits else None

    def is_chance(self, values: Mapping[str, str]) -> bool:
        """Whether these values are rather the prose of another sentence."""
        return not self.is_firm and any(map(_PROSE.search, values.values()))

    def fill(self, values: Mapping[str, str], translated: Mapping[str, str]) -> str:
        """The translation with these values, some of them ``translated``. Those stand among Chinese
        as one writes: with a blank beside letters and digits, and none beside Chinese.
        """
        text, is_ours = "", False
        for part in self.translation:
            if isinstance(part, Place):
                was_ours, is_ours = is_ours, part.name in translated
                said = translated.get(part.name, values[part.name])
                text = _beside(text, said) if is_ours or was_ours else text + said
            else:
                text, is_ours = _beside(text, part) if is_ours else text + part, False
        return text


def bare(text: str) -> str:
    """Without its full stop."""
    return text[:-1] if text.endswith((".", "。")) and not text.endswith("..") else text


def _parts(template: str) -> list[str | Place]:
    parts: list[str | Place] = []
    for literal, name, kind, _ in Formatter().parse(template):
        parts += [literal] if literal else []
        parts += [Place(name, kind == "n")] if name is not None else []
    return parts


def _beside(left: str, right: str) -> str:
    """Joined as Chinese with Latin letters is written."""
    if not left.strip() or not right.strip():
        return left + right
    before, after = left.rstrip(" ")[-1], right.lstrip(" ")[0]
    chinese = [_CHINESE.match(c) is not None for c in (before, after)]
    if all(chinese):
        return left.rstrip(" ") + right.lstrip(" ")
    needs_blank = any(chinese) and (before + after).isalnum() and left[-1] != " " != right[0]
    return left + " " * needs_blank + right

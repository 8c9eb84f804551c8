"""The language that files for people are written in. Plain data; any thread."""

from collections.abc import Callable
from dataclasses import dataclass

Words = Callable[[str], str]
"""Gives what the core says in some language: a sentence with what is filled in, or with
``{placeholders}`` for it.
"""


@dataclass(frozen=True, slots=True)
class Language:
    """``code`` is its name in HTML."""

    code: str
    words: Words


ENGLISH = Language("en", str)

"""Something to tell the user. Plain data, any thread."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened and what to do about it, told without taking the page away."""

    level: Literal["info", "warning", "error"]
    message: str
    hint: str = ""
    details: str = ""

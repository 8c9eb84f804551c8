"""Something that an expert would point at in a model. Plain data."""

from collections.abc import Sized
from dataclasses import dataclass
from typing import Literal

from trtstudio.model.graph import View

Severity = Literal["error", "warning", "info"]
"""It cannot work; it costs something or may surprise; it is worth knowing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, ``why`` it matters in one sentence, and where: the positions of layers and
    tensors in the reading ``view``.
    """

    severity: Severity
    title: str
    why: str
    layers: tuple[int, ...] = ()
    tensors: tuple[int, ...] = ()
    view: View = "onnx"


def how_many(things: Sized, one: str) -> str:
    """``1 node``, ``1,234 nodes``."""
    return f"{len(things):,} {one}{'' if len(things) == 1 else 's'}"

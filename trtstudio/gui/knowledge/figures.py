"""Figures of a graph's layers, laid over its rows and its drawing. Plain data, any thread."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

FigureName = Literal["time", "flops", "parameters", "activations"]


@dataclass(frozen=True, eq=False)
class Figures:
    """A figure of each layer: ``value`` tells it by a layer's position, None where there is none;
    ``greatest`` is that of all; ``write`` says one with its unit. Of the layers in ``at_most`` it
    is only known that theirs is no greater. ``inside`` makes those of a subgraph: of that layer, by
    the number of the subgraph, then a position in it and a number again for each step further in.
    """

    title: str
    value: Callable[[int], float | None]
    greatest: float
    write: Callable[[float], str]
    at_most: frozenset[int] = frozenset()
    inside: "Callable[[int, tuple[int, ...]], Figures] | None" = None

    @cached_property
    def _bodies(self) -> "dict[tuple[int, tuple[int, ...]], Figures | None]":
        return {}

    def body(self, layer: int, path: tuple[int, ...]) -> "Figures | None":
        """Those of a subgraph, see ``inside``; None where there are none."""
        key = layer, path
        if key not in self._bodies:
            self._bodies[key] = self.inside(layer, path) if self.inside is not None else None
        return self._bodies[key]

    def text(self, layer: int) -> str:
        """``1.25 ms``, ``≤ 1.25 ms``, or nothing for a layer that has none."""
        value = self.value(layer)
        if value is None:
            return ""
        return f"≤ {self.write(value)}" if layer in self.at_most else self.write(value)

    def part(self, layer: int) -> float | None:
        """The figure of a layer as a part, between 0 and 1, of the greatest."""
        value = self.value(layer)
        return None if value is None or self.greatest <= 0 else value / self.greatest

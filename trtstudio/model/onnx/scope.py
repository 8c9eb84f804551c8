"""The tensors of an ONNX graph by name, while it is read. Belongs to one thread at a time."""

from collections.abc import Iterable

from trtstudio.model.graph import Dim, Role, Tensor, WeightPlace
from trtstudio.model.onnx.wire import text

Info = tuple[str, tuple[Dim, ...] | None]
"""A dtype and a shape."""


class Scope:
    """What is known of each tensor of one graph, its position in the order first met, and where
    its values are. A name that is not known here may be one of the graph around it.
    """

    def __init__(self, outer: "Scope | None" = None) -> None:
        self.depth: int = outer.depth + 1 if outer else 0
        self._outer = outer
        self._known: dict[str, Tensor] = {}
        self._places: dict[str, WeightPlace] = {}
        self._positions: dict[str, int] = {}

    def learn(self, name: str, info: Info, role: Role) -> None:
        """Say what a tensor is; the last word holds, but a weight stays one."""
        if name not in self._places:
            self._known[name] = Tensor(name, *info, role)

    def learn_weight(self, name: str, info: Info, place: WeightPlace) -> None:
        """Say what a weight is and where its values are; it counts even if nobody asks for it."""
        self._known[name] = Tensor(name, *info, "weight")
        self._places[name] = place
        self.position(name)

    def learn_constant(self, name: str, info: Info, place: WeightPlace) -> None:
        """Say where the values of a node's output are, and what it is where nothing else did."""
        if name not in self._known:
            self.learn(name, info, "internal")
        self._places[name] = place

    def is_weight(self, name: str) -> bool:
        """Whether it was learnt as one."""
        return name in self._places

    def position(self, name: str) -> int:
        """The position of a tensor among all that are asked for."""
        return self._positions.setdefault(name, len(self._positions))

    def positions(self, names: Iterable[str | bytes]) -> tuple[int | None, ...]:
        """The same for many; None for one without a name."""
        at = self._positions
        return tuple([at.setdefault(text(name), len(at)) if name else None for name in names])

    def tensors(self) -> tuple[list[Tensor], dict[int, WeightPlace]]:
        """All that were asked for, by position, and where the values of some are."""
        at = self._positions
        tensors = [self._known.get(name) or self._from_outer(name) for name in at]
        return tensors, {at[name]: place for name, place in self._places.items() if name in at}

    def _from_outer(self, name: str) -> Tensor:
        """The tensor as the graph around this one knows it; its values are where they are there."""
        if self._outer is None:
            return Tensor(name)
        found = self._outer._known.get(name) or self._outer._from_outer(name)
        if name in self._outer._places:
            self._places[name] = self._outer._places[name]
        role: Role = "weight" if found.role == "weight" else "internal"
        return Tensor(name, found.dtype, found.shape, role)

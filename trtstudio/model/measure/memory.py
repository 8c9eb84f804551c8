"""What running a model takes of a device's memory, item by item, before it is run. Plain data; any
thread.
"""

from dataclasses import dataclass, field
from typing import Literal

from trtstudio.model.build.build import Shape
from trtstudio.model.run import LoadRequest

ItemKind = Literal["weights", "activations", "inputs", "outputs", "scratch"]
Certainty = Literal["exact", "at_least", "at_most"]


@dataclass(frozen=True, slots=True)
class MemoryRequest:
    """What would this model or plan take, loaded so, with this many contexts? Inputs that
    ``shapes`` does not name have the largest shapes of the profile, or the model's usual ones.
    Answered by a ``MemoryLedger``.
    """

    load: LoadRequest
    shapes: dict[str, Shape] = field(default_factory=dict)
    contexts: int = 1


@dataclass(frozen=True, slots=True)
class MemoryItem:
    """``bytes_each`` of the device, ``count`` times. ``source`` says in words who knows it, and
    ``certainty`` how well.
    """

    kind: ItemKind
    bytes_each: int
    count: int = 1
    certainty: Certainty = "exact"
    source: str = ""

    @property
    def total_bytes(self) -> int:
        """All of them."""
        return self.bytes_each * self.count


@dataclass(frozen=True, slots=True)
class ProfileMemory:
    """The activations of one context of an engine that may use any shape of this optimization
    profile, in bytes.
    """

    profile: int
    activation_bytes: int


@dataclass(frozen=True, slots=True)
class MemoryLedger:
    """What is taken, and what there is. ``items`` are on the device; ``host_bytes`` is the
    page-locked memory beside them.

    ``streamable_bytes`` of the weights need not be on the GPU; ``streaming_bytes`` of them are,
    None where nothing is streamed. ``profiles`` compares what all optimization profiles take.
    """

    runtime: str
    device: str
    items: tuple[MemoryItem, ...]
    free_bytes: int
    device_bytes: int
    host_bytes: int = 0
    profiles: tuple[ProfileMemory, ...] = ()
    streamable_bytes: int = 0
    streaming_bytes: int | None = None
    shapes: dict[str, Shape] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def total_bytes(self) -> int:
        """Everything on the device."""
        return sum(item.total_bytes for item in self.items)

    @property
    def fits(self) -> bool:
        """Whether it fits into what is free; also where nobody knows what is free."""
        return not self.free_bytes or self.total_bytes <= self.free_bytes

"""What is known of a network that looks at pictures, and one inference of it. Immutable, so safe in
any thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trtstudio.model.graph import Dim, Tensor
from trtstudio.model.run import Array
from trtstudio.vision.placement import Placement, Size
from trtstudio.vision.settings import Settings


@dataclass(frozen=True, slots=True)
class Network:
    """``size`` of its input in pixels, its outputs, and what its author wrote into it.

    ``labels`` are the names of its classes as its metadata tell.
    """

    size: Size
    outputs: tuple[Tensor, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] | None = None

    @property
    def shapes(self) -> tuple[tuple[Dim, ...], ...]:
        """Of all outputs; an unknown one is empty."""
        return tuple(tensor.shape or () for tensor in self.outputs)

    def with_outputs(self, outputs: Mapping[str, Array]) -> "Network":
        """The same network with the shapes that its outputs really have."""
        tensors = tuple(Tensor(name, a.dtype.name, a.shape) for name, a in outputs.items())
        return Network(self.size, tensors, self.metadata, self.labels)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One picture's outputs, where it lay in the tensor, and how its user wants them read.

    ``network`` has the shapes of ``arrays``, in the same order. ``labels`` are those of the user,
    or else of the metadata; guessed ones are left out where their number is wrong. ``color`` is the
    order of channels that the network takes.
    """

    network: Network
    arrays: tuple[Array, ...]
    placement: Placement
    settings: Settings
    labels: tuple[str, ...] | None = None
    color: str = "RGB"
    has_guessed_labels: bool = False


def is_known(dim: Dim) -> bool:
    """Whether a dimension is a number that is known before run time."""
    return isinstance(dim, int) and dim >= 0


def is_size(dim: Dim, size: int) -> bool:
    """Whether a dimension is ``size``, or may be, because it is only known at run time."""
    return dim == size or isinstance(dim, str) or dim < 0

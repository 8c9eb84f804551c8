"""What a process that prepares pictures is asked for, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from trtstudio.host.messages import Failure
from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array
from trtstudio.vision.batch.preparing import Preparation, Prepared


@dataclass(frozen=True, slots=True)
class PrepareRequest:
    """Picture files, by the bytes of their names, and what to make of them. A video that is open is
    closed.
    """

    paths: tuple[bytes, ...]
    preparation: Preparation


@dataclass(frozen=True, slots=True)
class FramesRequest:
    """The next frames of a video, by the bytes of its name, from ``first`` on; none at its end. Who
    asks for those after it is answered at once: they are prepared meanwhile.
    """

    path: bytes
    first: int
    preparation: Preparation


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPictures:
    """What became of each file or frame: what is ``found``, or a failure; and why there are no more
    frames, where there should be. Where all tensors of a network are of one shape, they are one
    array in ``batches``, a network each, which is quicker to hand over.
    """

    found: tuple[Prepared | None, ...]
    failures: tuple[Failure | None, ...]
    batches: tuple[Array, ...] = ()
    end: Failure | None = None

    @property
    def arrays(self) -> list[Array]:
        """All that there are."""
        own = [array for p in self.found if p is not None for array in (p.pixels, *p.tensors)]
        return [*own, *self.batches]

    @classmethod
    def of(
        cls, found: Sequence[Prepared | StudioError], end: StudioError | None = None
    ) -> "PreparedPictures":
        """To be sent."""
        last = None if end is None else Failure.of(0, end)
        failures = tuple(Failure.of(0, e) if isinstance(e, StudioError) else None for e in found)
        prepared = tuple(None if isinstance(each, StudioError) else each for each in found)
        columns = [*zip(*(each.tensors for each in prepared if each is not None), strict=True)]
        if any(len({tensor.shape for tensor in column}) > 1 for column in columns):
            return cls(prepared, failures, end=last)
        bare = tuple(None if each is None else replace(each, tensors=()) for each in prepared)
        return cls(bare, failures, tuple(np.concatenate(column) for column in columns), last)

    def unpacked(self) -> list[Prepared | StudioError]:
        """As it was; pixels are copied, since they may be kept for long."""
        found: list[Prepared | StudioError] = []
        number = 0
        for prepared, failure in zip(self.found, self.failures, strict=True):
            if failure is not None:
                found.append(failure.error())
            elif prepared is not None:
                own = tuple(batch[number : number + 1] for batch in self.batches)
                pixels = prepared.pixels.copy()
                found.append(replace(prepared, pixels=pixels, tensors=own or prepared.tensors))
                number += 1
        return found

"""A model that is ready to run, whatever runs it. A session belongs to the thread that opened it:
only that thread may use it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from trtstudio.model.build.build import Progress, Shape
from trtstudio.model.measure.loop import Loop
from trtstudio.model.run import Array, RunResult, SessionInfo, Timing

OnProgress = Callable[[Progress], None]


class InFlight(Protocol):
    """Something that has one inference under way at most, in the stream ``number``. Several of them
    have several.
    """

    number: int

    def enqueue(self, *, transfers: bool) -> None:
        """Begin one inference of what is bound; returns at once where the device allows that."""

    def finish(self) -> None:
        """Wait for the inference that was begun."""

    def timing(self) -> Timing:
        """The times of the one that was finished last, even while the next is under way."""

    def wait(self) -> Timing:
        """Both."""
        self.finish()
        return self.timing()

    def capture(self) -> str:
        """From now on begin inferences by a CUDA graph; why not in words, or nothing."""

    def release_graph(self) -> None:
        """From now on begin them without it again."""
        return


class Session(Protocol):
    """A loaded model. ``run`` is ``bind``, ``step`` and ``outputs`` in one; a benchmark has
    ``flights`` instead, which it lets begin again and again.
    """

    info: SessionInfo

    def values_for(self, _shapes: Mapping[str, Shape]) -> Mapping[str, Array]:
        """Inputs whose values decide about shapes, with values that are known to be good where the
        inputs have these shapes.
        """
        return {}

    @property
    def shape_values(self) -> Mapping[str, Array]:
        """Those for the shapes that the model is best run with."""
        return self.values_for(self.info.shapes)

    @property
    def bus_id(self) -> bytes:
        """The place on the PCI bus of the GPU that computes; empty where none does."""
        return b""

    def bind(self, inputs: Mapping[str, Array]) -> None:
        """Check these inputs and take them for the steps that follow, until when they must not
        change; raises StudioError for any that is wrong.
        """

    def step(self) -> Timing:
        """One inference of what is bound, including the copies to and from the device."""

    def outputs(self) -> dict[str, Array]:
        """What the last step computed, by name, in arrays of the caller's own."""

    def close(self) -> None:
        """Free everything; harmless when repeated."""

    def run(self, inputs: Mapping[str, Array]) -> RunResult:
        """One inference of these inputs."""
        self.bind(inputs)
        timing = self.step()
        return RunResult(self.outputs(), timing)

    def possible(self, loop: Loop) -> Loop:
        """The loop that comes nearest to this one of those that this session can do."""
        return loop

    @contextmanager
    def flights(self, _loop: Loop, inputs: Mapping[str, Array]) -> Iterator[Sequence[InFlight]]:
        """What a possible loop lets begin in turns, with these inputs bound to each."""
        self.bind(inputs)
        yield [StepFlight(self)]

    def release(self) -> None:
        """Free what only ``flights`` needed and kept for the next time."""
        return


class StepFlight(InFlight):
    """The flight of a session that only works step by step."""

    number = 0

    def __init__(self, session: Session) -> None:
        self._session = session
        self._timing = Timing(0.0)

    def enqueue(self, *, transfers: bool) -> None:
        """Nothing: ``finish`` does it all."""

    def finish(self) -> None:
        """One inference."""
        self._timing = self._session.step()

    def timing(self) -> Timing:
        """Of that."""
        return self._timing

    def capture(self) -> str:
        """Not here."""
        return "Without a CUDA graph: this runtime has none."

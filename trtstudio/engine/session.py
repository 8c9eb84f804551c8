"""A model that is ready to run, whatever runs it. A session belongs to the thread that opened it:
only that thread may use it.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from trtstudio.model.build import Progress
from trtstudio.model.run import Array, RunResult, SessionInfo, Timing

OnProgress = Callable[[Progress], None]


class Session(Protocol):
    """A loaded model. ``run`` is ``bind``, ``step`` and ``outputs`` in one; a benchmark binds once
    and steps often.
    """

    info: SessionInfo

    @property
    def shape_values(self) -> Mapping[str, Array]:
        """Inputs whose values decide about shapes, with values that are known to be good."""
        return {}

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

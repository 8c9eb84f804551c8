"""A benchmark on several GPUs at once as the window sees it while it runs and afterwards. Main
thread only.
"""

from dataclasses import dataclass, field
from typing import Literal

from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.measure.measurement import Measurement
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.model.errors import StudioError
from trtstudio.model.measure.bench import BenchRequest, BenchResult
from trtstudio.model.measure.parallel import ParallelResult
from trtstudio.model.run import SessionInfo

Stage = Literal["loading", "alone", "together", "over"]


@dataclass(eq=False, slots=True)
class Parallel:
    """One of them: on which GPUs, how far it is, and what is known: ``alone`` of the first GPU,
    ``together`` by the GPU's number. It ends with all of these, or with an ``error``.

    ``live`` is what the GPUs that were asked last have sent so far, by their numbers: the first,
    then all.
    """

    devices: tuple[int, ...]
    request: BenchRequest
    stage: Stage = "loading"
    loaded: Loaded | None = None
    sessions: dict[int, SessionInfo] = field(default_factory=dict)
    jobs: list[WindowJob] = field(default_factory=list)
    live: dict[int, Measurement] = field(default_factory=dict)
    alone: BenchResult | None = None
    together: dict[int, BenchResult] = field(default_factory=dict)
    error: StudioError | None = None

    @property
    def is_running(self) -> bool:
        """Whether its outcome is still open."""
        return self.stage != "over"

    @property
    def result(self) -> ParallelResult | None:
        """What came of it, once it is complete."""
        found = self.finished
        return found if found is not None and found.is_complete else None

    @property
    def finished(self) -> ParallelResult | None:
        """What has come of it so far: at least the first GPU alone."""
        if self.alone is None:
            return None
        together = {n: self.together[n] for n in self.devices if n in self.together}
        return ParallelResult(self.alone, together, self.devices)

    @property
    def throughput_qps(self) -> float | None:
        """Inferences a second of all together, so far; None until each has sent something, and
        where it was stopped.
        """
        is_open = self.stage == "together" or self.result is not None
        if not is_open or not all(each.count for each in self.live.values()):
            return None
        return sum(each.throughput_qps for each in self.live.values())

    @property
    def ends_s(self) -> float:
        """How far the measuring is that is under way, in s."""
        ends = (each.end_s for each in self.live.values())
        return max(ends, default=0.0)

    def take(self) -> bool:
        """Take what the engine processes have sent; whether there was anything."""
        running = [each for each in self.live.values() if each.is_running]
        return any(list(map(Measurement.fetch, running)))  # of all, not only until one has some

"""A benchmark as the window sees it while it runs and afterwards. Main thread only."""

from dataclasses import dataclass, field, replace

from trtstudio.gui.measure.samples import SampleLog
from trtstudio.gui.sessions.work import SessionWork
from trtstudio.model.errors import StudioError
from trtstudio.model.measure.bench import TIMES, BenchRequest, BenchResult, ClockSample, Summary
from trtstudio.model.measure.latency import summarize
from trtstudio.model.run import Array

RECENT = 20_000
"""So many samples make the distributions while more of them come: the window must not wait."""


@dataclass(eq=False, slots=True)
class Measurement(SessionWork):
    """A benchmark: what was asked, whatever its ``session``, and what is known so far."""

    request: BenchRequest = field(default_factory=lambda: BenchRequest(0))
    samples: SampleLog = field(default_factory=SampleLog)
    clocks: list[ClockSample] = field(default_factory=list)

    @property
    def result(self) -> BenchResult | None:
        """The figures, once it is complete."""
        result: BenchResult | None = self.answer
        return result

    @property
    def count(self) -> int:
        """Inferences measured so far."""
        return self.result.iterations if self.result else len(self.samples)

    @property
    def is_on_gpu(self) -> bool:
        """Whether a GPU computes, as far as the times so far tell."""
        if self.result is not None:
            return self.result.gpu_ms is not None
        return not self.count or bool(self.samples.column("gpu_ms", last=1).any())

    @property
    def throughput_qps(self) -> float:
        """Inferences a second, so far."""
        if self.result is not None:
            return self.result.throughput_qps
        return self.count / self.end_s if self.end_s > 0 else 0.0

    @property
    def end_s(self) -> float:
        """When the last inference ended, in s since the measuring began."""
        ends = self.samples.column("end_s", last=1)
        return float(ends[0]) if ends.size else 0.0

    def times(self, name: str) -> Array:
        """A column whose distribution is shown: all of it, but while it is running only the last
        ``RECENT``.
        """
        return self.samples.column(name, RECENT if self.is_running else None)

    def summaries(self) -> dict[str, Summary]:
        """The distributions of ``times`` by the names in TIMES; those that are not measured are
        missing.
        """
        if self.result is not None:
            found = {name: getattr(self.result, name) for name in TIMES}
            return {name: summary for name, summary in found.items() if summary is not None}
        columns = {name: self.times(name) for name in TIMES}
        return {name: summarize(times) for name, times in columns.items() if times.any()}

    def request_for(self, session: int) -> BenchRequest:
        return replace(self.request, session=session)

    def fetch(self) -> bool:
        if self.job is None:
            return False
        clocks = self.job.take_clocks()
        self.clocks += clocks
        return self.samples.add(self.job.take_samples()) or bool(clocks)

    def end(self, answer: BenchResult | None, error: StudioError | None) -> None:
        """The result has all samples, those too that were not sent while it ran."""
        self.fetch()
        self.answer, self.error = answer, error
        if answer is None or answer.samples is None:
            return
        self.clocks = list(answer.clocks)
        if len(self.samples) != len(answer.samples):
            self.samples = SampleLog(answer.samples)

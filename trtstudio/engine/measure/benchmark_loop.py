"""The loop of a benchmark and what it writes down. Only the thread that opened the session."""

from array import array
from collections import deque
from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np

from trtstudio.engine.run.session import InFlight
from trtstudio.model.measure.bench import COLUMNS, Samples
from trtstudio.model.run import Array, Timing

REPORT_S = 0.05
"""How often samples are handed out while measuring."""


def run_loop(
    flights: Sequence[InFlight],
    *,
    transfers: bool,
    goes_on: Callable[[int, float], bool],
    take: Callable[[Timing, int, float], None],
) -> float:
    """Begin one inference with each flight, then always wait for the oldest and begin the next with
    the same, as trtexec does; the seconds until the last one had ended.

    ``goes_on`` is asked with the number begun and the seconds so far; once it says no, what is
    under way is waited for. ``take`` hears of every inference: its times, its stream, its end in s.
    That costs the host some time, so the next one is begun before.
    """
    begin = perf_counter()
    for flight in flights:
        flight.enqueue(transfers=transfers)
    under_way = deque(flights)
    begun, seconds, is_going_on = len(flights), 0.0, True
    while under_way:
        flight = under_way.popleft()
        flight.finish()
        seconds = perf_counter() - begin
        if is_going_on and (is_going_on := goes_on(begun, seconds)):
            flight.enqueue(transfers=transfers)
            under_way.append(flight)
            begun += 1
        take(flight.timing(), flight.number, seconds)
    return seconds


class Recorder:
    """Every inference's times, one row of COLUMNS each; they are handed out as they come."""

    def __init__(self, on_samples: Callable[[Samples], None]) -> None:
        self._on_samples = on_samples
        self._times = array("d")
        self._reported = 0
        self._next_report_s = REPORT_S

    def __call__(self, timing: Timing, stream: int, end_s: float) -> None:
        """Take one inference."""
        self._times.extend(
            (
                timing.latency_ms,
                timing.gpu_ms,
                timing.h2d_ms,
                timing.d2h_ms,
                timing.enqueue_ms,
                timing.host_ms,
                end_s,
                stream,
            )
        )
        if end_s >= self._next_report_s:
            self._next_report_s = end_s + REPORT_S
            self.report()

    def report(self) -> None:
        """Hand out what has not been handed out yet."""
        fresh = np.array(self._times[self._reported :], np.float32).reshape(-1, len(COLUMNS))
        self._reported = len(self._times)
        if len(fresh):
            self._on_samples(Samples(fresh))

    def __len__(self) -> int:
        return len(self._times) // len(COLUMNS)

    def columns(self) -> dict[str, Array]:
        """All times by name, float64, in the order in which the inferences ended."""
        table = np.array(self._times).reshape(-1, len(COLUMNS))
        return dict(zip(COLUMNS, table.T, strict=True))

    def samples(self) -> Samples:
        """All of it, as float32."""
        return Samples(np.array(self._times, np.float32).reshape(-1, len(COLUMNS)))

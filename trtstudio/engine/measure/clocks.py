"""A GPU's clocks, temperature and power while something is measured. Made and used in one thread;
it asks in another, which hears nothing but ``on_clock``.
"""

import threading
from collections.abc import Callable
from time import perf_counter
from types import TracebackType
from typing import Self

from trtstudio.engine.measure import nvml
from trtstudio.model.errors import StudioError
from trtstudio.model.measure.bench import ClockSample

PERIOD_S = 0.1


class ClockSampler:
    """Asks NVML every 100 ms between ``start`` and the end of the ``with``. ``samples`` are
    complete after that; ``problem`` says why there are none.
    """

    def __init__(self, bus_id: bytes, on_clock: Callable[[ClockSample], None]) -> None:
        """Without a bus id there is no GPU, and nothing is asked."""
        self.samples: list[ClockSample] = []
        self.problem = ""
        self._on_clock = on_clock
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._gpu: nvml.Gpu | None = None
        if bus_id:
            try:
                self._gpu = nvml.Gpu(bus_id)
            except StudioError as error:
                self.problem = error.message

    def start(self) -> None:
        """From now on; this moment is 0 on the samples' time axis."""
        if self._gpu is not None:
            begin = perf_counter()
            self._thread = threading.Thread(target=self._ask, args=[begin, self._gpu], daemon=True)
            self._thread.start()

    def _ask(self, begin: float, gpu: nvml.Gpu) -> None:
        while True:
            sample = gpu.clocks(perf_counter() - begin)
            self.samples.append(sample)
            self._on_clock(sample)
            if self._stopped.wait(PERIOD_S):
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()
        if self._gpu is not None:
            self._gpu.close()

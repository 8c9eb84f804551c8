"""TensorRT's progress as values, and the way to stop a build. Called from TensorRT's threads."""

import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

from trtstudio.model.build.build import Progress
from trtstudio.model.errors import Cancelled


class BuildProgress:
    """The phases of a build that are open, the innermost last. Safe in any thread.

    Steps are TensorRT's own: it need not report all that it announces, and most of the time
    passes within a single one, so they make no percentage.
    """

    def __init__(
        self, on_progress: Callable[[Progress], None], cancelled: Callable[[], bool]
    ) -> None:
        self._on_progress = on_progress
        self._cancelled = cancelled
        self._open: dict[str, Progress] = {}
        self._lock = threading.Lock()

    def enter(self, phase: str) -> None:
        """Go on to another part of the work; raises Cancelled when it shall stop instead."""
        self.tell(Progress(phase))

    def tell(self, progress: Progress) -> None:
        """Where the work stands, from within it; raises Cancelled when it shall stop."""
        self.stop_if_cancelled()
        self._on_progress(progress)

    def stop_if_cancelled(self) -> None:
        """Raise Cancelled when that was asked for."""
        if self._cancelled():
            raise Cancelled("The build was stopped.")

    def start(self, phase: str, steps: int) -> None:
        """A phase begins."""
        self._update(Progress(phase, 0, steps))

    def complete(self, phase: str, step: int) -> bool:
        """A step, counted from 0, is done. Answers whether to go on."""
        before = self._open.get(phase, Progress(phase))
        self._update(Progress(phase, step + 1, max(before.steps, step + 1)))
        return not self._cancelled()

    def finish(self, phase: str) -> None:
        """A phase ends, and what goes on is the one around it."""
        with self._lock:
            self._open.pop(phase, None)
            around = next(reversed(self._open.values()), None)
        if around:
            self._on_progress(around)

    def _update(self, progress: Progress) -> None:
        with self._lock:
            self._open[progress.phase] = progress
        self._on_progress(progress)


def make_monitor(module: ModuleType, progress: BuildProgress) -> Any:
    """An ``IProgressMonitor`` that tells this progress."""

    class Monitor(module.IProgressMonitor):  # type: ignore[name-defined,misc]
        def __init__(self) -> None:
            module.IProgressMonitor.__init__(self)

        def phase_start(self, phase_name: str, parent_phase: str | None, num_steps: int) -> None:
            del parent_phase
            progress.start(phase_name, num_steps)

        def step_complete(self, phase_name: str, step: int) -> bool:
            return progress.complete(phase_name, step)

        def phase_finish(self, phase_name: str) -> None:
            progress.finish(phase_name)

    return Monitor()

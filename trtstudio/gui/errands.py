"""What this process does itself and takes long, such as writing large files: in threads of its own,
since the io thread has others to serve. Followed and stopped like jobs of an engine. Any thread.
"""

from collections.abc import Callable
from threading import Event, Thread

from trtstudio.host.job import Job
from trtstudio.model.build.build import Progress
from trtstudio.model.errors import Cancelled


class Errand(Job[None]):
    """Begins at once and ends with the program. The work is given this object, to tell it how far
    it is; only work that does so can be stopped.
    """

    def __init__(self, work: Callable[["Errand"], None]) -> None:
        super().__init__(work, lambda _job, _grace_s: self._stopped.set())
        self._work = work
        self._stopped = Event()
        Thread(target=self._run, name="errand", daemon=True).start()

    def report(self, step: int, steps: int) -> None:
        """Note how far the work is; raises Cancelled where it is no longer wanted."""
        if self._stopped.is_set():
            raise Cancelled("Stopped.")
        self.progress = Progress(f"{100 * step // max(1, steps)} %", step, steps)

    def _run(self) -> None:
        try:
            self._work(self)
        except BaseException as error:
            self.future.set_exception(error)
        else:
            self.future.set_result(None)

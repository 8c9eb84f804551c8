"""All engine processes of a window: for every interpreter one that builds and one for each GPU that
runs, each started when first needed. Any thread; nothing here waits but ``close``.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any, Literal, NamedTuple

from trtstudio.host.client import EngineProcess, close_all
from trtstudio.host.interpreters import environment_of, python_of, server_arguments
from trtstudio.host.job import Job, ProcessLife
from trtstudio.model.build.build import BuildRequest, Progress
from trtstudio.model.errors import EngineDied
from trtstudio.model.findings.insight import InsightRequest
from trtstudio.model.interpreters import OWN, Interpreter
from trtstudio.model.measure.bench import BenchRequest, CompareLoopsRequest, SweepRequest
from trtstudio.model.measure.layer_profile import LayerProfileRequest
from trtstudio.model.measure.memory import MemoryRequest
from trtstudio.model.onnx.shapes import ShapesRequest
from trtstudio.model.onnx.size_steps import SizeDemandsRequest
from trtstudio.model.refit import RefitRequest
from trtstudio.model.requests import NetworkRequest, ProbeRequest
from trtstudio.model.run import LoadRequest

__all__ = ["Engines", "Job"]

Role = Literal["builder", "runner"]

_ON_BUILDER = (
    ProbeRequest,
    NetworkRequest,
    ShapesRequest,
    SizeDemandsRequest,
    InsightRequest,
    BuildRequest,
    RefitRequest,
)
_ALONE = {
    BuildRequest: "build",
    BenchRequest: "benchmark",
    CompareLoopsRequest: "comparison of loops",
    SweepRequest: "sweep",
    LayerProfileRequest: "timing of the layers",
    RefitRequest: "refit",
}


class Place(NamedTuple):
    """Where work is done; ``device`` is 0 for a builder. TensorRT-RTX keeps asking the environment
    whether FP32 may be TF32, and remembers answers: ``exact_fp32`` wants a process of its own.
    """

    role: Role
    interpreter: Interpreter
    device: int = 0
    exact_fp32: bool = False

    @property
    def name(self) -> str:
        """How errors call the process."""
        return f"{self.role} on GPU {self.device}" if self.device else self.role

    @property
    def environment(self) -> dict[str, str]:
        """What sets its environment apart from this process's own."""
        exact = {"NVIDIA_TF32_OVERRIDE": "0"} if self.exact_fp32 else {}
        return {**environment_of(self.interpreter), **exact}


def _ignore(_name: str, _error: EngineDied) -> None:
    pass


class Engines:
    """A window's engine processes. A builder and a runner do not disturb each other, and neither
    do two interpreters, two GPUs, or exact FP32 and TF32.

    A build and a benchmark never overlap, since both figures would be wrong: the later one waits,
    and its job's progress says so. ``arguments`` start another program than the server.
    """

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        *,
        on_died: Callable[[str, EngineDied], None] = _ignore,
        arguments: Sequence[str] = (),
    ) -> None:
        self._environment = environment or {}
        self._on_died = on_died
        self._arguments = tuple(arguments)
        self._lock = threading.Lock()
        self._is_closed = False
        self._processes: dict[Place, EngineProcess] = {}
        self._homes: dict[int, tuple[EngineProcess, ProcessLife | None]] = {}
        self._line: list[list[tuple[EngineProcess, Job[Any]]]] = []

    @property
    def builder(self) -> EngineProcess:
        """The process that builds with this program's own interpreter."""
        return self._process(Place("builder", OWN))

    @property
    def runner(self) -> EngineProcess:
        """The process that runs with this program's own interpreter."""
        return self._process(Place("runner", OWN))

    def submit(self, request: Any, interpreter: Interpreter = OWN) -> Job[Any]:
        """Ask the process that does this kind of work in this interpreter; returns at once.

        What is asked of a session goes to the process that loaded it. The answer is of the type
        that ``host.messages.ANSWERS`` names.
        """
        process = self._process_for(request, interpreter)
        if type(request) not in _ALONE:
            return self._remembered(process.submit(request), process)
        (job,) = self.submit_together([request], interpreter)
        return job

    def submit_together(
        self, requests: Sequence[Any], interpreter: Interpreter = OWN
    ) -> list[Job[Any]]:
        """Ask for work that must overlap with nothing else, and shall with each other: benchmarks
        on several GPUs. Returns at once.
        """
        processes = [self._process_for(request, interpreter) for request in requests]
        pairs = zip(processes, requests, strict=True)
        group = [(process, process.prepare(request)) for process, request in pairs]
        with self._lock:
            self._line.append(group)
        for _, job in group:
            job.future.add_done_callback(lambda _: self._serve_line())
        self._serve_line()
        return [job for _, job in group]

    def has(self, session: int) -> bool:
        """Whether the process that loaded this session has not ended since."""
        _, life = self._homes.get(session, (None, None))
        return life is not None and not life.is_over

    def close(self, timeout_s: float = 2.0) -> None:
        """End all processes, as ``close_all`` does."""
        with self._lock:
            self._is_closed = True
            processes = list(self._processes.values())
        close_all(processes, timeout_s)

    def _process_for(self, request: Any, interpreter: Interpreter) -> EngineProcess:
        home, _ = self._homes.get(getattr(request, "session", -1), (None, None))
        if home is not None:
            return home
        if isinstance(request, _ON_BUILDER):
            return self._process(Place("builder", interpreter))
        load = request.load if isinstance(request, MemoryRequest) else request
        if not isinstance(load, LoadRequest):
            return self._process(Place("runner", interpreter))
        return self._process(Place("runner", interpreter, load.options.device, load.exact_fp32))

    def _process(self, place: Place) -> EngineProcess:
        with self._lock:
            process = self._processes.get(place)
            if process is None:
                process = self._processes[place] = EngineProcess(
                    place.name,
                    python_of(place.interpreter),
                    {**self._environment, **place.environment},
                    on_died=self._on_died,
                    arguments=self._arguments or server_arguments(place.interpreter),
                )
                if self._is_closed:
                    process.close()
        return process

    def _remembered(self, job: Job[Any], process: EngineProcess) -> Job[Any]:
        """Note where a session lives, before anybody can hear of it."""

        def note(_: object) -> None:
            if not job.future.cancelled() and job.future.exception() is None:
                self._homes[job.future.result().session] = process, job.life

        if isinstance(job.request, LoadRequest):
            job.future.add_done_callback(note)
        return job

    def _serve_line(self) -> None:
        with self._lock:
            left = ([item for item in group if not item[1].future.done()] for group in self._line)
            self._line = [group for group in left if group]
            if not self._line:
                return
            first, *waiting = self._line
            what = _ALONE[type(first[0][1].request)]
            for _, job in chain.from_iterable(waiting):
                job.progress = Progress(f"waiting for the {what} to finish")
        for process, job in first:
            process.send(job)

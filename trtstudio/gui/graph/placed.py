"""Has a graph placed by a process of its own, which can be stopped. Any thread; no Qt."""

import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trtstudio.gui.graph.flow import Ints
from trtstudio.model.errors import Cancelled, StudioError

Floats = NDArray[np.float64]

_MODULE = "trtstudio.gui.graph.placing"


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Where things lie, in pixels at full size: ``centers`` [nodes, 2]; the points of edge ``e``
    are ``points[starts[e]:starts[e + 1]]``, from its source to its target.
    """

    centers: Floats
    starts: Ints
    points: Floats


class Placing:
    """One placing, which may be stopped from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.is_stopped = False

    def stop(self) -> None:
        """Make ``run`` end at once with ``Cancelled``."""
        with self._lock:
            self.is_stopped = True
            if self._process is not None:
                self._process.kill()

    def check(self) -> None:
        """Raise ``Cancelled`` where it has been stopped."""
        if self.is_stopped:
            raise Cancelled("Stopped.")

    def run(self, count: int, sources: Ints, targets: Ints) -> Placed:
        """Place ``count`` nodes and the edges between them. Raises Cancelled, or StudioError where
        the process ends without an answer.
        """
        if not count:
            return Placed(np.zeros((0, 2)), np.zeros(1, np.int64), np.zeros((0, 2)))
        edges = np.stack((sources, targets), axis=1).reshape(-1)
        process = self._start()
        try:
            answer, problem = process.communicate(
                np.append(count, edges).astype(np.int64).tobytes()
            )
        except OSError as error:
            raise _failure(str(error)) from error
        finally:
            process.kill()
            process.wait()
        self.check()
        if process.returncode:
            raise _failure(f"exit status {process.returncode}\n{problem.decode(errors='replace')}")
        return _unpacked(answer, count, len(sources))

    def _start(self) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        with self._lock:
            self.check()
            self._process = subprocess.Popen(
                _command(),
                stdin=pipe,
                stdout=pipe,
                stderr=pipe,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            return self._process


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--place-graph"]
    # As for the engine processes: a module beside the user's models is not taken for Python's.
    is_here = not {"", str(Path.cwd())}.isdisjoint(sys.path)
    return [sys.executable, *([] if is_here else ["-P"]), "-m", _MODULE]


def _unpacked(answer: bytes, count: int, edge_count: int) -> Placed:
    lengths = np.frombuffer(answer, np.int64, edge_count)
    values = np.frombuffer(answer, np.float64, offset=lengths.nbytes).reshape(-1, 2)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    return Placed(values[:count], starts, values[count:])


def _failure(details: str) -> StudioError:
    return StudioError(
        "This graph could not be laid out.",
        hint="Fold some groups or look at the neighbourhood of a layer; the tree shows everything.",
        details=details,
    )

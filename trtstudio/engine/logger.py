"""The one logger that TensorRT takes for the whole process. Each message goes to whoever captures
the log in the thread that it comes from; any thread.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

from trtstudio.model.build.build import LogLine

Sink = Callable[[LogLine], None]

_SEVERITIES = {
    "INTERNAL_ERROR": "error",
    "ERROR": "error",
    "WARNING": "warning",
    "INFO": "info",
    "VERBOSE": "verbose",
}


class Capture:
    """What TensorRT says while it is captured. ``errors`` holds its words for what went wrong."""

    def __init__(self, on_line: Sink | None, verbose: bool) -> None:
        self.errors: list[str] = []
        self._on_line = on_line
        self._verbose = verbose

    def take(self, severity: str, text: str) -> None:
        """Pass on one message; ``verbose`` ones only where they are asked for."""
        if severity == "error":
            self.errors.append(text)
        if self._on_line and (self._verbose or severity != "verbose"):
            self._on_line(LogLine(severity, text, time.time()))


_captures: dict[int, list[Capture]] = {}
_lock = threading.Lock()
_making = threading.Lock()


@contextmanager
def capture(on_line: Sink | None = None, *, verbose: bool = False) -> Iterator[Capture]:
    """Hear what TensorRT logs in this thread, and in threads of its own, until the block ends.

    An inner capture hides the outer one; one without ``on_line`` keeps the errors and nothing
    else. ``on_line`` may be called from any thread; what it raises is dropped, since nothing may
    be thrown into TensorRT.
    """
    thread = threading.get_ident()
    heard = Capture(on_line, verbose)
    with _lock:
        _captures.setdefault(thread, []).append(heard)
    try:
        yield heard
    finally:
        with _lock:
            _captures[thread].remove(heard)
            if not _captures[thread]:
                del _captures[thread]


def dispatch(severity: str, text: str) -> None:
    """Hand a message of TensorRT to the capture of the calling thread; a message from one of
    TensorRT's own threads goes to all.
    """
    if _is_noise(text):
        severity = "verbose"
    for heard in _listeners():
        try:
            heard.take(severity, text)
        except Exception:  # TensorRT would only print it and go on
            continue


def _listeners() -> list[Capture]:
    with _lock:
        own = _captures.get(threading.get_ident())
        return [own[-1]] if own else [stack[-1] for stack in _captures.values()]


def _is_noise(text: str) -> bool:
    """Without a driver every message is followed by one about the missing driver."""
    return "catchCudaError" in text and "cudaError 35" in text


def process_logger(module: ModuleType) -> Any:
    """The process's only ``ILogger``: TensorRT keeps the first that it is given and ignores all
    others.
    """
    with _making:  # of two threads that come first, one would make another, which nobody keeps
        return _logger_of(module)


@cache
def _logger_of(module: ModuleType) -> Any:
    class Logger(module.ILogger):  # type: ignore[name-defined,misc]
        def __init__(self) -> None:
            module.ILogger.__init__(self)

        def log(self, severity: Any, message: str) -> None:
            dispatch(_SEVERITIES.get(severity.name, "info"), message)

    return Logger()

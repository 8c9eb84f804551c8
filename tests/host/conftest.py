import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from trtstudio.host.client import EngineProcess
from trtstudio.host.engines import Engines

ECHO = (str(Path(__file__).with_name("echo_server.py")),)
PLACES = [Path(p) for p in ("/dev/shm", tempfile.gettempdir()) if Path(p).is_dir()]


def left_behind() -> set[Path]:
    """The array folders of this process that are still there."""
    return {f for place in PLACES for f in place.glob(f"trtstudio-{os.getpid()}-*")}


@pytest.fixture
def engine() -> Iterator[EngineProcess]:
    """An echo server behind a client; it must leave nothing behind."""
    process = EngineProcess("echo", arguments=ECHO)
    yield process
    process.close()
    assert left_behind() == set()


@pytest.fixture
def engines() -> Iterator[Engines]:
    both = Engines(arguments=ECHO)
    yield both
    both.close()
    assert left_behind() == set()


@pytest.fixture
def echo_arguments() -> tuple[str, ...]:
    return ECHO


@pytest.fixture
def until() -> Callable[[Callable[[], object]], None]:
    """Wait until something holds, for at most 60 s: a process may have to
    start."""
    import time

    def wait(holds: Callable[[], object]) -> None:
        deadline = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < deadline, "it never came true"
            time.sleep(0.01)

    return wait

"""One writer at a time for a place on the disk, among all processes of this machine. Any thread."""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from trtstudio.model.errors import StudioError
from trtstudio.model.files import explained, remove_leftovers

_LONGEST_PATH = 1 << 16
_TIDYING_S = 1.0
_TICK_S = 0.02


@contextmanager
def only_writer(path: Path, patience_s: float = _TIDYING_S) -> Iterator[None]:
    """Hold the place until the block ends. Raises StudioError where somebody else holds it for
    longer than that, by default than the moment that ``remove_interrupted`` takes.

    The system frees it when its holder dies. The lock is a file in the folder for temporary files
    that names the place, so that nothing is ever left beside ``path``.
    """
    path = path.resolve()
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    lock = Path(tempfile.gettempdir(), f"{_prefix()}{name}.lock")
    with ExitStack() as stack:
        with explained(lock):
            handle = stack.enter_context(_held(lock, os.O_CREAT, patience_s))
            if handle is not None:
                os.write(handle, os.fsencode(path))
        if handle is None:
            raise StudioError(
                f"Another build is writing {path.name} right now.",
                hint="Wait until it has ended, or choose another file.",
            )
        yield


def remove_interrupted() -> None:
    """Remove the parts of files whose writers were killed, while nobody else can write there."""
    for lock in Path(tempfile.gettempdir()).glob(f"{_prefix()}*.lock"):
        with suppress(OSError), _held(lock) as handle:
            if handle is not None and (name := os.read(handle, _LONGEST_PATH)):
                remove_leftovers(Path(os.fsdecode(name)))


def _prefix() -> str:
    """Of this user's locks."""
    user = os.environ.get("USERNAME", "") if sys.platform == "win32" else str(os.getuid())
    return f"trtstudio-{user}-"


@contextmanager
def _held(lock: Path, flags: int = 0, patience_s: float = 0.0) -> Iterator[int | None]:
    """The lock file, opened with these flags too and gone after the block; None where somebody
    else holds it for longer than that.
    """
    handle = _acquire(lock, flags, monotonic() + patience_s)
    try:
        yield handle
    finally:  # a killed holder does not come here, and leaves the file with the name in it
        if handle is not None:
            os.ftruncate(handle, 0)
            with suppress(OSError):  # Windows does not remove what is open
                lock.unlink()
            os.close(handle)


def _acquire(lock: Path, flags: int, until: float) -> int | None:
    while True:
        handle = os.open(lock, os.O_RDWR | flags, 0o600)
        is_free = _lock(handle)
        if is_free and _is_there(handle, lock):
            return handle
        os.close(handle)
        if not is_free:
            if monotonic() >= until:
                return None
            sleep(_TICK_S)
        # Else its last holder has removed it meanwhile: another one takes its place.


def _is_there(handle: int, lock: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), lock.stat())
    except FileNotFoundError:
        return False


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

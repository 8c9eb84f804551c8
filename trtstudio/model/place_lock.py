"""One writer at a time for a place on the disk, among all processes of this machine. Any thread."""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trtstudio.model.errors import StudioError


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold the place until the block ends. Raises StudioError where somebody else holds it.

    The system frees it when its holder dies. The lock is a file in the folder for temporary files,
    so that nothing is ever left beside ``path``.
    """
    name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]
    user = os.environ.get("USERNAME", "") if sys.platform == "win32" else str(os.getuid())
    place = Path(tempfile.gettempdir(), f"trtstudio-{user}-{name}.lock")
    handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _lock(handle):
            raise StudioError(
                f"Another build is writing {path.name} right now.",
                hint="Wait until it has ended, or choose another plan file.",
            )
        yield
    finally:
        os.close(handle)  # frees the lock


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

"""Writing a file whole or not at all. Safe in any thread."""

import errno
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from trtstudio.model.errors import StudioError

SCRATCH_VARIABLE = "TRTSTUDIO_SCRATCH"
"""The environment variable that names a folder which outlives this process, but not its parent."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of ``path`` at the end, or leaves no trace on failure.

    Folders on the way are made. Raises StudioError where the file cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as file:
                yield file
            part.replace(path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """A new folder for the block that it is used in. Where this process may be killed, its parent
    removes what is left.
    """
    return tempfile.TemporaryDirectory(
        prefix="trtstudio-", dir=os.environ.get(SCRATCH_VARIABLE) or None
    )


def check_writable(path: Path) -> None:
    """Raise StudioError unless a file can be written there, in a folder that exists: to learn so
    after long work would cost its time.
    """
    if path.is_dir():
        raise StudioError(f"{path} is a folder.", hint="Name a file in it.")
    with explained(path), tempfile.TemporaryFile(dir=path.parent):
        pass


def remove_leftovers(path: Path) -> None:
    """Remove what a process that was killed in the middle of ``whole_file(path)`` left there."""
    pattern = re.compile(re.escape(f".{path.name}.") + r"(\d+)-[0-9a-f]+\.part")
    with suppress(OSError):
        for part in list(path.parent.iterdir()):
            match = pattern.fullmatch(part.name)
            if match and not _is_alive(int(match[1])):
                part.unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    if os.name == "nt":  # there, a file that somebody still writes cannot be removed anyway
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Let what writes there raise StudioError where that fails."""
    try:
        yield
    except OSError as error:
        reason, hint = _explanation(error)
        raise StudioError(
            f"{path.name} cannot be written to {path.parent}: {reason}.",
            hint=hint,
            details=str(error),
        ) from error


def _explanation(error: OSError) -> tuple[str, str]:
    """What went wrong and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "the disk is full", "Make space there, or choose a folder on another disk."
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "there is no such folder", "Make the folder first, or choose another."
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return "writing there is not allowed", "Choose a folder that you may write to."
    return error.strerror or str(error), "Choose another folder, on another disk perhaps."

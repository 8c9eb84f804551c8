"""Reading files and nothing else, and writing a file whole or not at all. Safe in any thread."""

import errno
import os
import re
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from trtstudio.model.errors import StudioError
from trtstudio.model.temporary import temporary
from trtstudio.model.words import sayable

SCRATCH_VARIABLE = "TRTSTUDIO_SCRATCH"
"""The environment variable that names a folder which outlives this process, but not its parent."""

_OWN_STREAMS = (Path("/dev"), Path("/dev/fd"), Path("/proc/self/fd"))
_PART_LETTERS = 50
_IS_WINDOWS = os.name == "nt"
_ADDRESS = re.compile(r"(?:.*/)?(https?|ftps?|s3|gs):/+(.+)", re.IGNORECASE)
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What Windows takes for a device in every folder."""


def expanded(path: str | Path) -> Path:
    """With the home folder in place of ``~``. A user that there is not stays as it is typed, for
    which ``Path.expanduser`` raises.
    """
    return Path(os.path.expanduser(path))  # noqa: PTH111


def file_status(path: Path) -> os.stat_result:
    """Of a file to be read. Raises OSError where there is none, and for a pipe or a device, which
    may have to be waited for; what opens it refuses a folder.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise OSError(errno.EINVAL, "no ordinary file", os.fspath(path))
    return status


def open_file(path: Path) -> BufferedReader:
    """The file, open to be read. Raises OSError as ``file_status`` and ``open`` do."""
    file_status(path)
    return path.open("rb")


def read_file(path: Path) -> bytes:
    """All of it. Raises OSError as ``file_status`` and ``open`` do."""
    with open_file(path) as file:
        return file.read()


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of ``path`` at the end, or leaves no trace on failure.
    A link stays, and what it leads to is replaced; a pipe or a device is written to as it is.

    Folders on the way are made. Raises StudioError where the file cannot be written.
    """
    with explained(path):
        place = written_place(path)
        if place is None:
            with path.open("wb") as file:
                yield file
            return
        part = place.with_name(f"{_part_stem(place)}{os.getpid()}-{secrets.token_hex(4)}.part")
        place.parent.mkdir(parents=True, exist_ok=True)
        with temporary(part):
            with part.open("xb") as file:
                yield file
            part.replace(place)


def _part_stem(place: Path) -> str:
    """How the parts of a file are called at first; a name may be as long as the system allows."""
    return f".{place.name[:_PART_LETTERS]}."


def written_place(path: Path) -> Path | None:
    """Where the file lies that is written under this name, behind all links; None of a pipe or a
    device, which lies in no folder and cannot be replaced.
    """
    if _is_stream(path):
        return None
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _is_stream(path: Path) -> bool:
    if _IS_WINDOWS and (path.drive.startswith("\\\\.") or _RESERVED.fullmatch(path.name)):
        return True
    # /dev/stdout leads to what the process was started with, which it already writes to.
    is_own = path.is_symlink() and path.absolute().parent in _OWN_STREAMS
    return is_own or is_pipe(path)


def is_pipe(path: Path) -> bool:
    """Whether it is a pipe or a device, which may have to be waited for."""
    with suppress(OSError):
        return path.exists() and not path.is_file() and not path.is_dir()
    return False


def is_folder(path: Path) -> bool:
    """As ``Path.is_dir``, which raises where the folder around it may not be looked into."""
    with suppress(OSError):
        return path.is_dir()
    return False


@contextmanager
def scratch_folder(within: Path | None = None) -> Iterator[str]:
    """A new folder for the block, there or where temporary files are. Where this process may be
    killed, its parent removes what is left of those. Raises StudioError where it cannot be made.
    """
    place = within or os.environ.get(SCRATCH_VARIABLE) or tempfile.gettempdir()
    folder = Path(place, f"trtstudio-{secrets.token_hex(8)}")
    with explained(folder):
        folder.mkdir(mode=0o700)
    with temporary(folder):
        yield str(folder)


def check_writable(path: Path) -> None:
    """Raise StudioError unless a file can be written there, in a folder that exists: to learn so
    after long work would cost its time.
    """
    with explained(path):
        if is_folder(path):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if (place := written_place(path)) is not None:
            tempfile.TemporaryFile(dir=place.parent).close()


def require_room(path: Path, needed_bytes: int = 1) -> None:
    """Raise StudioError where its disk has less room than that: some libraries do not say that a
    disk is full.
    """
    with explained(path):
        disk = shutil.disk_usage(path.parent)
        if disk.total and disk.free < needed_bytes:  # some network drives say 0 of 0
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def remove_leftovers(path: Path) -> None:
    """Remove what a process that was killed in the middle of ``whole_file(path)`` left there."""
    with suppress(OSError):
        place = written_place(path)
        if place is None:
            return
        pattern = re.compile(re.escape(_part_stem(place)) + r"(\d+)-[0-9a-f]+\.part")
        for part in list(place.parent.iterdir()):
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
        refusal = PermissionError if os.name == "nt" else IsADirectoryError  # of a file's place
        if isinstance(error, refusal) and is_folder(path):
            raise unreadable(path, error) from error
        reason, hint = _explanation(error)
        raise StudioError(
            f"{path.name} cannot be written to {path.parent}: {reason}.",
            hint=hint,
            details=str(error),
        ) from error


def address_of(path: Path) -> str:
    """The address on the network that was taken for this path, in whatever folder; else empty."""
    match = _ADDRESS.fullmatch(path.as_posix())
    return f"{match[1]}://{match[2]}" if match else ""


def library_path(path: Path) -> str:
    """The path for a library that takes text. Raises StudioError where it is none."""
    text = os.fspath(path)
    if (said := sayable(text)) != text:
        raise StudioError(
            f"{said} has a name that is no text, which TensorRT and ONNX Runtime cannot open.",
            hint="Rename the file, or the folder that it is in.",
        )
    return text


def path_text(path: Path) -> str:
    """The path, or the whole address that was taken for one: a path drops one of its slashes."""
    return address_of(path) or str(path)


def not_here(address: str) -> StudioError:
    """The error for what is somewhere on the network."""
    return StudioError(
        f"{address} is not on this machine, and TRT Studio fetches nothing from the network.",
        hint="Download it, and give the file instead.",
    )


def unreadable(path: Path, error: OSError) -> StudioError:
    """The error for a file that the system does not let be read."""
    message, hint = f"{path} cannot be read.", "Check that its drive is connected."
    if address := address_of(path):
        return not_here(address)
    if is_folder(path):
        message, hint = f"{path} is a folder.", "Name a file in it."
    elif is_pipe(path):
        message, hint = f"{path.name} is no ordinary file.", "Copy it to a file first."
    elif isinstance(error, FileNotFoundError | NotADirectoryError):
        message, hint = f"{path} does not exist.", "Check the path; was the file moved?"
    elif isinstance(error, PermissionError):
        message, hint = f"{path} may not be read.", "Change its permissions, or copy it."
    elif error.errno == errno.ELOOP:
        message, hint = f"{path} is a link that leads back to itself.", "Put the file in its place."
    elif error.errno == errno.ENAMETOOLONG:
        message, hint = f"{path} is longer than a name can be.", "Check the path."
    return StudioError(message, hint=hint, details=str(error))


def _explanation(error: OSError) -> tuple[str, str]:
    """What went wrong and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "the disk is full", "Make space there, or choose a folder on another disk."
    if error.errno == errno.ENAMETOOLONG:
        return "the name is too long", "Choose a shorter one."
    if isinstance(error, FileNotFoundError | NotADirectoryError | FileExistsError):
        return "there is no such folder", "Make the folder first, or choose another."
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return "writing there is not allowed", "Choose a folder that you may write to."
    return error.strerror or str(error), "Choose another folder, on another disk perhaps."

"""Where pictures come from: files, folders, lists of files, ``file://`` URLs, videos and cameras.
Safe in any thread.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes
from urllib.request import url2pathname

from trtstudio.model.errors import StudioError
from trtstudio.model.files import expanded, is_folder, not_here
from trtstudio.vision.picture_suffixes import PICTURE_SUFFIXES

VIDEO_SUFFIXES = frozenset(
    (".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".wmv")
)
LIST_SUFFIXES = frozenset((".txt", ".lst", ".list"))
CAMERA = "camera:"
"""``camera:0`` is the first camera of this machine."""

_LONGEST_LIST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Source:
    """A file, a camera, or one ``frame`` of a video or camera. ``is_expected`` says that it was
    named, or is called like a picture: another file in a folder may well be no picture.
    """

    path: Path
    frame: int | None = None
    is_expected: bool = True

    @property
    def name(self) -> str:
        """``cat.jpg``, or ``clip.mp4 #12``."""
        return self.path.name if self.frame is None else f"{self.path.name} #{self.frame}"

    @property
    def is_video(self) -> bool:
        """Whether it has many pictures, as far as its name tells."""
        return self.frame is None and self.path.suffix.lower() in VIDEO_SUFFIXES

    @property
    def camera(self) -> int | None:
        """The number of the camera that it is."""
        number = str(self.path).removeprefix(CAMERA)
        is_camera = str(self.path).startswith(CAMERA) and self.frame is None
        return int(number) if is_camera and number.isascii() and number.isdigit() else None


def find_sources(paths: Iterable[Path], *, recursive: bool = False) -> Iterator[Source]:
    """The files in the order given. A folder stands for all files in it in alphabetical order,
    where ``recursive`` also for those in its folders, a list for the files that it names.

    What does not exist or cannot be read is given too: reading it says so. Raises ``StudioError``
    where a list cannot be read.
    """
    for path in paths:
        is_file = os.path.isfile(path)  # noqa: PTH113 - it raises nothing
        is_list = path.suffix.lower() in LIST_SUFFIXES and is_file
        for file in read_list(path) if is_list else [path]:
            if is_folder(file):
                yield from _in_folder(file, recursive=recursive)
            else:
                yield Source(file)


def local_path(text: str) -> Path:
    """The path in ``text``, which may be a ``file://`` URL. Raises ``StudioError`` for a URL that
    leads elsewhere.
    """
    scheme, is_url, rest = text.partition("://")
    if not is_url:
        return Path(text)
    host, slash, path = rest.partition("/")
    if scheme.lower() == "file" and host in ("", "localhost"):
        return Path(_unquoted(slash + path))
    raise not_here(text)


def _unquoted(path: str) -> str:
    """Names of files are bytes, whatever these mean, except on Windows."""
    if os.name == "nt":
        return url2pathname(path)
    return os.fsdecode(unquote_to_bytes(os.fsencode(path)))


def read_list(path: Path) -> list[Path]:
    """The files that a text file names, one a line, relative to its own folder; lines that are
    empty or begin with ``#`` name none. Raises ``StudioError`` where it is no such text.
    """
    try:
        if path.stat().st_size > _LONGEST_LIST_BYTES:
            raise StudioError(f"{path} is too long for a list of files.", hint="Split it.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise StudioError(
            f"{path} cannot be read as a list of files.",
            hint="Give a text file in UTF-8 with the path of a picture in each line.",
            details=str(error),
        ) from error
    stripped = (line.strip() for line in text.splitlines())
    lines = [line for line in stripped if line and not line.startswith("#")]
    files = [_listed(path.parent, line) for line in lines]
    if not files or any("\0" in str(file) for file in files):
        raise StudioError(
            f"{path} names no files.", hint="Write the path of a picture in each line."
        )
    if not any(map(_is_there, files)):
        for line in lines:
            local_path(line)  # raises where it leads elsewhere
        raise StudioError(
            f"None of the files that {path} names is there.",
            hint="Paths in a list are relative to the folder of the list.",
        )
    return files


def _listed(folder: Path, line: str) -> Path:
    """The path in a line. A URL that leads elsewhere is given as one: reading it says so."""
    try:
        return folder / expanded(local_path(line))
    except StudioError:
        return Path(line)


def _in_folder(folder: Path, *, recursive: bool) -> Iterator[Source]:
    """What its user sees there: what begins with a dot is hidden."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield Source(folder)  # reading it says why
        return
    visible = [entry for entry in entries if not entry.name.startswith(".")]
    for entry in visible:
        if _leads_nowhere(entry) or entry.is_file():
            path = Path(entry.path)
            suffix = path.suffix.lower()
            yield Source(path, is_expected=suffix in PICTURE_SUFFIXES | VIDEO_SUFFIXES)
    if recursive:
        for entry in visible:
            if entry.is_dir(follow_symlinks=False):
                yield from _in_folder(Path(entry.path), recursive=True)


def _leads_nowhere(entry: "os.DirEntry[str]") -> bool:
    """Whether it is a link to nothing, or to itself: reading it says so."""
    return entry.is_symlink() and not _is_there(entry.path)


def _is_there(path: str | Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110 - it raises nothing

"""What was built and measured on this machine, kept in one SQLite file. Any thread, any process:
every call opens the file for itself.
"""

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
import platformdirs

from trtstudio.model.array_json import from_json, to_json
from trtstudio.model.errors import StudioError
from trtstudio.model.words import sayable

VERSION = 1
_BUSY_S = 5.0
_TABLE = """
CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    added_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    body BLOB NOT NULL,
    attachment BLOB
);
CREATE INDEX IF NOT EXISTS entries_by_subject ON entries (kind, subject);
"""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """An entry with its number, and when it was added (UTC, ISO 8601)."""

    id: int
    added_at: str
    entry: T


@dataclass(frozen=True, slots=True)
class New:
    """An entry that is about to be kept, made of the number of the first of its set."""

    entry: Callable[[int], object]
    subject: str
    attachment: bytes = b""


def local_time(added_at: str) -> str:
    """When something was kept, in this machine's time zone."""
    return datetime.fromisoformat(added_at).astimezone().strftime("%Y-%m-%d %H:%M")


def default_path() -> Path:
    """Where the program keeps its own."""
    return platformdirs.user_data_path("trtstudio", appauthor=False) / "history.sqlite3"


class History:
    """A file of entries, each a dataclass. ``subject`` is what an entry is about, a path as text;
    ``attachment`` holds what a list of entries does not show and would be slow to read for it.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_path()

    def add(self, entry: object, subject: str, attachment: bytes = b"") -> int:
        """Keep an entry; its number."""
        return self.add_set([New(lambda _: entry, subject, attachment)])[0]

    def add_set(self, entries: Sequence[New]) -> list[int]:
        """Keep entries that belong together, all of them or, where it fails, none; their numbers.
        Each is told the number of the first.
        """
        attachments = [zlib.compress(new.attachment) for new in entries]
        numbers: list[int] = []
        with self._opened() as db:
            db.execute("BEGIN IMMEDIATE")
            for new, attachment in zip(entries, attachments, strict=True):
                number = _insert(db, sayable(new.subject), attachment)
                numbers.append(number)
                entry = new.entry(numbers[0])
                row = (type(entry).__name__, to_json(entry), number)
                db.execute("UPDATE entries SET kind = ?, body = ? WHERE id = ?", row)
        return numbers

    def entries(
        self, kind: type[T], subject: str | None = None, limit: int = 1000
    ) -> list[Kept[T]]:
        """The newest entries of a kind, the newest first; about one subject or about all.

        What another version of the program wrote and this one cannot read is left out.
        """
        about = None if subject is None else sayable(subject)
        with self._opened() as db:
            rows = db.execute(
                "SELECT id, added_at, body FROM entries WHERE kind = ? AND (? IS NULL OR "
                "subject = ?) ORDER BY id DESC LIMIT ?",
                (kind.__name__, about, about, limit),
            ).fetchall()
        return list(_decoded(kind, rows))

    def entry(self, kind: type[T], number: int) -> Kept[T] | None:
        """The entry of this kind and number; None where there is none that can be read."""
        with self._opened() as db:
            rows = db.execute(
                "SELECT id, added_at, body FROM entries WHERE kind = ? AND id = ?",
                (kind.__name__, number),
            ).fetchall()
        return next(_decoded(kind, rows), None)

    def change(self, number: int, entry: object) -> bool:
        """Put an entry in the place of the one of its kind with this number; the attachment stays.
        False where there is none.
        """
        row = (to_json(entry), type(entry).__name__, number)
        with self._opened() as db:
            changed = db.execute("UPDATE entries SET body = ? WHERE kind = ? AND id = ?", row)
            return changed.rowcount > 0

    def attachment(self, number: int) -> bytes:
        """What was kept with an entry; empty where there is none."""
        with self._opened() as db:
            row = db.execute("SELECT attachment FROM entries WHERE id = ?", (number,)).fetchone()
        return zlib.decompress(row[0]) if row and row[0] else b""

    def remove(self, numbers: Iterable[int]) -> None:
        """Forget entries."""
        with self._opened() as db:
            db.executemany("DELETE FROM entries WHERE id = ?", [(number,) for number in numbers])

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=_BUSY_S)) as db, db:
                _prepare(db, self.path)
                yield db
        except (sqlite3.Error, OSError, zlib.error) as error:
            raise StudioError(
                f"The history in {self.path} cannot be used: {error}.",
                hint="Move that file away to begin a new one; make space where the disk is full.",
                details=str(error),
            ) from error


def _insert(db: sqlite3.Connection, subject: str, attachment: bytes) -> int:
    """A row whose entry is yet to come; its number."""
    columns = "INSERT INTO entries (kind, subject, body, attachment) VALUES ('', ?, '', ?)"
    return int(db.execute(columns, (subject, attachment)).lastrowid or 0)


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    """Make the table in a new file; refuse a file of a later version."""
    found = db.execute("PRAGMA user_version").fetchone()[0]
    if found > VERSION:
        raise StudioError(
            f"The history in {path} was written by a newer TRT Studio.",
            hint="Update TRT Studio, or move that file away.",
        )
    if found < VERSION:
        # Readers and a writer do not wait for each other in this mode; network disks lack it.
        with suppress(sqlite3.OperationalError):
            db.execute("PRAGMA journal_mode = WAL")
        db.executescript(_TABLE)
        db.execute(f"PRAGMA user_version = {VERSION}")


def _decoded(kind: type[T], rows: Iterable[tuple[int, str, bytes]]) -> Iterator[Kept[T]]:
    for number, added_at, body in rows:
        with suppress(msgspec.DecodeError):
            yield Kept(number, added_at, from_json(body, kind))

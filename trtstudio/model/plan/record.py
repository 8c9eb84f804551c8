"""What is kept beside a plan about its build: ``NAME.plan.json``. Safe in any thread."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import msgspec

from trtstudio.model.array_json import from_json, to_json
from trtstudio.model.build.build import BuildRequest, BuildResult
from trtstudio.model.errors import StudioError
from trtstudio.model.files import open_file, read_file, unreadable, whole_file


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """One build: what was asked, what came of it, which model it was made of (see
    ``model_hash``), its metadata, and when it ended (ISO 8601 with the time zone).

    Paths inside are as they were at the build; the plan and its record may have moved since.
    """

    request: BuildRequest
    result: BuildResult
    model_sha256: str
    metadata: dict[str, str] = field(default_factory=dict)
    built_at: str = ""


def record_path(plan: Path) -> Path:
    """Where the record of a plan is: its own name with ``.json`` after it."""
    return plan.with_name(plan.name + ".json")


@contextmanager
def whole_plan(plan: Path) -> Iterator[BinaryIO]:
    """A plan to write, as ``whole_file`` does. The record of the one that it replaces goes at once:
    it would say, until the new one is there, that this plan has changed.
    """
    with whole_file(plan) as file:
        yield file
    with suppress(OSError):
        record_path(plan).unlink()


def write_record(record: BuildRecord) -> None:
    """Write the record beside ``record.result.plan``, whole or not at all."""
    with whole_file(record_path(Path(record.result.plan))) as file:
        file.write(msgspec.json.format(to_json(record), indent=1))


def read_record(plan: Path) -> BuildRecord | None:
    """The record beside a plan, or None. Raises StudioError where it is damaged."""
    path = record_path(plan)
    try:
        return from_json(read_file(path), BuildRecord)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise StudioError(
            f"{path.name}, the record of the build of {plan.name}, cannot be read.",
            hint="Delete it, or build the plan again to have a new one.",
            details=str(error),
        ) from error


def verify(plan: Path, record: BuildRecord) -> None:
    """Raise StudioError where the plan is not, byte for byte, what was built.

    TensorRT does not notice changed weights: such a plan loads, runs, and gives wrong numbers.
    """
    try:
        same = (
            plan.stat().st_size == record.result.plan_bytes
            and sha256_of(plan) == record.result.sha256
        )
    except OSError as error:
        raise unreadable(plan, error) from error
    if not same:
        raise StudioError(
            f"{plan.name} has changed since it was built.",
            hint="Copy it again from where it was built, or build it again; or delete "
            f"{record_path(plan).name} where you replaced the plan on purpose.",
        )


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits; reads it in pieces. Raises OSError."""
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

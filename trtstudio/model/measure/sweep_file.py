"""The finished points of a sweep in a JSON file, so that it can be stopped and gone on with. Any
thread.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from trtstudio.model.array_json import from_json, to_json
from trtstudio.model.errors import StudioError
from trtstudio.model.files import whole_file
from trtstudio.model.measure.bench import BenchRequest, SweepPoint
from trtstudio.model.measure.sweep_precisions import Precisions


@dataclass(frozen=True, slots=True)
class SweepFile:
    """Whose points they are: the model's name and size, and what every point was measured with."""

    model: str
    size_bytes: int
    base: BenchRequest
    points: tuple[SweepPoint, ...] = ()
    precisions: Precisions = field(default_factory=Precisions)


def about(model: Path, base: BenchRequest, precisions: Precisions | None = None) -> SweepFile:
    """A file for a sweep of this model that has no points yet."""
    base, size = replace(base, session=0), model.stat().st_size
    return SweepFile(model.name, size, base, precisions=precisions or Precisions())


def write_points(path: Path, kept: SweepFile) -> None:
    """Write it anew, without the points' single samples."""
    brief = replace(kept, points=tuple(map(_without_samples, kept.points)))
    with whole_file(path) as file:
        file.write(msgspec.json.format(to_json(brief)))


def _without_samples(point: SweepPoint) -> SweepPoint:
    if point.result is None:
        return point
    return replace(point, result=replace(point.result, samples=None))


def read_points(path: Path, wanted: SweepFile) -> tuple[SweepPoint, ...]:
    """The points with a result in the file; none where it does not exist.

    Raises StudioError for a file that cannot be read, or that is about something else.
    """
    if not path.exists():
        return ()
    try:
        found = from_json(path.read_bytes(), SweepFile)
    except (OSError, msgspec.MsgspecError) as error:
        raise StudioError(
            f"{path.name} holds no sweep that can be gone on with.",
            hint="Name another file.",
            details=str(error),
        ) from error
    if replace(found, points=()) != wanted:
        raise StudioError(
            f"{path.name} holds a sweep of another model, or with other settings.",
            hint="Name another file, or measure with the settings that it was begun with.",
            details=f"{found.model}: {found.base}",
        )
    return tuple(point for point in found.points if point.result is not None)

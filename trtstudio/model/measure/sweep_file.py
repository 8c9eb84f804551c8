"""The finished points of a sweep in a JSON file, so that it can be stopped and gone on with. Any
thread.
"""

from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import msgspec

from trtstudio.model.array_json import from_json, to_json
from trtstudio.model.build.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.files import read_file, unreadable, whole_file
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.measure.bench import BenchRequest, SweepPoint
from trtstudio.model.measure.sweep_precisions import Precisions
from trtstudio.model.model_hash import is_same_model, model_sha256
from trtstudio.model.run import LoadRequest, SessionInfo


@dataclass(frozen=True, slots=True)
class SweepFile:
    """Whose points they are: the model by its name and content, what runs it, how it is loaded and
    what every point was measured with.
    """

    model: str
    sha256: str
    runtime: str
    device: str
    options: LoadOptions
    input_shapes: dict[str, Shape]
    base: BenchRequest
    points: tuple[SweepPoint, ...] = ()
    precisions: Precisions = field(default_factory=Precisions)


def about(
    load: LoadRequest,
    info: SessionInfo,
    base: BenchRequest,
    precisions: Precisions | None = None,
) -> SweepFile:
    """A file for a sweep of this loaded model that has no points yet."""
    model = Path(load.path)
    return SweepFile(
        model.name,
        model_sha256(model),
        info.runtime,
        info.device,
        load.options,
        load.input_shapes,
        replace(base, session=0),
        precisions=precisions or Precisions(),
    )


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
    try:
        found = from_json(read_file(path), SweepFile)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise unreadable(path, error) from error
    except msgspec.DecodeError as error:
        raise StudioError(
            f"{path.name} holds no sweep that can be gone on with.",
            hint="Name another file.",
            details=str(error),
        ) from error
    if differences := _differences(found, wanted):
        raise StudioError(
            f"{path.name} holds a sweep of another model, on another runtime or GPU, or with other "
            "settings.",
            hint="Name another file, or measure the same model with the settings that it was begun "
            "with.",
            details="\n".join(differences),
        )
    return tuple(point for point in found.points if point.result is not None)


def _differences(found: SweepFile, wanted: SweepFile) -> list[str]:
    """What keeps the points of one from standing beside those of the other."""
    pairs = (
        (each.name, getattr(found, each.name), getattr(wanted, each.name))
        for each in fields(SweepFile)
        if each.name != "points"
    )
    return [
        f"{name}: {one} in the file, {other} now"
        for name, one, other in pairs
        if one != other or (name == "sha256" and not is_same_model(one, other))
    ]

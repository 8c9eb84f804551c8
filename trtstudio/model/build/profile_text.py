"""Optimization profiles as text: of the command line, and as JSON to be kept. Any thread."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Profile, Shape, ShapeRange

_SHAPE = re.compile(r"[0-9]{1,18}(x[0-9]{1,18})*")
_VALUES = re.compile(r"-?[0-9]{1,18}(x-?[0-9]{1,18})*")
_EXAMPLE = (
    "Write NAME=MIN,OPT,MAX, for example images=1x3x224x224,4x3x224x224,8x3x224x224; or "
    "NAME=@MIN,OPT,MAX with the values of a shape tensor, as size=@64x64,128x128,256x256."
)


def parse_profile(texts: Sequence[str]) -> Profile:
    """A profile from ``NAME=MIN,OPT,MAX`` for each input; ``NAME=SHAPE`` makes all three the same,
    and ``@`` before them gives the values of a shape tensor.

    Raises StudioError for anything else. Names may hold ``=``, ``:`` and ``/``.
    """
    profile: Profile = {}
    for text in texts:
        name, equals, ranges = text.rpartition("=")
        values = ranges.startswith("@")
        parts = ranges.removeprefix("@").split(",")
        shapes = [_parse_shape(text, part, _VALUES if values else _SHAPE) for part in parts]
        if not equals or not name or len(shapes) not in (1, 3):
            raise StudioError(f"{text!r} is no profile of an input.", hint=_EXAMPLE)
        if name in profile:
            raise StudioError(f"{name!r} has two ranges.", hint="Give each input one.")
        low, best, high = shapes if len(shapes) == 3 else shapes * 3
        profile[name] = ShapeRange(low, best, high, values=values)
    return profile


def _parse_shape(text: str, part: str, form: "re.Pattern[str]") -> Shape:
    if not form.fullmatch(part.strip()):
        raise StudioError(f"{part!r} in {text!r} is no shape.", hint=_EXAMPLE)
    return tuple(int(size) for size in part.strip().split("x"))


def format_profile(profile: Profile) -> list[str]:
    """The profile as ``parse_profile`` takes it."""
    return [
        f"{name}={'@' if allowed.values else ''}"
        + ",".join("x".join(map(str, s)) for s in (allowed.min, allowed.opt, allowed.max))
        for name, allowed in profile.items()
    ]


def presets_to_json(presets: Mapping[str, Sequence[Profile]]) -> str:
    """Profiles that are kept under names, as JSON."""
    return msgspec.json.encode(presets).decode()


def presets_from_json(text: str) -> dict[str, tuple[Profile, ...]]:
    """What ``presets_to_json`` wrote. Raises StudioError for any other text."""
    try:
        return msgspec.json.decode(text, type=dict[str, tuple[Profile, ...]])
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise StudioError(
            "The kept profiles cannot be read.",
            hint="Delete them, and keep the profiles again.",
            details=str(error),
        ) from error

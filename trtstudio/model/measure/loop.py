"""How a benchmark's inferences follow each other, and the ways of measuring that have a name. Plain
data.
"""

from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Loop:
    """How inferences follow each other.

    ``streams`` contexts work side by side, each with CUDA streams of its own. With ``transfers``
    every inference is copied to the GPU and back. With ``overlap`` a stream has two inferences
    under way, so that the copies of one go beside the other's compute (trtexec does the same, and
    calls its opposite ``--exposeDMA``); without it, a stream waits for each. ``cuda_graph``
    replays a captured enqueue; ``spin`` waits with a busy core; without ``pinned`` the host's
    memory is pageable.
    """

    streams: int = 1
    transfers: bool = True
    overlap: bool = False
    cuda_graph: bool = False
    spin: bool = False
    pinned: bool = True


OPTIONS = tuple(option.name for option in fields(Loop))


def with_option(loop: Loop, name: str, value: int) -> Loop:
    """The loop with another value of the option in OPTIONS that has this name, as a number."""
    changed: dict[str, Any] = {name: value if name == "streams" else bool(value)}
    return replace(loop, **changed)


@dataclass(frozen=True, slots=True)
class Preset:
    """A way of measuring that has a name, as somebody else's tool does by default. ``changed`` is
    its name with what differs from it, whole for the sake of translations.
    """

    name: str
    changed: str
    loop: Loop
    warmup_ms: float = 200.0
    duration_s: float = 3.0
    iterations: int = 10


STUDIO = Preset("studio", "studio with {what}", Loop())
"""One inference after another: the latency that a program has which waits for each answer."""

PRESETS = {
    preset.name: preset
    for preset in (
        STUDIO,
        Preset("trtexec-10", "trtexec-10 with {what}", Loop(overlap=True)),
        Preset(
            "trtexec-11",
            "trtexec-11 with {what}",
            Loop(transfers=False, overlap=True, cuda_graph=True, spin=True),
        ),
    )
}
"""trtexec's defaults from its sources, 10.x and 11.x; what they mean stands beside ``Loop``."""


class _Said(NamedTuple):
    """An option that is on or off."""

    on: str
    off: str


_WORDS = {
    "transfers": _Said("transfers", "no transfers"),
    "overlap": _Said("overlap", "no overlap"),
    "cuda_graph": _Said("CUDA graph", "no CUDA graph"),
    "spin": _Said("spin wait", "blocking wait"),
    "pinned": _Said("page-locked memory", "pageable memory"),
}


def loop_words(loop: Loop) -> str:
    """All of its options: ``1 stream, transfers, overlap, no CUDA graph, ...``."""
    return ", ".join(option_words(name, getattr(loop, name)) for name in OPTIONS)


def option_words(option: str, value: int) -> str:
    """One of them: ``2 streams``, ``no CUDA graph``."""
    if option == "streams":
        return f"{value:d} stream" if value == 1 else f"{value:d} streams"
    return _WORDS[option].on if value else _WORDS[option].off

"""Opens an ONNX file and finds its parts by structure, weights unread. Safe in any thread."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from trtstudio.model import content
from trtstudio.model.errors import StudioError
from trtstudio.model.files import unreadable
from trtstudio.model.onnx import wire
from trtstudio.model.onnx.wire import Malformed, Source, text

# Field numbers of onnx.proto.
_MODEL_IR_VERSION, _MODEL_GRAPH, _MODEL_TRAINING, _MODEL_FUNCTIONS = 1, 7, 20, 25
_MODEL_FIELDS = {*range(9), 14, 20, 25, 26}
_LARGE_FIELDS = {_MODEL_GRAPH, _MODEL_TRAINING, _MODEL_FUNCTIONS}
_FUNCTION_FIELDS_BUT_NAMES = {4, 5, 6, 7, 8, 9, 11, 12, 14}

_REMAKE = "Copy or download it again, or repeat the export that wrote it."
_PLAUSIBLE_BYTES = 1 << 40

Span = tuple[int, int]
"""Where a message starts and ends."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a model.

    ``header`` is a ModelProto of its small fields only; ``graphs`` are the pieces of its graph,
    of which protobuf allows several; ``functions`` the names of its local functions.
    """

    header: bytes
    graphs: list[Span]
    functions: list[str]


@contextmanager
def open_onnx(path: Path) -> Iterator[Source]:
    """The file, open for reading. A StudioError is what comes of any damage met while it is."""
    from google.protobuf.message import DecodeError

    head = content.read_head(path)
    if content.is_plan(head):
        raise StudioError(
            f"{path.name} is a TensorRT plan, not an ONNX model.",
            hint="Open the ONNX model that it was built from.",
        )
    content.refuse_foreign(path.name, head)
    try:
        with path.open("rb", buffering=0) as file:
            yield Source(file)
    except (Malformed, DecodeError) as error:
        raise StudioError(
            f"{path.name} is a damaged ONNX model.", hint=_REMAKE, details=str(error)
        ) from error
    except OSError as error:
        raise unreadable(path, error) from error


def read_outline(name: str, source: Source) -> Outline:
    """The parts of the model in ``source``, which its user knows by ``name``."""
    header: list[bytes] = []
    graphs: list[Span] = []
    functions: list[str] = []
    numbers: set[int] = set()
    try:
        for part in wire.fields(source, 0, source.size):
            numbers.add(part.number)
            if part.number == _MODEL_GRAPH and part.wire_type == wire.LENGTH:
                graphs.append((part.payload, part.end))
            elif part.number == _MODEL_FUNCTIONS and part.wire_type == wire.LENGTH:
                functions.append(_function(source, part.payload, part.end))
            elif part.number in _MODEL_FIELDS - _LARGE_FIELDS:
                header.append(source.read(part.start, part.end))
    except Malformed as error:
        raise _broken(name, source.size, numbers, error) from error
    if not graphs:
        raise content.not_a_model(name, "It is a protobuf message without an ONNX graph.")
    return Outline(b"".join(header), graphs, functions)


def _function(source: Source, start: int, end: int) -> str:
    """``domain.Name`` of the FunctionProto from ``start`` to ``end``."""
    import onnx

    names = wire.without(source, start, end, _FUNCTION_FIELDS_BUT_NAMES)
    function = onnx.FunctionProto.FromString(names)
    return f"{text(function.domain)}.{text(function.name)}".strip(".")


def _broken(name: str, size: int, seen: set[int], error: Malformed) -> StudioError:
    """What to say of a file whose top level does not end where it should."""
    cut = error if isinstance(error, wire.Truncated) else None
    if _MODEL_IR_VERSION not in seen or not seen | {cut.number if cut else 0} <= _MODEL_FIELDS:
        return content.not_a_model(name, str(error))
    what = "is a damaged ONNX model"
    if cut and cut.needed <= _PLAUSIBLE_BYTES:
        what = f"is cut off: it holds {size:,} bytes and needs at least {cut.needed:,}"
    return StudioError(f"{name} {what}.", hint=_REMAKE, details=str(error))

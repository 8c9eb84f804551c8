"""``--input NAME=VALUE``: an input from a file, of a constant, or random with a seed."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from trtstudio.model.build.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.given_inputs import (
    ConstantValues,
    FileValues,
    RandomValues,
    Values,
    input_array,
)
from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array, SessionInfo

_FORMS = (
    "Write NAME=FILE.npy, NAME=FILE.npz, NAME=FILE.npz:ARRAY, NAME=FILE.bin, NAME=const:0.5 or "
    "NAME=random:SEED."
)
_ARCHIVE = re.compile(r"(.*?\.npz):(.+)", re.IGNORECASE | re.DOTALL)


def given_inputs(
    texts: Iterable[str], info: SessionInfo, shapes: Mapping[str, Shape]
) -> dict[str, Array]:
    """The arrays that the texts mean. A file without shape takes that of ``shapes``, and else the
    model's own, in which its length may decide about one free size.

    Raises StudioError for a text that names no input, and for what its file or value lacks.
    """
    found: dict[str, Array] = {}
    for text in texts:
        tensor = _named(text, info)
        name = tensor.name
        if name in found:
            raise StudioError(f'The input "{name}" is given twice.', hint=_FORMS)
        values = _values(text[len(name) + 1 :])
        found[name] = input_array(values, tensor, shapes.get(name), info.shapes[name])
    return found


def _named(text: str, info: SessionInfo) -> Tensor:
    """The input that it is for; names may hold "=", and so may paths."""
    fitting = [tensor for tensor in info.inputs if text.startswith(f"{tensor.name}=")]
    if not fitting:
        names = ", ".join(tensor.name for tensor in info.inputs)
        raise StudioError(f"{text} names no input; the model has: {names}.", hint=_FORMS)
    return max(fitting, key=lambda tensor: len(tensor.name))


def _values(text: str) -> Values:
    match text.partition(":"):
        case "const", ":", numbers:
            return ConstantValues(tuple(map(_number, numbers.split(","))))
        case "random", ":", seed:
            return RandomValues(_seed(seed))
    archive = _ARCHIVE.fullmatch(text)
    return FileValues(Path(archive[1]), archive[2]) if archive else FileValues(Path(text))


def _number(text: str) -> float:
    try:
        return int(text) if text.strip().lstrip("+-").isdigit() else float(text)
    except ValueError as error:
        raise StudioError(f"{text!r} is no number.", hint=_FORMS) from error


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise StudioError(f"{text!r} is no seed: a whole number.", hint=_FORMS)
    return int(text)

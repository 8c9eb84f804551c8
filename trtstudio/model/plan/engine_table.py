"""An engine's layers from what TensorRT's inspector says, as JSON or as the builder logs it.

Safe in any thread.
"""

import json
import re
from collections.abc import Callable, Container, Iterable, Mapping
from functools import partial
from typing import Any

from msgspec.structs import replace

from trtstudio.model import dtypes
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Attribute, Graph, Layer, Profile, Role, ShapeRange, Tensor
from trtstudio.model.links import without_profile
from trtstudio.model.plan.inspector_line import read_dump

_LAYER_KEYS = {"Name", "LayerType", "Inputs", "Outputs", "Constants", "Metadata"}
_ORIGIN = "[ONNX Layer: "
_LARGEST = (1 << 63) - 1
_MISFITS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def read_inspector_json(text: str) -> Graph:
    """The engine that the inspector describes. Raises StudioError for what is no inspector JSON."""
    return _read(text, partial(json.loads, strict=False))  # metadata has control characters


def read_build_log_table(message: str) -> Graph:
    """The engine in the VERBOSE message, starting with ``Layers:``, that a builder logs whose
    ``profiling_verbosity`` is DETAILED. Raises StudioError where it is no such message.
    """
    return _read(message, read_dump)


def _read(text: str, parse: Callable[[str], Any]) -> Graph:
    try:
        return _engine(parse(text))
    except _MISFITS as error:
        raise StudioError(
            "TensorRT's description of the engine has a form that is not known here.",
            hint="The engine itself is not affected; please report this with its Details.",
            details=f"{error}\n{text[:2000]}",
        ) from error


def _engine(said: Mapping[str, Any]) -> Graph:
    bindings = [_io_tensor(io) for io in said.get("I/O Tensors", ())]
    tensors = _Tensors({t.name for t in bindings} | set(map(str, said.get("Bindings", ()))))
    inputs = [tensors.add(t) for t in bindings if t.role == "input"]
    layers = [_layer(index, layer, tensors) for index, layer in enumerate(said["Layers"])]
    outputs = [tensors.bind(t) for t in bindings if t.role == "output"]
    for name in said.get("Bindings", ()):
        position = tensors.bind_by_use(str(name))
        (inputs if tensors.all[position].role == "input" else outputs).append(position)
    return Graph(
        view="engine",
        name="",
        layers=layers,
        tensors=tensors.all,
        inputs=tuple(inputs),
        outputs=tuple(outputs),
        properties=_properties(said),
        profiles=_profiles(said),
    )


class _Tensors:
    """Links tensors by name: a reader takes what was last written before it. ``bound`` names those
    of the engine itself.
    """

    def __init__(self, bound: Container[str]) -> None:
        self._bound = bound
        self.all: list[Tensor] = []
        self._current: dict[str, int] = {}
        self._unwritten: set[str] = set()

    def add(self, tensor: Tensor) -> int:
        """A new tensor, which its name stands for from now on."""
        self._current[tensor.name] = len(self.all)
        self.all.append(tensor)
        return len(self.all) - 1

    def read(self, tensor: Tensor) -> int:
        """The tensor of this name as of now; all profiles read the same inputs."""
        if tensor.name not in self._current and without_profile(tensor.name) in self._bound:
            tensor = replace(tensor, name=without_profile(tensor.name))
        if tensor.name in self._current:
            return self._complete(tensor)
        self._unwritten.add(tensor.name)
        return self.add(tensor)

    def write(self, tensor: Tensor) -> int:
        """A new tensor, or the one that was read before anything wrote it, which closes a loop."""
        if tensor.name in self._unwritten:
            self._unwritten.discard(tensor.name)
            return self._complete(tensor)
        return self.add(tensor)

    def bind(self, tensor: Tensor) -> int:
        """The last tensor of this name, which is an output of the engine."""
        if tensor.name not in self._current:
            return self.add(tensor)
        position = self._current[tensor.name]
        self.all[position] = replace(tensor, format=tensor.format or self.all[position].format)
        return position

    def bind_by_use(self, name: str) -> int:
        """The same where only names are said: what no layer writes is an input."""
        if name not in self._current:
            self._unwritten.add(name)
            self.add(Tensor(name))
        position = self._current[name]
        role: Role = "input" if name in self._unwritten else "output"
        self.all[position] = replace(self.all[position], role=role)
        return position

    def _complete(self, tensor: Tensor) -> int:
        position = self._current[tensor.name]
        known = self.all[position]
        if not known.format and tensor.format:
            self.all[position] = replace(known, format=tensor.format)
        return position


def _layer(index: int, said: Any, tensors: _Tensors) -> Layer:
    """A layer; only its name is said of an engine built with LAYER_NAMES_ONLY."""
    if isinstance(said, str):
        return Layer(index, said, "", (), ())
    inputs = [tensors.read(_tensor(t, "internal")) for t in said.get("Inputs", ())]
    inputs += [tensors.read(_tensor(t, "weight")) for t in said.get("Constants", ())]
    outputs = [tensors.write(_tensor(t, "internal")) for t in said.get("Outputs", ())]
    return Layer(
        index=index,
        name=str(said["Name"]),
        type=str(said.get("LayerType", "")),
        inputs=tuple(inputs),
        outputs=tuple(outputs),
        attributes={k: _attribute(v) for k, v in said.items() if k not in _LAYER_KEYS},
        origins=_origins(str(said.get("Metadata") or "")),
    )


def _tensor(said: Mapping[str, Any], role: Role) -> Tensor:
    """A tensor of a layer; older inspectors say format and dtype in one text."""
    both = str(said.get("Format/Datatype", ""))
    dtype = dtypes.from_tensorrt(str(said.get("Datatype", both)))
    layout = str(said.get("Format", both if " " in both else ""))
    if strides := said.get("Strides"):
        layout = f"{layout}, strides {list(strides)}"
    location = str(said.get("Location", "")).upper()
    return Tensor(str(said["Name"]), dtype, _shape(said), role, location, layout)


def _io_tensor(said: Mapping[str, Any]) -> Tensor:
    """A tensor of the engine's own, in the formats that its profiles say."""
    dtype = dtypes.from_tensorrt(str(said.get("DataType", said.get("Datatype", ""))))
    role: Role = "input" if said["IOMode"] == "Input" else "output"
    location = str(said.get("Location", "")).upper()
    formats = [str(profile.get("Format") or "") for profile in said.get("ProfileInfo", ())]
    layout = "; ".join(dict.fromkeys(filter(None, formats)))
    return Tensor(str(said["Name"]), dtype, _shape(said), role, location, layout)


def _profiles(said: Mapping[str, Any]) -> tuple[Profile, ...]:
    """The ranges of the inputs in each profile."""
    found: list[Profile] = []
    for io in said.get("I/O Tensors", ()):
        for index, profile in enumerate(io.get("ProfileInfo", ())):
            found += [{} for _ in range(len(found), index + 1)]
            if "OptShape" in profile:
                keys = ("MinShape", "OptShape", "MaxShape")
                least, usual, most = (_sizes(profile[key]) for key in keys)
                found[index][str(io["Name"])] = ShapeRange(least, usual, most)
    return tuple(found)


def _shape(said: Mapping[str, Any]) -> tuple[int, ...] | None:
    sizes = said.get("Dimensions")
    return None if sizes is None else _sizes(sizes)


def _sizes(said: Iterable[Any]) -> tuple[int, ...]:
    return tuple(min(max(int(size), -1), _LARGEST) for size in said)


def _origins(metadata: str) -> tuple[str, ...]:
    """The ONNX nodes in ``[ONNX Layer: a]<0x1f>[ONNX Layer: b]``; their names may hold brackets."""
    entries = (entry.strip() for entry in re.split("[\x1e\x1f]", metadata))
    names = (
        e.removeprefix(_ORIGIN).removesuffix("]") if e.startswith(_ORIGIN) else e for e in entries
    )
    return tuple(dict.fromkeys(name for name in names if name))


def _attribute(value: Any) -> Attribute:
    if isinstance(value, int) and value.bit_length() > 63:
        return str(value)
    if isinstance(value, list) and all(isinstance(v, str | int | float) for v in value):
        return [str(v) if isinstance(v, int) and v.bit_length() > 63 else v for v in value]
    if value is None or isinstance(value, str | int | float):
        return value
    return json.dumps(value, ensure_ascii=False)


def _properties(said: Mapping[str, Any]) -> dict[str, str]:
    """What holds for the whole engine, as its verbosity."""
    found = {key: str(value) for key, value in said.get("Engine Metadata", {}).items()}
    if verbosity := said.get("ProfilingVerbosity"):
        found["ProfilingVerbosity"] = str(verbosity)
    return found

"""What differs between two graphs of the same reading: two models, or two builds of one.

Safe in any thread. Which layers correspond is told in ``model.matching``; the values of weights are
not compared.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from trtstudio.model.formats import ModelFile
from trtstudio.model.graph import Attribute, Dim, Graph, Layer, Tensor, format_shape
from trtstudio.model.links import original_name
from trtstudio.model.matching import match
from trtstudio.model.statistics import compute_dtype, precision_mix

_Number = TypeVar("_Number", int, float)
_Tensors = tuple[Tensor, ...]
_Fact = str | tuple[str, ...] | tuple[tuple[Dim, ...] | None, ...]
_ABSENT = Tensor("")
_NUMBERING = {"EventId"}
"""Attributes of kernels that only number them."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same, as words on both sides; empty where there is none.

    ``what`` is ``name``, ``type``, ``precision``, ``origins`` (what a kernel is fused of), ``input
    types``, ``output shapes`` ... or the name of an attribute or a property.
    """

    what: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Change:
    """Two layers that correspond, by their positions, and how they differ."""

    left: int
    right: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class IoChange:
    """An input or output by its name; None on the side where there is none of that name."""

    role: Literal["input", "output"]
    name: str
    left: Tensor | None
    right: Tensor | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How ``right`` differs from ``left``. Layers are told by their positions: ``removed`` are in
    ``left`` only, ``added`` in ``right`` only, ``same`` counts the pairs without a difference.

    ``types`` has the number of layers of each type on both sides, ``precision`` the share of each
    dtype on both sides, see ``statistics.precision_mix``.
    """

    same: int
    changed: tuple[Change, ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]
    io: tuple[IoChange, ...]
    properties: tuple[Difference, ...]
    types: dict[str, tuple[int, int]]
    precision: dict[str, tuple[float, float]]

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs."""
        return not (self.changed or self.removed or self.added or self.io or self.properties)


def compare(left: Graph, right: Graph) -> Comparison:
    """Everything that differs. With the sides changed the answer is the mirror image of this one.

    Engines are compared by the ONNX nodes in their kernels, so a graph of another reading can stand
    beside one, but most will differ.
    """
    pairs = match(left, right)
    changes = [Change(a, b, tuple(_differences(left, a, right, b))) for a, b in pairs]
    changed = tuple(change for change in changes if change.differences)
    return Comparison(
        same=len(pairs) - len(changed),
        changed=changed,
        removed=_others(left, (a for a, _ in pairs)),
        added=_others(right, (b for _, b in pairs)),
        io=tuple(_io_changes(left, right)),
        properties=tuple(_mapping_differences(_properties(left), _properties(right))),
        types=_beside(_type_counts(left), _type_counts(right), 0),
        precision=_beside(precision_mix(left), precision_mix(right), 0.0),
    )


def compare_files(left: ModelFile, right: ModelFile) -> tuple[Difference, ...]:
    """How the files differ, as far as that is worth telling."""
    return tuple(_mapping_differences(_file_facts(left), _file_facts(right)))


def _file_facts(file: ModelFile) -> dict[str, _Fact]:
    facts: dict[str, _Fact] = {"size in bytes": f"{file.size_bytes:,}"}
    if file.header is not None:
        facts |= {"built by": file.header.label, "built for": file.header.targets}
    if file.record is not None:
        request = file.record.request
        facts |= {"built from": request.model, "converted to": request.precision}
        facts |= {"flags": tuple(sorted(request.flags))}
    return facts


def _properties(graph: Graph) -> dict[str, _Fact]:
    """What holds for the whole, each range of every profile too."""
    ranges: dict[str, _Fact] = {
        f"profile {index}, {name}": (allowed.min, allowed.opt, allowed.max)
        for index, profile in enumerate(graph.profiles)
        for name, allowed in profile.items()
    }
    return ranges | graph.properties


def _others(graph: Graph, matched: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(range(len(graph.layers))).difference(matched)))


def _differences(left: Graph, a: int, right: Graph, b: int) -> Iterator[Difference]:
    """How two layers differ: in what they are first, then in their attributes."""
    mine, other = left.layers[a], right.layers[b]
    yield from _mapping_differences(_facts(left, mine), _facts(right, other))
    for difference in _mapping_differences(mine.attributes, other.attributes):
        if difference.what not in _NUMBERING:
            yield difference


def _facts(graph: Graph, layer: Layer) -> dict[str, _Fact]:
    """What a layer is. The names of kernels hold numbers that mean nothing."""
    facts: dict[str, _Fact] = {"name": layer.name} if graph.view != "engine" else {}
    facts |= {"type": layer.type, "precision": compute_dtype(graph, layer)}
    if graph.view == "onnx":
        facts["inputs"] = tuple(t.name for t in _tensors(graph, layer.inputs))
    else:
        facts["origins"] = tuple(sorted(set(map(original_name, layer.origins))))
    for side, positions in (("input", layer.inputs), ("output", layer.outputs)):
        tensors = _tensors(graph, positions)
        facts[f"{side} types"] = tuple(t.dtype for t in tensors)
        facts[f"{side} shapes"] = tuple(t.shape for t in tensors)
        facts[f"{side} formats"] = tuple(t.format for t in tensors)
    return facts


def _tensors(graph: Graph, positions: Iterable[int | None]) -> list[Tensor]:
    return [_ABSENT if p is None else graph.tensors[p] for p in positions]


def _mapping_differences(
    left: Mapping[str, _Fact | Attribute], right: Mapping[str, _Fact | Attribute]
) -> Iterator[Difference]:
    for what in dict.fromkeys((*left, *right)):
        mine, other = left.get(what), right.get(what)
        if mine != other:
            yield Difference(what, _words(mine), _words(other))


def _words(value: _Fact | Attribute) -> str:
    if isinstance(value, list | tuple):
        shapes_in_words = (format_shape(v) if isinstance(v, tuple) else v for v in value)
        return ", ".join("" if v is None else str(v) for v in shapes_in_words)
    return "" if value is None else str(value)


def _io_changes(left: Graph, right: Graph) -> Iterator[IoChange]:
    """Other readings than ONNX do not keep the names of all dynamic sizes."""
    keeps_names = left.view == right.view
    roles: tuple[tuple[Literal["input", "output"], _Tensors, _Tensors], ...] = (
        ("input", left.input_tensors, right.input_tensors),
        ("output", left.output_tensors, right.output_tensors),
    )
    for role, mine, other in roles:
        before, after = {t.name: t for t in mine}, {t.name: t for t in other}
        for name in dict.fromkeys((*before, *after)):
            a, b = before.get(name), after.get(name)
            if a is None or b is None or _type(a, keeps_names) != _type(b, keeps_names):
                yield IoChange(role, name, a, b)


def _type(tensor: Tensor, keeps_names: bool) -> tuple[str, tuple[Dim, ...] | None]:
    if keeps_names or tensor.shape is None:
        return tensor.dtype, tensor.shape
    return tensor.dtype, tuple(-1 if isinstance(dim, str) else dim for dim in tensor.shape)


def _type_counts(graph: Graph) -> Counter[str]:
    return Counter(layer.type for layer in graph.layers)


def _beside(
    left: Mapping[str, _Number], right: Mapping[str, _Number], nothing: _Number
) -> dict[str, tuple[_Number, _Number]]:
    """Both figures of each name, the largest first."""
    both = {k: (left.get(k, nothing), right.get(k, nothing)) for k in {**left, **right}}
    return dict(sorted(both.items(), key=lambda item: (-max(item[1]), item[0])))

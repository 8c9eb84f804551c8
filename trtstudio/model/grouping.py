"""Groups of a graph's layers, after the scopes in their names. Immutable, so safe in any thread.

``/blocks.0/conv/Conv`` lies in ``conv`` in ``blocks.0``; a fused kernel lies where all that it was
made from lies.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from trtstudio.model.graph import Graph, Layer

ROOT = 0
WIDEST = 400
"""A group with more members than this is cut into runs of consecutive ones."""

_DEEPEST = 12
_RUN = 100
_LONGEST_NAME = 4000
_WORD = re.compile(r"[\w.\-:/]+")


@dataclass(frozen=True, slots=True)
class Group:
    """Layers and smaller groups, by their positions in the graph and in the grouping.

    ``name`` is what it adds to its parent's, ``path`` the whole; a run of consecutive layers has
    neither. ``first`` and ``last`` are its outermost layers, ``size`` counts all of them.
    """

    name: str
    path: str
    parent: int
    groups: tuple[int, ...]
    layers: tuple[int, ...]
    size: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Grouping:
    """A tree of groups: ``groups[ROOT]`` holds everything, parents come before their children.
    ``homes`` has the innermost group of each layer.
    """

    groups: tuple[Group, ...]
    homes: tuple[int, ...]

    def around(self, layer: int) -> tuple[int, ...]:
        """The groups that hold a layer, from the innermost to the root."""
        return self.from_group(self.homes[layer])

    def from_group(self, group: int) -> tuple[int, ...]:
        """A group and all that hold it, up to the root."""
        path = [group]
        while path[-1] != ROOT:
            path.append(self.groups[path[-1]].parent)
        return tuple(path)

    def layers_in(self, group: int) -> Iterator[int]:
        """All layers of a group, however deep."""
        yield from self.groups[group].layers
        for inner in self.groups[group].groups:
            yield from self.layers_in(inner)


def group_layers(graph: Graph) -> Grouping:
    """The groups of a graph. A scope with one layer, or with nothing but one other, is none."""
    root = _Scope("")
    for position, layer in enumerate(graph.layers):
        scope = root
        for part in scope_of(layer):
            scope = scope.child(part)
        scope.members.append(position)
    root.settle()
    return _number(root, len(graph.layers))


def unfolded_at_first(grouping: Grouping, limit: int) -> frozenset[int]:
    """The groups to unfold so that about ``limit`` nodes are visible: level after level, while
    there are no more, or far too few before. All where the layers are no more than ``limit``.
    """
    if len(grouping.homes) <= limit:
        return frozenset(range(len(grouping.groups)))
    unfolded = {ROOT}
    level = [ROOT]
    count = _width(grouping, ROOT)
    while level := [child for group in level for child in grouping.groups[group].groups]:
        before = count
        count += sum(_width(grouping, group) - 1 for group in level)
        if count > (WIDEST if before < limit / 8 else limit):
            break
        unfolded.update(level)
    return frozenset(unfolded)


def scope_of(layer: Layer) -> tuple[str, ...]:
    """The scopes that a layer lies in, from the outermost: those that its origins have in common,
    or else the paths in its name. ``PWN(/a/b, /a/c)`` has two paths, ``Conv_41`` has none.
    """
    paths = [origin for origin in layer.origins if "/" in origin]
    if not paths:
        name = layer.name[:_LONGEST_NAME].replace("...", " ")
        paths = [word for word in _WORD.findall(name) if "/" in word]
    parts = (list(filter(None, path[:_LONGEST_NAME].split("/"))) for path in paths)
    return tuple(_common([scopes for *scopes, _ in filter(None, parts)]))[:_DEEPEST]


def _common(scopes: list[list[str]]) -> list[str]:
    """What all begin with."""
    if not scopes:
        return []
    alike = takewhile(lambda parts: len(set(parts)) == 1, zip(*scopes, strict=False))
    return [part for part, *_ in alike]


def _width(grouping: Grouping, group: int) -> int:
    return len(grouping.groups[group].groups) + len(grouping.groups[group].layers)


@dataclass(slots=True, eq=False)
class _Scope:
    """A group in the making; its members are layers by position, and scopes."""

    name: str
    members: list["int | _Scope"] = field(default_factory=list)
    children: dict[str, "_Scope"] = field(default_factory=dict)
    size: int = 0
    first: int = 0
    last: int = 0

    def child(self, name: str) -> "_Scope":
        if name not in self.children:
            self.children[name] = _Scope(name)
            self.members.append(self.children[name])
        return self.children[name]

    def settle(self) -> None:
        """Dissolve the scopes that group nothing, and cut up what is too wide."""
        for scope in self.children.values():
            scope.settle()
        self.members = [_without_wrapping(m) if isinstance(m, _Scope) else m for m in self.members]
        self.members.sort(key=_first)
        if len(self.members) > WIDEST:
            self.members = list(_runs(self.members))
        self._measure()

    def _measure(self) -> None:
        sizes = [m.size if isinstance(m, _Scope) else 1 for m in self.members]
        self.size = sum(sizes)
        self.first = min(map(_first, self.members), default=0)
        self.last = max(map(_last, self.members), default=0)


def _without_wrapping(scope: _Scope) -> "int | _Scope":
    if len(scope.members) != 1:
        return scope
    only = scope.members[0]
    if isinstance(only, _Scope) and only.name:
        only.name = f"{scope.name}/{only.name}"
    return only


def _runs(members: Sequence["int | _Scope"]) -> Iterable[_Scope]:
    """As many members in each as there are runs, or ``_RUN`` if that is more."""
    length = max(_RUN, round(len(members) ** 0.5))
    for start in range(0, len(members), length):
        run = _Scope("", list(members[start : start + length]))
        run._measure()
        yield run


def _first(member: "int | _Scope") -> int:
    return member.first if isinstance(member, _Scope) else member


def _last(member: "int | _Scope") -> int:
    return member.last if isinstance(member, _Scope) else member


def _number(root: _Scope, layer_count: int) -> Grouping:
    """Give every scope its position, breadth first."""
    scopes, parents, paths = [root], [ROOT], [""]
    inner: list[list[int]] = []
    homes = [ROOT] * layer_count
    for position, scope in enumerate(scopes):  # it grows meanwhile
        inner.append([])
        for member in scope.members:
            if isinstance(member, int):
                homes[member] = position
            else:
                inner[-1].append(len(scopes))
                scopes.append(member)
                parents.append(position)
                paths.append("/".join(filter(None, (paths[position], member.name))))
    groups = tuple(
        Group(
            scope.name,
            path if scope.name else "",
            parent,
            tuple(children),
            tuple(m for m in scope.members if isinstance(m, int)),
            scope.size,
            scope.first,
            scope.last,
        )
        for scope, parent, path, children in zip(scopes, parents, paths, inner, strict=True)
    )
    return Grouping(groups, tuple(homes))

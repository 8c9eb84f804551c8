"""``trtstudio compare`` of different readings: which layers are made of which. Any thread."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trtstudio.cli.inspect import READING
from trtstudio.cli.output import table
from trtstudio.model.fusion import Fusion
from trtstudio.model.graph import Layer

_WIDEST = 48


def fusion_json(fusion: Fusion) -> dict[str, Any]:
    """Layers of both readings by name; ``made_of`` has those of the later one."""
    before, after = fusion.before.layers, fusion.after.layers
    return {
        "made_of": [
            layer_json(after[p]) | {"made_of": [layer_json(before[q]) for q in made_of]}
            for p, made_of in fusion.made_of.items()
        ],
        "gone": [layer_json(before[p]) for p in fusion.gone],
        "inserted": _by_name(fusion),
        "unnamed": [layer_json(after[p]) for p in fusion.unnamed],
    }


def fusion_summary(fusion: Fusion) -> str:
    """How many layers are in how many."""
    before, after = fusion.before, fusion.after
    return (
        f"{len(before.layers) - len(fusion.gone):,} of {len(before.layers):,} layers "
        f"({READING[before.view]}) are in {len(fusion.made_of):,} of {len(after.layers):,} "
        f"({READING[after.view]})"
    )


def fusion_text(fusion: Fusion) -> Iterator[str]:
    """A table of each kind of layers that there is."""
    before, after = fusion.before.layers, fusion.after.layers
    inserted = [(name, ", ".join(layers)) for name, layers in _by_name(fusion).items()]
    tables = (
        titled("Made of", list(_made_of_rows(fusion))),
        titled(
            "Gone: folded away, or taken up without a trace",
            [layer_row(before[p]) for p in fusion.gone],
        ),
        titled("Put in between", inserted),
        titled("Made of no node", [layer_row(after[p]) for p in fusion.unnamed]),
    )
    yield from filter(None, tables)


def _made_of_rows(fusion: Fusion) -> Iterator[tuple[str, ...]]:
    """A row for each layer of the earlier reading, the later one named in the first."""
    for position, made_of in fusion.made_of.items():
        layer = fusion.after.layers[position]
        first = str(layer.index), layer.type, layer.name, "<-"
        for other in made_of:
            yield *first, *layer_row(fusion.before.layers[other])
            first = "", "", "", ""


def _by_name(fusion: Fusion) -> Mapping[str, list[str]]:
    layers = fusion.after.layers
    return {node: [layers[p].name for p in places] for node, places in fusion.inserted.items()}


def layer_json(layer: Layer) -> dict[str, Any]:
    """A layer in short."""
    return {"index": layer.index, "name": layer.name, "type": layer.type}


def layer_row(layer: Layer) -> tuple[str, ...]:
    """The same as the cells of a table."""
    return str(layer.index), layer.type, layer.name


def titled(title: str, rows: Sequence[tuple[str, ...]]) -> str:
    """A table under its title; nothing where it has no rows."""
    return f"{title}\n{table(rows, widest=_WIDEST)}" if rows else ""

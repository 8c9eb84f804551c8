"""A layer profile as rows, JSON and CSV. Plain data and pure functions; any thread."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal

from trtstudio.model.measure.layer_profile import (
    LayerProfile,
    LayerTime,
    TimeGroup,
    by_node,
    by_type,
)

By = Literal["layer", "node", "type"]
"""What the times are told by: layer, group of ONNX nodes, or type of layer."""

Row = dict[str, Any]


def profile_rows(found: LayerProfile, by: str, top: int | None = None) -> list[Row]:
    """A row for each layer in the order in which they ran, or for each group, the slowest first;
    only the ``top`` slowest where that is given.
    """
    groups: Sequence[LayerTime | TimeGroup] = found.layers
    if by != "layer":
        groups = by_node(found) if by == "node" else by_type(found)
    if top is not None:
        groups = sorted(groups, key=lambda group: -group.median_ms)[:top]
    return [asdict(group) for group in groups]


def profile_json(found: LayerProfile, rows: Sequence[Row]) -> dict[str, Any]:
    """The whole, the sum, and a row for each layer or group."""
    return {
        "runtime": found.runtime,
        "device": found.device,
        "shapes": found.shapes,
        "iterations": found.iterations,
        "whole_ms": found.whole_ms,
        "sum_ms": found.sum_ms,
        "gap_ms": found.gap_ms,
        "rows": list(rows),
        "warnings": found.warnings,
    }


def profile_csv(rows: Sequence[Row]) -> str:
    """The rows with a head, without a line end after the last; ONNX nodes have `` + `` between."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({k: " + ".join(v) if isinstance(v, tuple) else v for k, v in row.items()})
    return file.getvalue().rstrip("\n")

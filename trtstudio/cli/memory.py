"""``trtstudio memory``."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from trtstudio.cli.load import load_request
from trtstudio.cli.output import Phases, Report, say, table
from trtstudio.engine.measure.memory import count_memory
from trtstudio.model.graph import format_shape
from trtstudio.model.measure.memory import MemoryItem, MemoryLedger, MemoryRequest
from trtstudio.model.quantities import format_bytes

_CERTAINTY = {"exact": "", "at_least": "at least ", "at_most": "at most "}


def memory(options: Namespace, _cancelled: Callable[[], bool]) -> Report:
    """The ledger; exit code 1 where it does not fit."""
    request = MemoryRequest(load_request(options), dict(options.shape), options.contexts)
    ledger = count_memory(request, Phases())
    for warning in ledger.warnings:
        say(f"note: {warning}")
    return Report(0 if ledger.fits else 1, memory_json(ledger), "\n".join(_lines(ledger)))


def memory_json(ledger: MemoryLedger) -> dict[str, Any]:
    """The ledger with its sums, all sizes in bytes."""
    items = [{**asdict(item), "total_bytes": item.total_bytes} for item in ledger.items]
    return {
        **asdict(ledger),
        "items": items,
        "total_bytes": ledger.total_bytes,
        "fits": ledger.fits,
    }


def _lines(ledger: MemoryLedger) -> Iterator[str]:
    shapes = ", ".join(f"{name} {format_shape(shape)}" for name, shape in ledger.shapes.items())
    yield f"{ledger.runtime} on {ledger.device}"
    yield f"{shapes}:"
    yield ""
    rows = [("total", format_bytes(ledger.total_bytes), "", "")]
    yield table([*map(_row, ledger.items), *rows], right=(1,))
    yield ""
    if ledger.host_bytes:
        yield f"{format_bytes(ledger.host_bytes)} of page-locked memory beside that"
    if ledger.streamable_bytes:
        yield f"{format_bytes(ledger.streamable_bytes)} of the weights can be streamed"
    if len(ledger.profiles) > 1:
        sizes = (f"{p.profile}: {format_bytes(p.activation_bytes)}" for p in ledger.profiles)
        yield f"activations by profile: {', '.join(sizes)}"
    yield _verdict(ledger)


def _row(item: MemoryItem) -> tuple[str, str, str, str]:
    size = f"{_CERTAINTY[item.certainty]}{format_bytes(item.total_bytes)}"
    each = f"{item.count} x {format_bytes(item.bytes_each)}" if item.count > 1 else ""
    return item.kind, size, each, f"says {item.source}" if item.source else ""


def _verdict(ledger: MemoryLedger) -> str:
    if not ledger.free_bytes:
        return "How much is free is not known here."
    free = f"{format_bytes(ledger.free_bytes)} of {format_bytes(ledger.device_bytes)} are free"
    if ledger.fits:
        return f"It fits: {free}."
    missing = format_bytes(ledger.total_bytes - ledger.free_bytes)
    return f"It does not fit: {free}, {missing} too little."

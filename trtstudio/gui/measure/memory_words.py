"""What a memory ledger says in words. Any thread."""

from PySide6.QtCore import QCoreApplication

from trtstudio.model.graph import format_shape
from trtstudio.model.measure.memory import Certainty, ItemKind, MemoryItem, MemoryLedger
from trtstudio.model.quantities import format_bytes


def verdict(ledger: MemoryLedger) -> str:
    """Whether it fits, with the figures."""
    total = format_bytes(ledger.total_bytes)
    if not ledger.free_bytes:
        return _tr("It takes {total}; how much is free is not known here.").format(total=total)
    words = (
        _tr("It fits: {total} of the {free} that are free on {device}.")
        if ledger.fits
        else _tr("It does not fit by {missing}: {total} of the {free} that are free on {device}.")
    )
    return words.format(
        total=total,
        free=format_bytes(ledger.free_bytes),
        missing=format_bytes(ledger.total_bytes - ledger.free_bytes),
        device=ledger.device,
    )


def conditions(ledger: MemoryLedger) -> str:
    """What it is counted for."""
    shapes = ", ".join(f"{name} {format_shape(shape)}" for name, shape in ledger.shapes.items())
    words = _tr("{runtime}; {shapes}") if shapes else "{runtime}"
    return words.format(runtime=ledger.runtime, shapes=shapes)


def notes(ledger: MemoryLedger) -> list[str]:
    """What there is to say beside the items."""
    found = []
    if ledger.host_bytes:
        words = _tr("{size} of page-locked memory of the host are taken beside that.")
        found.append(words.format(size=format_bytes(ledger.host_bytes)))
    if ledger.streaming_bytes is not None:
        words = _tr("{size} of the weights are streamed to the GPU while it runs.")
        found.append(words.format(size=format_bytes(ledger.streaming_bytes)))
    elif ledger.streamable_bytes:
        words = _tr("{size} of the weights could be streamed instead of being kept on the GPU.")
        found.append(words.format(size=format_bytes(ledger.streamable_bytes)))
    return found


def item_name(kind: ItemKind) -> str:
    """What an item of the ledger is called."""
    return {
        "weights": _tr("Weights"),
        "activations": _tr("Activations"),
        "inputs": _tr("Inputs"),
        "outputs": _tr("Outputs"),
        "scratch": _tr("Scratch"),
    }[kind]


def item_size(item: MemoryItem) -> str:
    """All of an item: ``at least 12.3 MB``."""
    words: dict[Certainty, str] = {
        "exact": "{size}",
        "at_least": _tr("at least {size}"),
        "at_most": _tr("at most {size}"),
    }
    return words[item.certainty].format(size=format_bytes(item.total_bytes))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Memory", text)

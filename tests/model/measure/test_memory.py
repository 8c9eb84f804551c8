"""A ledger's sums and words."""

from trtstudio.model.measure.memory import MemoryItem, MemoryLedger


def ledger(free_bytes: int) -> MemoryLedger:
    items = (MemoryItem("weights", 100), MemoryItem("activations", 30, 3))
    return MemoryLedger("TensorRT", "GPU", items, free_bytes, 1000)


def test_it_fits_where_what_is_free_suffices_or_is_not_known() -> None:
    assert ledger(0).total_bytes == 190
    assert [ledger(free).fits for free in (0, 189, 190, 191)] == [True, False, True, True]

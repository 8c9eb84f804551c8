"""A ledger's sums and words."""

import pytest

from trtstudio.model.measure.memory import MemoryItem, MemoryLedger, format_bytes


def ledger(free_bytes: int) -> MemoryLedger:
    items = (MemoryItem("weights", 100), MemoryItem("activations", 30, 3))
    return MemoryLedger("TensorRT", "GPU", items, free_bytes, 1000)


def test_it_fits_where_what_is_free_suffices_or_is_not_known() -> None:
    assert ledger(0).total_bytes == 190
    assert [ledger(free).fits for free in (0, 189, 190, 191)] == [True, False, True, True]


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (18_600_000, "18.6 MB"),
        (141_200_000_000, "141.2 GB"),
    ],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert format_bytes(size) == words

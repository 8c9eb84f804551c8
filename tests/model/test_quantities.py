"""Amounts as texts, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.quantities import BYTE_UNITS, format_bytes, format_flops, parse_bytes


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


@given(st.integers(0, 10**18 - 1), st.sampled_from(sorted(BYTE_UNITS)), st.booleans())
def test_a_size_is_read_with_or_without_a_unit(number: int, unit: str, is_lower: bool) -> None:
    written = unit.lower() if is_lower else unit
    assert parse_bytes(f"{number}{written}") == parse_bytes(f"{number} {unit}")
    assert parse_bytes(f"{number}{written}") == number * 2 ** {"K": 10, "M": 20, "G": 30}[unit[0]]
    assert parse_bytes(str(number)) == number


@pytest.mark.parametrize("text", ["", "MiB", "-1", "1.5GiB", "12MB", "1 MiB ", "\u0663", "9" * 19])
def test_what_is_no_size_is_none(text: str) -> None:
    assert parse_bytes(text) is None


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0"), (99_999, "99,999"), (100_000, "0.10 M"), (1.234e8, "0.12 G"), (5e12, "5,000.00 G")],
)
def test_work_in_words(count: int, words: str) -> None:
    assert format_flops(int(count)) == words

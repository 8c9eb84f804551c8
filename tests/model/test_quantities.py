"""Amounts as texts, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.quantities import (
    BYTE_UNITS,
    format_bytes,
    format_flops,
    format_limit,
    format_percent,
    format_rate,
    parse_bytes,
)


@pytest.mark.parametrize(
    ("share", "decimals", "words"),
    [
        (0.0, 0, "0 %"),
        (0.36, 0, "36 %"),
        (0.9874, 1, "98.7 %"),
        (1.0, 2, "100.00 %"),
        (0.005, 0, "< 1 %"),
        (0.0004, 1, "< 0.1 %"),
        (-0.25, 0, "-25 %"),
    ],
)
def test_shares_in_words(share: float, decimals: int, words: str) -> None:
    assert format_percent(share, decimals) == words


@given(st.floats(1e-9, 1.0), st.integers(0, 3))
def test_something_is_never_told_as_nothing(share: float, decimals: int) -> None:
    words = format_percent(share, decimals)
    assert words.startswith("< ") or float(words.removesuffix(" %")) > 0


def test_rates_in_words() -> None:
    assert [format_rate(rate) for rate in (0.04, 59.94, 12345.67)] == [
        "0.0 /s",
        "59.9 /s",
        "12,345.7 /s",
    ]


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (18_600_000, "18.6 MB"),
        (141_200_000_000, "141.2 GB"),
        (1_500_000_000_000, "1.5 TB"),
    ],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert format_bytes(size) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (512, "512 B"),
        (1024, "1 KiB"),
        (512 << 20, "512 MiB"),
        (3 << 29, "1.5 GiB"),
        (64 << 30, "64 GiB"),
    ],
)
def test_limits_in_words(size: int, words: str) -> None:
    assert format_limit(size) == words
    whole = not words.startswith("1.5")
    assert (parse_bytes(words.removesuffix(" B")) == size) is whole


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

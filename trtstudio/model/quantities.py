"""Shares, rates, amounts of bytes and of work as texts, and back, the same in every language. Any
thread.
"""

import re

BYTE_UNITS = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
"""What a limit is asked for in, as by TensorRT's tools; what is measured is told in MB."""

_FACTORS = {"": 1, **{unit.lower(): size for unit, size in BYTE_UNITS.items()}}


def format_percent(share: float, decimals: int = 0) -> str:
    """``36 %`` of 0.36, ``98.7 %`` with one decimal; ``< 1 %`` of what would be rounded to none."""
    rounded = f"{100 * share:.{decimals}f}"
    return f"{rounded} %" if share <= 0 or float(rounded) else f"< {10**-decimals:g} %"


def format_rate(per_second: float) -> str:
    """``1,234.5 /s``."""
    return f"{per_second:,.1f} /s"


def format_bytes(size: int) -> str:
    """``18.6 MB``; ``840 B``, ``3.2 kB``, ``141.2 GB``, ``1.5 TB`` of what is smaller or larger."""
    for unit, scale in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}"
    return f"{size} B"


def format_limit(size: int) -> str:
    """A limit as it is asked for, in powers of 2: ``512 MiB``, ``1.5 GiB``; see ``BYTE_UNITS``."""
    if size < 2**10:
        return f"{size} B"
    unit, scale = next(found for found in reversed(BYTE_UNITS.items()) if size >= found[1])
    return f"{size / scale:.1f} {unit}".replace(".0 ", " ")


def parse_bytes(text: str) -> int | None:
    """The bytes of ``512MiB`` or ``536870912``; None for what is no size."""
    found = re.fullmatch(r"(\d{1,18})\s*([kmg]ib|)", text, re.ASCII | re.IGNORECASE)
    return int(found[1]) * _FACTORS[found[2].lower()] if found else None


def format_flops(count: int) -> str:
    """``0.77 G``, and the very number of what is small."""
    if count < 1e5:
        return f"{count:,}"
    return f"{count / 1e9:,.2f} G" if count >= 1e8 else f"{count / 1e6:,.2f} M"

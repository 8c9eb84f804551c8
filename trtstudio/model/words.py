"""English words for figures, for the command line and for reports. Any thread."""


def counted(count: int, noun: str) -> str:
    """``1 layer``, ``1,200 layers``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"

"""English words for figures, for the command line and for reports. Any thread."""


def counted(count: int, noun: str) -> str:
    """``1 layer``, ``1,200 layers``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def sayable(text: str) -> str:
    """Without the halves of characters that stand for bytes in names of files which are no UTF-8:
    no text file holds them."""
    return text.encode(errors="replace").decode()

"""Counts with what is counted. Any thread."""


def counted(count: int, one: str, many: str) -> str:
    """``one`` for 1, else ``many``, which names the ``count`` that it is told with: texts of both
    are translated, and languages without a plural give the same for both.
    """
    return (one if count == 1 else many).format(count=count)

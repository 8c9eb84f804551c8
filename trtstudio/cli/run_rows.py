"""What ``trtstudio run`` tells of its sources one by one. They lie in a file beside the memory: a
run may have a hundred thousand. One thread at a time.
"""

import json
import weakref
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from tempfile import SpooledTemporaryFile
from typing import Any

import numpy as np

from trtstudio.cli.output import plain

_IN_MEMORY_BYTES = 2**22


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of one source, as JSON and in words."""

    data: dict[str, Any]
    words: str
    failed: bool = False

    @property
    def name(self) -> str:
        """The source's, and of a video the frame's number."""
        source = str(self.data["source"])
        return f"{source} #{self.data['frame']}" if "frame" in self.data else source


class Rows:
    """Grows at its end; can be gone through again and again. ``failed`` where one of them has."""

    def __init__(self) -> None:
        self.failed = False
        self._places, self._keys = array("q"), array("d")
        self._file = SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 - closed with this
        weakref.finalize(self, self._file.close)

    def add(self, row: Row, key: float = inf) -> None:
        """Keep it, before those with a greater key."""
        self.failed = self.failed or row.failed
        self._keys.append(key)
        self._places.append(self._file.seek(0, 2))
        self._file.write(json.dumps((plain(row.data), row.words, row.failed)).encode() + b"\n")

    def __iter__(self) -> Iterator[Row]:
        """All so far, as JSON gives them back; several may be gone through at once."""
        for number in np.argsort(np.array(self._keys), kind="stable"):
            self._file.seek(self._places[number])
            yield Row(*json.loads(self._file.readline()))

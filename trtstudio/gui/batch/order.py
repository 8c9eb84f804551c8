"""What is asked for in a run over many pictures. Plain data for any thread."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trtstudio.gui.sessions.loaded import Loaded

Ask = Callable[[Any], "Future[Any]"]
"""Sends a request to an engine process. Any thread."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to run: ``models`` are the sessions that look at every picture of ``sources``,
    ``reader`` reads the texts that they find, and ``journal`` is the file that keeps the answers.
    ``path`` is the model.

    ``compared_with`` tells the second of two models from any other. ``again``: begin anew, whatever
    the file holds.
    """

    path: Path
    sources: tuple[Path, ...]
    models: tuple[Loaded, ...]
    journal: Path
    compared_with: str = ""
    reader: Loaded | None = None
    recursive: bool = False
    again: bool = False

    @property
    def read_with(self) -> str:
        """The file of what reads."""
        return str(self.reader.choice.path) if self.reader is not None else ""

    @property
    def titles(self) -> tuple[str, ...]:
        """What the sessions are called."""
        return tuple(f"{each.choice.path.name}, {each.info.runtime}" for each in self.models)

"""What is asked for in a run over many pictures. Plain data for any thread."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trtstudio.gui.loaded import Loaded

Ask = Callable[[Any], "Future[Any]"]
"""Sends a request to an engine process. Any thread."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to run: ``models`` are the sessions that look at every picture of ``sources``, ``names``
    what they are called, and ``journal`` the file that keeps the answers. ``path`` is the model.

    ``again``: begin anew, whatever the file holds.
    """

    path: Path
    sources: tuple[Path, ...]
    models: tuple[Loaded, ...]
    names: tuple[str, ...]
    journal: Path
    recursive: bool = False
    again: bool = False

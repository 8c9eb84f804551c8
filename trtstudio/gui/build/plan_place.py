"""Where a built plan goes: a good default, and what is to be known of a place before a build. These
functions ask the file system, so they belong on the ``io`` thread.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from trtstudio import assets


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a path to write to; ``existing_bytes`` is None where no file is yet."""

    path: Path
    folder_exists: bool
    is_writable: bool
    free_bytes: int = 0
    existing_bytes: int | None = None
    is_folder: bool = False


def plan_name(model: Path, precision: str) -> str:
    """``NAME.plan``, and ``NAME-fp16.plan`` for a model that is converted first."""
    return f"{model.stem}.plan" if precision == "keep" else f"{model.stem}-{precision}.plan"


def default_folder(model: Path) -> Path:
    """The model's own folder, else one of the user's that can be written to; the bundled sample's
    folder belongs to the program.
    """
    own = [] if model.is_relative_to(assets.ROOT) else [model.parent]
    folders = (*own, platformdirs.user_documents_path(), Path.home())
    return next((f for f in folders if _is_writable(f)), model.parent)


def look_at(path: Path) -> Place:
    """Ask the file system about a place for a plan."""
    folder = path.parent
    if not folder.is_dir():
        return Place(path, folder_exists=False, is_writable=False)
    return Place(
        path,
        folder_exists=True,
        is_writable=_is_writable(folder),
        free_bytes=shutil.disk_usage(folder).free,
        existing_bytes=path.stat().st_size if path.is_file() else None,
        is_folder=path.is_dir(),
    )


def _is_writable(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)

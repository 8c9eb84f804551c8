"""What the window remembers between two starts: recent files, its layout, its theme. Main thread
only.
"""

from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

RECENT_LIMIT = 10


def _settings() -> QSettings:
    folder = platformdirs.user_config_path("trtstudio", appauthor=False)
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


def recent_files() -> list[Path]:
    """The files opened last, the newest first."""
    stored = _settings().value("recent", [])
    # An INI file does not tell a list of one text from a text.
    texts = stored if isinstance(stored, list) else [stored] if stored else []
    return [Path(str(text)) for text in texts]


def remember_file(path: Path) -> None:
    """Put a file at the top of the recent ones."""
    others = [p for p in recent_files() if p != path]
    _settings().setValue("recent", [str(p) for p in [path, *others][:RECENT_LIMIT]])


def forget_files() -> None:
    """Empty the list of recent files."""
    _settings().remove("recent")


def load_text(key: str, default: str) -> str:
    """A remembered choice."""
    return str(_settings().value(key, default))


def save_text(key: str, text: str) -> None:
    """Remember a choice."""
    _settings().setValue(key, text)


def load_layout() -> tuple[QByteArray, QByteArray]:
    """The window's geometry and the state of its docks; empty at the first start."""
    settings = _settings()
    found = (settings.value("geometry"), settings.value("docks"))
    geometry, docks = (v if isinstance(v, QByteArray) else QByteArray() for v in found)
    return geometry, docks


def save_layout(geometry: QByteArray, docks: QByteArray) -> None:
    """Remember the window's geometry and the state of its docks."""
    settings = _settings()
    settings.setValue("geometry", geometry)
    settings.setValue("docks", docks)

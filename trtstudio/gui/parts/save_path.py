"""Asks where to save: what is there is overwritten only after the dialog has asked about it by its
whole name. Main thread only.
"""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QFileDialog, QWidget

Form = TypeVar("Form")

_SUFFIX = re.compile(r"\*(\.\w+)")


def ask_save_path(parent: QWidget, title: str, name: str, *kinds: str) -> Path | None:
    """Where to save; None where the user has thought better of it. ``name`` is proposed, and
    ``kinds``, such as ``Pictures (*.png *.jpg)``, have all the suffixes that there are.
    """
    found = ask_save_form(parent, title, name, dict.fromkeys(kinds))
    return found[0] if found is not None else None


def ask_save_form(
    parent: QWidget, title: str, name: str, forms: Mapping[str, Form]
) -> tuple[Path, Form] | None:
    """As ``ask_save_path``, and as what: ``forms`` by their kinds."""
    kind = ""
    while True:
        filters, proposed = ";;".join(forms), Path(name)
        name, kind = QFileDialog.getSaveFileName(parent, title, name, filters, kind)
        if not name:
            return None
        path, kind = completed(Path(name), kind, forms, proposed.suffix)
        if path == Path(name) or not os.path.exists(path):  # noqa: PTH110 - it raises nothing
            return path, forms[kind]
        name = str(path)


def completed(path: Path, kind: str, kinds: Iterable[str], proposed: str) -> tuple[Path, str]:
    """The file with a suffix, and its kind: the one that was chosen, unless the name says another.
    A suffix that was only ``proposed`` gives way to that of the chosen kind.
    """
    suffixes = {each: _SUFFIX.findall(each) for each in kinds}
    kind = kind if kind in suffixes else next(iter(suffixes))
    suffix, own = path.suffix.lower(), suffixes[kind]
    named = next((each for each, known in suffixes.items() if suffix in known), None)
    if suffix in own:
        return path, kind
    if named is None:
        return path.with_name(path.name + own[0]), kind
    if suffix == proposed.lower():
        return path.with_suffix(own[0]), kind
    return path, named

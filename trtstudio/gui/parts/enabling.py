"""Controls that say why they cannot be used. Main thread only."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget


def enable_unless(why_not: str, control: QWidget | QAction, tip: str = "") -> None:
    """Enable it with ``tip``; where there is a reason why not, disable it and tell that instead."""
    control.setEnabled(not why_not)
    control.setToolTip(why_not or tip)

"""The seed of random inputs. Main thread only."""

from random import randrange

from PySide6.QtWidgets import QSpinBox

_MOST = 2**31 - 1  # that a box of Qt's holds


class SeedBox(QSpinBox):
    """A number that gives the same inputs again."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(maximum=_MOST, value=seed)

    def take_another(self) -> None:
        """Any other."""
        self.setValue(randrange(_MOST))

"""One number, or one for each channel, as text. Main thread only."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from trtstudio.gui.theme import mono_font


class Numbers(QLineEdit):
    """Tells of numbers that make sense, and says of others why they do not."""

    changed = Signal(object)  # tuple[float, ...]

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFont(mono_font())
        self._channels = 3
        self._may_be_zero = True
        self.textEdited.connect(self._take)
        self.editingFinished.connect(self._tidy)
        self._shown: tuple[float, ...] = ()

    def show_numbers(
        self, values: tuple[float, ...], channels: int, *, may_be_zero: bool = True
    ) -> None:
        """Show these without telling of them; what the user is typing stays as it is."""
        self._channels, self._may_be_zero = channels, may_be_zero
        self._shown = values
        if self._numbers() != values:
            self._tidy()

    def _tidy(self) -> None:
        with QSignalBlocker(self):
            self.setText("  ".join(f"{value:.6g}" for value in self._shown))
        self._mark("")

    def _take(self) -> None:
        values = self._numbers()
        if values is None:
            wanted = self.tr("Give 1 or {count} numbers, with blanks between them.")
            self._mark(wanted.format(count=self._channels))
        elif not self._may_be_zero and 0 in values:
            self._mark(self.tr("Nothing can be divided by 0."))
        else:
            self._mark("")
            self._shown = values
            self.changed.emit(values)

    def _numbers(self) -> tuple[float, ...] | None:
        try:
            values = tuple(float(word) for word in self.text().replace(",", " ").split())
        except ValueError:
            return None
        is_finite = all(abs(value) < float("inf") for value in values)
        return values if is_finite and len(values) in (1, self._channels) else None

    def _mark(self, problem: str) -> None:
        self.setToolTip(problem)
        self.setProperty("level", "error" if problem else "")
        self.style().unpolish(self)
        self.style().polish(self)

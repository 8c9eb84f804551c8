"""How much two tensors differ, at tolerances that the user chooses. Main thread only."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from trtstudio.gui.tensor.figures import Figures
from trtstudio.gui.tensor.number_text import count, index, number
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.tensor_difference import TensorDifference

_RTOL, _ATOL = 1e-3, 1e-5
_FIELD_WIDTH = 80


class DifferencePanel(QWidget):
    """Figures, tolerances, and the way to where the difference is largest."""

    tolerances_changed = Signal()
    position_picked = Signal(object)  # tuple[int, ...]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: TensorDifference | None = None
        self.heading = QLabel(wordWrap=True)
        self.heading.setProperty("role", "heading")
        self.figures = Figures()
        self.go_button = QPushButton(self.tr("Go to the largest"))
        self.go_button.setToolTip(self.tr("Show where the values differ most"))
        self.go_button.clicked.connect(self._go)
        self.rtol = self._field(self.tr("Relative tolerance"), _RTOL)
        self.atol = self._field(self.tr("Absolute tolerance"), _ATOL)
        tolerances = QGridLayout()
        tolerances.setHorizontalSpacing(GRID)
        tolerances.setVerticalSpacing(GRID // 2)
        for row, field in enumerate((self.rtol, self.atol)):
            label = QLabel(field.accessibleName())
            label.setProperty("role", "muted")
            label.setBuddy(field)
            tolerances.addWidget(label, row, 0)
            tolerances.addWidget(field, row, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.heading)
        layout.addWidget(self.figures)
        layout.addWidget(self.go_button)
        layout.addLayout(tolerances)

    @property
    def tolerances(self) -> tuple[float, float]:
        """The relative and the absolute one."""
        return float(self.rtol.text() or 0), float(self.atol.text() or 0)

    def show_other(self, name: str) -> None:
        """Say what is compared with, until its difference is known."""
        self.heading.setText(self.tr("Difference from {name}").format(name=name))
        self.figures.show_rows([(self.tr("Comparing ..."), "", "")])
        self.go_button.setEnabled(False)

    def show_difference(self, found: TensorDifference) -> None:
        """Show its figures."""
        self._found = found
        largest_at = "-" if found.max_at is None else index(found.max_at)
        rows = [
            (self.tr("Max abs"), number(found.max_abs), ""),
            (self.tr("At"), largest_at, ""),
            (self.tr("Mean abs"), number(found.mean_abs), ""),
            (self.tr("Max rel"), number(found.max_relative), ""),
            (self.tr("Rel L2"), number(found.relative_l2), ""),
            (self.tr("Cosine"), number(found.cosine, 9), ""),
            (self.tr("Outside"), count(found.outside), "" if found.is_close else "error"),
            (self.tr("All close"), self.tr("yes") if found.is_close else self.tr("no"), ""),
        ]
        if found.one_nan:
            rows.append((self.tr("NaN in one"), count(found.one_nan), "error"))
        self.figures.show_rows(rows)
        self.go_button.setEnabled(found.max_at is not None)

    def _go(self) -> None:
        if self._found is not None and self._found.max_at is not None:
            self.position_picked.emit(self._found.max_at)

    def _field(self, name: str, value: float) -> QLineEdit:
        field = QLineEdit(f"{value:g}")
        field.setAccessibleName(name)
        field.setFont(mono_font())
        field.setFixedWidth(_FIELD_WIDTH)
        checked = QDoubleValidator(0.0, 1e300, 12, field)
        checked.setLocale(QLocale.c())
        field.setValidator(checked)
        field.editingFinished.connect(self.tolerances_changed)
        return field

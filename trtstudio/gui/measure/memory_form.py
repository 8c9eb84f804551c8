"""What memory is counted for: contexts and shapes. Main thread only."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from trtstudio.gui.measure.memory_ledgers import Count
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.shape_text import parse_shape
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.build.build import Shape
from trtstudio.model.graph import format_shape


class MemoryForm(QWidget):
    """The form of one document. A shape that is left empty is the one in grey: the largest of the
    profile, or the model's usual one.
    """

    count_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, QLineEdit] = {}
        self._is_counting = False
        self.contexts = QSpinBox(minimum=1, maximum=1000)
        self.contexts.setToolTip(self.tr("How many inferences may be under way at the same time."))
        self.problem = QLabel(wordWrap=True)
        self.problem.setProperty("level", "error")
        self.problem.hide()
        self.button = QPushButton(self.tr("Count"))
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.count_requested)
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setVerticalSpacing(GRID)
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._rows.addRow(self.tr("Execution contexts"), self.contexts)
        self._rows.addRow(self.problem)
        self._rows.addRow(self.button)

    def shapes(self) -> dict[str, Shape] | None:
        """What is entered; None where something is no shape."""
        found: dict[str, Shape] = {}
        for name, box in self._boxes.items():
            if not box.text().strip():
                continue
            shape = parse_shape(box.text())
            if shape is None:
                return None
            found[name] = shape
        return found

    def show_state(self, count: Count | None) -> None:
        """Ask for the shapes of a ledger's inputs; say whether one is being counted."""
        self._is_counting = count is not None and count.is_running
        if count is not None and count.ledger is not None and not count.is_running:
            for name, shape in count.ledger.shapes.items():
                if name not in self._boxes:
                    self._boxes[name] = self._add_box(name)
                if name not in count.shapes:  # else nobody has said what is usual
                    self._boxes[name].setPlaceholderText(format_shape(shape))
        self._check()

    def _add_box(self, name: str) -> QLineEdit:
        box = QLineEdit()
        box.setFont(mono_font())
        words = self.tr("Shape of {name}").format(name=name)
        box.setAccessibleName(words)
        box.textEdited.connect(self._check)
        box.returnPressed.connect(self.button.click)
        self._rows.insertRow(self._rows.rowCount() - 2, words, box)
        return box

    def _check(self) -> None:
        wrong = self.tr("A shape is sizes with x between them.") if self.shapes() is None else ""
        self.problem.setText(wrong)
        self.problem.setVisible(bool(wrong))
        why_not = self.tr("It is being counted.") if self._is_counting else wrong
        enable_unless(why_not, self.button, self.tr("Count again for these contexts and shapes"))

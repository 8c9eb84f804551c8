"""The inputs or the outputs of a run, one at a time, and how they differ from another run's. Main
thread only.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.run.run_title import run_title
from trtstudio.gui.run.runs import Run
from trtstudio.gui.tensor.tensor_view import TensorView
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.gui.workspace import Workspace
from trtstudio.model.run import Array

_FEW_LETTERS = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_LETTERS = 4
_CHOOSER_WIDTH = 220

TensorsOf = Callable[[Run], Mapping[str, Array]]


class RunTensors(QFrame):
    """The tensor and the other run that were chosen stay chosen from run to run. ``tensors_of``
    says which tensors of a run these are; ``choice`` is where they are chosen, and is put in its
    place by who makes this.
    """

    def __init__(
        self, workspace: Workspace, tensors_of: TensorsOf, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._tensors_of = tensors_of
        self._run: Run | None = None
        self._history: Sequence[Run] = ()
        self._other: Run | None = None
        self.view = TensorView(workspace, self)
        self.chooser = QComboBox()
        self.chooser.setAccessibleName(self.tr("Tensor"))
        self.chooser.setFont(mono_font())
        self.chooser.activated.connect(self._choose_tensor)
        self.others = QComboBox()
        self.others.setAccessibleName(self.tr("Compare with"))
        self.others.activated.connect(self._choose_other)
        for chooser in (self.chooser, self.others):
            chooser.setSizeAdjustPolicy(_FEW_LETTERS)
            chooser.setMinimumContentsLength(_LETTERS)
            chooser.setMaximumWidth(_CHOOSER_WIDTH)
            chooser.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice = QWidget()
        self.choice.hide()
        row = QHBoxLayout(self.choice)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.chooser)
        self._others_label = QLabel(self.tr("Compare with"))
        self._others_label.setProperty("role", "muted")
        self._others_label.setBuddy(self.others)
        row.addWidget(self._others_label)
        row.addWidget(self.others)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID // 2)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.view, 1)

    def show_run(self, run: Run, history: Sequence[Run]) -> None:
        """Show a run's tensors; those of ``history`` can be compared with them."""
        self._run, self._history = run, history
        if not any(other is self._other for other in history):
            self._other = None
        chosen = self.chooser.currentText()
        self.chooser.clear()
        self.chooser.addItems(list(self._tensors_of(run)))
        self.chooser.setCurrentIndex(max(0, self.chooser.findText(chosen)))
        self._show()

    def clear(self) -> None:
        """Keep nothing of any run."""
        self._run, self._history, self._other = None, (), None
        self.others.clear()
        self.view.show_tensor("", None)

    def _choose_tensor(self) -> None:
        self._show()

    def _choose_other(self) -> None:
        self._other = self.others.currentData()
        self._show()

    def _show(self) -> None:
        assert self._run is not None
        name = self.chooser.currentText()
        array = self._tensors_of(self._run).get(name)
        self._offer_others(name, array)
        other = self._tensors_of(self._other).get(name) if self._other is not None else None
        if array is not None and other is not None and other.shape != array.shape:
            other = None
        self.view.show_tensor(
            name,
            array,
            other=other,
            other_name=self.others.currentText() if other is not None else "",
        )

    def _offer_others(self, name: str, array: Array | None) -> None:
        """The runs that have such a tensor of the same shape, the newest first."""
        self.others.clear()
        self.others.addItem(self.tr("nothing"), None)
        for number, run in reversed(list(enumerate(self._history, 1))):
            theirs = self._tensors_of(run).get(name)
            is_alike = array is not None and theirs is not None and theirs.shape == array.shape
            if is_alike and run is not self._run:
                self.others.addItem(f"{number}: {run_title(run)}", run)
        at = next((i for i in range(1, self.others.count()) if self._is_other(i)), 0)
        self.others.setCurrentIndex(at)
        can_compare = self.others.count() > 1
        self.others.setVisible(can_compare)
        self._others_label.setVisible(can_compare)
        self.chooser.setVisible(self.chooser.count() > 1)

    def _is_other(self, item: int) -> bool:
        return self.others.itemData(item) is self._other

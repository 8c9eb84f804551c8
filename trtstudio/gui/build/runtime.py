"""Chooses the TensorRT that builds, among those that this window knows. Main thread only."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from trtstudio.gui.theme import GRID
from trtstudio.model.core_words import core_text
from trtstudio.model.interpreters import OWN, Interpreter, KnownRuntime


class RuntimeChooser(QComboBox):
    """One line for each interpreter; one without a TensorRT says why and cannot be chosen."""

    runtime_chosen = Signal(object)  # Interpreter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("TensorRT that builds"))
        self.setMaximumWidth(48 * GRID)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda i: self.runtime_chosen.emit(self.itemData(i)))

    def show_runtimes(self, known: tuple[KnownRuntime, ...], chosen: Interpreter) -> None:
        """Offer these, and show which one builds."""
        self.clear()
        for runtime in known:
            self.addItem(runtime.label, runtime.interpreter)
            model = self.model()
            assert isinstance(model, QStandardItemModel)
            item = model.item(self.count() - 1)
            item.setEnabled(bool(runtime.runtime_label))
            item.setToolTip(core_text(runtime.problem) or runtime.interpreter.python)
        interpreters = [runtime.interpreter for runtime in known]
        if chosen in interpreters:
            self.setCurrentIndex(interpreters.index(chosen))
        tip = self.tr("The TensorRT that builds; the form follows what it offers")
        self.setToolTip(tip if chosen == OWN else f"{tip}\n{chosen.python}")

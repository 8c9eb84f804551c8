"""The layout and dtype of the tensor that a picture becomes. Main thread only."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trtstudio.gui.parts.eliding_box import ElidingBox
from trtstudio.gui.theme import GRID

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture_input import InputForm
    from trtstudio.vision.preprocess import Preprocess


class TensorFields(QWidget):
    """Where the model allows one only, nothing else can be chosen."""

    layout_chosen = Signal(str)
    dtype_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layout_, self.dtype = ElidingBox(), ElidingBox()
        self.layout_.setAccessibleName(self.tr("Layout"))
        self.dtype.setAccessibleName(self.tr("Data type"))
        self.layout_.activated.connect(
            lambda _: self.layout_chosen.emit(self.layout_.currentText())
        )
        self.dtype.activated.connect(lambda _: self.dtype_chosen.emit(self.dtype.currentText()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.layout_)
        column.addWidget(self.dtype)

    def show_tensor(self, preprocess: "Preprocess", form: "InputForm") -> None:
        """Show how the tensor is made, and what else the model would take, without telling."""
        for chooser, possible, name in (
            (self.layout_, form.layouts, preprocess.layout),
            (self.dtype, form.dtypes, preprocess.dtype),
        ):
            if [chooser.itemText(i) for i in range(chooser.count())] != list(possible):
                chooser.clear()
                chooser.addItems(list(possible))
            chooser.setCurrentText(name)
            chooser.setEnabled(len(possible) > 1)
        self.layout_.setToolTip(
            self.tr("The model leaves open where channels are: N pictures, C, height, width")
            if len(form.layouts) > 1
            else self.tr("The model takes {layout} only.").format(layout=form.layouts[0])
        )
        words = self.tr("The numbers are made so, and then given as {dtype}, which the model takes")
        only = self.tr("The model takes {dtype} only.")
        dtype = form.dtypes[0]
        self.dtype.setToolTip((words if len(form.dtypes) > 1 else only).format(dtype=dtype))

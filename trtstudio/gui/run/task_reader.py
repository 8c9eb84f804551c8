"""What reads the texts that a model finds. Main thread only."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from trtstudio.gui.document import Document
from trtstudio.gui.parts.eliding_box import ElidingBox

_OPEN = "open"


class TaskReader(ElidingBox):
    """Nothing, another open model, or one from a file."""

    chosen = Signal(object)  # Document | None
    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Read with"))
        self.setToolTip(
            self.tr("Another model reads each text that is found, as PP-OCR's rec models do")
        )
        self._reader: Document | None = None
        self.activated.connect(self._choose)

    def show_reader(self, reader: Document | None, offered: Sequence[Document]) -> None:
        """Show what reads, and what else could, without telling of it."""
        self._reader = reader
        self.clear()
        self.addItem(self.tr("Do not read"), None)
        for document in offered:
            self.addItem(document.path.name, document)
            place = str(document.path)
            self.setItemData(self.count() - 1, place, Qt.ItemDataRole.ToolTipRole)
        self.insertSeparator(self.count())
        self.addItem(self.tr("From a file ..."), _OPEN)
        self._show()

    def _show(self) -> None:
        known = (i for i in range(self.count()) if self.itemData(i) is self._reader)
        self.setCurrentIndex(next(known, 0))

    def _choose(self, position: int) -> None:
        data = self.itemData(position)
        self._show()  # until that is what is read with
        if data == _OPEN:
            self.open_requested.emit()
        else:
            self.chosen.emit(data)

"""Which head a detector has: guessed, or chosen. Main thread only."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from trtstudio.gui.parts.eliding_box import ElidingBox
from trtstudio.model.core_words import core_text
from trtstudio.model.quantities import format_percent

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.heads import Head
    from trtstudio.vision.network import Network
    from trtstudio.vision.picture_model import PictureModel


class TaskHead(ElidingBox):
    """The likeliest head first; of each its tooltip says why it fits, or what it needs."""

    chosen = Signal(object)  # HeadName | None: the likeliest

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Head"))
        self._network: Network | None = None
        self.activated.connect(lambda _: self.chosen.emit(self.currentData() or None))

    def show_head(self, model: "PictureModel") -> None:
        """Show what reads the outputs of this model, without telling of it."""
        if model.network is not self._network:
            self._network = model.network
            self._fill(model.network)
        self.setCurrentIndex(self.findData(model.settings.head or ""))
        self.setToolTip(self.currentData(Qt.ItemDataRole.ToolTipRole))

    def _fill(self, network: "Network") -> None:
        from trtstudio.vision.heads import HEADS, find_head

        self.clear()
        likeliest = find_head(network)
        if likeliest is None:
            self._add(self.tr("Guess it"), "", self.tr("No head seems to fit these outputs."))
        else:
            head, match = likeliest
            words = self.tr("Guessed: {head}").format(head=core_text(head.title))
            self._add(words, "", core_text(match.reason))
        self.insertSeparator(self.count())
        for head in HEADS:
            self._add(core_text(head.title), head.name, self._reason(head, network))

    def _reason(self, head: "Head", network: "Network") -> str:
        match = head.match(network)
        if match is not None:
            words = self.tr("Fits, {percent}: {reason}")
            return words.format(
                percent=format_percent(match.likelihood), reason=core_text(match.reason)
            )
        words = self.tr("Does not seem to fit. It needs {form}.")
        return words.format(form=core_text(head.form))

    def _add(self, text: str, name: str, reason: str) -> None:
        self.addItem(text, name)
        self.setItemData(self.count() - 1, reason, Qt.ItemDataRole.ToolTipRole)

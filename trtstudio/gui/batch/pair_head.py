"""What a document is compared with, and how far both agree over all pictures. Main thread only."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from trtstudio.gui.document import Document
from trtstudio.gui.sessions.partners import Partners
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.quantities import format_percent

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.batch.agreement import Summary


class PairHead(QWidget):
    """A choice of the other one, and beside it the figures."""

    def __init__(
        self, workspace: Workspace, partners: Partners, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._partners = workspace, partners
        self._document: Document | None = None
        self.other = QComboBox()
        self.other.setAccessibleName(self.tr("Compare with"))
        self.other.setMinimumContentsLength(24)
        self.other.activated.connect(self._choose)
        label = QLabel(self.tr("Compare with"))
        label.setBuddy(self.other)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(label)
        row.addWidget(self.other)
        row.addSpacing(2 * GRID)
        self.figures = QHBoxLayout()
        self.figures.setSpacing(2 * GRID)
        self.figures.addStretch()
        row.addLayout(self.figures, 1)
        self._shown: list[tuple[str, str]] = []
        for signal in (workspace.document_opened, workspace.document_closed):
            signal.connect(lambda _: self._list())

    def show_document(self, document: Document | None) -> None:
        """Offer what this document, if any, can be compared with."""
        self._document = document
        self._list()

    def show_summary(self, summary: "Summary | None") -> None:
        """The figures that there are, or none."""
        found = [] if summary is None else self._parts(summary)
        if found == self._shown:
            return
        self._shown = found
        while (item := self.figures.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for words, value in found:
            self.figures.addWidget(_figure(words, value))
        self.figures.addStretch()

    def _parts(self, summary: "Summary") -> list[tuple[str, str]]:
        known = (
            (self.tr("Same likeliest class"), summary.same_top),
            (self.tr("Objects both found"), summary.object_share),
            (self.tr("Mean precision at IoU 0.5"), summary.mean_precision),
            (self.tr("Overlap of boxes"), summary.box_iou),
            (self.tr("Overlap of masks"), summary.mask_iou),
            (self.tr("Cosine"), summary.cosine),
            (self.tr("Same text"), summary.same_text),
        )
        parts = [(words, format_percent(value, 1)) for words, value in known if value is not None]
        return [*parts, (self.tr("Pictures"), f"{summary.pictures:,}")]

    def _list(self) -> None:
        document = self._document
        self.other.clear()
        if document is None:
            return
        partner = self._partners.partner(document)
        if document.file.format == "onnx":
            self.other.addItem(self.tr("the same model, by ONNX Runtime"), "onnxruntime")
        if document.plan is not None:
            self.other.addItem(self.tr("its engine, by TensorRT"), "tensorrt")
        for each in self._workspace.documents:
            if each is not document:
                self.other.addItem(each.path.name, each)
        if self._partners.is_stand_in(partner):
            wanted: object = self._partners.runtime(document)
        else:
            wanted = partner
        found = [i for i in range(self.other.count()) if self.other.itemData(i) is wanted]
        found += [i for i in range(self.other.count()) if self.other.itemData(i) == wanted]
        self.other.setCurrentIndex(found[0] if found else 0)

    def _choose(self) -> None:
        if self._document is not None:
            self._partners.choose(self._document, self.other.currentData())


def _figure(words: str, value: str) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    figure, label = QLabel(value), QLabel(words)
    figure.setProperty("role", "heading")
    label.setProperty("role", "muted")
    column.addWidget(figure)
    column.addWidget(label)
    return box

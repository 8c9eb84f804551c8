"""The panel that shows the properties of the selection. Main thread only."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from trtstudio.gui.document import Document, Selection
from trtstudio.gui.inspect.file_properties import file_properties
from trtstudio.gui.inspect.graph_properties import layer_properties, tensor_properties
from trtstudio.gui.inspect.insight import insight_sections
from trtstudio.gui.inspect.plan_health import health_sections
from trtstudio.gui.inspect.property_page import MARGIN, PropertyPage
from trtstudio.gui.inspect.weight_histogram import draw_histogram
from trtstudio.gui.inspect.weight_reading import WeightReading
from trtstudio.gui.parts.property_list import (
    FileLink,
    Link,
    PropertyList,
    Section,
    Value,
    WeightLink,
    WeightsLink,
)
from trtstudio.gui.theme import theme
from trtstudio.gui.workspace import Workspace
from trtstudio.model.findings.insight import Insight

if TYPE_CHECKING:  # made when first asked for
    from trtstudio.gui.inspect.weight_window import WeightWindow


class PropertiesPanel(QTextBrowser):
    """Follows the selection. Texts can be selected and copied; links select what they name."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._shown: Selection | None = None
        self._values: list[Value | Section] = []
        self._opened: set[str] = set()
        self._width = self.width()
        self._weights = WeightReading(workspace, self)
        self._weight_window: WeightWindow | None = None
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Properties"))
        self.setPlaceholderText(self.tr("Select a layer or a tensor."))
        self.document().setDocumentMargin(MARGIN)
        self.anchorClicked.connect(self._follow)
        self._resized = QTimer(self, singleShot=True, interval=50)
        self._resized.timeout.connect(self.refresh)
        workspace.selection_changed.connect(self._show)
        workspace.reading_changed.connect(self._on_news)
        workspace.lookups.found.connect(self._on_news)
        workspace.insights.found.connect(self._on_news)
        workspace.plan_checks.found.connect(self._on_news)
        workspace.runtimes.changed.connect(self.refresh)
        self._weights.found.connect(self._on_news)
        theme().changed.connect(self.refresh)
        self._show(workspace.selection)

    def refresh(self) -> None:
        """Show the same selection again, at the same place."""
        position = self.verticalScrollBar().value()
        properties = self._properties()
        wide = self.width() - self.verticalScrollBar().sizeHint().width()
        page = PropertyPage(self._opened, self.font(), wide)
        text = page.write(properties) if properties else ""
        self._values = page.values
        self.setHtml(text)
        self.verticalScrollBar().setValue(position)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.width() != self._width:  # the viewport's also changes with the scroll bar
            self._width = self.width()
            self._resized.start()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        url = QUrl(name)
        if url.scheme() != "histogram":
            return super().loadResource(kind, name)
        number, width = map(int, url.path().split("/"))
        value = self._values[number]
        assert isinstance(value, Value)
        return draw_histogram(value.histogram, width, self.devicePixelRatioF())

    def _show(self, selection: Selection | None) -> None:
        self._shown = selection
        self._opened.clear()
        self._weights.look_away()
        self.verticalScrollBar().setValue(0)
        self.refresh()

    def _on_news(self, document: Document) -> None:
        if self._shown is not None and document is self._shown.document:
            self.refresh()

    def _follow(self, url: QUrl) -> None:
        value = self._values[int(url.path())]
        if url.scheme() == "all":
            self._opened.add(value.title if isinstance(value, Section) else value.text)
            self.refresh()
            return
        assert isinstance(value, Value)
        if url.scheme() == "copy":
            QGuiApplication.clipboard().setText(value.text)
        elif value.link is not None and self._shown is not None:
            link, document = value.link, self._shown.document
            if isinstance(link, WeightLink):
                self._show_weight(document, link)
            elif isinstance(link, FileLink):
                self._workspace.open([Path(link.path)])
            elif isinstance(link, WeightsLink):
                self._workspace.insights.read_weights(document)
            else:
                self._follow_link(document, link)

    def _follow_link(self, document: Document, link: Link) -> None:
        owner = document.origin if link.is_in_origin else document
        if owner is not None:
            self._workspace.set_current(owner)
            target = Selection(owner, link.kind, link.view, link.index, link.inner)
            self._workspace.select(target)

    def _show_weight(self, document: Document, weight: WeightLink) -> None:
        from trtstudio.gui.inspect.weight_window import WeightWindow

        if self._weight_window is None:
            self._weight_window = WeightWindow(self._workspace, self.window())
        self._weight_window.show_weight(document, weight)

    # What there is to say

    def _properties(self) -> PropertyList | None:
        selection = self._shown
        if selection is None:
            return None
        document = selection.document
        reading = document.readings.get(selection.view)
        insight = self._workspace.insights.insight(document)
        if selection.kind == "file" or reading is None or reading.graph is None:
            properties = file_properties(document)
            file, *rest = properties.sections
            health = health_sections(document, self._workspace.plan_checks)
            sections = file, *health, *insight_sections(document, insight), *rest
            return replace(properties, sections=sections)
        lookups, look_at = self._workspace.lookups, partial(self._weights.look, document)
        if selection.kind == "layer":
            known = insight if isinstance(insight, Insight) else None
            return layer_properties(selection, reading.graph, lookups, known, look_at)
        body = (selection.index, selection.inner[:-1]) if selection.inner else None
        edges = lookups.edges(document, selection.view, body)
        return tensor_properties(selection, reading.graph, edges, look_at)

"""The panel that shows the properties of the selection. Main thread only."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QFontMetrics, QGuiApplication, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from trtstudio.gui.items.file_properties import file_properties
from trtstudio.gui.items.graph_properties import layer_properties, tensor_properties
from trtstudio.gui.items.insight import Insight, insight_sections, look
from trtstudio.gui.items.property_list import PropertyList, Row, Section, Value
from trtstudio.gui.theme import GRID, colors, mono_font, theme
from trtstudio.gui.workspace import Document, Reading, Selection, Workspace
from trtstudio.model.errors import StudioError

LONGEST = 160
"""A longer value is cut after so many characters, until its user asks for all of it."""
MOST_ROWS = 60
"""A longer section likewise."""

_LEAST_NAME, _MOST_NAME = 20, 120


@dataclass(slots=True)
class _Answer:
    """What is found, and the graphs and the problem that it is about."""

    about: tuple[object, ...]
    value: Insight | StudioError | None = None


INSIGHT_AFTER_MS = 250


class PropertiesPanel(QTextBrowser):
    """Follows the selection. Texts can be selected and copied; links select what they name."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._shown: Selection | None = None
        self._values: list[Value | Section] = []
        self._opened: set[int] = set()
        self._insights: dict[Document, _Answer] = {}
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Properties"))
        self.setPlaceholderText(self.tr("Select a layer or a tensor."))
        self.document().setDocumentMargin(12)
        self.anchorClicked.connect(self._follow)
        self._resized = QTimer(self, singleShot=True, interval=50)
        self._resized.timeout.connect(self.refresh)
        workspace.selection_changed.connect(self._show)
        workspace.reading_changed.connect(self._on_news)
        workspace.lookups.found.connect(self._on_news)
        workspace.document_closed.connect(lambda document: self._insights.pop(document, None))
        theme().changed.connect(self.refresh)
        self._show(workspace.selection)

    def refresh(self) -> None:
        """Show the same selection again, at the same place."""
        position = self.verticalScrollBar().value()
        properties = self._properties()
        self._values = []
        self.setHtml(self._page(properties) if properties else "")
        self.verticalScrollBar().setValue(position)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._resized.start()

    def _show(self, selection: Selection | None) -> None:
        self._shown = selection
        self._opened.clear()
        self.verticalScrollBar().setValue(0)
        self.refresh()

    def _on_news(self, document: Document) -> None:
        if self._shown is not None and document is self._shown.document:
            self.refresh()

    def _follow(self, url: QUrl) -> None:
        number = int(url.path())
        if url.scheme() == "all":
            self._opened.add(number)
            self.refresh()
            return
        value = self._values[number]
        assert isinstance(value, Value)
        if url.scheme() == "copy":
            QGuiApplication.clipboard().setText(value.text)
        elif value.link is not None and self._shown is not None:
            link, document = value.link, self._shown.document
            target = Selection(document, link.kind, link.view, link.index, link.inner)
            self._workspace.select(target)

    def _properties(self) -> PropertyList | None:
        selection = self._shown
        if selection is None:
            return None
        reading = selection.document.readings.get(selection.view)
        if selection.kind == "file" or reading is None or reading.graph is None:
            return file_properties(selection.document)
        lookups = self._workspace.lookups
        if selection.kind == "layer":
            return layer_properties(selection, reading.graph, lookups)
        edges = lookups.edges(selection.document, selection.view)
        return tensor_properties(reading.graph, edges, selection.index)

    def _insight(self, document: Document) -> Insight | StudioError | None:
        """What is found in the document as far as it is read; None while it is looked for."""
        onnx, network, engine = (
            document.readings.get(view, Reading()) for view in ("onnx", "network", "engine")
        )
        graphs = onnx.graph, network.graph, engine.graph
        about = (*graphs, network.problem)
        known = self._insights.get(document)
        if known is not None and all(a is b for a, b in zip(known.about, about, strict=True)):
            return known.value
        answer = self._insights[document] = _Answer(about)

        def arrived(value: Insight | StudioError) -> None:
            answer.value = value
            if self._insights.get(document) is answer:
                self._on_news(document)

        def begin() -> None:
            future = self._workspace.io.submit(look, document.file, graphs, network.problem)
            self._workspace.courier.watch(future, arrived, arrived)

        # The document's first rows are painted before anything is looked for in it.
        QTimer.singleShot(INSIGHT_AFTER_MS, self, begin)
        return None

    # As HTML

    def _page(self, properties: PropertyList) -> str:
        mono, c = mono_font(), colors()
        style = (
            f"<style>td {{ padding: 2px {GRID}px 2px 0; }} a {{ text-decoration: none; }}"
            f" .value {{ font-family: '{mono.family()}'; }} .muted, .name {{ color: {c.muted}; }}"
            f" h4 {{ margin: 14px 0 4px 0; }} h3 {{ margin: 4px 0 10px 0; }}</style>"
        )
        title = f'<h3 class="value">{escape(properties.title)}</h3>'
        parts = list(map(self._section, properties.sections))
        if self._shown is not None and self._shown.kind == "file":
            document = self._shown.document
            insight = insight_sections(document, self._insight(document))
            # Made last: the numbers of the other values stay when it arrives.
            parts[1:1] = map(self._section, insight)
        body = "".join(parts)
        return f'{style}<div class="muted">{escape(properties.kind)}</div>{title}{body}'

    def _section(self, section: Section) -> str:
        title = f"<h4>{escape(section.title)}</h4>" if section.title else ""
        number = self._number(section)
        rows = section.rows if number in self._opened else section.rows[:MOST_ROWS]
        width = self._name_width(rows)
        table = "".join(self._row(row, width) for row in rows)
        more = ""
        if len(rows) < len(section.rows):
            words = self.tr("Show all {count:,}").format(count=len(section.rows))
            more = f'<p><a href="all:{number}">{words}</a></p>'
        return f'{title}<table width="100%" cellspacing="0">{table}</table>{more}'

    def _name_width(self, rows: Iterable[Row]) -> int:
        """Room for the longest name, but not half of the panel."""
        longest = max(self.fontMetrics().horizontalAdvance(row.name) for row in rows)
        return min(max(longest + GRID + 4, _LEAST_NAME), _MOST_NAME)

    def _row(self, row: Row, width: int) -> str:
        lines = ("&nbsp; ".join(self._value(v, width) for v in line) for line in row.lines)
        name = f'<td class="name" width="{width}">{escape(row.name)}</td>'
        return f'<tr>{name}<td class="value">{"<br>".join(lines)}</td></tr>'

    def _value(self, value: Value, name_width: int) -> str:
        number = self._number(value)
        if value.is_path:
            return self._path(value, number, name_width)
        text, more = value.text, ""
        if len(text) > LONGEST and number not in self._opened:
            words = self.tr("Show all {count:,} characters").format(count=len(text))
            text, more = f"{text[:LONGEST]}…", f'<br><a href="all:{number}">{words}</a>'
        text = escape(text).replace("\n", "<br>")
        if value.link is not None:
            return f'<a href="go:{number}">{text}</a>'
        color = _color(value)
        return f'<span style="color: {color}">{text}</span>{more}' if color else text + more

    def _path(self, value: Value, number: int, name_width: int) -> str:
        metrics, copy = QFontMetrics(mono_font()), self.tr("Copy")
        taken = name_width + metrics.horizontalAdvance(f"{copy}   ") + 5 * GRID
        room = max(self.viewport().width() - taken, 80)
        shown = escape(metrics.elidedText(value.text, Qt.TextElideMode.ElideMiddle, room))
        whole = escape(value.text)
        return f'<span title="{whole}">{shown}</span>&nbsp; <a href="copy:{number}">{copy}</a>'

    def _number(self, value: Value | Section) -> int:
        """What a link calls a value; the same whenever the same selection is shown."""
        self._values.append(value)
        return len(self._values) - 1


def _color(value: Value) -> str:
    c = colors()
    if value.tone == "dtype":
        return c.dtype(value.text)
    if value.tone == "layer":
        return c.layer(value.text)
    return str(getattr(c, value.tone)) if value.tone else ""

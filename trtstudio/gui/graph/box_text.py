"""What is written in the boxes of a drawing, cut to fit. No widgets; one thread at a time."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from trtstudio.gui.graph.coloring import Coloring
from trtstudio.gui.graph.drawing import Drawing
from trtstudio.gui.plural import counted
from trtstudio.gui.theme import mono_font, ui_font
from trtstudio.model.grouping import Group

TITLE_PIXELS = 13
NOTE_PIXELS = 11
_LARGEST = 26
_PADDING = 10.0
_LONGEST = 200


class Ink(NamedTuple):
    """The colours of the title, and of what is under it."""

    title: QColor
    note: QColor


class BoxText:
    """The title of each node and a note under it; from further away only the title, but larger."""

    def __init__(self, drawing: Drawing, coloring: Coloring) -> None:
        self._drawing = drawing
        self._notes = coloring.notes
        self._cut: dict[tuple[int, int], str] = {}
        self._fonts = {size: _sized(_bold(ui_font()), size) for size in _sizes()}
        self._metrics = {size: QFontMetricsF(font) for size, font in self._fonts.items()}
        self.label_font = label_font()
        self._note_metrics = QFontMetricsF(self.label_font)
        self.group_font = _sized(_bold(ui_font()), NOTE_PIXELS)
        self._group_metrics = QFontMetricsF(self.group_font)

    def paint(
        self, painter: QPainter, node: int, box: QRectF, ink: Ink, zoom: float | None
    ) -> None:
        """Write a node's text; ``zoom`` where only the title can be read."""
        size = TITLE_PIXELS if zoom is None else _readable(zoom)
        left = box.left() + _PADDING
        painter.setFont(self._fonts[size])
        painter.setPen(ink.title)
        height = self._metrics[size].capHeight()
        if zoom is not None:
            baseline = box.center().y() + height / 2
            painter.drawText(QPointF(left, baseline), self._title(node, size))
            return
        painter.drawText(QPointF(left, box.top() + 18), self._title(node, size))
        painter.setFont(self.label_font)
        painter.setPen(ink.note)
        painter.drawText(QPointF(left, box.top() + 33), self._note(node))

    def cut_group(self, name: str, most: float) -> tuple[str, float]:
        """The name of an unfolded group, and how wide it is."""
        mode = Qt.TextElideMode.ElideMiddle
        text = self._group_metrics.elidedText(f"▾ {_tail(name)}", mode, most)
        return text, self._group_metrics.horizontalAdvance(text)

    def _title(self, node: int, size: int) -> str:
        key = node, size
        if key not in self._cut:
            text = title(self._drawing, node)
            width = self._drawing.boxes[node].width() - 2 * _PADDING
            mode = Qt.TextElideMode.ElideMiddle
            self._cut[key] = self._metrics[size].elidedText(_tail(text), mode, width)
        return self._cut[key]

    def _note(self, node: int) -> str:
        key = node, 0
        if key not in self._cut:
            text = self._notes.get(node) or note(self._drawing, node)
            width = self._drawing.boxes[node].width() - 2 * _PADDING
            mode = Qt.TextElideMode.ElideLeft
            self._cut[key] = self._note_metrics.elidedText(_tail(text), mode, width)
        return self._cut[key]


def title(drawing: Drawing, node: int) -> str:
    """The type of a layer, or the name of anything else."""
    graph, grouping = drawing.structure.graph, drawing.structure.grouping
    kind, position = drawing.visible.nodes[node]
    if kind == "layer":
        return graph.layers[position].type or graph.layers[position].name or "?"
    if kind == "group":
        return group_title(grouping.groups[position])
    return graph.tensors[position].name


def group_title(group: Group) -> str:
    """The name of a group; a run of layers is called by its first and last."""
    if group.name:
        return group.name
    return _tr("Layers {first} – {last}").format(first=group.first, last=group.last)


def note(drawing: Drawing, node: int) -> str:
    """The name of a layer, the size of a group, or what else a node is."""
    kind, position = drawing.visible.nodes[node]
    if kind == "layer":
        return drawing.structure.graph.layers[position].name
    if kind == "group":
        size = drawing.structure.grouping.groups[position].size
        return counted(size, _tr("1 layer"), _tr("{count:,} layers"))
    return _tr("input") if kind == "input" else _tr("output")


def name_of(drawing: Drawing, node: int) -> str:
    """The whole name of a layer, group or tensor."""
    graph, grouping = drawing.structure.graph, drawing.structure.grouping
    kind, position = drawing.visible.nodes[node]
    if kind == "layer":
        return graph.layers[position].name
    if kind == "group":
        return grouping.groups[position].path or group_title(grouping.groups[position])
    return graph.tensors[position].name


def describe(drawing: Drawing, node: int) -> str:
    """The whole name and more, for tooltips and screen readers."""
    kind, position = drawing.visible.nodes[node]
    name = _head(name_of(drawing, node))
    if kind == "layer":
        layer = drawing.structure.graph.layers[position]
        text = _tr("{index}: {type}\n{name}").format(index=layer.index, type=layer.type, name=name)
        if layer.subgraphs:
            text += "\n" + _tr("Enter or a double click opens its subgraphs.")
        return text
    return f"{name}\n{note(drawing, node)}"


def label_font() -> QFont:
    """The face of the labels and the notes."""
    return _sized(mono_font(), NOTE_PIXELS)


def _readable(zoom: float) -> int:
    """A size that can still be read at this zoom; even, so that there are few."""
    return max(TITLE_PIXELS, min(_LARGEST, 2 * round(5.5 / zoom)))


def _sizes() -> list[int]:
    return [TITLE_PIXELS, *range(TITLE_PIXELS + 1, _LARGEST + 1)]


def _sized(font: QFont, pixels: int) -> QFont:
    font.setPixelSize(pixels)
    return font


def _bold(font: QFont) -> QFont:
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _tail(text: str) -> str:
    """Measuring 20,000 letters takes too long."""
    return text if len(text) <= _LONGEST else "…" + text[-_LONGEST:]


def _head(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Graph", text)

"""Properties as a page of HTML whose links are numbers of values. Main thread only."""

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QFontMetrics

from trtstudio.gui.inspect.weight_histogram import HEIGHT
from trtstudio.gui.parts.property_list import PropertyList, Row, Section, Value
from trtstudio.gui.theme import GRID, colors, mono_font

LONGEST = 160
"""A longer value is cut after so many characters, until its user asks for all of it."""
MOST_ROWS = 60
"""A longer section likewise."""
MARGIN = 12

_LEAST_NAME, _MOST_NAME = 20, 120


class PropertyPage:
    """Written once, for a panel so many points ``wide``. ``opened`` has the texts of values and
    the titles of sections that are shown whole.
    """

    def __init__(self, opened: set[str], font: QFont, wide: int) -> None:
        self.values: list[Value | Section] = []
        self._opened = opened
        self._font, self._metrics = font, QFontMetrics(font)
        self._wide = wide

    def write(self, properties: PropertyList) -> str:
        """The page; its links are ``go:``, ``copy:`` and ``all:`` with a place in ``values``, its
        pictures ``histogram:`` with that and their width.
        """
        mono, c = QFont(self._font), colors()
        mono.setFamilies([mono_font().family()])
        # Both faces on one line: the cells of a table know no baseline.
        lower = QFontMetrics(mono).ascent() - self._metrics.ascent()
        style = (
            f"<style>td {{ padding: {2 + max(-lower, 0)}px {GRID}px 2px 0; }}"
            f" td.name {{ padding-top: {2 + max(lower, 0)}px; color: {c.muted}; }}"
            f" .value {{ font-family: '{mono.family()}'; }} .muted {{ color: {c.muted}; }}"
            f" a {{ text-decoration: none; }} h4 {{ margin: 14px 0 4px 0; }}"
            f" h3 {{ margin: 4px 0 10px 0; }}</style>"
        )
        title = f'<h3 class="value">{escape(properties.title)}</h3>'
        body = "".join(map(self._section, properties.sections))
        return f'{style}<div class="muted">{escape(properties.kind)}</div>{title}{body}'

    def _section(self, section: Section) -> str:
        title = f"<h4>{escape(section.title)}</h4>" if section.title else ""
        number = self._number(section)
        rows = section.rows if section.title in self._opened else section.rows[:MOST_ROWS]
        width = self._name_width(rows)
        table = "".join(self._row(row, width) for row in rows)
        more = ""
        if len(rows) < len(section.rows):
            words = _tr("Show all {count:,}").format(count=len(section.rows))
            more = f'<p><a href="all:{number}">{words}</a></p>'
        return f'{title}<table width="100%" cellspacing="0">{table}</table>{more}'

    def _name_width(self, rows: Iterable[Row]) -> int:
        """Room for the longest name, but not half of the panel."""
        longest = max(self._metrics.horizontalAdvance(row.name) for row in rows)
        return min(max(longest + GRID + 4, _LEAST_NAME), _MOST_NAME)

    def _row(self, row: Row, width: int) -> str:
        name = f'<td class="name" width="{width}">{escape(row.name)}</td>'
        lines = (self._line(line, width) for line in row.lines)
        return f'<tr>{name}<td class="value">{"<br>".join(lines)}</td></tr>'

    def _line(self, line: Sequence[Value], name_width: int) -> str:
        return "&nbsp; ".join(self._value(value, name_width) for value in line)

    def _value(self, value: Value, name_width: int) -> str:
        number = self._number(value)
        if value.is_path:
            return self._path(value, number, name_width)
        if value.histogram:
            width = max(self._wide - name_width - 2 * MARGIN - 2 * GRID, 80)
            return f'<img src="histogram:{number}/{width}" width="{width}" height="{HEIGHT}">'
        text, more = value.text, ""
        if len(text) > LONGEST and text not in self._opened:
            words = _tr("Show all {count:,} characters").format(count=len(text))
            text, more = f"{text[:LONGEST]}…", f'<br><a href="all:{number}">{words}</a>'
        text = escape(text).replace("\n", "<br>")
        if value.link is not None:
            return f'<a href="go:{number}">{text}</a>'
        color = _color(value)
        return f'<span style="color: {color}">{text}</span>{more}' if color else text + more

    def _path(self, value: Value, number: int, name_width: int) -> str:
        metrics, copy = QFontMetrics(mono_font()), _tr("Copy")
        taken = name_width + metrics.horizontalAdvance(f"{copy}   ") + 5 * GRID
        room = max(self._wide - taken, 80)
        shown = escape(metrics.elidedText(value.text, Qt.TextElideMode.ElideMiddle, room))
        whole = escape(value.text)
        return f'<span title="{whole}">{shown}</span>&nbsp; <a href="copy:{number}">{copy}</a>'

    def _number(self, value: Value | Section) -> int:
        self.values.append(value)
        return len(self.values) - 1


def _color(value: Value) -> str:
    c = colors()
    if value.tone == "dtype":
        return c.dtype(value.text)
    if value.tone == "layer":
        return c.layer(value.text)
    return str(getattr(c, value.tone)) if value.tone else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("PropertiesPanel", text)

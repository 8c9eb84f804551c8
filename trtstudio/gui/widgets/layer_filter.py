"""The box that filters the layers of a table, and how many are left. Main thread only."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from trtstudio.gui.icons import icon
from trtstudio.gui.theme import GRID, colors, theme
from trtstudio.gui.widgets.graph_table import GraphTable

QUIET_MS = 20
"""A filter is applied when nothing has been typed for this long."""


class LayerFilter(QWidget):
    """Filters one table at a time; each table keeps its own filter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: GraphTable | None = None
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.edit = QLineEdit(clearButtonEnabled=True)
        self.edit.setPlaceholderText(self.tr("Filter by name, type, dtype or shape"))
        self.edit.setToolTip(
            self.tr("Ctrl+F. Shows the layers that match every word, they or their tensors.")
        )
        self.edit.setAccessibleName(self.tr("Filter the layers"))
        self.edit.setMinimumWidth(160)
        self.edit.setMaximumWidth(320)
        self._glass = self.edit.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addStretch(1)
        row.addWidget(self.count)
        row.addWidget(self.edit, stretch=2)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._apply)
        self.edit.textChanged.connect(lambda: self._quiet.start())
        self.edit.returnPressed.connect(self._leave)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.edit, self._leave)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        theme().changed.connect(self._draw_icon)
        self._draw_icon()

    def follow(self, table: GraphTable | None) -> None:
        """Filter this table from now on, or none."""
        if self.table is not None:
            if self.table is table:
                return
            self.table.graph_model.filtered.disconnect(self._show_count)
        self.table = table
        if table is not None:
            table.graph_model.filtered.connect(self._show_count)
        self.edit.setEnabled(table is not None)
        self.edit.setText(table.graph_model.query if table else "")
        self._quiet.stop()
        self._show_count()

    def enter(self) -> None:
        """Take the keyboard."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def clear(self) -> None:
        """Show all layers, at once."""
        self.edit.clear()
        self._apply()

    def _leave(self) -> None:
        self._apply()
        if self.table is not None:
            self.table.enter()

    def _apply(self) -> None:
        self._quiet.stop()
        if self.table is not None and self.table.graph_model.query != self.edit.text():
            self.table.graph_model.set_filter(self.edit.text())
            self._show_count()

    def _show_count(self) -> None:
        model = self.table.graph_model if self.table else None
        if model is None or not model.query.strip():
            self.count.clear()
        elif model.is_filtering:
            self.count.setText(self.tr("Reading the names ..."))
        else:
            words = self.tr("{found:,} of {count:,} layers")
            self.count.setText(words.format(found=model.match_count, count=len(model.graph.layers)))

    def _draw_icon(self) -> None:
        self._glass.setIcon(icon("search", colors().muted))

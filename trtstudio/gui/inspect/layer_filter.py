"""The box that filters the layers of a table, and how many are left. Main thread only."""

from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from trtstudio.gui.icons import set_icon
from trtstudio.gui.inspect.graph_table import GraphTable
from trtstudio.gui.rows.layer_query import BadExpression, parse_query
from trtstudio.gui.theme import GRID


class LayerFilter(QWidget):
    """Filters one table at a time; what was typed for each is kept."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: GraphTable | None = None
        self._typed: WeakKeyDictionary[GraphTable, tuple[str, bool]] = WeakKeyDictionary()
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.edit = QLineEdit(clearButtonEnabled=True)
        self.edit.setPlaceholderText(self.tr("Filter: words, type:conv, shape:224 ..."))
        self.edit.setAccessibleName(self.tr("Filter the layers"))
        self.edit.setEnabled(False)
        self.edit.setMinimumWidth(160)
        self.edit.setMaximumWidth(320)
        glass = self.edit.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        set_icon(glass, "search", "muted")
        self.regex = QAction(self.tr("Regular expressions (Ctrl+R)"), self, checkable=True)
        self.regex.setShortcut(QKeySequence("Ctrl+R"))
        self.regex.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.edit.addAction(self.regex, QLineEdit.ActionPosition.TrailingPosition)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addStretch(1)
        row.addWidget(self.count)
        row.addWidget(self.edit, stretch=100)
        self._connect()
        self._show_problem("")

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._apply)
        self.edit.returnPressed.connect(self.left)
        self.regex.toggled.connect(self._switch)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.edit, self.left.emit)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._draw_regex()

    def follow(self, table: GraphTable | None) -> None:
        """Filter this table from now on, or none."""
        if table is self.table:
            return
        if self.table is not None:
            self._typed[self.table] = self.edit.text(), self.regex.isChecked()
            self.table.graph_model.filtered.disconnect(self._show_count)
        self.table = None  # nothing is filtered by what follows
        text, is_regex = self._typed.get(table, ("", False)) if table else ("", False)
        self.edit.setEnabled(table is not None)
        self.edit.setText(text)
        self.regex.setChecked(is_regex)
        self.table = table
        if table is not None:
            table.graph_model.filtered.connect(self._show_count)
        self._apply()
        self._show_count()

    def enter(self) -> None:
        """Take the keyboard."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def clear(self) -> None:
        """Show all layers."""
        self.edit.clear()

    def _switch(self) -> None:
        self._draw_regex()
        self._apply()

    def _apply(self) -> None:
        """Filter by what was typed; by what was typed before while that is no expression."""
        if self.table is None:
            self._show_problem("")
            return
        try:
            query = parse_query(self.edit.text(), self.regex.isChecked())
        except BadExpression as error:
            self._show_problem(str(error))
            return
        self._show_problem("")
        if self.table.graph_model.query != query:
            self.table.graph_model.set_filter(query)
            self._show_count()

    def _show_count(self) -> None:
        model = self.table.graph_model if self.table else None
        if model is None or not model.query.terms:
            self.count.clear()
        elif model.is_filtering:
            self.count.setText(self.tr("Looking ..."))
        else:
            words = self.tr("{found:,} of {count:,} layers")
            self.count.setText(words.format(found=model.match_count, count=len(model.graph.layers)))

    def _show_problem(self, problem: str) -> None:
        """Mark the box while what is in it is no expression."""
        self.edit.setToolTip(problem or self._help())
        level = "error" if problem else ""
        if self.edit.property("level") != level:
            self.edit.setProperty("level", level)
            self.edit.style().polish(self.edit)

    def _help(self) -> str:
        return self.tr(
            "<p>Ctrl+F. Shows the layers that match every word, they or their tensors.</p>"
            "<p><b>name:</b>stem &nbsp;<b>type:</b>conv &nbsp;<b>dtype:</b>float16 "
            "&nbsp;<b>shape:</b>24x112 look in one field only.</p>"
            '<p>Quotes keep words together: "a + b". With <b>.*</b> (Ctrl+R) each word is a '
            "regular expression: type:^conv$</p>"
        )

    def _draw_regex(self) -> None:
        set_icon(self.regex, "regex", "accent" if self.regex.isChecked() else "muted")

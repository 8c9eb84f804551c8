"""The page that lists the interpreters with a TensorRT, adds others and forgets them. Main thread
only.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.gui.workspace import Workspace
from trtstudio.model.core_words import core_text
from trtstudio.model.interpreters import OWN, Interpreter, KnownRuntime

_INTERPRETER = Qt.ItemDataRole.UserRole


class RuntimesPage(QWidget):
    """A row an interpreter: its TensorRT, where it is, what it builds for, or why it cannot."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runtimes = workspace.runtimes
        self.table = self._make_table()
        self.place = QLineEdit(placeholderText=self.tr("Folder of a virtual environment"))
        self.place.setAccessibleName(self.tr("Folder of a virtual environment"))
        self.place.setFont(mono_font())
        self.place.textChanged.connect(self._update_buttons)
        self.place.returnPressed.connect(self.add)
        self.browse_button = QPushButton(self.tr("Browse ..."))
        self.browse_button.setToolTip(self.tr("Choose a folder"))
        self.browse_button.clicked.connect(self._browse)
        self.add_button = QPushButton(self.tr("Add"))
        self.add_button.clicked.connect(self.add)
        self.ask_button = QPushButton(self.tr("Ask all again"))
        self.ask_button.setToolTip(self.tr("Ask every interpreter what it has now"))
        self.ask_button.clicked.connect(self._runtimes.ask_all)
        self.remove_button = QPushButton(self.tr("Remove from the list"))
        self.remove_button.clicked.connect(self.remove)
        set_icon(self.ask_button, "rotate-ccw")
        set_icon(self.remove_button, "x")
        self._lay_out()
        self._runtimes.changed.connect(self._refresh)
        self._runtimes.asking_changed.connect(self._refresh)
        self._refresh()

    def add(self) -> None:
        """Add what the line names."""
        place = self.place.text().strip()
        if place:
            self._runtimes.add(place)
            self.place.clear()

    def remove(self) -> None:
        """Take the chosen interpreter off the list."""
        chosen = self.chosen()
        if chosen not in (None, OWN):
            self._runtimes.remove(chosen)

    def chosen(self) -> Interpreter | None:
        """The interpreter of the current row."""
        item = self.table.item(self.table.currentRow(), 0)
        return item.data(_INTERPRETER) if item else None

    def _make_table(self) -> QTableWidget:
        headings = [self.tr("TensorRT"), self.tr("Python"), self.tr("Builds for")]
        table = QTableWidget(0, len(headings))
        table.setAccessibleName(self.tr("Runtimes"))
        table.setHorizontalHeaderLabels(headings)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.itemSelectionChanged.connect(self._update_buttons)
        return table

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Runtimes"))
        title.setProperty("role", "title")
        words = QLabel(
            self.tr(
                "A plan runs only with the TensorRT that built it. Add the virtual environments "
                "that hold other versions: each builds and runs in a process of its own, and a "
                "plan goes to the one that fits it."
            ),
            wordWrap=True,
        )
        words.setProperty("role", "muted")
        add_row, list_row = QHBoxLayout(), QHBoxLayout()
        for row in (add_row, list_row):
            row.setSpacing(GRID)
        add_row.addWidget(self.place, stretch=1)
        add_row.addWidget(self.browse_button)
        add_row.addWidget(self.add_button)
        list_row.addWidget(self.ask_button)
        list_row.addWidget(self.remove_button)
        list_row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(GRID)
        layout.addWidget(title)
        layout.addWidget(words)
        layout.addWidget(self.table, stretch=1)
        layout.addLayout(list_row)
        layout.addLayout(add_row)

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("A virtual environment"))
        if folder:
            self.place.setText(folder)
            self.add()

    def _refresh(self) -> None:
        chosen = self.chosen()
        known = self._runtimes.known
        self.table.setRowCount(len(known))
        for row, runtime in enumerate(known):
            for column, text in enumerate(self._texts(runtime)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setData(_INTERPRETER, runtime.interpreter)
                self.table.setItem(row, column, item)
            if runtime.interpreter == chosen:
                self.table.selectRow(row)
        self._update_buttons()

    def _texts(self, known: KnownRuntime) -> tuple[str, str, str]:
        place = known.interpreter.python or self.tr("the program's own")
        if self._runtimes.is_asking(known.interpreter):
            return self.tr("Asking ..."), place, ""
        runtime = known.installation.runtime if known.installation else None
        if runtime is None:
            problem = core_text(known.problem).strip().splitlines()
            return self.tr("No TensorRT"), place, problem[0] if problem else ""
        here = self.tr("the GPU of this machine")
        return runtime.label, place, ", ".join(runtime.targets) or here

    def _update_buttons(self) -> None:
        chosen = self.chosen()
        why_not = "" if self.place.text().strip() else self.tr("Name a folder first.")
        enable_unless(why_not, self.add_button, self.tr("Add the TensorRT of this environment"))
        self.remove_button.setEnabled(chosen not in (None, OWN))
        self.remove_button.setToolTip(
            self.tr("The program's own runtime stays.")
            if chosen == OWN
            else self.tr("Nothing is deleted from the disk.")
        )

"""The Kept runs view of the Measure page: earlier benchmarks, compared in one plot. Main thread
only.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.icons import set_icon
from trtstudio.gui.measure.bench_figures_model import BenchFiguresModel
from trtstudio.gui.measure.bench_history_model import NOTE, PART, BenchHistoryModel, Run
from trtstudio.gui.measure.kept_curves import RunCurves, read_curves
from trtstudio.gui.measure.kept_plots import MOST, KeptPlots
from trtstudio.gui.measure.kept_runs import Benchmarks
from trtstudio.gui.measure.measurements import Measurements
from trtstudio.gui.measure.save_runs import SaveRuns
from trtstudio.gui.parts.choice_table import KeptTable
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.measure.bench_sets import of_one_set

_SHEET = (
    "QHeaderView, QHeaderView::section, QTableCornerButton::section"
    " { border: none; background: transparent; padding: 2px 6px; }"
)
_WIDTHS = (124, 140, 80, 100, 80, 90, 56, 84, 180, 140)


class KeptRunsView(QWidget):
    """A table of benchmarks; below it the chosen ones beside each other."""

    def __init__(self, workspace: Workspace, _: Runs, measurements: Measurements) -> None:
        super().__init__()
        self._workspace, self._kept = workspace, measurements.kept
        self._shown: list[tuple[int, str]] = []
        self._drawn: list[int] = []
        self._make_table()
        self._make_buttons()
        self._make_comparison()
        self._arrange()
        self._kept.changed.connect(self._refresh)
        self._choose()

    def chosen(self) -> list[Run]:
        """The benchmarks of the chosen rows, from the top."""
        return self.table.chosen()

    def edit_note(self) -> None:
        """Write something to the chosen one, in its cell."""
        rows = self.table.selectionModel().selectedRows(NOTE)
        if len(rows) == 1:
            self.table.scrollTo(rows[0])
            self.table.edit(rows[0])

    def forget(self) -> None:
        """Take the chosen ones out of the history."""
        self._kept.remove([run.id for run in self.chosen()])

    def open_files(self) -> None:
        """Open the models of the chosen ones."""
        paths = dict.fromkeys(run.entry.subject.model for run in self.chosen())
        self._workspace.open([Path(path) for path in paths])

    def choose_set(self) -> None:
        """Choose all that were measured with the chosen one."""
        number = of_one_set(run.entry.part for run in self.chosen())
        if number is not None:
            self.table.choose(lambda run: _set_of(run) == number)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    # Putting it together

    def _make_table(self) -> None:
        self.model = BenchHistoryModel(self)
        self.model.noted.connect(self._kept.annotate)
        self.table = KeptTable(self.model)
        self.table.setAccessibleName(self.tr("Kept benchmarks"))
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.table.set_widths(_WIDTHS)
        self.table.selectionModel().selectionChanged.connect(self._choose)
        self.filter = QLineEdit(placeholderText=self.tr("Filter by model, GPU, method, note ..."))
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName(self.tr("Filter the benchmarks"))
        self.filter.textChanged.connect(self.table.filter)

    def _make_buttons(self) -> None:
        self.save = SaveRuns(self._kept, self)
        self.set_button = QPushButton(self.tr("Whole set"))
        self.note_button = QPushButton(self.tr("Note"))
        self.open_button = QPushButton(self.tr("Open"))
        self.forget_button = QPushButton(self.tr("Forget"))
        for button, name, slot in (
            (self.set_button, "layers", self.choose_set),
            (self.note_button, "pencil", self.edit_note),
            (self.open_button, "folder-open", self.open_files),
            (self.forget_button, "trash-2", self.forget),
        ):
            set_icon(button, name)
            button.clicked.connect(slot)
        QShortcut(
            QKeySequence(QKeySequence.StandardKey.Delete),
            self.table,
            self.forget,
            context=Qt.ShortcutContext.WidgetShortcut,
        )

    def _make_comparison(self) -> None:
        self.figures = BenchFiguresModel(self)
        self.figure_table = QTableView()
        self.figure_table.setModel(self.figures)
        self.figure_table.setAccessibleName(self.tr("Figures of the chosen benchmarks"))
        self.figure_table.setShowGrid(False)
        self.figure_table.setTabKeyNavigation(False)
        self.figure_table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.figure_table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.figure_table.setStyleSheet(_SHEET)
        head = self.figure_table.horizontalHeader()
        head.setDefaultSectionSize(132)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.figure_table.verticalHeader().setDefaultSectionSize(22)
        self.plots: KeptPlots | None = None
        self._beside = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._beside.addWidget(self.figure_table)
        self.hint = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.hint.setProperty("role", "muted")
        self._below = QStackedWidget()
        self._below.addWidget(self.hint)
        self._below.addWidget(self._beside)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.filter, 1)
        for button in (
            self.set_button,
            self.note_button,
            self.open_button,
            self.save.button,
            self.forget_button,
        ):
            head.addWidget(button)
        splitter = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        splitter.addWidget(self.table)
        splitter.addWidget(self._below)
        splitter.setSizes([200, 320])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(splitter, 1)

    # What is shown

    def _refresh(self) -> None:
        if self.isVisible():
            self._kept.list_benchmarks(self._show_runs)

    def _show_runs(self, runs: Benchmarks) -> None:
        if [(run.id, run.entry.note) for run in runs] == self._shown:
            return
        self._shown = [(run.id, run.entry.note) for run in runs]
        chosen = {run.id for run in self.chosen()}
        self.model.set_rows(runs)
        self.table.setColumnHidden(PART, not any(run.entry.part for run in runs))
        self.table.choose(lambda run: run.id in chosen)
        self._choose()

    def _choose(self) -> None:
        chosen = self.chosen()
        self.save.set_runs(chosen)
        self._update_buttons(chosen)
        if not chosen:
            self.hint.setText(self._hint())
            self._below.setCurrentWidget(self.hint)
        else:
            self._compare(chosen)

    def _update_buttons(self, chosen: Sequence[Run]) -> None:
        is_part = of_one_set(run.entry.part for run in chosen) is not None
        why_not = "" if is_part else self.tr("Choose a benchmark that is a part of several")
        enable_unless(why_not, self.set_button, self.tr("Choose all that were measured with it"))
        why_not = "" if len(chosen) == 1 else self.tr("Choose one benchmark")
        enable_unless(why_not, self.note_button, self.tr("Write a note to it"))
        why_not = "" if chosen else self.tr("Nothing is chosen.")
        tip = self.tr("Open the models of the chosen benchmarks")
        enable_unless(why_not, self.open_button, tip)
        tip = self.tr("Remove them from the history (Del)")
        enable_unless(why_not, self.forget_button, tip)

    def _hint(self) -> str:
        if not self.model.rowCount():
            return self.tr(
                "Nothing was measured yet. Every finished benchmark is kept here by itself, those "
                "of the command line too."
            )
        return self.tr(
            "Every finished benchmark is kept here by itself. Choose one to see its figures, "
            "several to compare them with the first."
        )

    def _compare(self, chosen: Sequence[Run]) -> None:
        if self.plots is None:
            self.plots = KeptPlots()
            self.plots.quantity_chosen.connect(lambda _: self._draw())
            self._beside.insertWidget(0, self.plots)
            self._beside.setSizes([380, 480])
        self.figures.set_runs(chosen)
        self._below.setCurrentWidget(self._beside)
        self._draw()

    def _draw(self) -> None:
        """Read the inferences of what is chosen, and draw them."""
        numbers = [run.id for run in self.chosen()]
        if self.plots is None or not numbers:
            return
        self._drawn = numbers
        quantity = self.plots.quantity.currentData()
        show = partial(self._show_curves, numbers)
        self._kept.ask(show, read_curves, self._kept.history, numbers[:MOST], quantity)

    def _show_curves(self, numbers: list[int], found: list[RunCurves]) -> None:
        if self.plots is not None and numbers is self._drawn:
            self.plots.show_curves(found, left_out=len(numbers) - len(found))


def _set_of(run: Run) -> int | None:
    return run.entry.part.first if run.entry.part is not None else None

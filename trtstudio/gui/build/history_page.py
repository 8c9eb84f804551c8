"""The page of earlier builds: repeat one, open its plan, compare two. Main thread only; the history
is read in the io thread.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.build.builds import Builds
from trtstudio.gui.build.history_model import BuildHistoryModel
from trtstudio.gui.document import Document
from trtstudio.gui.icons import set_icon
from trtstudio.gui.inspect.comparison_rows import ComparisonRows, comparison_rows
from trtstudio.gui.inspect.comparison_view import ComparisonView, comparison_words
from trtstudio.gui.parts.choice_table import KeptTable
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build import build_history
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.build_history import BuildRun
from trtstudio.model.build.profile_text import format_profile
from trtstudio.model.core_words import core_text
from trtstudio.model.files import expanded
from trtstudio.model.history import History, Kept

KeptBuilds = Sequence[Kept[BuildRun]]

_WIDTHS = (124, 130, 66, 146, 114, 56, 64, 158)


class BuildHistoryPage(QWidget):
    """A table of builds, and below it what the chosen one was asked for, or how two differ."""

    page_requested = Signal(str)

    def __init__(self, workspace: Workspace, builds: Builds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._builds = workspace, builds
        self._awaited: Kept[BuildRun] | None = None
        self._compared: list[int] = []
        self._make_table()
        self._make_buttons()
        self.details = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setContentsMargins(0, GRID, 0, 0)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.comparison = ComparisonView()
        self.below = QStackedWidget()
        self.below.addWidget(self.details)
        self.below.addWidget(self.comparison)
        self._lay_out()
        builds.recorded.connect(self._refresh)
        workspace.document_opened.connect(self._build_when_open)
        workspace.opening_failed.connect(self._give_up)
        self._choose()

    def chosen(self) -> list[Kept[BuildRun]]:
        """The builds of the chosen rows, from the top."""
        return self.table.chosen()

    def repeat(self) -> None:
        """Build the chosen one again, as it was asked for."""
        (kept,) = self.chosen()
        document = self._document(kept)
        if document is not None:
            self._repeat(document, kept)
        else:
            self._awaited = kept
            self._workspace.open([_model_of(kept)])

    def open_plan(self) -> None:
        """Open the plan that was built."""
        self._workspace.open([Path(kept.entry.request.plan) for kept in self.chosen()])

    def compare(self) -> None:
        """Show how the layers of the two chosen builds differ; the older is at the left."""
        self._compared = numbers = sorted(kept.id for kept in self.chosen())
        future = self._workspace.io.submit(
            _compare, self._builds.history, numbers, comparison_words()
        )
        self._workspace.courier.watch(
            future, partial(self._show_comparison, numbers), self._workspace.report
        )

    def forget(self) -> None:
        """Take the chosen builds out of the history; their plans stay."""
        numbers = [kept.id for kept in self.chosen()]
        future = self._workspace.io.keep(self._builds.history.remove, numbers)
        self._workspace.courier.watch(future, lambda _: self._refresh(), self._workspace.report)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    # Putting it together

    def _make_table(self) -> None:
        self.model = BuildHistoryModel(self)
        self.table = KeptTable(self.model)
        self.table.setAccessibleName(self.tr("Earlier builds"))
        self.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.table.set_widths(_WIDTHS)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)  # names have no usual length
        self.table.selectionModel().selectionChanged.connect(self._choose)
        self.filter = QLineEdit(placeholderText=self.tr("Filter by model, GPU, outcome ..."))
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName(self.tr("Filter the builds"))
        self.filter.textChanged.connect(self.table.filter)

    def _make_buttons(self) -> None:
        self.repeat_button = QPushButton(self.tr("Build again"))
        self.open_button = QPushButton(self.tr("Open the plan"))
        self.compare_button = QPushButton(self.tr("Compare two"))
        self.forget_button = QPushButton(self.tr("Forget"))
        for button, name, slot in (
            (self.repeat_button, "hammer", self.repeat),
            (self.open_button, "folder-open", self.open_plan),
            (self.compare_button, "list-tree", self.compare),
            (self.forget_button, "x", self.forget),
        ):
            set_icon(button, name)
            button.clicked.connect(slot)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Earlier builds"))
        title.setProperty("role", "title")
        head, row = QHBoxLayout(), QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.filter, stretch=1)
        for button in (
            self.repeat_button,
            self.open_button,
            self.compare_button,
            self.forget_button,
        ):
            row.addWidget(button)
        row.addStretch(1)
        splitter = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.below)
        splitter.setSizes([320, 240])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addLayout(row)
        layout.addWidget(splitter, stretch=1)

    # What is shown

    def _refresh(self) -> None:
        if self.isVisible():
            future = self._workspace.io.submit(build_history.builds, self._builds.history)
            self._workspace.courier.watch(future, self._show_builds, self._workspace.report)

    def _show_builds(self, builds: KeptBuilds) -> None:
        chosen = {kept.id for kept in self.chosen()}
        self.model.set_rows(builds)
        self.table.choose(lambda kept: kept.id in chosen)
        self._choose()

    def _choose(self) -> None:
        chosen = self.chosen()
        self._update_buttons(chosen)
        if sorted(kept.id for kept in chosen) != self._compared:
            self._compared = []
            self.below.setCurrentWidget(self.details)
        self.details.setText(self._words(chosen))

    def _update_buttons(self, chosen: KeptBuilds) -> None:
        count, built = len(chosen), sum(kept.entry.outcome == "built" for kept in chosen)
        why_not = "" if count == 1 else self.tr("Choose one build")
        enable_unless(why_not, self.repeat_button, self.tr("Build it again as it was asked for"))
        why_not = "" if 0 < count == built else self.tr("Choose builds that have a plan")
        enable_unless(why_not, self.open_button, self.tr("Open what was built"))
        why_not = "" if count == built == 2 else self.tr("Choose two builds that have a plan")
        enable_unless(why_not, self.compare_button, self.tr("Show how their layers differ"))
        why_not = "" if chosen else self.tr("Nothing is chosen.")
        enable_unless(why_not, self.forget_button, self.tr("The plans on the disk stay"))

    def _words(self, chosen: KeptBuilds) -> str:
        if not self.model.rowCount():
            return self.tr("Nothing was built yet.")
        if len(chosen) != 1:
            return self.tr("Choose a build to see what was asked for, or two to compare them.")
        run = chosen[0].entry
        request = run.request
        lines = [
            self.tr("Model: {path}").format(path=request.model),
            self.tr("Plan: {path}").format(path=request.plan),
        ]
        for profile in request.profiles:
            shapes = " ".join(format_profile(profile))
            lines.append(self.tr("Profile: {shapes}").format(shapes=shapes))
        if request.flags:
            lines.append(self.tr("Flags: {names}").format(names=", ".join(request.flags)))
        if request.options:
            settings = ", ".join(f"{name} = {value}" for name, value in request.options.items())
            lines.append(self.tr("Options: {settings}").format(settings=settings))
        lines.append(self.tr("As a command: {command}").format(command=_command(request)))
        return "\n".join([*lines, *([core_text(run.problem)] if run.problem else [])])

    def _show_comparison(self, numbers: list[int], rows: ComparisonRows | None) -> None:
        if numbers is not self._compared:
            return
        if rows is None:
            self.details.setText(self.tr("The layers of one of these builds are not known."))
        else:
            self.comparison.show_rows(rows)
            self.below.setCurrentWidget(self.comparison)

    # Building again

    def _document(self, kept: Kept[BuildRun]) -> Document | None:
        path = _model_of(kept)
        return next((d for d in self._workspace.documents if d.path == path), None)

    def _build_when_open(self, document: Document) -> None:
        awaited = self._awaited
        if awaited is not None and document is self._document(awaited):
            self._awaited = None
            self._repeat(document, awaited)

    def _repeat(self, document: Document, kept: Kept[BuildRun]) -> None:
        self._builds.repeat(document, kept.entry)
        self._workspace.set_current(document)
        self.page_requested.emit("build")

    def _give_up(self, path: Path) -> None:
        """A model that cannot be opened now may be opened later, for something else."""
        if self._awaited is not None and path == _model_of(self._awaited):
            self._awaited = None


def _model_of(kept: Kept[BuildRun]) -> Path:
    """As ``Workspace.open`` calls it."""
    return expanded(kept.entry.request.model).absolute()


def _command(request: BuildRequest) -> str:
    from trtstudio.model.build.commands import copy_as

    return copy_as(request, "trtstudio", "tensorrt")


def _compare(
    history: History, numbers: Sequence[int], words: dict[str, str]
) -> ComparisonRows | None:
    """In the io thread; None where the layers are not known."""
    left, right = (build_history.layers_of(history, number) for number in numbers)
    if left is None or right is None:
        return None
    return comparison_rows(left, right, words)

"""A tensor's statistics, histogram and difference from another, as they become known. Main thread
only.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from trtstudio.gui.tensor.difference_panel import DifferencePanel
from trtstudio.gui.tensor.figures import Histogram, SummaryFigures
from trtstudio.gui.tensor.kinds import is_numeric
from trtstudio.gui.tensor.values import Values
from trtstudio.gui.tensor.work import InSteps
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model import dtypes
from trtstudio.model.tensor_difference import TensorDifference, difference_steps
from trtstudio.model.tensor_summary import TensorSummary, summary_steps

_MIN_WIDTH = 232
"""The longest figures fit into it."""


class SidePanel(QScrollArea):
    """Asks the io thread for the figures of what it is told to show."""

    position_picked = Signal(object)  # tuple[int, ...]

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary: TensorSummary | None = None
        self.difference: TensorDifference | None = None
        self._values: Values | None = None
        self._summing, self._comparing = InSteps(workspace), InSteps(workspace)
        for work in (self._summing, self._comparing):
            self.destroyed.connect(work.drop)
        self.words = QLabel(wordWrap=True)
        self.words.setProperty("role", "muted")
        self.figures = SummaryFigures()
        self.histogram: Histogram | None = None
        self.compared = DifferencePanel()
        self.compared.tolerances_changed.connect(self._compare)
        self.compared.position_picked.connect(self.position_picked)
        self._arrange()

    def show_nothing(self) -> None:
        """Give up what is being computed."""
        self._values = None
        self._summing.drop()
        self._comparing.drop()

    def show_values(self, values: Values, other_name: str) -> None:
        """Show the figures of these values, and those of their difference from the other's."""
        before, self._values = self._values, values
        self.summary = None
        if not is_numeric(values.dtype):
            self.show_nothing()
            self._show_words(self.tr("Text has no figures."))
            return
        self._show_words(self.tr("Computing ...") if values.size > 1 << 20 else "")
        self._summing.run(summary_steps(values.pieces), self._show_summary)
        self.compared.setVisible(values.other is not None)
        if values.other is None:
            self._comparing.drop()
        elif not (before and before.main is values.main and before.other is values.other):
            self.compared.show_other(other_name)
            self._compare()

    @property
    def is_settled(self) -> bool:
        """Whether all figures are known."""
        return self._summing.is_idle and self._comparing.is_idle

    def _arrange(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(_MIN_WIDTH)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, GRID, 0)
        self._column.setSpacing(GRID)
        for widget in (self.words, self.compared, self.figures):
            self._column.addWidget(widget)
        self._column.addStretch()
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def _compare(self) -> None:
        values = self._values
        if values is None or values.other is None:
            return
        self.difference = None
        steps = difference_steps(values.main, values.other, *self.compared.tolerances)
        self._comparing.run(steps, self._show_difference)

    def _show_difference(self, found: TensorDifference) -> None:
        self.difference = found
        self.compared.show_difference(found)

    def _show_summary(self, summary: TensorSummary) -> None:
        self.summary = summary
        assert self._values is not None
        name = str(self._values.dtype)
        self._show_words("")
        is_integer = name == "bool" or dtypes.is_integer(name)
        self.figures.show_summary(summary, is_integer=is_integer)
        if self.histogram is None:  # it brings pyqtgraph
            self.histogram = Histogram()
            self._column.insertWidget(self._column.indexOf(self.figures) + 1, self.histogram)
        self.histogram.show_summary(summary)

    def _show_words(self, text: str) -> None:
        """Words take the place of the figures."""
        self.words.setText(text)
        self.words.setVisible(bool(text))
        self.figures.setVisible(not text)
        if self.histogram is not None and text:
            self.histogram.hide()

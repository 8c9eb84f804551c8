"""Everything that decides what a build makes, drawn from what the installed TensorRT offers. Main
thread only.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.build_words import model_precision, precision_name
from trtstudio.gui.theme import GRID
from trtstudio.gui.widgets.build_options import BuildOptions
from trtstudio.gui.widgets.fold import Fold
from trtstudio.gui.widgets.plan_destination import PlanDestination
from trtstudio.gui.widgets.profile_editor import ProfileEditor
from trtstudio.gui.widgets.target_picker import TargetPicker
from trtstudio.gui.workspace import Document, Workspace
from trtstudio.model.build import BuildRequest
from trtstudio.model.graph import Graph
from trtstudio.model.profile import suggest_profile
from trtstudio.model.runtime import Device, Runtime

WIDEST = 150 * GRID


class BuildForm(QScrollArea):
    """The form for one document; ``changed`` says that request or problem may be others now."""

    changed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        document: Document,
        runtime: Runtime,
        devices: Sequence[Device],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._document, graph = document, document.graph
        assert graph is not None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.profile = ProfileEditor(graph.input_tensors, suggest_profile(graph))
        self.destination = PlanDestination(workspace, document.path)
        self.targets = TargetPicker(runtime, devices)
        self.options = BuildOptions(runtime, bool(devices))
        self.more = Fold(self.tr("More options"), _card("", self.options))
        self.precisions: dict[str, QRadioButton] = {}
        self._precision = runtime.precisions[0]
        self.setWidget(self._lay_out(self._make_precisions(runtime, graph)))
        for part in (self.profile, self.destination, self.targets):
            part.changed.connect(self.changed)

    def problem(self) -> str:
        """Why this cannot be built as it is, or nothing."""
        wrong_sizes = (problem.message for problem in self.profile.problems)
        return next(wrong_sizes, "") or self.targets.problem() or self.destination.problem()

    def request(self) -> BuildRequest:
        """The build that is asked for."""
        profile = self.profile.profile()
        return BuildRequest(
            model=str(self._document.path),
            plan=str(self.destination.path()),
            profiles=(profile,) if profile else (),
            precision=self._precision,
            targets=self.targets.targets(),
            flags=self.options.flags(),
            options=self.options.options(),
        )

    def _make_precisions(self, runtime: Runtime, graph: Graph) -> QWidget:
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        types = model_precision(graph)
        for precision in runtime.precisions:
            button = QRadioButton(precision_name(precision, types))
            button.setChecked(precision == self._precision)
            button.clicked.connect(lambda _=False, p=precision: self._set_precision(p))
            self.precisions[precision] = button
            layout.addWidget(button)
        return column

    def _set_precision(self, precision: str) -> None:
        self._precision = precision
        self.destination.set_precision(precision)

    def _lay_out(self, precisions: QWidget) -> QWidget:
        content = QWidget()
        content.setMaximumWidth(WIDEST)
        columns = QHBoxLayout()
        columns.setSpacing(GRID)
        plan, gpus = self.tr("Plan"), self.tr("For these GPUs")
        left = _column(_card(self.tr("Inputs"), self.profile), _card(plan, self.destination))
        right = _column(_card(self.tr("Precision"), precisions), _card(gpus, self.targets))
        for column in (left, right):
            columns.addLayout(column, stretch=1)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(columns)
        layout.addWidget(self.more)
        layout.addStretch(1)
        return content


def _column(*cards: QFrame) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(GRID)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return column


def _card(title: str, content: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
    layout.setSpacing(GRID)
    if title:
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
    layout.addWidget(content)
    return card

"""Everything that decides what a build makes, drawn from what a TensorRT offers. Main thread
only.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.build.options import BuildOptions
from trtstudio.gui.build.parts import card, tight
from trtstudio.gui.build.plan_destination import PlanDestination
from trtstudio.gui.build.precision import PrecisionPicker
from trtstudio.gui.build.profile_editor import ProfileEditor
from trtstudio.gui.build.profile_set import ProfileSet
from trtstudio.gui.build.target_picker import THIS_GPU, TargetPicker
from trtstudio.gui.build.words import WEAK, precision_short
from trtstudio.gui.document import Document
from trtstudio.gui.parts.fold import Fold
from trtstudio.gui.plural import counted
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.targets import check_targets
from trtstudio.model.core_words import core_text
from trtstudio.model.errors import StudioError
from trtstudio.model.runtime import Device, Runtime

WIDEST = 150 * GRID


class BuildForm(QScrollArea):
    """The form for one document and one TensorRT; ``changed`` says that request or problem may be
    others now. Another TensorRT gets another form, filled in with this one's request.
    """

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
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        graph = document.graph
        assert graph is not None
        self._document, self._graph, self.runtime = document, graph, runtime
        self._refusals: dict[tuple[tuple[str, ...], str], str] = {}
        self.inputs = ProfileSet(workspace, document)
        self.precision = PrecisionPicker(workspace, runtime, graph)
        self.targets = TargetPicker(runtime, devices)
        self.destination = PlanDestination(workspace, document.path)
        self.options = BuildOptions(runtime, graph, has_gpu=bool(devices))
        self.more = Fold("", card("", self.options))
        self.more.button.clicked.connect(self._prepare)
        self.setWidget(self._lay_out())
        for part in (self.inputs, self.destination, self.options):
            part.changed.connect(self._on_change)
        self.precision.changed.connect(self._on_precision)
        self.targets.changed.connect(self._on_targets)
        self._on_precision()
        self._on_targets()

    @property
    def profile(self) -> ProfileEditor:
        """The editor of the profile that is shown."""
        return self.inputs.editor

    @property
    def precisions(self) -> Mapping[str, QRadioButton]:
        """The buttons of the precisions, by name."""
        return self.precision.buttons

    def problem(self) -> str:
        """Why this cannot be built as it is, or nothing."""
        parts = (self.inputs, self.precision, self.targets, self.destination, self.options)
        return next((wrong for part in parts if (wrong := part.problem())), "")

    def request(self) -> BuildRequest:
        """The build that is asked for."""
        request = BuildRequest(
            model=str(self._document.path),
            plan=str(self.destination.path()),
            targets=self.targets.targets(),
        )
        for part in (self.inputs, self.precision, self.options):
            request = part.apply(request)
        return request

    def take_over(self, old: "BuildForm") -> None:
        """Enter what another form says, as far as this TensorRT has it."""
        request = old.request()
        for part in (self.inputs, self.precision, self.targets, self.options):
            part.fill(request)
        self.destination.take_over(old.destination)
        self.more.set_open(not old.more.content.isHidden())
        if not self.more.content.isHidden():
            self.options.prepare()
        self._on_change()

    def summary(self) -> str:
        """What will be built, in a line."""
        request = self.request()
        parts = [precision_short(self.precision.precision(), self.precision.types)]
        if request.exact_fp32:
            parts.append(self.tr("exact FP32"))
        if len(request.profiles) > 1:
            parts.append(self.tr("{count} profiles").format(count=len(request.profiles)))
        named = tuple(t for t in request.targets if t != THIS_GPU)
        parts += [", ".join(named)] if named else []
        if count := len(self.options.chosen()):
            parts.append(self._changed(count))
        return self.tr("{plan}: {parts}.").format(
            plan=self.destination.path().name, parts=", ".join(parts)
        )

    def _lay_out(self) -> QWidget:
        content = QWidget()
        content.setMaximumWidth(WIDEST)
        columns = QHBoxLayout()
        columns.setSpacing(GRID)
        for parts in (
            ((self.tr("Inputs"), self.inputs), (self.tr("Plan"), self.destination)),
            ((self.tr("Precision"), self.precision), (self.tr("For these GPUs"), self.targets)),
        ):
            column = QVBoxLayout()
            tight(column)
            for title, part in parts:
                column.addWidget(card(title, part))
            column.addStretch(1)
            columns.addLayout(column, stretch=1)
        layout = QVBoxLayout(content)
        tight(layout)
        layout.addLayout(columns)
        layout.addWidget(self.more)
        layout.addStretch(1)
        return content

    def _prepare(self) -> None:
        self.options.prepare()

    def _changed(self, count: int) -> str:
        many = self.tr("{count} options changed")
        return counted(count, self.tr("1 option changed"), many)

    def _on_precision(self) -> None:
        precision = self.precision.precision()
        self.destination.set_precision("keep" if precision == WEAK else precision)
        self._on_change()

    def _on_targets(self) -> None:
        gpus = self.targets.gpus()
        reasons = {name: self._refusal(gpus, name) for name in self.precision.buttons}
        self.precision.refuse({name: reason for name, reason in reasons.items() if reason})
        self._on_change()

    def _refusal(self, gpus: tuple[str, ...], precision: str) -> str:
        """Why these GPUs cannot run this; looked up once, since it looks at every tensor."""
        key = (gpus, "keep" if precision == WEAK else precision)
        if key not in self._refusals:
            try:
                check_targets(gpus, key[1], self._graph, self.runtime)
                self._refusals[key] = ""
            except StudioError as error:
                self._refusals[key] = core_text(error.text)
        return self._refusals[key]

    def _on_change(self) -> None:
        count = len(self.options.chosen())
        title = self.tr("More options")
        self.more.button.setText(f"{title} ({self._changed(count)})" if count else title)
        self.changed.emit()

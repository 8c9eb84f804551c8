"""The inputs of a model as a form, a row for each. Main thread only."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.wheel import WheelGuard
from trtstudio.gui.run.inputs.row import InputRow, Outputs
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.gui.slices import in_slices
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import Shape
from trtstudio.model.given_inputs import GivenInputs, RandomValues, usual_values
from trtstudio.model.profile_fit import by_shape, takes

_NAME_WIDTH, _SHAPE_WIDTH, _KIND_WIDTH, _EDITOR_WIDTH = 132, 168, 144, 260
_LEAST_HEIGHT, _MOST_HEIGHT = 96, 232
_IN_SIGHT = 8  # rows


class _Area(QScrollArea):
    """As high as its content wherever there is room for it; Qt's own wants less."""

    def sizeHint(self) -> QSize:
        content = self.widget()
        return content.sizeHint() if content is not None else super().sizeHint()


class InputForm(QFrame):
    """Asks for a run by ``run_requested``: of a picture, or of ``GivenInputs``. The rows in sight
    are made at once, and more of them a few at a time, or when they are asked for. The Tab key
    comes to them from ``above``, however late they are made.
    """

    run_requested = Signal(object)  # Path | GivenInputs

    def __init__(
        self,
        workspace: Workspace,
        loaded: Loaded,
        outputs: Outputs,
        parent: QWidget | None = None,
        *,
        above: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._info = loaded.info
        self._sizes = {size.name for size in loaded.pictures.sizes} if loaded.pictures else set()
        self._make_table()
        self._make_buttons()
        self._arrange()
        self._rows: dict[str, InputRow] = {}
        self._making = self._make_rows(workspace, loaded, outputs, above)
        deque(islice(self._making, _IN_SIGHT), maxlen=0)
        self._fit_height()
        in_slices(self, self._making)

    @property
    def rows(self) -> Mapping[str, InputRow]:
        """A row for each input."""
        deque(self._making, maxlen=0)  # what is left of them
        return self._rows

    def problem(self) -> str:
        """What is wrong, beside what is still missing; nothing where all is well."""
        if any(row.problem() for row in self._rows.values()):
            return self.tr("Something is wrong with an input.")
        profiles, shapes = self._info.profiles, self._fed_shapes()
        if profiles and not any(takes(by_shape(profile), shapes) for profile in profiles):
            return self.tr("No profile of the engine takes these shapes together.")
        return ""

    def request(self) -> Path | GivenInputs | None:
        """The picture or the inputs that are entered; None while something is wrong or missing."""
        rows = self.rows
        if self.problem() or any(row.missing() for row in rows.values()):
            return None
        for row in rows.values():
            if row.picture is not None:
                return row.picture
        values = {name: row.values() for name, row in rows.items()}
        shapes = {name: row.given_shape() for name, row in rows.items()}
        return GivenInputs(
            {name: each for name, each in values.items() if each is not None},
            {name: shape for name, shape in shapes.items() if shape is not None},
        )

    def run(self) -> None:
        """Ask for it, or say what keeps it from running."""
        self._each(InputRow.insist)
        request = self.request()
        if request is not None:
            self.run_requested.emit(request)
            return
        wrong = next((row for row in self.rows.values() if row.error.text()), None)
        if wrong is not None:  # its words have yet to be laid out
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(wrong.kind))

    def take_file(self, path: Path, names: Sequence[str]) -> None:
        """Feed the first of these inputs from a file that is fed from none so far."""
        free = (name for name in names if self.rows[name].editors.file.chosen() is None)
        self.rows[next(free, names[0])].set_file(path)

    def take_seeds(self) -> None:
        """Other numbers for every random input."""
        self._each(_take_seed)

    def offer_outputs(self) -> None:
        """The history has changed."""
        for row in self._rows.values():
            row.offer_outputs()

    # Putting it together

    def _make_rows(
        self, workspace: Workspace, loaded: Loaded, outputs: Outputs, above: QWidget | None
    ) -> Iterator[None]:
        info, usual = loaded.info, usual_values(loaded.info)
        pictured = loaded.pictures.input if loaded.pictures is not None else None
        last = [above] if above is not None else []
        for tensor in info.inputs:
            row = InputRow(
                workspace,
                info,
                tensor,
                usual[tensor.name],
                outputs,
                takes_pictures=tensor.name == pictured,
                parent=self._table,
            )
            self._place(row, 2 * len(self._rows))
            self._rows[tensor.name] = row
            stops = [row.shape, row.kind, *row.editors.stops]
            # Also over what others made between two turns.
            for before, after in pairwise([*last, *stops, self.seeds_button, self.run_button]):
                self.setTabOrder(before, after)
            last = stops[-1:]
            yield
        for row in self._rows.values():
            row.changed.connect(self._update)
        WheelGuard(self)
        self._update()

    def _make_buttons(self) -> None:
        self.seeds_button = QPushButton(self.tr("Other numbers"))
        self.seeds_button.setToolTip(self.tr("Another seed for every random input"))
        self.seeds_button.clicked.connect(self.take_seeds)
        self.run_button = QPushButton(self.tr("Run these inputs"))
        self.run_button.setProperty("role", "primary")
        set_icon(self.run_button, "play")
        self.run_button.clicked.connect(self.run)
        self.message = QLabel(wordWrap=True)
        self.message.setProperty("level", "error")

    def _make_table(self) -> None:
        """While it is empty: what is put into another widget is styled anew, with all in it."""
        self._area = _Area(self, widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the Tab key through its rows
        self._area.viewport().setAutoFillBackground(False)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table = QWidget()
        self._area.setWidget(self._table)
        self._table.setAutoFillBackground(False)
        self._grid = grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(4, 1)

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(GRID)
        bar.addWidget(self.message, 1)
        bar.addWidget(self.seeds_button)
        bar.addWidget(self.run_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        column.setSpacing(GRID)
        column.addWidget(self._area)
        column.addLayout(bar)

    def _place(self, row: InputRow, at: int) -> None:
        row.name.setFixedWidth(_NAME_WIDTH)
        row.shape_place.setFixedWidth(_SHAPE_WIDTH)
        row.kind.setFixedWidth(_KIND_WIDTH)
        row.editors.setMinimumWidth(_EDITOR_WIDTH)
        row.editors.setFixedHeight(row.kind.sizeHint().height())
        widgets = (row.name, row.dtype, row.shape_place, row.kind, row.editors)
        for number, widget in enumerate(widgets):
            self._grid.addWidget(widget, at, number)
        self._grid.addWidget(row.status, at + 1, 2, 1, 3)

    def _each(self, change: Callable[[InputRow], None]) -> None:
        """Change all rows, and only then look at what follows, since that looks at all of them."""
        for row in self.rows.values():
            row.blockSignals(True)
            change(row)
            row.blockSignals(False)
        self._update()

    def _fed_shapes(self) -> dict[str, Shape]:
        shapes = {
            name: row.fed_shape()
            for name, row in self._rows.items()
            if not (row.wants_picture or row.is_from_picture)
        }
        return {name: shape for name, shape in shapes.items() if shape is not None}

    def _update(self) -> None:
        has_picture = any(row.wants_picture for row in self._rows.values())
        for name in self._sizes:
            row = self._rows[name]
            if row.is_from_picture != has_picture:
                row.set_from_picture(has_picture)
        for name, usual in usual_values(self._info, self._fed_shapes()).items():
            self._rows[name].editors.set_usual(usual)
        problem = self.problem()
        is_joint = bool(problem) and not any(row.problem() for row in self._rows.values())
        self.message.setText(problem if is_joint else "")
        tip = self.tr("Run the model on these inputs (Ctrl+Enter)")
        enable_unless(problem, self.run_button, tip)
        self.seeds_button.setVisible(
            any(isinstance(row.values(), RandomValues) for row in self._rows.values())
        )
        self._fit_height()

    def _fit_height(self) -> None:
        """As high as its rows where there is room beside the answer."""
        self._grid.activate()
        height = min(self._table.sizeHint().height(), _MOST_HEIGHT)
        self._area.setMinimumHeight(min(height, _LEAST_HEIGHT))
        self._area.setMaximumHeight(height)


def _take_seed(row: InputRow) -> None:
    if isinstance(row.values(), RandomValues):
        row.editors.random.seed.take_another()

"""A tensor's values, whatever its shape: figures, histogram and the fitting view. Main thread only:
what takes long is done piece by piece in the io thread.
"""

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from superqt import QElidingLabel

from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.tensor import number_text
from trtstudio.gui.tensor.axis_bar import AxisBar
from trtstudio.gui.tensor.export import ExportMenu
from trtstudio.gui.tensor.kinds import Kind, fitting_cut, fitting_kind, kinds_for
from trtstudio.gui.tensor.side_panel import SidePanel
from trtstudio.gui.tensor.stage import Stage
from trtstudio.gui.tensor.values import Cut, How, Values
from trtstudio.gui.tensor.view_bar import ViewBar
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.gui.workspace import Workspace
from trtstudio.model.graph import format_shape
from trtstudio.model.quantities import format_bytes

_WIDE = 560
"""From this width on the figures are beside the view instead of below it."""
_SIDE_WIDTH = 240
_STAGE_HEIGHT = 200
_ABOUT_WIDTH = 48
_MIN_WIDTH = 256


class TensorView(QWidget):
    """Shows one tensor at a time, and how it differs from another of the same shape. What the user
    chose stays chosen for the next tensor of the same shape and type.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: Values | None = None
        self._other_name = ""
        self._layout_of: tuple[tuple[int, ...], np.dtype] | None = None
        self._cuts: dict[Kind, Cut] = {}
        self._is_wide = True
        self._is_pointing = False
        self.kind: Kind = "table"
        self.name = QElidingLabel()
        self.name.setFont(mono_font())
        self.about = QLabel()
        self.about.setFont(mono_font())
        self.about.setProperty("role", "muted")
        self.about.setMinimumWidth(_ABOUT_WIDTH)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.view_bar = ViewBar()
        self.axis_bar = AxisBar()
        self.stage = Stage(workspace)
        self.side = SidePanel(workspace)
        self.pointed = QLabel(" ")
        self.pointed.setFont(mono_font())
        self.export = ExportMenu(workspace, self.stage, self)
        self.split = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._arrange()
        self._connect()
        self._lay_out()
        self.show_tensor("", None)

    def show_tensor(
        self,
        name: str,
        array: np.ndarray | None,
        *,
        other: np.ndarray | None = None,
        other_name: str = "",
    ) -> None:
        """Show ``array``, or nothing; ``other`` is compared with it where it has the same shape.
        Neither may change later.
        """
        for widget in (self.about, self.copy_button, self.export_button, self.side, self.pointed):
            widget.setVisible(array is not None)
        self.name.setText(name)
        self._values, self._other_name = None, other_name
        if array is None:
            self.view_bar.hide()
            self.axis_bar.hide()
            self.side.show_nothing()
            self.stage.show_nothing(self.tr("The values of a tensor are shown here."))
            return
        comparable = other is not None and other.shape == array.shape
        self.view_bar.show_other(other_name if comparable else "")
        self._values = Values(array, other if comparable else None, self.view_bar.how)
        size = format_bytes(array.nbytes)
        self.about.setText(f"{array.dtype} [{format_shape(array.shape)}]  {size}")
        self.about.setToolTip(self.about.text())
        self.export.show_tensor(name, self._values)
        self._start(array.shape, array.dtype)
        self.side.show_values(self._values, other_name)

    @property
    def cut(self) -> Cut:
        """What is seen of the tensor in the current view."""
        assert self._values is not None
        return self._cuts.setdefault(self.kind, fitting_cut(self.kind, self._values.shape))

    @property
    def is_settled(self) -> bool:
        """Whether everything asked for has been computed and is shown."""
        return self._values is None or (self.stage.is_drawn and self.side.is_settled)

    def go_to(self, at: tuple[int, ...]) -> None:
        """Bring an index of the tensor into view, and let it stand out."""
        cut = Cut(self.cut.axes, at)
        self._cuts[self.kind] = cut
        self._show()
        self.stage.mark(tuple(at[axis] for axis in cut.axes))
        self._point(tuple(at[axis] for axis in cut.axes))

    # Putting it together

    def _arrange(self) -> None:
        self.copy_button = QToolButton(autoRaise=True)
        set_icon(self.copy_button, "copy")
        self.copy_button.setToolTip(self.tr("Copy name, type and shape"))
        self.copy_button.setAccessibleName(self.copy_button.toolTip())
        self.export_button = QToolButton()
        self.export_button.setText(self.tr("Save"))
        self._offer_export(has_values=False)
        set_icon(self.export_button, "save")
        self.export_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.export_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.export_button.setMenu(self.export)
        self.export_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        second = QHBoxLayout()
        second.setSpacing(GRID // 2)
        second.addWidget(self.about, 1)
        second.addWidget(self.copy_button)
        second.addWidget(self.export_button)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(GRID // 2)
        self._head.addWidget(self.name, 1)
        self._head.addLayout(second)
        self.split.addWidget(self.stage)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        self.split.setHandleWidth(GRID)
        self.split.setStyleSheet("QSplitter::handle { background: transparent; }")
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(self._head)
        layout.addWidget(self.view_bar)
        layout.addWidget(self.axis_bar)
        layout.addWidget(self.split, 1)
        layout.addWidget(self.pointed)

    def _connect(self) -> None:
        self.copy_button.clicked.connect(self._copy)
        self.view_bar.kind_chosen.connect(self._choose_kind)
        self.view_bar.how_chosen.connect(self._choose_how)
        self.view_bar.colors_chosen.connect(self.stage.set_colors)
        self.view_bar.all_requested.connect(self.stage.raster.fit)
        self.axis_bar.cut_chosen.connect(self._choose_cut)
        self.stage.hovered.connect(self._point)
        self.stage.raster.drawn.connect(self._say_how_drawn)
        self.side.position_picked.connect(self.go_to)

    def minimumSizeHint(self) -> QSize:
        """That of the narrow arrangement, whichever is in force."""
        return QSize(_MIN_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= _WIDE
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._lay_out()

    def _lay_out(self) -> None:
        """What is side by side where there is room goes below each other where there is none."""
        is_wide = self._is_wide
        directions = QBoxLayout.Direction
        self._head.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        side = Qt.AlignmentFlag.AlignRight if is_wide else Qt.AlignmentFlag.AlignLeft
        self.about.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.view_bar.set_narrow(not is_wide)
        self.stage.setMinimumHeight(0 if is_wide else _STAGE_HEIGHT)
        orientations = Qt.Orientation
        self.split.setOrientation(orientations.Horizontal if is_wide else orientations.Vertical)
        self.split.setSizes([1000, _SIDE_WIDTH] if is_wide else [1000, 600])

    # What is seen

    def _start(self, shape: tuple[int, ...], dtype: np.dtype) -> None:
        if self._layout_of != (shape, dtype):
            self._layout_of = (shape, dtype)
            self._cuts = {}
            self.kind = fitting_kind(shape, dtype)
            self.stage.set_colors("fitting", "fitting")
            self.view_bar.show_colors("fitting", "fitting")
        self.view_bar.show_kinds(kinds_for(shape, dtype), self.kind)
        self.view_bar.show()
        self._show()

    def _show(self) -> None:
        values = self._values
        if values is None:
            return
        self._point(None)
        self.axis_bar.show_cut(self.kind, values.shape, self.cut)
        if values.size:
            self.stage.show_part(values, self.kind, self.cut)
        else:
            words = self.tr("This tensor has no values: one of its dimensions is 0.")
            self.stage.show_nothing(words)
        self._offer_export(has_values=values.size > 0)

    def _offer_export(self, *, has_values: bool) -> None:
        why_not = "" if has_values else self.tr("There are no values.")
        tip = self.tr("Save or copy what is seen, or the whole tensor")
        enable_unless(why_not, self.export_button, tip)

    def _choose_kind(self, kind: Kind) -> None:
        positions = self.cut.positions
        self.kind = kind
        self._cuts[kind] = Cut(self.cut.axes, positions)
        assert self._values is not None
        self.view_bar.show_kinds(kinds_for(self._values.shape, self._values.dtype), kind)
        self._show()

    def _choose_cut(self, cut: Cut) -> None:
        self._cuts[self.kind] = cut
        self._show()

    def _choose_how(self, how: How) -> None:
        if self._values is None:
            return
        self._values = Values(self._values.main, self._values.other, how)
        self._show()
        self.side.show_values(self._values, self._other_name)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.name.text()} {self.about.text()}")

    def _point(self, at: tuple[int, ...] | None) -> None:
        """Say the value at an index of the part that is seen."""
        values = self._values
        self._is_pointing = values is not None and at is not None
        if values is None or at is None:
            self._say_how_drawn()
            return
        part = self.cut.of(values)
        picked = part.pick(at[:2]) if self.kind == "image" else part.pick(at)
        texts = [number_text.element(value) for value in np.atleast_1d(picked)]
        self.pointed.setText(f"{number_text.index(self.cut.index(at))}  {'  '.join(texts)}")

    def _say_how_drawn(self) -> None:
        """Where no value is pointed at, and fewer cells are drawn than there are, say so."""
        if self._is_pointing:
            return
        step = self.stage.raster.cells_per_dot if self.stage.raster.isVisible() else 1.0
        words = self.tr("Drawn: one value of about {count:,}. Zoom in to see all.")
        self.pointed.setText(words.format(count=round(step)) if step >= 1.5 else " ")

"""Chooses how a tensor is seen: view, colours, and whether its difference. Main thread only."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget
from superqt import QFlowLayout

from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.segments import Segments
from trtstudio.gui.tensor.coloring import MAPS, RANGES, MapName, RangeName
from trtstudio.gui.tensor.kinds import Kind
from trtstudio.gui.tensor.stage import RASTERS
from trtstudio.gui.tensor.values import How
from trtstudio.gui.theme import GRID


class ViewBar(QWidget):
    """One line where there is room for it."""

    kind_chosen = Signal(str)
    how_chosen = Signal(str)
    colors_chosen = Signal(str, str)  # RangeName, MapName
    all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = Segments(
            (
                ("image", self.tr("Image")),
                ("grid", self.tr("Channels")),
                ("heat", self.tr("Heat map")),
                ("line", self.tr("Line")),
                ("table", self.tr("Table")),
            ),
            self.tr("How the tensor is shown"),
        )
        self.kinds.chosen.connect(self.kind_chosen)
        self.kind_list = self._chooser(self.tr("View"))
        self.kind_list.activated.connect(
            lambda: self.kind_chosen.emit(self.kind_list.currentData())
        )
        self.hows = self._chooser(self.tr("Compared"))
        self.hows.activated.connect(lambda: self.how_chosen.emit(self.how))
        self.ranges = self._chooser(self.tr("Range of values"), self._range_texts())
        self.maps = self._chooser(self.tr("Colours"), self._map_texts())
        for chooser in (self.ranges, self.maps):
            chooser.activated.connect(self._choose_colors)
        self.all_button = QToolButton(autoRaise=True)
        set_icon(self.all_button, "maximize")
        self.all_button.setToolTip(self.tr("Show all (0, or a double click)"))
        self.all_button.setAccessibleName(self.tr("Show all"))
        self.all_button.clicked.connect(self.all_requested)
        flow = QFlowLayout(self)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(GRID)
        for widget in (
            self.kinds,
            self.kind_list,
            self.hows,
            self.ranges,
            self.maps,
            self.all_button,
        ):
            flow.addWidget(widget)

    @property
    def how(self) -> How:
        """The values themselves, or what is made of them and the other tensor's."""
        chosen: How = self.hows.currentData() or "value"
        return chosen

    def set_narrow(self, is_narrow: bool) -> None:
        """A list takes less room than a row of buttons."""
        self.kinds.setVisible(not is_narrow)
        self.kind_list.setVisible(is_narrow)

    def show_kinds(self, possible: Sequence[Kind], chosen: Kind) -> None:
        """Offer the views that fit the tensor."""
        self.kind_list.clear()
        for view in possible:
            self.kind_list.addItem(self.kinds.buttons[view].text(), view)
        self.kind_list.setCurrentIndex(possible.index(chosen))
        for kind, button in self.kinds.buttons.items():
            enable_unless("" if kind in possible else self._needs(kind), button)
        self.kinds.show_chosen(chosen)
        for widget in (self.ranges, self.maps, self.all_button):
            widget.setVisible(chosen in RASTERS)

    def show_other(self, name: str) -> None:
        """Offer the differences from another tensor; none where the name is empty."""
        self.hows.setVisible(bool(name))
        chosen = self.how if name else "value"
        self.hows.clear()
        texts: tuple[tuple[How, str], ...] = (
            ("value", self.tr("Value")),
            ("other", self.tr("Other value")),
            ("difference", self.tr("Difference")),
            ("relative", self.tr("Relative")),
        )
        for how, text in texts:
            self.hows.addItem(text, how)
        self.hows.setItemData(1, name, Qt.ItemDataRole.ToolTipRole)
        self.hows.setCurrentIndex(self.hows.findData(chosen))

    def show_colors(self, range_name: RangeName, map_name: MapName) -> None:
        """What was chosen."""
        self.ranges.setCurrentIndex(RANGES.index(range_name))
        self.maps.setCurrentIndex(MAPS.index(map_name))

    def _choose_colors(self) -> None:
        self.colors_chosen.emit(self.ranges.currentData(), self.maps.currentData())

    def _chooser(self, name: str, texts: Sequence[tuple[str, str]] = ()) -> QComboBox:
        chooser = QComboBox()
        chooser.setAccessibleName(name)
        chooser.setToolTip(name)
        for key, text in texts:
            chooser.addItem(text, key)
        return chooser

    def _range_texts(self) -> list[tuple[str, str]]:
        texts: dict[RangeName, str] = {
            "fitting": self.tr("Fitting range"),
            "extent": self.tr("Min to max"),
            "symmetric": self.tr("Symmetric"),
            "unit": self.tr("0 to 1"),
            "byte": self.tr("0 to 255"),
        }
        return [(key, texts[key]) for key in RANGES]

    def _map_texts(self) -> list[tuple[str, str]]:
        texts: dict[MapName, str] = {
            "fitting": self.tr("Fitting colours"),
            "sequential": self.tr("Viridis"),
            "diverging": self.tr("Blue to red"),
            "grey": self.tr("Grey"),
        }
        return [(key, texts[key]) for key in MAPS]

    def _needs(self, kind: str) -> str:
        """Why a view is not possible."""
        texts = {
            "image": self.tr("A picture needs an axis with 1, 3 or 4 channels."),
            "grid": self.tr("Tiles need a tensor of numbers with three axes or more."),
            "heat": self.tr("A heat map needs a tensor of numbers with two axes or more."),
            "line": self.tr("A line needs a tensor of numbers with an axis."),
        }
        return texts.get(kind, "")

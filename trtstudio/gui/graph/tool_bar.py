"""The row above a graph: search, colours, neighbourhood, folding, zoom and export. Main thread
only.
"""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSpinBox,
    QToolButton,
    QWidget,
)

from trtstudio.gui.graph.coloring import Mode
from trtstudio.gui.icons import set_icon
from trtstudio.gui.knowledge.figures import FigureName
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.rows.layer_query import BadExpression, Query, parse_query
from trtstudio.gui.theme import GRID

QUIET_MS = 120
MOST_HOPS = 9
_KINDS = 2
"""So many of the choices of colours are there of every graph."""


class ToolBar(QWidget):
    """Says what is wanted; what there is to be seen is told to it."""

    query_changed = Signal(object)  # Query
    next_requested = Signal(int)  # 1 or -1
    left = Signal()  # the search, for the graph
    mode_changed = Signal()
    neighbourhood_changed = Signal()
    fold_all_requested = Signal()
    unfold_all_requested = Signal()
    zoom_requested = Signal(int)  # 1, -1, or 0 to fit
    export_requested = Signal(str)  # svg or png

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID // 2)
        self._make_search()
        self._row.addStretch(1)
        self._make_choices()
        self._make_buttons()

    @property
    def mode(self) -> Mode:
        """What the colours stand for."""
        mode: Mode = self.colors.currentData()
        return mode

    @property
    def hops(self) -> int:
        """How far the neighbourhood goes, 0 where everything is to be shown."""
        return self.hop_count.value() if self.neighbourhood.isChecked() else 0

    def query(self) -> Query | None:
        """What is searched for; None where it is no expression."""
        try:
            return parse_query(self.search.text())
        except BadExpression:
            return None

    def enter_search(self) -> None:
        """Take the keyboard for the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_count(self, text: str) -> None:
        """Say how much was found."""
        self.count.setText(text)

    def offer_figures(self, titles: Mapping[FigureName, str]) -> None:
        """Let the colours stand for these figures too, and for no others."""
        chosen = self.mode
        with QSignalBlocker(self.colors):
            while self.colors.count() > _KINDS:
                self.colors.removeItem(_KINDS)
            for name, title in titles.items():
                self.colors.addItem(title, name)
            self.show_mode(chosen)
        if self.mode != chosen:
            self.mode_changed.emit()

    def show_mode(self, mode: Mode) -> None:
        """Choose what the colours stand for."""
        self.colors.setCurrentIndex(max(0, self.colors.findData(mode)))

    def show_neighbourhood(self, hops: int) -> None:
        """Say that this is what is shown; 0 for everything."""
        with QSignalBlocker(self.neighbourhood), QSignalBlocker(self.hop_count):
            self.neighbourhood.setChecked(bool(hops))
            self.hop_count.setValue(hops or self.hop_count.value())
        self.hop_count.setVisible(bool(hops))

    def enable_folding(self, why_not: str) -> None:
        """Let groups be folded unless there is a reason why not."""
        for button in (self.fold_all, self.unfold_all):
            enable_unless(why_not, button, button.accessibleName())

    # Making it

    def _make_search(self) -> None:
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.setPlaceholderText(self.tr("Find: words, type:conv, shape:224 ..."))
        self.search.setAccessibleName(self.tr("Find layers in the graph"))
        self.search.setToolTip(
            self.tr(
                "Ctrl+F. Marks the layers that match every word, they or their tensors. Enter and "
                "F3 go to the next, Shift+Enter and Shift+F3 to the one before."
            )
        )
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(280)
        glass = self.search.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        set_icon(glass, "search", "muted")
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._tell_query)
        self.search.textChanged.connect(lambda: self._quiet.start())
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self._row.addWidget(self.search, stretch=2)
        self._row.addWidget(self.count)

    def _make_choices(self) -> None:
        label = QLabel(self.tr("Colour"))
        self.colors = QComboBox()
        self.colors.addItem(self.tr("Type"), "type")
        self.colors.addItem(self.tr("Precision"), "dtype")
        self.colors.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.colors.setAccessibleName(self.tr("What the colours stand for"))
        self.colors.currentIndexChanged.connect(lambda _: self.mode_changed.emit())
        label.setBuddy(self.colors)
        self.neighbourhood = self._button("waypoints", "")
        self.neighbourhood.setToolTip(self.tr("Show only what is near the selected layer"))
        self.neighbourhood.setCheckable(True)
        self.neighbourhood.setText(self.tr("Neighbourhood"))
        self.neighbourhood.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.neighbourhood.toggled.connect(self._switch_neighbourhood)
        self.hop_count = QSpinBox(minimum=1, maximum=MOST_HOPS, value=2)
        self.hop_count.setAccessibleName(self.tr("How many edges away"))
        self.hop_count.setToolTip(self.tr("How many edges away from the selected layer"))
        self.hop_count.valueChanged.connect(lambda _: self.neighbourhood_changed.emit())
        self.hop_count.hide()
        for widget in (label, self.colors, self.neighbourhood, self.hop_count):
            self._row.addWidget(widget)

    def _make_buttons(self) -> None:
        self._row.addSpacing(GRID // 2)
        self.fold_all = self._button("fold-vertical", self.tr("Fold the groups"))
        self.fold_all.clicked.connect(self.fold_all_requested)
        self.unfold_all = self._button("unfold-vertical", self.tr("Unfold all groups"))
        self.unfold_all.clicked.connect(self.unfold_all_requested)
        out = self._button("zoom-out", self.tr("Smaller (Ctrl+-)"))
        out.clicked.connect(lambda: self.zoom_requested.emit(-1))
        nearer = self._button("zoom-in", self.tr("Larger (Ctrl++)"))
        nearer.clicked.connect(lambda: self.zoom_requested.emit(1))
        self.fit = self._button("maximize", self.tr("Show everything (Ctrl+0)"))
        self.fit.clicked.connect(lambda: self.zoom_requested.emit(0))
        self.export = self._button("save", self.tr("Save the graph as a picture"))
        self.export.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.export_menu = QMenu(self)
        for action in self.export_actions(self.export_menu):
            self.export_menu.addAction(action)
        self.export.setMenu(self.export_menu)
        for button in (self.fold_all, self.unfold_all, out, nearer, self.fit, self.export):
            self._row.addWidget(button)

    def export_actions(self, parent: QMenu) -> list[QAction]:
        """The ways to save the graph."""
        actions = []
        for text, kind in (
            (self.tr("Save as &SVG ..."), "svg"),
            (self.tr("Save as &PNG ..."), "png"),
        ):
            actions.append(action := QAction(text, parent))
            action.triggered.connect(lambda _=False, k=kind: self.export_requested.emit(k))
        return actions

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(autoRaise=True)
        button.setIconSize(QSize(18, 18))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_icon(button, name)
        return button

    # What is done with it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.search.hasFocus():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell_query()
            is_back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.next_requested.emit(-1 if is_back else 1)
        elif event.key() == Qt.Key.Key_Down:
            self._tell_query()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _tell_query(self) -> None:
        self._quiet.stop()
        query = self.query()
        if query is not None:
            self.query_changed.emit(query)

    def _switch_neighbourhood(self, is_on: bool) -> None:
        self.hop_count.setVisible(is_on)
        self.neighbourhood_changed.emit()

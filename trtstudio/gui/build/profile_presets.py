"""Profiles that are kept under names, and what a model suggests: one menu to start from. Main
thread only; an engine process looks into the model.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui import settings
from trtstudio.gui.build.parts import tight
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.free_sizes import free_sizes
from trtstudio.model.build.profile import Suggestion, check_profile, suggest_profiles
from trtstudio.model.build.profile_text import format_profile, presets_from_json, presets_to_json
from trtstudio.model.core_words import core_text
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Profile, Tensor
from trtstudio.model.onnx.size_steps import SizeDemands, SizeDemandsRequest

_KEY = "profile_presets"
_PAUSE_MS = 300
"""So long no shape was typed before the model is looked into with it."""

Presets = dict[str, tuple[Profile, ...]]


def load_presets() -> Presets:
    """The profiles that are kept. Raises StudioError where they cannot be read."""
    return presets_from_json(settings.load_text(_KEY, "{}"))


def save_presets(presets: Mapping[str, Sequence[Profile]]) -> None:
    """Keep these and no others."""
    settings.save_text(_KEY, presets_to_json(presets))


class ProfileStart(QWidget):
    """A menu of profiles to start from; ``chosen`` has those that take the place of all."""

    chosen = Signal(object)  # tuple[Profile, ...]
    learned = Signal()  # ``demanded`` has come
    keep_requested = Signal(str)

    def __init__(self, workspace: Workspace, model: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._model = workspace, model
        self._inputs: tuple[Tensor, ...] = ()
        self.demanded = SizeDemands()
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._look)
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill)
        self.button = QPushButton(self.tr("Start from"))
        self.button.setMenu(self.menu)
        self.button.setToolTip(self.tr("What the model suggests, and profiles that you kept"))
        layout = QVBoxLayout(self)
        tight(layout)
        layout.addWidget(self.button)

    def set_inputs(self, inputs: tuple[Tensor, ...]) -> None:
        """Suggest for these; what the model demands of their sizes is found out later."""
        if inputs != self._inputs:
            self._inputs, self.demanded = inputs, SizeDemands()
            if any(place.axis for at in free_sizes(inputs).values() for place in at):
                self._pause.start()

    def make_name_row(self) -> "NameRow":
        """The row that asks for a name to keep profiles under; hidden until it is wanted."""
        self._row = NameRow()
        self._row.named.connect(self.keep_requested)
        return self._row

    def keep(self, name: str, profiles: Sequence[Profile]) -> None:
        """Keep profiles under a name."""
        save_presets(self._presets() | {name: tuple(profiles)})

    def _presets(self) -> Presets:
        try:
            return load_presets()
        except StudioError as error:
            self._workspace.report(error)
            return {}

    def _fill(self) -> None:
        self.menu.clear()
        for suggestion in suggest_profiles(self._inputs, self.demanded):
            self._add(self._title(suggestion), (suggestion.profile,))
        presets = self._presets()
        if presets:
            self.menu.addSection(self.tr("Kept"))
        for name, profiles in presets.items():
            self._add(name, profiles)
        self.menu.addSeparator()
        self.menu.addAction(self.tr("Keep these profiles ...")).triggered.connect(
            lambda: self._row.ask()
        )
        if presets:
            forget = self.menu.addMenu(self.tr("Forget"))
            for name in presets:
                forget.addAction(name).triggered.connect(lambda _=False, n=name: self._forget(n))

    def _look(self) -> None:
        inputs = self._inputs

        def found(demanded: SizeDemands) -> None:
            if inputs == self._inputs:
                self.demanded = demanded
                if self.menu.isVisible():
                    self._fill()
                self.learned.emit()

        future = self._workspace.jobs.ask(SizeDemandsRequest(str(self._model), inputs))
        self._workspace.courier.watch(future, found, lambda _: None)

    def _add(self, title: str, profiles: Sequence[Profile]) -> None:
        action = self.menu.addAction(title.replace("&", "&&"))
        wrong = [p.message for profile in profiles for p in check_profile(self._inputs, profile)]
        lines = [" ".join(format_profile(profile)) for profile in profiles]
        enable_unless(core_text(wrong[0]) if wrong else "", action, "\n".join(lines))
        action.triggered.connect(lambda: self.chosen.emit(tuple(profiles)))

    def _title(self, suggestion: Suggestion) -> str:
        steps = set(suggestion.steps.values())
        title = self.tr("Sizes that fit most models")
        if suggestion.batch is not None:
            low, _best, high = suggestion.batch
            title = (
                self.tr("Batches of {low} alone").format(low=low)
                if low == high
                else self.tr("Batches of {low} to {high}").format(low=low, high=high)
            )
        if suggestion.fixed:
            named = ", ".join(f"{name} = {size}" for name, size in suggestion.fixed.items())
            title = self.tr("{title}, with {sizes}").format(title=title, sizes=named)
        if not steps:
            return title
        text = self.tr("{title}, sides in steps of {steps}")
        return text.format(title=title, steps=", ".join(map(str, sorted(steps))))

    def _forget(self, name: str) -> None:
        presets = self._presets()
        presets.pop(name, None)
        save_presets(presets)


class NameRow(QWidget):
    """Asks for a name, in place."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(placeholderText=self.tr("Name to keep the profiles under"))
        self.edit.setAccessibleName(self.edit.placeholderText())
        self.edit.returnPressed.connect(self._accept)
        self.keep_button = QPushButton(self.tr("Keep"))
        self.keep_button.setToolTip(self.tr("Keep the profiles under this name"))
        self.keep_button.clicked.connect(self._accept)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Do not keep them"))
        self.cancel_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        tight(row, GRID)
        row.addWidget(self.edit, stretch=1)
        row.addWidget(self.keep_button)
        row.addWidget(self.cancel_button)
        self.hide()

    def ask(self) -> None:
        """Show the row."""
        self.show()
        self.edit.setFocus()

    def _accept(self) -> None:
        if name := self.edit.text().strip():
            self.edit.clear()
            self.hide()
            self.named.emit(name)

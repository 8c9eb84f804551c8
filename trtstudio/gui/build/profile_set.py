"""The inputs of a build: their shapes, and the optimization profiles. Main thread only."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from trtstudio.gui.build.parts import tight, tool_button
from trtstudio.gui.build.profile_editor import ProfileEditor
from trtstudio.gui.build.profile_inputs import InputList
from trtstudio.gui.build.profile_presets import ProfileStart
from trtstudio.gui.document import Document
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.profile import suggest, with_shapes
from trtstudio.model.core_words import core_text
from trtstudio.model.graph import Profile, Tensor


class ProfileSet(QWidget):
    """One editor for each profile, in tabs where there are several."""

    changed = Signal()

    def __init__(
        self, workspace: Workspace, document: Document, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        assert document.graph is not None
        self._declared = document.graph.input_tensors
        self.inputs = InputList(document.graph)
        self.start = ProfileStart(workspace, document.path)
        self.editors: list[ProfileEditor] = []
        self.tabs = QTabBar(drawBase=False, expanding=False)
        self.tabs.setAccessibleName(self.tr("Profiles"))
        self.tabs.currentChanged.connect(self._show)
        self.stack = QStackedWidget()
        self._make_buttons()
        layout = QVBoxLayout(self)
        tight(layout)
        for part in (self.inputs, self.bar, self.name_row, self.stack):
            layout.addWidget(part)
        self.inputs.changed.connect(self._on_inputs)
        self.start.chosen.connect(self.set_profiles)
        self.start.learned.connect(self._on_learned)
        self.start.keep_requested.connect(lambda name: self.start.keep(name, self.profiles()))
        self.set_profiles((self._suggested(),))

    @property
    def editor(self) -> ProfileEditor:
        """The editor of the profile that is shown."""
        return self.editors[max(0, self.tabs.currentIndex())]

    def profiles(self) -> tuple[Profile, ...]:
        """All profiles; none where every input is fixed."""
        return tuple(profile for editor in self.editors if (profile := editor.profile()))

    def problem(self) -> str:
        """What is wrong first, or nothing."""
        if wrong := self.inputs.problem():
            return wrong
        for number, editor in enumerate(self.editors, start=1):
            if editor.problems:
                text = self.tr("Profile {number}: {problem}")
                message = core_text(editor.problems[0].message)
                several = len(self.editors) > 1
                return text.format(number=number, problem=message) if several else message
        return ""

    def apply(self, request: BuildRequest) -> BuildRequest:
        """The request with what is entered here."""
        network = replace(request.network, input_shapes=self.inputs.shapes())
        return replace(request, profiles=self.profiles(), network=network)

    def fill(self, request: BuildRequest) -> None:
        """Enter what a request says."""
        values = [name for p in request.profiles for name, r in p.items() if r.values]
        by_value = frozenset(values) if request.profiles else None
        self.inputs.fill(request.network.input_shapes, by_value)
        if request.profiles:
            self.set_profiles(request.profiles)

    def set_profiles(self, profiles: tuple[Profile, ...]) -> None:
        """Show these in place of all that are there."""
        tensors, by_value = self._tensors(), self.inputs.by_value()
        self.start.set_inputs(tensors)
        while self.editors:
            self._drop(0)
        for profile in profiles:
            self._insert(ProfileEditor(tensors, profile, by_value))
        self._on_count()

    def add(self) -> None:
        """One more, as the model suggests it."""
        self._append(self._suggested())

    def duplicate(self) -> None:
        """One more, as the one that is shown."""
        self._append(self.editor.profile())

    def remove(self) -> None:
        """Without the one that is shown."""
        if len(self.editors) > 1:
            self._drop(self.tabs.currentIndex())
            self._on_count()

    def _tensors(self) -> tuple[Tensor, ...]:
        return with_shapes(self._declared, self.inputs.shapes())

    def _make_buttons(self) -> None:
        self.add_button = tool_button("plus", self.tr("Add a profile"), self.add)
        self.copy_button = tool_button("copy", self.tr("Duplicate this profile"), self.duplicate)
        self.remove_button = tool_button("trash-2", self.tr("Remove this profile"), self.remove)
        self.bar = QWidget()
        self.name_row = self.start.make_name_row()
        row = QHBoxLayout(self.bar)
        tight(row, GRID // 2)
        row.addWidget(self.tabs)
        for button in (self.add_button, self.copy_button, self.remove_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.start)

    def _append(self, profile: Profile) -> None:
        self._insert(ProfileEditor(self._tensors(), profile, self.inputs.by_value()))
        self.tabs.setCurrentIndex(len(self.editors) - 1)
        self._on_count()

    def _insert(self, editor: ProfileEditor) -> None:
        editor.changed.connect(self.changed)
        self.editors.append(editor)
        self.stack.addWidget(editor)
        self.tabs.addTab("")

    def _drop(self, position: int) -> None:
        editor = self.editors.pop(position)
        self.tabs.blockSignals(True)
        self.tabs.removeTab(position)
        self.tabs.blockSignals(False)
        self.stack.removeWidget(editor)
        editor.deleteLater()

    def _on_count(self) -> None:
        for i in range(len(self.editors)):
            self.tabs.setTabText(i, str(i + 1))
            self.tabs.setTabToolTip(i, self.tr("Profile {number}").format(number=i + 1))
        several = len(self.editors) > 1
        self.tabs.setVisible(several)
        self.remove_button.setVisible(several)
        self.bar.setVisible(bool(self.editor.rows))
        self._show(self.tabs.currentIndex())
        self.changed.emit()

    def _show(self, position: int) -> None:
        if 0 <= position < len(self.editors):
            self.stack.setCurrentWidget(self.editors[position])

    def _suggested(self) -> Profile:
        self._untouched = suggest(self._tensors(), self.start.demanded)
        return self._untouched

    def _on_learned(self) -> None:
        """A profile that nobody has touched follows what was found out about the model."""
        before, better = self._untouched, self._suggested()
        for editor in self.editors:
            if editor.profile() == before:
                editor.set_profile(better)

    def _on_inputs(self) -> None:
        """Other shapes, other editors; what was entered for sizes that are left stays."""
        before = [editor.profile() for editor in self.editors]
        shown = self.tabs.currentIndex()
        self.set_profiles((self._suggested(),) * len(before))
        for editor, profile in zip(self.editors, before, strict=True):
            editor.set_profile(profile)
        self.tabs.setCurrentIndex(shown)

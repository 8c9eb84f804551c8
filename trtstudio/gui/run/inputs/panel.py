"""The form of inputs of the current document, folded away until it is wanted. Main thread only."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trtstudio.gui.document import Document
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.run.controls import RunControls
from trtstudio.gui.run.inputs.form import InputForm
from trtstudio.gui.run.inputs.look import fitting_inputs
from trtstudio.gui.run.run import Run
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.gui.workspace import Workspace
from trtstudio.model import content
from trtstudio.model.arrays import RAW_SUFFIXES
from trtstudio.model.given_inputs import ArrayValues, GivenInputs
from trtstudio.model.graph import Tensor
from trtstudio.model.input_checks import fits

_MOST_RUNS = 20


class InputPanel(QWidget):
    """A form for each document that is loaded, made when it is first seen. The button of the
    ``controls`` above opens and closes it; at first it is open for a model that does not take
    pictures.
    """

    def __init__(
        self,
        workspace: Workspace,
        runs: Runs,
        controls: RunControls,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._runs = workspace, runs
        self._button, self._above = controls.inputs_button, controls.stop_button
        self._forms: dict[Document, tuple[Loaded, InputForm]] = {}
        self._is_open: dict[Document, bool] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._button.clicked.connect(self._toggle)
        runs.run_added.connect(self._history_changed)
        workspace.document_closed.connect(self._close)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            keys = QKeySequence(Qt.Modifier.CTRL | key)
            QShortcut(keys, self, self.run, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hide()

    @property
    def form(self) -> InputForm | None:
        """The form of the current document, where it was made."""
        made = self._forms.get(self._workspace.current) if self._workspace.current else None
        return made[1] if made is not None else None

    def show_document(self, document: Document) -> None:
        """Show its form, where it is open. What was entered stays for as long as the model takes
        the same inputs.
        """
        loaded = self._loaded(document)
        if loaded is not None:
            self._is_open.setdefault(document, loaded.pictures is None)
        is_open = self._is_open.get(document, False) and loaded is not None
        why_not = self.tr("The model is not loaded.") if loaded is None else ""
        tip = self.tr("Say where the values of each input come from")
        enable_unless(why_not, self._button, tip)
        self._button.setChecked(is_open)
        self.setVisible(is_open)
        self._show_form()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_form()

    def run(self) -> None:
        """Run what the form of the current document says."""
        if (current := self._current) is not None:
            self._make(*current).run()

    def takes(self, path: Path) -> bool:
        """Whether a dropped file is for the form: bare values, or an array that does not say which
        of several inputs it is for.
        """
        if (current := self._current) is None:
            return False
        _, loaded = current
        suffix = path.suffix.lower()
        return suffix in RAW_SUFFIXES or (suffix == ".npy" and len(loaded.info.inputs) > 1)

    def take(self, path: Path) -> None:
        """Enter a dropped file where it fits, and show that; a plan is opened by any name."""
        if (current := self._current) is None:
            return
        document, loaded = current

        def found(names: Sequence[str]) -> None:
            if not names:
                self._workspace.open([path])
            elif _inputs_of(self._loaded(document)) == _inputs_of(loaded):
                self._make(document, loaded).take_file(path, names)
                self._is_open[document] = True
                if document is self._workspace.current:
                    self.show_document(document)

        future = self._workspace.io.submit(_inputs_for, path, loaded)
        self._workspace.courier.watch(future, found, self._workspace.report)

    @property
    def _current(self) -> tuple[Document, Loaded] | None:
        document = self._workspace.current
        loaded = self._loaded(document) if document is not None else None
        return (document, loaded) if document is not None and loaded is not None else None

    def _loaded(self, document: Document) -> Loaded | None:
        """What its form is of: what is loaded now, or was when the form was made."""
        made = self._forms.get(document)
        return self._runs.sessions.loaded(document) or (made[0] if made is not None else None)

    def _show_form(self) -> None:
        if (current := self._current) is not None and self.isVisible():
            document, loaded = current
            if self._is_open.get(document, False):
                self._make(document, loaded)
        form = self.form
        for _, each in self._forms.values():
            each.setVisible(each is form)

    def _make(self, document: Document, loaded: Loaded) -> InputForm:
        known = self._forms.get(document)
        if known is not None and _inputs_of(known[0]) == _inputs_of(loaded):
            self._forms[document] = loaded, known[1]
            return known[1]
        form = InputForm(self._workspace, loaded, self._outputs, self, above=self._above)
        form.run_requested.connect(lambda request: self._run(document, request))
        form.setVisible(document is self._workspace.current)  # a layout shows what is not hidden
        self._column.addWidget(form)
        if known is not None:
            known[1].deleteLater()
        self._forms[document] = loaded, form
        return form

    def _run(self, document: Document, request: Path | GivenInputs) -> None:
        if isinstance(request, Path):
            self._runs.run_paths(document, [request])
        else:
            self._runs.run_given(document, request)

    def _toggle(self) -> None:
        document = self._workspace.current
        if document is not None:
            self._is_open[document] = not self._is_open.get(document, False)
            self.show_document(document)

    def _outputs(self, tensor: Tensor) -> Sequence[ArrayValues]:
        """Those of all documents that have a shape which the input takes, the newest first."""
        found: list[ArrayValues] = []
        for document in self._workspace.documents:
            whose = "" if document is self._workspace.current else f"{document.path.name} "
            for number, run in _newest(self._runs.history(document)):
                found += [
                    ArrayValues(array, f"{whose}{number} {name}")
                    for name, array in run.outputs.items()
                    if fits(tensor, array.shape)
                ]
        return found

    def _history_changed(self) -> None:
        for _, form in self._forms.values():
            form.offer_outputs()

    def _close(self, document: Document) -> None:
        self._is_open.pop(document, None)
        made = self._forms.pop(document, None)
        if made is not None:
            made[1].deleteLater()
        self._history_changed()


def _newest(history: Sequence[Run]) -> Iterator[tuple[int, Run]]:
    numbered = list(enumerate(history, 1))
    return reversed(numbered[-_MOST_RUNS:])


def _inputs_of(loaded: Loaded | None) -> object:
    """What the form depends on."""
    if loaded is None:
        return None
    pictures = loaded.pictures
    pictured = (pictures.input, pictures.sizes) if pictures is not None else None
    return loaded.info.inputs, loaded.info.shapes, loaded.info.profiles, pictured


def _inputs_for(path: Path, loaded: Loaded) -> list[str]:
    """The inputs that a file may be for; none for a plan. In the io thread."""
    if content.is_plan(content.read_head(path)):
        return []
    return fitting_inputs(path, loaded.info.inputs, loaded.info.shapes)

"""One input of a model in a form: its dtype, its shape, and where its values come from. Main thread
only; files are looked at in the io thread.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from superqt import QElidingLabel

from trtstudio.gui.parts.eliding_box import ElidingBox
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.shape_text import parse_shape
from trtstudio.gui.run.inputs.editors import InputEditors, Kind, ValuesEditor
from trtstudio.gui.run.inputs.look import Look, constant_problem, look_at
from trtstudio.gui.run.shape_bounds import bounds, ranges_text
from trtstudio.gui.theme import mono_font
from trtstudio.gui.workspace import Workspace
from trtstudio.model.arrays import ARRAY_SUFFIXES
from trtstudio.model.build.build import Shape
from trtstudio.model.core_words import core_text
from trtstudio.model.given_inputs import ArrayValues, ConstantValues, Values
from trtstudio.model.graph import Tensor, format_shape
from trtstudio.model.input_checks import fits
from trtstudio.model.profile_fit import is_within
from trtstudio.model.run import SessionInfo

Outputs = Callable[[Tensor], Sequence[ArrayValues]]

PAUSE_MS = 200
"""A file is looked into when nothing was typed for so long."""


class InputRow(QObject):
    """The widgets of a row, which a form puts into its columns. ``outputs`` finds the earlier
    outputs that an input can be fed with.
    """

    changed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        info: SessionInfo,
        tensor: Tensor,
        usual: Values,
        outputs: Outputs,
        *,
        takes_pictures: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.tensor = tensor
        self._workspace, self._outputs = workspace, outputs
        self._best: Shape = info.shapes[tensor.name]
        self._bounds = bounds(tensor.name, info.profiles)
        self._value_bounds = bounds(tensor.name, info.profiles, values=True)
        self._look: Look | None = None
        self._looks = 0
        self._is_insisted = False
        self._has_offered = False
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._look_into)
        self.is_from_picture = False
        self._make_labels(parent)
        self._make_kinds(parent, usual, takes_pictures=takes_pictures)
        self._make_status(parent)
        self.kind.activated.connect(self._kind_chosen)
        self._show_kind()

    # What is entered

    @property
    def picture(self) -> Path | None:
        """The picture that it is fed with, where it is one."""
        return self.editors.picture.chosen() if self.wants_picture else None

    @property
    def wants_picture(self) -> bool:
        """Whether a picture was chosen as its source."""
        return self._key == "picture"

    def values(self) -> Values | None:
        """Where its values come from; None while that is not entered."""
        return self._editor.values()

    def given_shape(self) -> Shape | None:
        """The shape that was typed; None where that is left to the model or to a file."""
        is_typed = self._has_typed_shape and self.shape.text() != format_shape(self._best)
        return parse_shape(self.shape.text()) if is_typed else None

    def fed_shape(self) -> Shape | None:
        """The shape that it will be fed with, as far as that is known."""
        if self._key in ("file", "earlier"):
            return self._look.shape if self._look is not None else None
        return self.given_shape() or self._best

    def problem(self) -> str:
        """What is wrong, in words; nothing where all is well so far."""
        if self.is_from_picture:
            return ""
        return self._shape_problem() or self._editor.problem() or self._values_problem()

    def missing(self) -> str:
        """What its user has still to choose."""
        return "" if self.is_from_picture else self._editor.missing()

    # What others enter into it

    def choose(self, kind: Kind) -> None:
        """As if its user had chosen this kind of source."""
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self._kind_chosen()

    def insist(self) -> None:
        """A run is wanted: what is missing is an error now."""
        self._is_insisted = True
        self._show_status()

    def set_file(self, path: Path) -> None:
        """Feed it from this file."""
        self.choose("file")
        self.editors.file.set_path(path)

    def set_from_picture(self, is_from_picture: bool) -> None:
        """Its values are made from the picture that another input is fed with, or not any more."""
        self.is_from_picture = is_from_picture
        for widget in (self.kind, self.editors):
            widget.setEnabled(not is_from_picture)
        self._show_kind()

    def offer_outputs(self) -> None:
        """The history has changed."""
        if self._has_offered:  # what is offered keeps its arrays in memory
            self.editors.earlier.offer(self._outputs(self.tensor))
            if self._key == "earlier":
                self._values_changed()

    # Putting it together

    def _make_labels(self, parent: QWidget) -> None:
        tensor = self.tensor
        self.name = QElidingLabel(tensor.name, parent)
        self.name.setFont(mono_font())
        self.name.setToolTip(tensor.name)
        self.dtype = QLabel(tensor.dtype, parent)
        self.dtype.setFont(mono_font())
        self.dtype.setProperty("role", "muted")
        self.shape = QLineEdit(format_shape(self._best), parent)
        self.shape.setFont(mono_font())
        self.shape.setAccessibleName(self.tr("Shape of {name}").format(name=tensor.name))
        self.shape.textChanged.connect(self._values_changed)
        self.shape_place: QWidget = self.shape
        if not tensor.is_dynamic:
            self.shape.hide()
            self.shape_place = QLabel(format_shape(tensor.shape), parent)
            self.shape_place.setFont(mono_font())

    def _make_kinds(self, parent: QWidget, usual: Values, *, takes_pictures: bool) -> None:
        self.kind = ElidingBox(parent)
        self.kind.setAccessibleName(self.tr("Source of {name}").format(name=self.tensor.name))
        kinds: list[tuple[str, Kind]] = [
            (self.tr("Random"), "random"),
            (self.tr("Constant"), "constant"),
            (self.tr("File"), "file"),
            (self.tr("Earlier output"), "earlier"),
        ]
        if takes_pictures:
            kinds.insert(0, (self.tr("Picture"), "picture"))
        for title, kind in kinds:
            self.kind.addItem(title, kind)
        if not takes_pictures and isinstance(usual, ConstantValues):
            self.kind.setCurrentIndex(self.kind.findData("constant"))
        self.editors = InputEditors(self.tensor.name, usual, self.kind, parent)
        self.editors.changed.connect(self._values_changed)

    def _make_status(self, parent: QWidget) -> None:
        self.error = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.error.setProperty("level", "error")
        self.note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.note.setProperty("role", "muted")
        self.status = QWidget(parent)  # at once: shown without, it would be a window of its own
        column = QVBoxLayout(self.status)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.error)
        column.addWidget(self.note)

    # What follows from it

    @property
    def _key(self) -> Kind:
        kind: Kind = self.kind.currentData()
        return kind

    @property
    def _editor(self) -> ValuesEditor:
        return self.editors.editor(self._key)

    @property
    def _has_typed_shape(self) -> bool:
        """Whether its shape is what is typed, and not what an array has."""
        path = self.editors.file.chosen() if self._key == "file" else None
        is_array = path is not None and path.suffix.lower() in ARRAY_SUFFIXES
        is_shaped = self._key in ("picture", "earlier") or is_array
        return self.tensor.is_dynamic and not (is_shaped or self.is_from_picture)

    def _kind_chosen(self) -> None:
        self._is_insisted = False
        if self._key == "earlier":
            self._has_offered = True
            self.editors.earlier.offer(self._outputs(self.tensor))
        self._show_kind()

    def _show_kind(self) -> None:
        self.editors.setCurrentWidget(self._editor)
        self._values_changed()

    def _values_changed(self) -> None:
        """Say at once what is known of it, and look into its file a little later."""
        self._look = None
        self._looks += 1
        if self._key in ("file", "earlier"):
            self._pause.start()
        else:
            self._pause.stop()
        self._show_status()

    def _look_into(self) -> None:
        values, looks = self.values(), self._looks
        if values is None:
            return

        def seen(look: Look) -> None:
            if looks == self._looks:
                self._look = look
                self._show_look(look)

        future = self._workspace.io.submit(
            look_at, values, self.tensor, self.given_shape(), self._best
        )
        self._workspace.courier.watch(future, seen, self._workspace.report)

    def _show_look(self, look: Look) -> None:
        if self._key == "file":
            self.editors.file.show_names(look.names)
        self._show_status()

    def _show_status(self) -> None:
        is_fed = not self._has_typed_shape
        enable_unless(self.tr("The shape is that of what is fed.") if is_fed else "", self.shape)
        missing = self.missing()
        error = self.problem() or (missing if self._is_insisted else "")
        note = "" if error else self._words(missing)
        for label, words in ((self.error, error), (self.note, note)):
            label.setText(words)
            label.setVisible(bool(words))
        self.status.setVisible(bool(error or note))
        self.changed.emit()

    def _words(self, missing: str) -> str:
        if self.is_from_picture:
            return self.tr("Made from the picture.")
        look = self._look
        said = [look.words, *map(core_text, look.notes)] if look is not None else []
        said += [missing] if missing else []
        found = self._bounds + self._value_bounds
        if found and self._key != "picture":
            said.append(self.tr("Profile: {bounds}").format(bounds=ranges_text(found)))
        return "\n".join(said)

    def _shape_problem(self) -> str:
        shape = self.fed_shape()
        if self._has_typed_shape:
            shape = parse_shape(self.shape.text())
            if shape is None or not fits(self.tensor, shape):
                words = self.tr("It takes the shape {shape}: sizes with x between them.")
                return words.format(shape=format_shape(self.tensor.shape))
        if self._key == "picture" or shape is None or not self._bounds:
            return ""
        if any(is_within(allowed, shape) for allowed in self._bounds):
            return ""
        words = self.tr("{shape} is outside the engine's profiles: {bounds}.")
        return words.format(shape=format_shape(shape), bounds=ranges_text(self._bounds))

    def _values_problem(self) -> str:
        problem = self._look.problem if self._look is not None else None
        values = self.values()
        if isinstance(values, ConstantValues):
            problem = constant_problem(values, self.tensor, self.given_shape(), self._best)
        return problem.text if problem is not None else ""

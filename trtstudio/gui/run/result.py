"""One run: what it says, and its outputs and inputs as tensors. Main thread only."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.picture_images import as_image
from trtstudio.gui.parts.segments import Segments
from trtstudio.gui.picture.similarity_view import Similar, SimilarityView
from trtstudio.gui.run.doctor_view import DoctorView
from trtstudio.gui.run.likes import comparable, embedding_of
from trtstudio.gui.run.overview import RunOverview
from trtstudio.gui.run.run import Run
from trtstudio.gui.run.tensors import RunTensors
from trtstudio.gui.run.trials import Trials
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.core_words import core_text
from trtstudio.model.run import Array


class RunResult(QWidget):
    """Five views, of which only the one that is seen is filled. Where a run has no answer, its
    outputs are shown first, unless the user chose otherwise. It can be used when ``make`` has come
    to its end.
    """

    save_picture_requested = Signal(object)  # Run
    save_outputs_requested = Signal(object)  # Run
    copy_requested = Signal(object)  # Run
    doctor_requested = Signal()

    def __init__(self, workspace: Workspace, trials: Trials, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._trials = workspace, trials
        self.run: Run | None = None
        self._history: Sequence[Run] = ()
        self._chosen = ""
        self.stack = QStackedWidget(self)  # a widget that gets its parent later is styled again

    def make(self) -> Iterator[None]:
        """Fill it, a part a step."""
        self.overview = RunOverview(self._workspace, self.stack)
        yield from self.overview.make()
        yield
        self.outputs = RunTensors(self._workspace, _outputs, self.stack)
        yield
        self.inputs = RunTensors(self._workspace, _inputs, self.stack)
        yield
        self.similar = SimilarityView(self.stack)
        self.doctor = DoctorView(self._workspace, self._trials, self.stack)
        self._arrange()

    def _arrange(self) -> None:
        self.overview.preprocess.doctor_requested.connect(lambda: self._choose("doctor"))
        self.picture, self.latencies = self.overview.picture, self.overview.latencies
        said = self.overview.said
        self.answer, self.message, self.save_picture = said.answer, said.message, said.save_picture
        said.save_picture.clicked.connect(lambda: self.save_picture_requested.emit(self.run))
        said.copy.clicked.connect(lambda: self.copy_requested.emit(self.run))
        self.warnings = QLabel(wordWrap=True)
        self.warnings.setProperty("level", "warning")
        self._pages: dict[str, QWidget] = {
            "overview": self.overview,
            "outputs": self.outputs,
            "inputs": self.inputs,
            "doctor": self.doctor,
            "similar": self.similar,
        }
        for page in self._pages.values():
            self.stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(self._make_top())
        layout.addWidget(self.warnings)
        layout.addWidget(self.stack, 1)

    def show_run(self, run: Run, history: Sequence[Run]) -> None:
        """Show this run; those of ``history``, the oldest first, are compared with it."""
        self.run, self._history = run, history
        ran = run.problem is None
        warnings = run.feed.warnings if run.feed is not None else ()
        self.warnings.setText("\n".join(map(core_text, warnings)))
        self.warnings.setVisible(ran and bool(warnings))
        self._offer_saving(ran=ran)
        has_ways = run.has_picture and run.pictures is not None
        self._offer("doctor", has_ways, self.tr("No picture ran."))
        self._offer("outputs", bool(_outputs(run)), self.tr("This run has no outputs."))
        self._offer("inputs", bool(_inputs(run)), self.tr("The inputs of this run were not kept."))
        self._offer_similar(run)
        fitting = "overview" if run.answer is not None or not _outputs(run) else "outputs"
        wanted = self._chosen or fitting
        self._show(wanted if self.tabs.buttons[wanted].isEnabled() else fitting)

    def clear(self) -> None:
        """Keep nothing of any run: its document may be gone, and outputs may be large."""
        if self.run is not None:
            self.run, self._history = None, ()
            self.outputs.clear()
            self.inputs.clear()
            self.overview.panel.clear()
            self.doctor.clear()
            self.similar.clear()

    @property
    def is_settled(self) -> bool:
        """Whether everything is shown."""
        return self.overview.is_settled

    def _make_top(self) -> QHBoxLayout:
        self.tabs = Segments(
            (
                ("overview", self.tr("Answer")),
                ("outputs", self.tr("Outputs")),
                ("inputs", self.tr("Inputs")),
                ("doctor", self.tr("Other ways")),
                ("similar", self.tr("Similarity")),
            ),
            self.tr("What is shown of the run"),
        )
        self.tabs.chosen.connect(self._choose)
        self.save_outputs = QPushButton(self.tr("Save outputs ..."))
        self.save_outputs.setStyleSheet("padding: 3px 6px;")
        self._offer_saving(ran=False)
        set_icon(self.save_outputs, "save")
        self.save_outputs.clicked.connect(lambda: self.save_outputs_requested.emit(self.run))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.tabs)
        row.addWidget(self.outputs.choice, 3)
        row.addWidget(self.inputs.choice, 3)
        row.addStretch(1)
        row.addWidget(self.save_outputs)
        return row

    def _offer_saving(self, *, ran: bool) -> None:
        why_not = "" if ran else self.tr("This run has no outputs.")
        enable_unless(why_not, self.save_outputs, self.tr("Save the output tensors of this run"))

    def _offer(self, key: str, is_there: bool, why_not: str) -> None:
        enable_unless("" if is_there else why_not, self.tabs.buttons[key])

    def _offer_similar(self, run: Run) -> None:
        """For a model of embeddings only, once there are two."""
        self.tabs.buttons["similar"].setVisible(embedding_of(run) is not None)
        words = self.tr("Run a second picture to compare it with this one.")
        self._offer("similar", len(comparable(run, self._history)) > 1, words)

    def show_reading(self, run: Run, history: Sequence[Run]) -> None:
        """The same run, whose outputs were read otherwise."""
        self.run, self._history = run, history
        if self.stack.currentWidget() is self.overview:
            self.overview.show_reading(run, history)
        self._offer_similar(run)

    def leave_doctor(self) -> None:
        """Show the answer again where ways of feeding were compared."""
        if self._chosen == "doctor":
            self.doctor.clear()
            self._choose("overview")

    def _choose(self, key: str) -> None:
        self._chosen = key
        self._show(key)
        if key == "doctor":
            self.doctor_requested.emit()

    def _show(self, key: str) -> None:
        run = self.run
        if run is None:
            return
        self.tabs.show_chosen(key)
        self.stack.setCurrentWidget(self._pages[key])
        for tensors in (self.outputs, self.inputs):
            tensors.choice.setVisible(tensors is self._pages[key])
        if key == "overview":
            self.overview.show_run(run, self._history)
        elif key == "similar":
            self.similar.show_pictures([_similar(*pair) for pair in comparable(run, self._history)])
        elif key != "doctor":
            (self.outputs if key == "outputs" else self.inputs).show_run(run, self._history)


def _similar(run: Run, vector: Array) -> Similar:
    thumbnail = run.feed.thumbnail if run.feed is not None else None
    return Similar(run.name, vector, as_image(thumbnail) if thumbnail is not None else QImage())


def _outputs(run: Run) -> Mapping[str, Array]:
    return run.outputs


def _inputs(run: Run) -> Mapping[str, Array]:
    return run.feed.inputs if run.feed is not None else {}

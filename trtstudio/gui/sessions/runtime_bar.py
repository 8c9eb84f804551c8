"""What runs the current document and why, and how a picture becomes its input, in words. Main
thread only.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget
from superqt import QElidingLabel

from trtstudio.gui.document import Document
from trtstudio.gui.sessions.runtime_memory import RunWish, remember_wish
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.theme import GRID

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.preprocess import Preprocess


class RuntimeBar(QWidget):
    """Chooses the runtime of a document, and always says which one that is. The choice is
    remembered for the file.
    """

    def __init__(self, sessions: Sessions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sessions = sessions
        self._document: Document | None = None
        self._wishes: list[RunWish] = []
        self.chooser = QComboBox()
        self.chooser.setAccessibleName(self.tr("Runtime"))
        self.chooser.setToolTip(self.tr("What the model runs on"))
        self.chooser.setMaximumWidth(40 * GRID)
        self.chooser.activated.connect(self._choose)
        sessions.runtimes.changed.connect(self._on_runtimes)
        self.explanation = QElidingLabel()
        self.explanation.setAccessibleName(self.tr("What runs it"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.chooser)
        row.addWidget(self.explanation, 1)

    def show_document(self, document: Document | None) -> None:
        """Show how this document, if any, is run, or why it cannot be."""
        self._document = document
        if document is None:
            return
        self._offer(RunWish(self._sessions.wanted(document), self._sessions.interpreter(document)))
        loaded, problem = self._sessions.loaded(document), self._sessions.problem(document)
        if self._sessions.is_loading(document):
            self._say(self.tr("Loading {name} ...").format(name=document.path.name))
        elif loaded is not None:
            seconds = sum(loaded.info.load_seconds.values())
            details = self.tr("{device}, loaded in {seconds:.2f} s").format(
                device=loaded.info.device, seconds=seconds
            )
            self._say(loaded.explanation, details)
        elif problem is not None:
            self._say(problem.text, problem.details, "error")
        else:
            self._say(self.tr("Not loaded; the next run loads it."))

    def _offer(self, chosen: RunWish) -> None:
        """The runtimes by name only where there are several to choose among."""
        able = [known for known in self._sessions.runtimes.known if known.runtime_label]
        named = able if len(able) > 1 else []
        usual = {
            RunWish(): self.tr("Automatic"),
            RunWish("tensorrt"): self.tr("TensorRT engine"),
            RunWish("onnxruntime"): self.tr("ONNX Runtime"),
        }
        offered = usual | {RunWish("tensorrt", k.interpreter): k.label for k in named}
        texts = [self.chooser.itemText(i) for i in range(self.chooser.count())]
        if texts != list(offered.values()):
            self.chooser.clear()
            self.chooser.addItems(list(offered.values()))
        self._wishes = list(offered)
        fallen_back = RunWish(chosen.runtime)  # where its interpreter is no longer known
        shown = chosen if chosen in offered else fallen_back
        self.chooser.setCurrentIndex(self._wishes.index(shown))

    def _on_runtimes(self) -> None:
        self.show_document(self._document)

    def _choose(self, position: int) -> None:
        wish, document = self._wishes[position], self._document
        if document is not None:
            remember_wish(document.path, wish)
            self._sessions.choose(document, wish.runtime, wish.interpreter)

    def _say(self, text: str, details: str = "", level: str = "") -> None:
        self.explanation.setText(text)
        self.explanation.setToolTip("\n".join(filter(None, (text, details))))
        if self.explanation.property("level") != level:
            self.explanation.setProperty("level", level)
            self.explanation.style().unpolish(self.explanation)
            self.explanation.style().polish(self.explanation)


def preprocess_words(preprocess: "Preprocess") -> str:
    """``Input as the model says: centre crop 87.5 %, 224 x 224, RGB, mean 127, std 128``"""
    height, width = preprocess.size
    resize = {
        "stretch": _tr("stretched"),
        "center_crop": _tr("centre crop {percent:g} %").format(percent=100 * preprocess.crop),
        "letterbox": _tr("letterbox"),
        "longest_side": _tr("longest side"),
        "height": _tr("any width"),
    }[preprocess.resize]
    how = _tr("{resize}, {width} x {height}, {color}, mean {mean}, std {std}").format(
        resize=resize,
        width=width,
        height=height,
        color=preprocess.color,
        mean=_numbers(preprocess.mean),
        std=_numbers(preprocess.std),
    )
    if preprocess.source == "model":
        return _tr("Input as the model says: {how}").format(how=how)
    if preprocess.source == "user":
        return _tr("Input as you chose: {how}").format(how=how)
    return _tr("Input as guessed: {how}").format(how=how)


def _numbers(values: tuple[float, ...]) -> str:
    distinct = values[:1] if len(set(values)) == 1 else values
    return " ".join(f"{value:g}" for value in distinct)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RuntimeBar", text)

"""A run's picture with its answer, or the tensor that the network was given of it. Main thread
only: the tensor becomes a picture in the io thread.
"""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QVBoxLayout, QWidget
from superqt import QElidingLabel

from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.picture_images import as_image
from trtstudio.gui.parts.segments import Segments
from trtstudio.gui.picture.view import MASK_OPACITY, Box, PictureView
from trtstudio.gui.run.pointing import words_at
from trtstudio.gui.run.run import Run
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.run import Array

_SLIDER_WIDTH = 96


class PicturePanel(QWidget):
    """The picture with its tools above it, and below it what is pointed at."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._run: Run | None = None
        self._sees_tensor = False
        self._is_cover = False  # of what the opacity was chosen for
        self._seen: Array | None = None
        self._image: QImage | None = None
        self.view = PictureView()
        self.view.pointed.connect(self._point)
        self.views = Segments(
            (("picture", self.tr("Picture")), ("tensor", self.tr("What the model sees"))),
            self.tr("The picture as it is, or as the model gets it"),
        )
        self.views.show_chosen("picture")
        self.views.chosen.connect(self._choose)
        self.before = _tool("eye", self.tr("Hold to see the picture without the answer (B)"))
        self.before.pressed.connect(lambda: self.view.set_bare(True))
        self.before.released.connect(lambda: self.view.set_bare(False))
        self.fit = _tool("maximize", self.tr("Show all of it (0); the wheel zooms"))
        self.fit.clicked.connect(self.view.fit)
        self.view.zoomed.connect(lambda zoom: self.fit.setEnabled(zoom > 1))
        self.fit.setEnabled(False)
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setValue(round(100 * MASK_OPACITY))
        self.opacity.hide()
        self.opacity.setFixedWidth(_SLIDER_WIDTH)
        self.opacity.setToolTip(self.tr("How much of the answer lies over the picture"))
        self.opacity.setAccessibleName(self.tr("Opacity"))
        self.opacity.valueChanged.connect(lambda value: self.view.set_opacity(value / 100))
        self.pointed = QElidingLabel(" ")
        self.pointed.setProperty("role", "muted")
        self._arrange()

    def show_run(self, run: Run) -> None:
        """Show the picture of this run, which has one, and its answer."""
        is_other = self._run is None or self._run.feed is not run.feed
        self._run = run
        if is_other:
            self._seen = self._image = None
        if self._sees_tensor:
            self._show_tensor()
        else:
            self._show_picture(run)

    def clear(self) -> None:
        """Keep nothing of any run."""
        self._run = self._seen = self._image = None
        self.view.show_picture(None, QSize(1, 1))

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(GRID // 2, GRID // 2, GRID // 2, 0)
        bar.setSpacing(GRID // 2)
        bar.addWidget(self.views)
        bar.addStretch()
        for tool in (self.opacity, self.before, self.fit):
            bar.addWidget(tool)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        column.addWidget(self.pointed)
        self.pointed.setContentsMargins(GRID, 0, GRID, 2)

    def _choose(self, key: str) -> None:
        self._sees_tensor = key == "tensor"
        self.views.show_chosen(key)
        if self._run is not None:
            self.show_run(self._run)

    def _show_picture(self, run: Run) -> None:
        assert run.feed is not None and run.feed.preview is not None
        assert run.feed.placement is not None
        height, width = run.feed.placement.picture_size
        self._image = self._image or as_image(run.feed.preview)
        self.view.show_picture(self._image, QSize(width, height), run.answer, _seen(run))
        if self.view.has_layers and self.view.has_cover != self._is_cover:
            self._is_cover = self.view.has_cover
            self.opacity.setValue(100 if self._is_cover else round(100 * MASK_OPACITY))
        self.opacity.setVisible(self.view.has_layers)
        self.before.setEnabled(run.answer is not None)
        words = self.tr("{name}, {width} x {height}. The network does not see what is dimmed.")
        self.view.setToolTip(words.format(name=run.name, width=width, height=height))

    def _show_tensor(self) -> None:
        run = self._run
        assert run is not None
        self.opacity.hide()
        self.before.setEnabled(False)
        self.view.setToolTip("")
        if self._seen is not None:
            self._show_seen(run, self._seen)
            return
        future = self._workspace.io.submit(_seen_pixels, run)
        self._workspace.courier.watch(future, partial(self._show_seen, run), self._workspace.report)

    def _show_seen(self, run: Run, pixels: Array | None) -> None:
        if self._run is None or run.feed is not self._run.feed or not self._sees_tensor:
            return
        self._seen = pixels
        if pixels is None:
            self.view.show_picture(None, QSize(1, 1))
            self.pointed.setText(self.tr("The input of this run was not kept. Run it again."))
            return
        height, width = pixels.shape[:2]
        self.view.show_picture(as_image(pixels), QSize(width, height))

    def _point(self, place: tuple[float, float] | None) -> None:
        run = self._run
        if place is None or run is None:
            self.pointed.setText(" ")
        elif self._sees_tensor:
            self.pointed.setText(_tensor_words(run, *place))
        else:
            self.pointed.setText(words_at(run.answer, *place))


def _seen(run: Run) -> Box | None:
    """The part of the picture that the network was given, None for all of it."""
    placement = run.feed.placement if run.feed else None
    if placement is None or placement.source.size == placement.picture_size:
        return None
    source = placement.source
    return (source.left, source.top, source.right, source.bottom)


def _seen_pixels(run: Run) -> Array | None:
    """The tensor as a picture; in the io thread."""
    from trtstudio.vision.preprocess import seen

    tensor = _tensor(run)
    return None if tensor is None or run.pictures is None else seen(tensor, run.pictures.preprocess)


def _tensor(run: Run) -> Array | None:
    if run.feed is None or run.pictures is None:
        return None
    return run.feed.inputs.get(run.pictures.input)


def _tensor_words(run: Run, x: float, y: float) -> str:
    """The numbers that the network gets for a pixel, in its own order of channels."""
    tensor = _tensor(run)
    if tensor is None or run.pictures is None:
        return ""
    row, column = int(y), int(x)
    is_nchw = run.pictures.preprocess.layout == "NCHW"
    picture = tensor if tensor.ndim == 3 else tensor[0]  # some networks take no batch
    cell = picture[:, row, column] if is_nchw else picture[row, column]
    numbers = "  ".join(f"{value:.4g}" for value in cell.tolist())
    return f"x {column}, y {row}: {run.pictures.preprocess.color}  {numbers}"


def _tool(icon_name: str, tip: str) -> QToolButton:
    button = QToolButton(autoRaise=True)
    set_icon(button, icon_name)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button

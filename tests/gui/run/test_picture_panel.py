"""What the model sees, and the numbers of a place in it."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from trtstudio.gui.run.feeds import Feed
from trtstudio.gui.run.picture_panel import PicturePanel
from trtstudio.gui.run.run import Run
from trtstudio.gui.workspace import Workspace
from trtstudio.vision.answer import Answer, Raster, Regions
from trtstudio.vision.network import Network
from trtstudio.vision.picture import Picture
from trtstudio.vision.picture_model import PictureModel
from trtstudio.vision.preprocess import Layout, Preprocess

SIZE = (4, 5)
PIXELS = np.arange(3 * 4 * 5, dtype=np.uint8).reshape(*SIZE, 3)


@pytest.mark.parametrize("has_batch", [True, False])
@pytest.mark.parametrize("layout", ["NCHW", "NHWC"])
def test_numbers_are_told_with_a_batch_and_without(
    qtbot: QtBot, idle: Workspace, layout: Layout, has_batch: bool
) -> None:
    way = Preprocess(SIZE, layout=layout, mean=(0,), std=(1,))
    model = PictureModel("x", 1, way, Network(SIZE, ()), has_batch=has_batch)
    inputs, placement = model.feed(Picture(Path("p.png"), PIXELS))
    assert inputs["x"].ndim == 3 + has_batch
    feed = Feed(inputs, 0.0, preview=PIXELS, placement=placement)
    panel = PicturePanel(idle)
    qtbot.addWidget(panel)
    panel.show_run(Run(Path("p.png"), feed=feed, pictures=model))
    qtbot.mouseClick(panel.views.buttons["tensor"], Qt.MouseButton.LeftButton)
    panel.view.pointed.emit((3.5, 2.5))
    assert panel.pointed.text() == "x 3, y 2: RGB  39  40  41"
    qtbot.waitUntil(lambda: panel._seen is not None)
    assert np.array_equal(panel._seen, PIXELS)


def test_a_heat_map_leaves_no_opacity_to_masks(qtbot: QtBot, idle: Workspace) -> None:
    model = PictureModel("x", 1, Preprocess(SIZE), Network(SIZE, ()))
    inputs, placement = model.feed(Picture(Path("p.png"), PIXELS))
    raster = Raster(np.ones(SIZE, np.uint8), (0, 0, 5, 4))
    heat = Answer("depth", heat=raster)
    masks = Answer("semantic-segmentation", regions=Regions(raster))

    def run(answer: Answer) -> Run:
        feed = Feed(inputs, 0.0, preview=PIXELS, placement=placement)
        return Run(Path("p.png"), feed=feed, pictures=model, answer=answer)

    panel = PicturePanel(idle)
    qtbot.addWidget(panel)
    panel.show_run(run(heat))
    assert panel.opacity.value() == 100
    panel.clear()  # as between two documents
    panel.show_run(run(masks))
    assert panel.opacity.value() == 50, "else it hides the picture"
    panel.opacity.setValue(30)
    for view in ("tensor", "picture"):
        qtbot.mouseClick(panel.views.buttons[view], Qt.MouseButton.LeftButton)
    assert panel.opacity.value() == 30, "as it was chosen"

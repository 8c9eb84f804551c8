"""Plots and pictures: what they show of the data, that axes stay put, and that they follow the
theme.
"""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trtstudio.gui.parts import curves
from trtstudio.gui.parts.latency_plot import LatencyHistogram, LatencyPlot
from trtstudio.gui.parts.picture_images import as_image, thumbnail
from trtstudio.gui.parts.plots import Plot
from trtstudio.gui.picture.view import PictureView
from trtstudio.gui.theme import DARK, LIGHT, theme
from trtstudio.vision.answer import Answer, Detection
from trtstudio.vision.drawing.class_colors import class_color


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    qapp.setStyle("Fusion")
    theme().apply("light")
    yield
    theme().apply("light")


# Curves


@given(st.integers(curves.MAX_POINTS - 2, 5 * curves.MAX_POINTS), st.integers(0, 2**32))
def test_many_values_keep_their_peaks(size: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=size)
    x, y, _ = curves.envelope(values)
    assert y.size <= curves.MAX_POINTS
    assert (y.min(), y.max()) == (values.min(), values.max())
    assert x[0] == 0 and (np.diff(x) >= 0).all() and x[-1] < size


# Plots


def test_the_latency_plot_shows_samples_and_their_median(qtbot: QtBot) -> None:
    plot = LatencyPlot("Run")
    qtbot.addWidget(plot)
    plot.show_samples(np.array([3.0, 1.0, 2.0]))
    x, y = plot._points.getData()
    assert (list(x), list(y)) == ([1, 2, 3], [3, 1, 2])
    assert plot._median.isVisible() and plot._median.value() == 2
    plot.show_samples(np.random.default_rng(0).random(5000))
    assert plot._points.getData()[0] is None or not len(plot._points.getData()[0])
    assert plot._line.getOriginalDataset()[1].size == 5000
    plot.show_samples(np.empty(0))
    assert not plot._median.isVisible()


def test_the_histogram_counts_every_sample(qtbot: QtBot) -> None:
    plot = LatencyHistogram()
    qtbot.addWidget(plot)
    samples = np.random.default_rng(0).exponential(size=3000)
    plot.show_samples(samples)
    options = plot._bars.opts
    assert options["height"].sum() == 3000
    assert options["x"].max() <= np.percentile(samples, 99.5)
    plot.show_samples(np.full(3, 2.0))
    assert plot._bars.opts["height"].sum() == 3


def test_axes_do_not_move_and_count_in_whole_numbers(qtbot: QtBot) -> None:
    plot = LatencyPlot("Run")
    qtbot.addWidget(plot)
    plot.resize(400, 200)
    plot.show()
    left = plot._item.getAxis("left")
    widths = set()
    for scale in (0.001, 1, 99_999):
        plot.show_samples(scale * np.array([1.0, 2.0]))
        qtbot.wait(1)
        widths.add(left.width())
    assert len(widths) == 1
    spacings = plot._item.getAxis("bottom").tickSpacing(0, 2, 400)
    assert min(spacing for spacing, _ in spacings) >= 1
    assert not plot._item.getAxis("left").autoSIPrefix


@pytest.mark.parametrize("height", [72, 82, 150])
def test_the_numbers_of_a_low_plot_do_not_touch(qtbot: QtBot, height: int) -> None:
    plot = LatencyPlot("Run")
    qtbot.addWidget(plot)
    plot.resize(410, height)  # so low in a window of 1280 x 720, with all settings beside it
    plot.show()
    qtbot.waitExposed(plot)
    axis = plot._item.getAxis("left")
    image = QImage(10, 10, QImage.Format.Format_RGB888)
    painter, counts, gaps = QPainter(image), [], []
    painter.setFont(axis.style["tickFont"])
    for low, length in 10 ** np.random.default_rng(0).uniform(-2, 3, (300, 2)):
        axis.setRange(low, low + length)
        *_, texts = axis.generateDrawSpecs(painter)
        counts.append(len(texts))
        middles = sorted(rect.center().y() for rect, _, _ in texts)
        gaps += [*np.diff(middles)]
    line = painter.fontMetrics().height()
    painter.end()
    assert min(gaps) > line
    assert np.count_nonzero(counts) > 0.95 * len(counts), "nearly always there is one"


def test_plots_follow_the_theme(qtbot: QtBot) -> None:
    plot = Plot("Value", "Position")
    qtbot.addWidget(plot)
    line, points, bars = plot.add_line(1), plot.add_points(), plot.add_bars(2)
    for mode, palette in (("dark", DARK), ("light", LIGHT)):
        theme().apply(mode)  # type: ignore[arg-type]
        assert line.opts["pen"].color() == QColor(palette.series[1])
        assert points.opts["symbolBrush"].color() == QColor(palette.series[0])
        assert bars.opts["brush"].color() == QColor(palette.series[2])
        assert plot._item.getAxis("left").textPen().color() == QColor(palette.muted)


def test_a_plot_is_never_wider_than_its_place(qtbot: QtBot) -> None:
    plot = Plot("Value", "Position")
    qtbot.addWidget(plot)
    assert plot.sizeHint().height() <= 160


# Pictures


def test_pixels_become_an_image_of_its_own() -> None:
    pixels = np.zeros((2, 3, 3), np.uint8)
    pixels[1, 2] = (10, 20, 30)
    image = as_image(pixels[:, ::-1])
    pixels[:] = 255
    assert (image.width(), image.height()) == (3, 2)
    assert image.pixelColor(0, 1) == QColor(10, 20, 30)


@given(st.integers(1, 300), st.integers(1, 300), st.sampled_from([1.0, 1.5, 2.0]))
def test_a_thumbnail_fills_its_place(width: int, height: int, ratio: float) -> None:
    pixmap = thumbnail(np.full((height, width, 3), 200, np.uint8), QSize(56, 42), ratio)
    assert pixmap.size() == QSize(56, 42) * ratio
    image = pixmap.toImage()
    for x, y in ((0, 0), (pixmap.width() - 1, pixmap.height() - 1)):
        assert image.pixelColor(x, y).red() >= 195


def test_boxes_lie_where_the_detector_found_them(qtbot: QtBot) -> None:
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(400, 200)
    white = QImage(100, 50, QImage.Format.Format_RGB888)
    white.fill(QColor("white"))
    detection = Detection("cat", 0.9, (200.0, 100.0, 800.0, 450.0), 0)
    view.show_picture(white, QSize(1000, 500), Answer("detection", detections=(detection,)))
    painted = view.grab().toImage()
    color = QColor(*class_color(0))
    for x, y in ((80, 100), (200, 180), (320, 100)):  # its left, bottom and right edges
        assert near(painted, x, y, color)
    assert painted.pixelColor(200, 100) == QColor("white")
    assert not near(painted, 30, 100, color)


def near(image: QImage, x: int, y: int, color: QColor) -> bool:
    around = [image.pixelColor(x + dx, y + dy) for dx in (-2, -1, 0, 1) for dy in (-2, -1, 0, 1)]
    return color in around


def test_a_picture_keeps_its_proportions_and_dims_what_was_not_seen(qtbot: QtBot) -> None:
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(300, 300)
    white = QImage(100, 50, QImage.Format.Format_RGB888)
    white.fill(QColor("white"))
    view.show_picture(white, QSize(100, 50), seen=(25.0, 0.0, 75.0, 50.0))
    assert (view.target().width(), view.target().height()) == (300, 150)
    painted = view.grab().toImage()
    assert painted.pixelColor(150, 150) == QColor("white")
    assert painted.pixelColor(20, 150).lightness() < 200

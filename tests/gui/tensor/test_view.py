"""The tensor viewer as its user meets it: clicks, keys, wheel and drags on real arrays."""

from collections.abc import Callable, Iterator
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from trtstudio.gui.tensor.coloring import NAN_COLOR
from trtstudio.gui.tensor.tensor_view import TensorView
from trtstudio.gui.theme import theme
from trtstudio.gui.workspace import Workspace
from trtstudio.vision.picture import read_picture

LEFT = Qt.MouseButton.LeftButton
MAP = np.random.default_rng(0).normal(size=(1, 6, 20, 30)).astype(np.float32)


class NoEngines:
    """Nothing is run here."""

    def close(self) -> None:
        """There is nothing to end."""


@pytest.fixture
def workspace(qapp: QApplication) -> Iterator[Workspace]:
    qapp.setStyle("Fusion")
    theme().apply("light")
    made = Workspace(NoEngines())
    yield made
    made.shut_down()
    made.io.shutdown()


@pytest.fixture
def view(qtbot: QtBot, workspace: Workspace) -> TensorView:
    made = TensorView(workspace)
    qtbot.addWidget(made)
    made.resize(900, 560)
    made.show()
    return made


@pytest.fixture
def settle(qtbot: QtBot, view: TensorView) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: view.is_settled)


def choose(qtbot: QtBot, chooser: QComboBox, data: object) -> None:
    """By keyboard, as a user who knows where it is."""
    chooser.setFocus()
    distance = chooser.findData(data) - chooser.currentIndex()
    key = Qt.Key.Key_Down if distance > 0 else Qt.Key.Key_Up
    for _ in range(abs(distance)):
        qtbot.keyClick(chooser, key)
    assert chooser.currentData() == data


def pick_kind(qtbot: QtBot, view: TensorView, kind: str) -> None:
    qtbot.mouseClick(view.view_bar.kinds.buttons[kind], LEFT)
    assert view.kind == kind


def center_color(widget: QWidget, at: QPointF) -> tuple[int, ...]:
    color = widget.grab().toImage().pixelColor(at.toPoint())
    return (color.red(), color.green(), color.blue())


def test_nothing_is_shown_at_first(view: TensorView) -> None:
    assert view.stage.nothing.isVisible() and not view.export_button.isVisible()
    assert view.is_settled


def test_figures_and_header(view: TensorView, settle: Callable[[], None]) -> None:
    values = np.array([[0, 1, 5], [5, 7, 0]], np.int64)
    view.show_tensor("ids", values)
    settle()
    assert view.about.text() == "int64 [2 x 3]  48 B"
    assert view.side.figures.texts() == {
        "Values": "6",
        "Min": "0",
        "Max": "7",
        "Mean": "3",
        "Std": f"{values.std():.6g}",
        "Zeros": "2 (33.3 %)",
        "NaN": "0",
        "Infinite": "0",
        "Distinct": "4",
    }
    view.copy_button.click()
    assert QGuiApplication.clipboard().text() == "ids int64 [2 x 3]  48 B"


def test_the_histogram_may_be_logarithmic(
    qtbot: QtBot, view: TensorView, settle: Callable[[], None]
) -> None:
    view.show_tensor("x", np.repeat([0.0, 1.0], [1, 1000]))
    settle()
    histogram = view.side.histogram
    assert histogram is not None
    assert sorted(histogram._bars.opts["height"])[-2:] == [1, 1000]
    qtbot.mouseClick(histogram.log, LEFT, pos=QPoint(8, histogram.log.height() // 2))
    assert sorted(histogram._bars.opts["height"])[-2:] == pytest.approx([0.3, 3.3])


def test_every_view_of_a_feature_map(
    qtbot: QtBot, view: TensorView, settle: Callable[[], None]
) -> None:
    view.show_tensor("features", MAP)
    settle()
    assert view.kind == "grid" and view.stage.raster.isVisible()
    assert view.view_bar.kinds.buttons["image"].toolTip().endswith("channels.")
    for kind in ("heat", "line", "table"):
        pick_kind(qtbot, view, kind)
        settle()
        assert (kind == "table") == view.stage.table.isVisible()
        assert (kind == "heat") == view.stage.raster.isVisible()
    assert view.stage.table.values.index(3, 4).data() == f"{MAP[0, 0, 3, 4]:.7g}"


def test_slices_are_chosen(qtbot: QtBot, view: TensorView, settle: Callable[[], None]) -> None:
    view.show_tensor("features", MAP)
    pick_kind(qtbot, view, "table")
    spin = view.axis_bar.spins[1]
    spin.setFocus()
    qtbot.keyClick(spin, Qt.Key.Key_Up)
    qtbot.keyClick(view.axis_bar.sliders[1], Qt.Key.Key_Right)
    assert spin.value() == 2 and view.cut.positions == (0, 2, 0, 0)
    table = view.stage.table.values
    assert table.index(1, 1).data() == f"{MAP[0, 2, 1, 1]:.7g}"
    choose(qtbot, view.axis_bar.choosers[0], 3)
    assert view.cut.axes == (3, 2)
    assert (table.rowCount(), table.columnCount()) == (30, 20)
    assert table.index(5, 4).data() == f"{MAP[0, 2, 4, 5]:.7g}"
    view.show_tensor("features", MAP + 1)
    assert view.cut.axes == (3, 2) and view.kind == "table"
    settle()


def test_a_pixel_is_where_it_is_shown(
    qtbot: QtBot, view: TensorView, settle: Callable[[], None]
) -> None:
    image = np.zeros((1, 3, 32, 48), np.float32)
    image[0, :, 8, 40] = (1, 0.5, 0)
    image[0, 1, 20, 4] = np.nan
    view.show_tensor("picture", image)
    settle()
    raster = view.stage.raster
    assert view.kind == "image"
    where = raster._place(QRectF(40, 8, 1, 1)).center()
    assert center_color(raster, where) == (255, 128, 0)
    assert center_color(raster, raster._place(QRectF(4, 20, 1, 1)).center()) == NAN_COLOR
    qtbot.mouseMove(raster, where.toPoint())
    assert view.pointed.text() == "[0, 0, 8, 40]  1  0.5  0"
    assert raster.cell_at(where) == (8, 40)


def test_large_cells_say_their_numbers(view: TensorView, settle: Callable[[], None]) -> None:
    view.show_tensor("plane", np.array([[1.5, -2], [np.nan, 0]], np.float16))
    settle()
    raster = view.stage.raster
    assert raster._texts == [["1.5", "-2"], ["nan", "0"]]
    cell = raster._place(QRectF(0, 0, 1, 1)).toRect()
    plain, seen = raster._drawn[1][0, 0, :3], raster.grab(cell).toImage()
    colors = {
        seen.pixelColor(x, y).name() for x in range(cell.width()) for y in (cell.height() // 2,)
    }
    assert len(colors) > 1 and "#{:02x}{:02x}{:02x}".format(*plain) in colors
    view.show_tensor("plane", MAP[0, 0])
    settle()
    assert raster._texts == []


def test_zoom_and_pan(qtbot: QtBot, view: TensorView, settle: Callable[[], None]) -> None:
    view.show_tensor("plane", MAP[0, 0])
    settle()
    raster = view.stage.raster
    where = QPointF(200, 200)
    before = raster.cell_at(where)
    size = raster._cell.x()
    wheel = QWheelEvent(
        where,
        raster.mapToGlobal(where),
        QPoint(),
        QPoint(0, 360),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(raster, wheel)
    assert raster._cell.x() == pytest.approx(size * 1.25**3)
    assert raster.cell_at(where) == before
    qtbot.mousePress(raster, LEFT, pos=QPoint(200, 200))
    qtbot.mouseMove(raster, QPoint(240, 210))
    qtbot.mouseRelease(raster, LEFT, pos=QPoint(240, 210))
    assert raster.cell_at(where + QPointF(40, 10)) == before
    settle()
    qtbot.keyClick(raster, Qt.Key.Key_Minus)
    assert raster._cell.x() == pytest.approx(size * 1.25**2)
    qtbot.keyClick(raster, Qt.Key.Key_0)
    assert raster._cell.x() == size
    settle()


def test_the_difference_from_another(
    qtbot: QtBot, view: TensorView, settle: Callable[[], None]
) -> None:
    other = MAP.copy()
    other[0, 4, 7, 9] += 0.25
    view.show_tensor("features", MAP, other=other, other_name="1: cat.jpg")
    settle()
    panel = view.side.compared
    texts = panel.figures.texts()
    assert panel.isVisible() and "1: cat.jpg" in panel.heading.text()
    assert (texts["At"], texts["Outside"], texts["All close"]) == ("[0, 4, 7, 9]", "1", "no")
    panel.atol.selectAll()
    qtbot.keyClicks(panel.atol, "0.3")
    qtbot.keyClick(panel.atol, Qt.Key.Key_Return)
    settle()
    assert panel.figures.texts()["All close"] == "yes"
    choose(qtbot, view.view_bar.hows, "difference")
    qtbot.mouseClick(panel.go_button, LEFT)
    settle()
    assert view.pointed.text().startswith("[0, 4, 7, 9]  -0.25")
    assert view.stage.raster.marked is not None
    assert view.side.figures.texts()["Zeros"].startswith("3")
    view.show_tensor("features", MAP)
    assert not panel.isVisible() and view.view_bar.how == "value"
    settle()


def test_another_shape_is_not_compared(view: TensorView, settle: Callable[[], None]) -> None:
    view.show_tensor("x", MAP, other=MAP[:, :3], other_name="y")
    settle()
    assert not view.side.compared.isVisible() and not view.view_bar.hows.isVisible()


@pytest.mark.parametrize(
    "array",
    [
        np.array(2.5),
        np.zeros((3, 0, 2), np.float32),
        np.array([True, False, True]),
        np.arange(16).reshape(4, 4).astype(ml_dtypes.bfloat16),
        np.arange(16).reshape(4, 4).astype(ml_dtypes.float8_e4m3fn),
        np.full((4, 4), np.nan, np.float16),
        np.array([[2**62, -(2**63)]], np.int64),
        np.array([["cat", "dog"]], object),
        np.zeros((1, 1, 1, 1, 2, 3, 4, 5)),
        np.broadcast_to(np.float32(1), (70, 80)),
    ],
    ids=["scalar", "empty", "bool", "bf16", "fp8", "nan", "int64", "text", "rank8", "strided"],
)
def test_any_tensor_in_every_view(
    qtbot: QtBot, view: TensorView, settle: Callable[[], None], array: np.ndarray
) -> None:
    view.show_tensor("any", array)
    settle()
    for kind, button in view.view_bar.kinds.buttons.items():
        if button.isEnabled():
            pick_kind(qtbot, view, kind)
            settle()
            assert not view.grab().isNull()
        else:
            assert button.toolTip() or kind == "table"


def test_a_large_tensor_is_looked_at_in_parts(
    qtbot: QtBot, view: TensorView, settle: Callable[[], None]
) -> None:
    large = np.zeros((3000, 2000), np.float32)
    large[2999, 1999] = 1
    view.show_tensor("large", large)
    settle()
    step = view.stage.raster.cells_per_dot
    assert step > 1
    assert view.pointed.text().startswith(f"Drawn: one value of about {step:.0f}.")
    assert view.stage.raster._drawn is not None
    assert view.stage.raster._drawn[1].nbytes < 4 * view.width() * view.height()
    assert view.side.figures.texts()["Max"] == "1"
    view.show_tensor("line", large.reshape(-1))
    settle()
    assert view.stage.line is not None and view.stage.line.line is not None
    assert view.stage.line.line.y.max() == 1 and view.stage.line.line.step > 1
    view.stage.line.plot.view.getPlotItem().setXRange(5_999_000, 5_999_999, padding=0)
    qtbot.waitUntil(lambda: view.stage.line.line.step == 1 and view.is_settled)
    assert view.stage.line.line.y.max() == 1


def test_a_narrow_view_puts_the_figures_below(view: TensorView, qtbot: QtBot) -> None:
    view.show_tensor("features", MAP)
    assert view.split.orientation() == Qt.Orientation.Horizontal
    view.resize(320, 700)
    assert view.width() == 320
    assert view.split.orientation() == Qt.Orientation.Vertical
    choose(qtbot, view.view_bar.kind_list, "heat")
    assert view.kind == "heat"
    qtbot.waitUntil(lambda: view.is_settled)


def test_exports(
    qtbot: QtBot,
    view: TensorView,
    workspace: Workspace,
    settle: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view.show_tensor("a/b", MAP)
    pick_kind(qtbot, view, "heat")
    settle()

    def save(action: Callable[[], None], name: str) -> Path:
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        with qtbot.waitSignal(workspace.noticed) as noticed:
            action()
        assert noticed.args[0].level == "info" and name in noticed.args[0].message
        return path

    np.testing.assert_array_equal(np.load(save(view.export.save_part, "part.npy")), MAP[0, 0])
    np.testing.assert_array_equal(np.load(save(view.export.save_whole, "whole.npy")), MAP)
    csv = np.loadtxt(save(view.export.save_csv, "part.csv"), delimiter=",", dtype=np.float32)
    np.testing.assert_array_equal(csv, MAP[0, 0])
    assert read_picture(save(view.export.save_picture, "p.png")).pixels.shape == (20, 30, 3)
    pick_kind(qtbot, view, "line")
    settle()
    assert read_picture(save(view.export.save_picture, "line.png")).pixels.std() > 0


def test_copies(qtbot: QtBot, view: TensorView, settle: Callable[[], None]) -> None:
    view.show_tensor("x", np.array([[1, 2.5], [np.nan, 4]], ml_dtypes.bfloat16))
    settle()
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    view.export.copy_values()
    qtbot.waitUntil(lambda: clipboard.text() == "1.0\t2.5\nnan\t4.0")
    view.export.copy_picture()
    qtbot.waitUntil(lambda: clipboard.image().width() == 2)
    clipboard.clear()


def test_a_view_that_is_gone_hears_nothing_more(qtbot: QtBot, workspace: Workspace) -> None:
    for _ in range(5):
        view = TensorView(workspace)
        view.resize(600, 400)
        view.show()
        view.show_tensor("x", np.zeros((1500, 1500)), other=np.ones((1500, 1500)), other_name="y")
        view.close()
        view.deleteLater()
        qtbot.wait(1)
    qtbot.waitUntil(lambda: workspace.io._work_queue.empty())
    qtbot.wait(50)


def test_it_follows_the_theme(view: TensorView, settle: Callable[[], None]) -> None:
    view.show_tensor("plane", MAP[0, 0])
    settle()
    light = view.stage.look
    theme().apply("dark")
    settle()
    assert light is not None and view.stage.look is not None
    assert (light.is_dark, view.stage.look.is_dark) == (False, True)
    theme().apply("light")
    settle()

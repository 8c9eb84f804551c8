"""The picture with its answer: zoom, layers, and what is pointed at."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from trtstudio.gui.lettering import QtLetters
from trtstudio.gui.picture.layers import MOST_SIDE, layers_of
from trtstudio.gui.picture.marks import Marker
from trtstudio.gui.picture.view import PictureView
from trtstudio.gui.picture.zoom import MOST, PictureZoom
from trtstudio.gui.run.pointing import words_at
from trtstudio.vision.answer import Answer, Detection, Keypoint, Label, Raster, Regions
from trtstudio.vision.drawing import lettering
from trtstudio.vision.drawing.annotate import Style, annotate
from trtstudio.vision.drawing.class_colors import class_color
from trtstudio.vision.drawing.rasters import heat_rgb

ROOM = QRectF(0, 0, 300, 200)
Point = tuple[float, float]


def _zoomed(size: tuple[int, int], steps: list[tuple[float, Point]]) -> PictureZoom:
    zoom = PictureZoom()
    zoom.size = QSize(*size)
    for factor, around in steps:
        zoom.zoom_by(factor, QPointF(*around), ROOM)
    return zoom


sizes = st.tuples(st.integers(1, 5000), st.integers(1, 5000))
points = st.tuples(st.floats(0, 300), st.floats(0, 200))
steps = st.lists(st.tuples(st.floats(0.5, 3), points), max_size=6)


@given(sizes, steps, points)
def test_no_room_is_left_empty_that_the_picture_could_fill(
    size: tuple[int, int], done: list[tuple[float, Point]], by: Point
) -> None:
    zoom = _zoomed(size, done)
    zoom.move(QPointF(*by), ROOM)
    target = zoom.target(ROOM)
    assert 1 <= zoom.factor <= MOST
    for begin, length, start, room in (
        (target.left(), target.width(), ROOM.left(), ROOM.width()),
        (target.top(), target.height(), ROOM.top(), ROOM.height()),
    ):
        if length <= room:
            assert begin + length / 2 == pytest.approx(start + room / 2)
        else:
            assert begin <= start + 1e-6 and begin + length >= start + room - 1e-6


@given(points)
def test_what_is_at_the_cursor_stays_there(around: Point) -> None:
    zoom = _zoomed((600, 400), [(3.0, (150, 100))])
    before = zoom.target(ROOM)
    share = (
        (around[0] - before.left()) / before.width(),
        (around[1] - before.top()) / before.height(),
    )
    zoom.zoom_by(1.5, QPointF(*around), ROOM)
    after = zoom.target(ROOM)
    x, y = after.left() + share[0] * after.width(), after.top() + share[1] * after.height()
    assert (x, y) == (pytest.approx(around[0], abs=0.01), pytest.approx(around[1], abs=0.01))


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    made = PictureView()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def _white(width: int = 100, height: int = 50) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor("white"))
    return image


def _color(view: PictureView, x: int, y: int) -> tuple[int, int, int]:
    color = view.grab().toImage().pixelColor(x, y)
    return color.red(), color.green(), color.blue()


def _holds(image: QImage, color: tuple[int, int, int]) -> bool:
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return any(image.pixelColor(x, y) == QColor(*color) for x, y in places)


def test_regions_are_painted_in_the_colours_of_saved_pictures(view: PictureView) -> None:
    numbers = np.zeros((10, 20), np.uint16)
    numbers[:, 10:] = 3
    regions = Regions(Raster(numbers, (0, 0, 1000, 500)), unpainted=0)
    view.show_picture(_white(), QSize(1000, 500), Answer("semantic-segmentation", regions=regions))
    assert view.has_layers and not view.has_cover
    assert _color(view, 100, 100) == (255, 255, 255)
    half = tuple(round((c + 255) / 2) for c in class_color(3))
    assert _color(view, 300, 100) == pytest.approx(half, abs=2)
    view.set_opacity(1.0)
    assert _color(view, 300, 100) == class_color(3)
    view.set_bare(True)
    assert _color(view, 300, 100) == (255, 255, 255)


def test_masks_lie_at_their_place(view: PictureView) -> None:
    mask = Raster(np.full((4, 4), 255, np.uint8), (500, 100, 700, 300))
    found = Detection("cat", 0.9, (500, 100, 700, 300), 1, mask=mask)
    view.show_picture(
        _white(), QSize(1000, 500), Answer("instance-segmentation", detections=(found,))
    )
    view.set_opacity(1.0)
    assert _color(view, 240, 90) == class_color(1)
    assert _color(view, 330, 90) == (255, 255, 255)


def test_a_heat_map_covers_the_picture(view: PictureView) -> None:
    heat = Raster(np.linspace(0, 1, 20, dtype=np.float32).reshape(1, 20), (0, 0, 1000, 500))
    answer = Answer("depth", heat=heat)
    view.show_picture(_white(), QSize(1000, 500), answer)
    assert view.has_cover
    expected = heat_rgb(heat)
    assert _color(view, 2, 100) == pytest.approx(tuple(expected[0, 0]), abs=4)
    assert _color(view, 397, 100) == pytest.approx(tuple(expected[0, 19]), abs=4)


def test_large_rasters_are_thinned_out() -> None:
    numbers = np.zeros((3 * MOST_SIDE, 40), np.uint16)
    answer = Answer("semantic-segmentation", regions=Regions(Raster(numbers, (0, 0, 4, 4))))
    (layer,) = layers_of(answer)
    assert max(layer.image.width(), layer.image.height()) <= MOST_SIDE


def test_key_points_and_polygons_are_drawn(view: PictureView) -> None:
    points = (Keypoint(200, 250, 0.9), Keypoint(800, 250, 0.9), Keypoint(500, 20, 0.0))
    found = Detection(
        "person",
        0.9,
        (100, 50, 900, 450),
        2,
        ((500, 50), (900, 250), (500, 450), (100, 250)),
        keypoints=points,
    )
    answer = Answer("keypoints", detections=(found,), skeleton=((0, 1), (1, 2)))
    view.show_picture(_white(), QSize(1000, 500), answer)
    assert _color(view, 200, 100) == pytest.approx(class_color(0), abs=40)  # the first line
    assert _color(view, 300, 40) == (255, 255, 255)  # the second ends at a hidden point
    assert _color(view, 60, 40) == (255, 255, 255)  # a corner of the box, not of the polygon


def test_labels_of_close_objects_do_not_cover_each_other(view: PictureView) -> None:
    view.show_picture(_white(), QSize(1000, 500))
    boxes = tuple(
        Detection("dining table", 0.9 - i / 10, (300 + 20 * i, 200 + 8 * i, 500, 400), i)
        for i in range(5)
    )
    image = QImage(1000, 500, QImage.Format.Format_RGB888)
    painter, bounds = QPainter(image), QRectF(0, 0, 1000, 500)
    marker = Marker(painter, QPointF, bounds, len(boxes))
    tabs = [marker.label(box, "dining table 90 %") for box in boxes]
    painter.end()
    assert tabs[0].bottom() == pytest.approx(200), "the surest is above its box"
    for one, other in combinations(tabs, 2):
        assert not one.adjusted(0, 0.01, 0, -0.01).intersects(other)
    assert all(bounds.contains(tab) for tab in tabs)


def test_no_outline_crosses_a_label(view: PictureView) -> None:
    sure = Detection("cat", 0.9, (100, 250, 400, 450), 0)
    wide = Detection("sofa", 0.5, (50, 230, 950, 480), 1)
    for found in ((sure,), (sure, wide), (wide, sure)):
        view.show_picture(_white(), QSize(1000, 500), Answer("detection", detections=found))
        assert _color(view, 42, 97) == class_color(0)


def test_what_is_out_of_sight_has_no_label_at_the_edge(view: PictureView) -> None:
    far, near = (Detection("cat", 0.9, (x, x, x + 90, x + 90), i) for i, x in enumerate((0, 400)))
    view.show_picture(_white(), QSize(1000, 500), Answer("detection", detections=(far, near)))
    view.zoom_by(4, QPointF(view.width() / 2, view.height() * 0.9))
    seen = view.grab().toImage()
    assert not _holds(seen, class_color(0)), "a label of what is elsewhere"
    assert _holds(seen, class_color(1))
    view.fit()
    assert _holds(view.grab().toImage(), class_color(0))


def test_the_label_of_a_turned_line_is_just_above_it(view: PictureView) -> None:
    rising = ((100, 300), (800, 100), (820, 160), (120, 360))
    found = Detection("text", 0.9, (100, 100, 820, 360), 0, polygon=rising)
    view.show_picture(_white(), QSize(1000, 500), Answer("text-detection", detections=(found,)))
    image = view.grab().toImage()
    painted = [y for y in range(200) if image.pixelColor(44, y) == QColor(*class_color(0))]
    assert min(painted) > 45, "not as high as the box around it"
    assert max(painted) > 118, "the line itself"
    assert _color(view, 44, 116) == (255, 255, 255), "nothing covers it"


def test_it_is_zoomed_and_moved_by_keys_and_mouse(qtbot: QtBot, view: PictureView) -> None:
    view.show_picture(_white(), QSize(1000, 500))
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == pytest.approx(1.25**2)
    before = view.target().left()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.target().left() < before
    middle = view.rect().center()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle)
    before = view.target().topLeft()
    QTest.mouseMove(view, middle + QPoint(10, 5))
    qtbot.waitUntil(lambda: view.target().topLeft() != before)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle)
    assert view.target().topLeft() - before == QPointF(10, 5)
    zoom = view.zoom
    view.show_picture(_white(), QSize(1000, 500))
    assert view.zoom == zoom  # the same size: it stays as it was
    view.show_picture(_white(), QSize(500, 500))
    assert view.zoom == 1
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=middle)
    assert view.zoom == 1


def test_while_b_is_held_the_answer_is_hidden(qtbot: QtBot, view: PictureView) -> None:
    found = Detection("cat", 0.9, (100, 100, 900, 450), 0)
    view.show_picture(_white(), QSize(1000, 500), Answer("detection", detections=(found,)))
    assert _color(view, 200, 179) == class_color(0)
    qtbot.keyPress(view, Qt.Key.Key_B)
    assert _color(view, 200, 179) == (255, 255, 255)
    qtbot.keyRelease(view, Qt.Key.Key_B)
    assert _color(view, 200, 179) == class_color(0)


def test_pointing_tells_place_object_and_value(qtbot: QtBot, view: PictureView) -> None:
    view.show_picture(_white(), QSize(1000, 500))
    with qtbot.waitSignal(view.pointed) as pointed:
        QTest.mouseMove(view, QPoint(100, 50))
    assert pointed.args[0] == (pytest.approx(250, abs=3), pytest.approx(125, abs=3))
    boxes = (
        Detection("room", 0.8, (0, 0, 900, 400), 0),
        Detection("cat", 0.9, (10, 10, 50, 40), 1),
    )
    assert words_at(Answer("detection", detections=boxes), 20.5, 20) == (
        "x 20, y 20: cat 90.0 % (40 x 30), room 80.0 % (900 x 400)"
    )
    assert words_at(Answer("detection", detections=boxes), 950, 20) == "x 950, y 20"
    assert words_at(None, 1, 2) == "x 1, y 2"
    turned = Detection(
        "ski", 0.9, (0, 0, 60, 60), 0, polygon=((0, 10), (50, 60), (60, 50), (10, 0))
    )
    assert words_at(Answer("oriented-boxes", detections=(turned,)), 30, 30) == (
        "x 30, y 30: ski 90.0 % (71 x 14)"
    )
    assert words_at(Answer("oriented-boxes", detections=(turned,)), 50, 10) == "x 50, y 10"
    numbers = Raster(np.uint16([[0, 7]]), (0, 0, 10, 10))
    answer = Answer("semantic-segmentation", top=(Label("sky", 0.5, 7),), regions=Regions(numbers))
    assert words_at(answer, 9, 5) == "x 9, y 5: sky"
    assert words_at(answer, 1, 5) == "x 1, y 5", "what has no name is not told"
    mixed = replace(answer, heat=Raster(np.float32([[0.25, 0.5]]), (0, 0, 10, 10)))
    assert words_at(mixed, 1, 5) == "x 1, y 5: 0.25"
    painted = Raster(np.uint8([[[255, 120, 3]]]), (0, 0, 10, 10))
    assert words_at(Answer("image-to-image", picture=painted), 1, 5) == "x 1, y 5: 255  120  3"
    heat = Answer("depth", heat=Raster(np.float32([[1.5, 2.25]]), (0, 0, 10, 10)))
    assert words_at(heat, 9, 5) == "x 9, y 5: 2.25"
    assert words_at(heat, 10, 5) == "x 10, y 5"


@pytest.mark.usefixtures("qapp")
def test_letters_of_the_window_write_any_script() -> None:
    mask = QtLetters().mask("cat 猫", 20)
    assert mask.dtype == np.uint8 and mask.shape[0] == 40
    assert mask[:30].max() > 200 and mask.shape[1] > QtLetters().mask("cat", 20).shape[1]


@pytest.mark.usefixtures("qapp")
def test_pictures_that_the_window_saves_have_labels_of_any_script(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box = Detection("猫", 0.9, (100, 100, 300, 300), 7)
    answer, pixels = Answer("detection", detections=(box,)), np.zeros((640, 640, 3), np.uint8)
    monkeypatch.setattr(lettering, "_chosen", [])
    monkeypatch.setattr(lettering, "pillow_letters", lambda: None)
    numbered = annotate(pixels, answer)
    lettering.use(QtLetters())
    named = annotate(pixels, answer)
    assert (named != numbered).any()
    np.testing.assert_array_equal(named, annotate(pixels, answer, Style(letters=QtLetters())))

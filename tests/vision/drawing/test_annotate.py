import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trtstudio.vision.answer import Answer, Detection, Keypoint, Label, Raster, Regions
from trtstudio.vision.drawing.annotate import Style, annotate
from trtstudio.vision.drawing.canvas import Pen
from trtstudio.vision.drawing.class_colors import PALETTE, class_color, ink_on
from trtstudio.vision.drawing.lettering import pillow_letters
from trtstudio.vision.drawing.rasters import heat_rgb

TOP = Answer("classification", top=(Label("cat", 0.75, 0), Label("猫", 0.2, 1)))
GREY = 90
Box = tuple[float, float, float, float]


class _Blocks:
    """Letters that are filled squares."""

    def mask(self, text: str, height: float) -> np.ndarray:
        return np.full((round(2 * height), round(height) * len(text)), 255, np.uint8)


def _blank(height: int, width: int) -> np.ndarray:
    return np.full((height, width, 3), GREY, np.uint8)


def _boxes(*boxes: Box) -> Answer:
    found = tuple(Detection(f"thing {i}", 0.5, box, i) for i, box in enumerate(boxes))
    return Answer("detection", detections=found)


@settings(max_examples=40)
@given(
    st.integers(1, 900),
    st.integers(1, 900),
    st.lists(st.tuples(*[st.floats(0, 900)] * 4), max_size=4),
)
def test_draws_on_any_size(height: int, width: int, boxes: list[Box]) -> None:
    pixels = _blank(height, width)
    for answer in (TOP, _boxes(*boxes)):
        drawn = annotate(pixels, answer)
        assert drawn.dtype == np.uint8
        assert drawn.ndim == 3
        assert max(drawn.shape) >= 640
    assert (pixels == GREY).all()


def test_a_box_is_drawn_where_it_is() -> None:
    drawn = annotate(_blank(700, 900), _boxes((300, 250, 500, 450)))
    color = PALETTE[0]
    rows, columns = np.nonzero((drawn == color).all(axis=2))
    assert abs(columns.min() - 300) <= 3
    assert abs(columns.max() - 500) <= 3
    assert abs(rows.max() - 450) <= 3
    assert rows.min() < 240  # the tab with the label stands above the box
    assert (drawn[300:400, 350:450] == GREY).all()
    assert (drawn[:, :280] == GREY).all()


def test_boxes_grow_with_a_small_picture() -> None:
    drawn = annotate(_blank(32, 64), _boxes((16, 12, 48, 30)))
    rows, columns = np.nonzero((drawn == PALETTE[0]).all(axis=2))
    assert drawn.shape == (320, 640, 3)
    assert abs(columns.min() - 160) <= 3
    assert abs(rows.max() - 300) <= 3


@pytest.mark.parametrize(("height", "width"), [(700, 900), (900, 700)])
def test_bars_are_as_long_as_their_scores(height: int, width: int) -> None:
    drawn = annotate(_blank(height, width), TOP)
    assert (drawn[:height, :width] == GREY).all()
    lengths = [
        int((drawn == color).all(axis=2).sum(axis=1).max()) for color in (PALETTE[0], PALETTE[5])
    ]
    assert lengths[0] / lengths[1] == pytest.approx(0.75 / 0.2, rel=0.05)


def test_long_names_are_cut_to_fit() -> None:
    pen = Pen(20)
    long = "a very long name " * 20
    cut = pen.fitted(long, 300)
    assert cut.endswith("...")
    assert pen.width(cut) <= 300 < pen.width(long)
    assert pen.fitted("short", 300) == "short"
    assert pen.fitted("short", 1) == ""


def test_labels_contrast_with_their_tab() -> None:
    def luminance(color: tuple[int, int, int]) -> float:
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in np.array(color) / 255
        ]
        return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))

    for color in PALETTE:
        light, dark = sorted((luminance(color), luminance(ink_on(color))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_mask_covers_what_it_says_as_strongly_as_it_should() -> None:
    inside = np.full((10, 10), 255, np.uint8)
    mask = Raster(inside, (300, 300, 400, 400))
    found = Detection("cat", 0.9, (250, 250, 450, 450), 0, mask=mask)
    answer = Answer("instance-segmentation", detections=(found,))
    drawn = annotate(_blank(700, 900), answer, Style(opacity=0.5, has_labels=False))
    mixed = [(GREY * 127 + 128 * channel) / 255 for channel in PALETTE[0]]
    np.testing.assert_allclose(drawn[350, 350], mixed, atol=1)
    assert (drawn[280:290, 280:290] == GREY).all()
    assert (drawn[301, 300:400] != GREY).any()
    assert (drawn[410:440, 300:400] == GREY).all()


def test_regions_leave_the_background() -> None:
    numbers = np.zeros((7, 9), np.uint16)
    numbers[3, 4] = 1
    regions = Regions(Raster(numbers, (0, 0, 900, 700)), unpainted=0)
    answer = Answer("semantic-segmentation", top=(Label("cat", 0.1, 1),), regions=regions)
    drawn = annotate(_blank(700, 900), answer, Style(opacity=1))
    assert (drawn[300:400, 400:500] == PALETTE[1]).all()
    assert (drawn[:300, :900] == GREY).all()
    assert (drawn[700:] == PALETTE[1]).all(axis=2).any()  # the legend


def test_the_bar_of_what_is_not_painted_is_grey() -> None:
    numbers = Raster(np.zeros((4, 4), np.uint8), (0, 0, 900, 700))
    top = (Label("background", 0.9, 0), Label("cat", 0.5, 1))
    answer = Answer("semantic-segmentation", top=top, regions=Regions(numbers, 0))
    panel = annotate(_blank(700, 900), answer)[700:].reshape(-1, 3).tolist()
    assert list(class_color(1)) in panel and list(class_color(0)) not in panel


def test_heat_and_painted_pictures_cover_the_picture() -> None:
    heat = Answer("depth", heat=Raster(np.eye(7, dtype=np.float32), (0, 0, 900, 700)))
    assert (annotate(_blank(700, 900), heat) != GREY).any(axis=2).all()
    painted = np.random.default_rng(0).integers(0, 256, (700, 900, 3), np.uint8)
    picture = Answer("image-to-image", picture=Raster(painted, (0, 0, 900, 700)))
    np.testing.assert_array_equal(annotate(_blank(700, 900), picture), painted)


def test_key_points_that_are_seen_are_drawn_with_their_bones() -> None:
    points = (Keypoint(300, 300, 0.9), Keypoint(500, 300, 0.9), Keypoint(400, 500, 0))
    found = Detection("person", 0.9, (200, 200, 600, 600), 0, keypoints=points)
    answer = Answer("keypoints", detections=(found,), skeleton=((0, 1), (1, 2)))
    drawn = annotate(_blank(700, 900), answer, Style(has_labels=False))
    assert (drawn[300, 310:490] != GREY).any(axis=1).all()
    assert (drawn[480:520, 380:420] == GREY).all()
    assert (drawn[350:450, 420:480] == GREY).all()


def test_a_turned_box_is_drawn_by_its_corners() -> None:
    corners = ((400.0, 200.0), (600.0, 400.0), (400.0, 600.0), (200.0, 400.0))
    found = Detection("ship", 0.9, (200, 200, 600, 600), 0, polygon=corners)
    answer = Answer("oriented-boxes", detections=(found,))
    drawn = annotate(_blank(700, 900), answer, Style(has_labels=False))
    assert (drawn[290:310, 490:510] == PALETTE[0]).all(axis=2).any()
    assert (drawn[205:240, 205:240] == GREY).all()


def test_the_label_of_a_turned_line_is_just_above_it() -> None:
    rising = ((100.0, 500.0), (800.0, 200.0), (820.0, 260.0), (120.0, 560.0))
    found = Detection("text", 0.9, (100, 200, 820, 560), 0, polygon=rising)
    drawn = annotate(_blank(700, 900), Answer("text-detection", detections=(found,)))
    painted = np.flatnonzero((drawn[:, 104] == PALETTE[0]).all(axis=1))
    assert 350 < painted.min() < 480, "not as high as the box around it"
    assert (drawn[485:494, 104] == GREY).all(), "nothing of it is covered"


def test_labels_of_any_script_are_written_where_letters_are_at_hand() -> None:
    answer = Answer("detection", detections=(Detection("猫", 0.5, (100, 200, 500, 400), 0),))
    without = annotate(_blank(480, 640), answer, Style(letters=None))
    plain = Answer("detection", detections=(Detection("class 0", 0.5, (100, 200, 500, 400), 0),))
    if pillow_letters() is None:
        assert np.array_equal(without, annotate(_blank(480, 640), plain))
    written = annotate(_blank(480, 640), answer, Style(letters=_Blocks()))
    tab = written[180:200, 100:200].reshape(-1, 3)
    assert (tab == ink_on(PALETTE[0])).all(axis=1).sum() > 200
    assert np.array_equal(written[210:, :], without[210:, :])


def test_letters_are_cut_at_the_edges() -> None:
    answer = Answer("detection", detections=(Detection("猫" * 99, 0.5, (600, 2, 639, 40), 0),))
    drawn = annotate(_blank(480, 640), answer, Style(letters=_Blocks()))
    assert drawn.shape == (480, 640, 3)


def test_pillow_writes_what_is_in_its_font() -> None:
    letters = pillow_letters()
    if letters is None:
        pytest.skip("Pillow or a font is not installed")
    mask = letters.mask("猫 cat", 20)
    assert mask.dtype == np.uint8 and mask.shape[0] == 40 and mask.max() == 255
    assert letters.mask("猫 cat cat", 20).shape[1] > mask.shape[1]


@pytest.mark.parametrize(("height", "width"), [(700, 900), (900, 700), (30, 2000), (2000, 30)])
def test_a_legend_says_what_the_colours_of_heat_mean(height: int, width: int) -> None:
    values = np.linspace(-3, 12.5, height * width, dtype=np.float32).reshape(height, width)
    heat = Raster(values, (0, 0, width, height))
    drawn = annotate(_blank(height, width), Answer("depth", heat=heat))
    panel = drawn[height:] if width > height else drawn[:, width:]
    ends = heat_rgb(Raster(np.float32([[0, 1]]), heat.box))[0]
    places = [np.flatnonzero((panel == end).all(axis=2).any(axis=0)) for end in ends]
    assert places[0].max() < panel.shape[1] / 5 and places[1].min() > 0.8 * panel.shape[1]
    bare = annotate(_blank(height, width), Answer("depth", heat=heat), Style(has_panel=False))
    assert bare.shape == (height, width, 3)
    assert np.array_equal(bare, drawn[:height, :width])


def test_a_flat_heat_map_has_a_legend_too() -> None:
    heat = Raster(np.full((3, 4), 7, np.float32), (0, 0, 900, 700))
    top = (Label("foreground", 0.5, 1),)
    one, both = (Answer("saliency", top=found, heat=heat) for found in ((), top))
    heights = [annotate(_blank(700, 900), answer).shape[0] for answer in (one, both)]
    assert 700 < heights[0] < heights[1]
    regions = Regions(Raster(np.eye(4, dtype=np.uint8), heat.box))
    painted = Answer("saliency", top=top, heat=heat, regions=regions)
    assert annotate(_blank(700, 900), painted).shape[0] == heights[0], "only the bar"


def test_a_finer_painted_picture_is_drawn_whole() -> None:
    painted = np.random.default_rng(0).integers(0, 256, (1400, 1800, 3), np.uint8)
    answer = Answer("image-to-image", picture=Raster(painted, (0, 0, 900, 700)))
    np.testing.assert_array_equal(annotate(_blank(700, 900), answer), painted)
    half = Answer("image-to-image", picture=Raster(painted, (0, 0, 3600, 2800)))
    assert annotate(_blank(700, 900), half).shape == (700, 900, 3)


def test_what_cannot_be_written_is_told_by_its_label(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trtstudio.vision.drawing.annotate.usual_letters", lambda: None)
    read, not_read = (
        Detection("text", 0.5, (100, 200, 500, 400), 0, text=text) for text in ("猫", None)
    )
    drawn = [
        annotate(_blank(480, 640), Answer("text-detection", detections=(found,)))
        for found in (read, not_read)
    ]
    assert np.array_equal(*drawn)
    bars = [
        annotate(_blank(480, 640), Answer("text-recognition", top=(Label(words, 0.5, 0),)))
        for words in ("猫", "text")
    ]
    assert np.array_equal(*bars)

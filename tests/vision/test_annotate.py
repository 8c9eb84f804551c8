import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trtstudio.vision.annotate import annotate
from trtstudio.vision.canvas import PALETTE, Pen, ink_on
from trtstudio.vision.classification import Label
from trtstudio.vision.detection import Detection
from trtstudio.vision.tasks import Answer

TOP = Answer("classification", top=(Label("cat", 0.75, 0), Label("猫", 0.2, 1)))
GREY = 90
Box = tuple[float, float, float, float]


def _blank(height: int, width: int) -> np.ndarray:
    return np.full((height, width, 3), GREY, np.uint8)


def _boxes(*boxes: Box) -> Answer:
    found = tuple(Detection(f"thing {i}", 0.5, box, i) for i, box in enumerate(boxes))
    return Answer("detection", detections=found)


@settings(max_examples=40, deadline=None)
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

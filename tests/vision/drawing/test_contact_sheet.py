"""Contact sheets: where every picture stands."""

import cv2
import numpy as np
import pytest

from trtstudio.vision.answer import Answer, Detection, Label, Raster
from trtstudio.vision.drawing.contact_sheet import (
    CELL_SIDE,
    HELD_SIDE,
    Cell,
    contact_sheet,
    drawn_small,
    small_jpeg,
)
from trtstudio.vision.scaling import scaled_down

COLORS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (0, 255, 255))


@pytest.mark.parametrize("columns", [0, 1, 2, 9])
def test_every_picture_is_there_once_and_in_order(columns: int) -> None:
    shapes = ((30, 20), (20, 30), (300, 900), (1, 1000), (240, 240))
    cells = [
        Cell(np.full((*shape, 3), color, np.uint8), f"{shape}", "ü words that are far too long" * 3)
        for shape, color in zip(shapes, COLORS, strict=True)
    ]
    sheet = contact_sheet(cells, columns)
    places = []
    for color in COLORS:
        rows, across = np.nonzero((sheet == color).all(-1))
        places.append((rows.mean() // CELL_SIDE, across.mean()))
        assert np.ptp(rows) < CELL_SIDE and np.ptp(across) < CELL_SIDE
    assert places == sorted(places)


def test_an_empty_sheet_is_paper() -> None:
    assert np.ptp(contact_sheet([]), axis=(0, 1)).tolist() == [0, 0, 0]


def test_thumbnails_show_what_was_found_and_no_bars() -> None:
    pixels = np.full((480, 640, 3), 255, np.uint8)
    box = Answer("detection", detections=(Detection("a", 1, (100, 100, 300, 300), 0),))
    drawn = drawn_small(pixels, box, 200)
    assert drawn.shape == (150, 200, 3) and drawn.min() < 128
    bars = drawn_small(pixels, Answer("classification", top=(Label("a", 1, 0),)), 200)
    assert bars.shape == (150, 200, 3) and bars.min() == 255
    read = cv2.imdecode(np.frombuffer(small_jpeg(pixels, box, 200), np.uint8), cv2.IMREAD_COLOR_RGB)
    assert np.abs(read.astype(int) - drawn).mean() < 6


@pytest.mark.parametrize("size", [(1080, 1920), (3000, 1001)])
def test_a_thumbnail_of_what_is_held_is_that_of_the_whole_picture(size: tuple[int, int]) -> None:
    height, width = size
    pixels = np.full((height, width, 3), 255, np.uint8)
    box = (0.25 * width, 0.5 * height, 0.75 * width, 0.9 * height)
    heat = Raster(np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8), (0, 0, width, height))
    answers = (
        Answer("detection", detections=(Detection("a", 1, box, 0),)),
        Answer("saliency", heat=heat),
    )
    for answer in answers:
        whole = drawn_small(pixels, answer)
        held = drawn_small(scaled_down(pixels, HELD_SIDE), answer, size=size)
        assert whole.shape == held.shape
        assert np.ptp(whole) > 50
        assert np.abs(whole.astype(int) - held).mean() < 3

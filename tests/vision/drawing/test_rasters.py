import cv2
import numpy as np
import pytest

from trtstudio.vision.answer import Raster, Regions
from trtstudio.vision.drawing.class_colors import class_color
from trtstudio.vision.drawing.rasters import heat_rgb, in_picture, mask_rgba, outlines, regions_rgba


def test_a_mask_has_its_color_inside_and_nothing_outside() -> None:
    mask = Raster(np.uint8([[0, 127, 128, 255]]), (0, 0, 4, 1))
    rgba = mask_rgba(mask, (10, 20, 30), 0.5)
    assert rgba.tolist() == [[[0] * 4, [0] * 4, [10, 20, 30, 128], [10, 20, 30, 128]]]


def test_each_class_has_its_own_color() -> None:
    numbers = np.arange(21, dtype=np.uint16).reshape(3, 7)
    rgba = regions_rgba(Regions(Raster(numbers, (0, 0, 7, 3)), unpainted=4), 1.0)
    painted = {tuple(pixel) for pixel in rgba.reshape(-1, 4).tolist()}
    assert len(painted) == 21
    assert rgba[0, 4].tolist() == [0, 0, 0, 0]
    assert rgba[1, 2].tolist() == [*class_color(9), 255]
    hidden = Regions(Raster(np.full((2, 2), 65535, np.uint16), (0, 0, 2, 2)), unpainted=65535)
    assert not regions_rgba(hidden, 1.0).any()


def test_heat_grows_brighter_with_its_values() -> None:
    rgb = heat_rgb(Raster(np.linspace(-5, 900, 50, dtype=np.float32)[None], (0, 0, 50, 1)))
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)[0].astype(int)
    assert (np.diff(grey) >= -1).all()
    assert grey[-1] - grey[0] > 150
    flat = heat_rgb(Raster(np.full((3, 3), 7, np.float32), (0, 0, 3, 3)))
    assert (flat == flat[0, 0]).all()


def test_what_lies_beyond_the_edges_is_cut_off() -> None:
    raster = Raster(np.arange(16, dtype=np.uint8).reshape(4, 4), (-4, -4, 4, 4))
    values, left, top = in_picture(raster, (3, 10))
    assert (left, top) == (0, 0)
    assert values.tolist() == [[10, 10, 11, 11], [10, 10, 11, 11], [14, 14, 15, 15]]
    outside, _, _ = in_picture(Raster(raster.values, (20, 0, 30, 4)), (3, 10))
    assert outside.shape == (3, 0)


def test_outlines_enclose_the_mask() -> None:
    values = np.zeros((20, 30), np.uint8)
    values[4:10, 5:20] = 255
    values[15:17, 2:4] = 255
    large, small = outlines(Raster(values, (100, 200, 160, 240)))  # two pixels a cell
    xs, ys = np.array(large).T
    assert (xs.min(), xs.max(), ys.min(), ys.max()) == (110, 140, 208, 220)
    assert len(small) == 4


@pytest.mark.parametrize("diameter", [1, 2, 8, 16, 32, 80])
def test_outlines_cover_what_the_mask_covers(diameter: int) -> None:
    """Painted again, ten pixels a cell, against the cells themselves."""
    y, x = np.mgrid[: diameter + 4, : diameter + 4] - (diameter + 3) / 2
    inside = x**2 + y**2 <= diameter**2 / 4
    (outline,) = outlines(Raster(np.uint8(255 * inside), (0, 0, *inside.shape)))
    painted = np.zeros((10 * len(inside), 10 * len(inside)), np.uint8)
    cv2.fillPoly(painted, [np.round(np.array(outline) * 10).astype(np.int32)], 1)
    whole = np.kron(inside, np.ones((10, 10), bool))
    overlap = (whole & (painted > 0)).sum() / (whole | (painted > 0)).sum()
    assert overlap > (0.8 if diameter < 8 else 0.94)


def test_a_mask_with_nothing_in_it_has_no_outline() -> None:
    assert outlines(Raster(np.zeros((3, 4), np.uint8), (0, 0, 4, 3))) == []

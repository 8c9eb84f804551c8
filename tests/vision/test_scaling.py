"""Pictures for the screen: their size, their content, and against exact means over areas."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.vision.scaling import scaled_down

SIDES = st.integers(1, 400)


@given(SIDES, SIDES, st.integers(1, 200))
def test_the_longer_side_fits_and_proportions_stay(height: int, width: int, side: int) -> None:
    pixels = np.full((height, width, 3), (10, 120, 250), np.uint8)
    small = scaled_down(pixels, side)
    longest = max(height, width)
    if longest <= side:
        assert small is pixels
        return
    assert max(small.shape[:2]) == side
    for shown, whole in zip(small.shape[:2], (height, width), strict=True):
        assert abs(shown - whole * side / longest) <= 0.5 or shown == 1
    assert (small == (10, 120, 250)).all()


@pytest.mark.parametrize("size", [(3000, 4000), (2999, 4001), (1080, 1920), (700, 500)])
def test_it_looks_like_means_over_areas(size: tuple[int, int]) -> None:
    random = np.random.default_rng(3)
    rough = random.integers(0, 256, (size[0] // 200, size[1] // 200, 3), np.uint8)
    pixels = cv2.resize(rough, size[::-1], interpolation=cv2.INTER_CUBIC)
    small = scaled_down(pixels, 320)
    exact = cv2.resize(pixels, small.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(small.astype(float) - exact).mean() < 2


def test_fine_stripes_become_grey() -> None:
    pixels = np.zeros((64, 640, 3), np.uint8)
    pixels[:, ::2] = 255
    assert np.abs(scaled_down(pixels, 160).astype(int) - 128).max() <= 1

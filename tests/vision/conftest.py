"""Pictures that several tests of vision/ draw from."""

import numpy as np
import pytest


@pytest.fixture
def noise() -> np.ndarray:
    """A small picture in which no two rows, columns or channels are alike."""
    return np.random.default_rng(7).integers(0, 256, (37, 53, 3), np.uint8)

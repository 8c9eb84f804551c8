from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trtstudio.vision.answer import Answer

SIZE = (64, 96)
ROWS, COLUMNS = 16, 24
Read = Callable[..., Answer]


def _face_by_face(
    heat: np.ndarray, sizes: np.ndarray, offsets: np.ndarray, marks: np.ndarray, least: float
) -> list[tuple[float, list[float], list[float]]]:
    """CenterFace's decoding, a cell at a time."""
    found = []
    for row in range(ROWS):
        for column in range(COLUMNS):
            if heat[row, column] < least:
                continue
            height, width = (4 * np.exp(float(plane[row, column])) for plane in sizes)
            x = (column + offsets[1, row, column] + 0.5) * 4 - width / 2
            y = (row + offsets[0, row, column] + 0.5) * 4 - height / 2
            points = []
            for mark in range(5):
                points += [marks[2 * mark + 1, row, column] * width + x]
                points += [marks[2 * mark, row, column] * height + y]
            found.append((float(heat[row, column]), [x, y, x + width, y + height], points))
    return sorted(found, key=lambda face: -face[0])


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_faces_equal_a_decoding_cell_by_cell(read: Read, seed: int) -> None:
    random = np.random.default_rng(seed)
    heat = random.random((1, 1, ROWS, COLUMNS), np.float32) * 0.4
    for row, column in ((2, 3), (2, 15), (11, 8)):  # far apart: nothing is suppressed
        heat[0, 0, row, column] = random.uniform(0.6, 1)
    sizes = random.uniform(-1, 0.5, (1, 2, ROWS, COLUMNS)).astype(np.float32)
    offsets = random.uniform(0, 1, (1, 2, ROWS, COLUMNS)).astype(np.float32)
    marks = random.uniform(0, 1, (1, 10, ROWS, COLUMNS)).astype(np.float32)
    outputs = {"537": heat, "538": sizes, "539": offsets, "540": marks}
    answer = read("keypoints", outputs, SIZE, threshold=0.5)
    found = answer.detections
    assert answer.has_own_words
    assert not read("detection", outputs, SIZE, labels=("face",), threshold=0.5).has_own_words
    expected = _face_by_face(heat[0, 0], sizes[0], offsets[0], marks[0], 0.5)
    assert len(found) == len(expected) == 3
    for face, (score, box, points) in zip(found, expected, strict=True):
        assert (face.label, face.score) == ("face", pytest.approx(score))
        np.testing.assert_allclose(face.box, np.clip(box, 0, (96, 64, 96, 64)), atol=1e-3)
        flat = [value for point in face.keypoints for value in (point.x, point.y)]
        np.testing.assert_allclose(flat, points, atol=1e-3)


@pytest.mark.parametrize("is_logit", [False, True])
@pytest.mark.parametrize("names", [("hm", "wh", "reg"), ("hm", "reg", "wh"), ("a", "b", "c")])
def test_peaks_are_objects(read: Read, names: tuple[str, ...], is_logit: bool) -> None:
    heat = np.full((1, 3, ROWS, COLUMNS), 0.01, np.float32)
    heat[0, 2, 5, 7], heat[0, 2, 5, 8], heat[0, 1, 5, 8] = 0.9, 0.8, 0.6
    size = np.full((1, 2, ROWS, COLUMNS), 0, np.float32)
    size[0, :, 5, :] = [[4], [2]]
    offset = np.full((1, 2, ROWS, COLUMNS), 0.25, np.float32)
    if is_logit:
        heat = np.log(heat / (1 - heat))
    roles = {"hm": heat, "wh": size, "reg": offset}
    known = roles if names[0] == "hm" else dict(zip(names, roles.values(), strict=True))
    outputs = {name: known[name] for name in names}
    found = read("detection", outputs, SIZE).detections
    assert [(d.index, round(d.score, 2)) for d in found] == [(2, 0.9), (1, 0.6)]
    np.testing.assert_allclose(found[0].box, (21, 17, 37, 25), atol=1e-4)

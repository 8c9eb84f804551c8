"""Labels stand beside each other as long as there is room, and always within the picture."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.vision.answer import Detection
from trtstudio.vision.drawing.label_places import LabelPlaces, label_corner

HEIGHT = 16.0
BOUNDS = (10.0, 20.0, 510.0, 420.0)
edges = st.floats(-1e6, 1e6)
near = st.tuples(st.floats(0, 520), st.floats(0, 440), st.floats(1, 200))


def test_the_first_is_above_its_box_or_inside_at_the_upper_edge() -> None:
    assert LabelPlaces(BOUNDS, HEIGHT).take(100, 200, 50) == (100, 184)
    assert LabelPlaces(BOUNDS, HEIGHT).take(100, 25, 50) == (100, 25)
    assert LabelPlaces(BOUNDS, HEIGHT).take(500, 200, 50) == (460, 184)


def test_the_next_ones_are_as_near_as_there_is_room() -> None:
    places = LabelPlaces(BOUNDS, HEIGHT)
    tops = [places.take(100, 200, 50)[1] for _ in range(4)]
    assert sorted(tops) == [168, 184, 200, 216]
    assert places.take(300, 200, 50) == (300, 184), "nothing is there"


@given(st.lists(st.tuples(edges, edges, st.floats(1, 400)) | near, max_size=40))
def test_all_are_within_the_picture(labels: list[tuple[float, float, float]]) -> None:
    places = LabelPlaces(BOUNDS, HEIGHT)
    for left, top, width in labels:
        x, y = places.take(left, top, width)
        assert BOUNDS[0] <= x and x + width <= BOUNDS[2] + 1e-6
        assert BOUNDS[1] <= y and y + HEIGHT <= BOUNDS[3] + 1e-6


@given(st.lists(near, max_size=4))
def test_a_few_never_cover_each_other(labels: list[tuple[float, float, float]]) -> None:
    places = LabelPlaces(BOUNDS, HEIGHT)
    found = [(*places.take(*label), label[2]) for label in labels]
    for (x, y, width), (other_x, other_y, other_width) in combinations(found, 2):
        is_beside = x + width <= other_x or other_x + other_width <= x
        assert is_beside or abs(y - other_y) >= HEIGHT - 1e-3


@given(
    st.floats(-np.pi, np.pi),
    st.tuples(st.floats(5, 300), st.floats(5, 300)),
    st.floats(1, 400),
)
def test_a_label_covers_nothing_of_a_turned_outline(
    angle: float, size: tuple[float, float], width: float
) -> None:
    turn = np.array(((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))))
    halves = np.array(((-1, -1), (1, -1), (1, 1), (-1, 1))) * size / 2
    corners = halves @ turn.T + 500
    outline = tuple((x, y) for x, y in corners.tolist())
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    found = Detection("ship", 0.9, (left, top, right, bottom), 0, polygon=outline)
    x, y = label_corner(found, width)
    shares = np.linspace(0, 1, 200)[:, None, None]
    edge = (corners + shares * (np.roll(corners, -1, axis=0) - corners)).reshape(-1, 2)
    above = edge[(edge[:, 0] >= x) & (edge[:, 0] <= x + width), 1]
    assert y <= above.min() + 1e-6
    assert y >= top - 1e-6 and left - 1e-6 <= x <= right
    bare = Detection("ship", 0.9, (left, top, right, bottom), 0)
    assert label_corner(bare, width) == (left, top)

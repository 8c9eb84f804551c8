import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.vision.placement import Placement, Size, center_crop, letterbox, stretch

SIDES = st.integers(1, 4000)
SIZES = st.tuples(SIDES, SIDES)
PLACEMENTS = st.one_of(
    st.builds(stretch, SIZES, SIZES),
    st.builds(center_crop, SIZES, SIZES, st.floats(0.05, 1)),
    st.builds(letterbox, SIZES, SIZES, centered=st.booleans()),
)
SHARES = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=9)


@given(PLACEMENTS, SHARES)
def test_there_and_back_is_where_it_was(placement: Placement, shares: list[Size]) -> None:
    points = np.array(shares) * placement.picture_size[::-1]
    back = placement.to_picture(placement.to_tensor(points))
    assert np.abs(back - points).max() < 0.5
    tensor_points = np.array(shares) * placement.tensor_size[::-1]
    there = placement.to_tensor(placement.to_picture(tensor_points))
    assert np.abs(there - tensor_points).max() < 0.5


@given(PLACEMENTS)
def test_both_parts_lie_inside(placement: Placement) -> None:
    for part, (height, width) in (
        (placement.source, placement.picture_size),
        (placement.target, placement.tensor_size),
    ):
        assert 0 <= part.left < part.right <= width
        assert 0 <= part.top < part.bottom <= height


@given(SIZES, SIZES, st.booleans())
def test_a_letterbox_holds_all_and_touches_two_edges(
    picture: Size, tensor: Size, centered: bool
) -> None:
    placement = letterbox(picture, tensor, centered=centered)
    assert placement.source.size == picture
    assert placement.target.size[0] == tensor[0] or placement.target.size[1] == tensor[1]


@given(SIZES, SIZES, st.floats(0.1, 1))
def test_a_crop_keeps_proportions_and_is_central(
    picture: Size, tensor: Size, fraction: float
) -> None:
    placement = center_crop(picture, tensor, fraction)
    scale = fraction * min(picture[0] / tensor[0], picture[1] / tensor[1])
    for part, side in zip(placement.source.size, tensor, strict=True):
        assert part == pytest.approx(max(1, side * scale), abs=0.5)
    source = placement.source
    assert abs(source.left - (picture[1] - source.right)) <= 1
    assert abs(source.top - (picture[0] - source.bottom)) <= 1
    assert placement.target.size == tensor


def test_known_places() -> None:
    crop = center_crop((300, 451), (224, 224), 0.875)
    assert (crop.source.left, crop.source.top, *crop.source.size) == (94, 19, 262, 262)
    box = letterbox((426, 640), (416, 416), centered=True)
    assert (box.target.left, box.target.top, *box.target.size) == (0, 69, 277, 416)
    assert box.to_picture(np.array([[416, 69 + 277]])).tolist() == [[640, 426]]

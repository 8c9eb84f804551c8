"""Dynamic sizes told once, and profiles made of them."""

from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.build.free_sizes import Place, SizeRange, expand, free_sizes, ranges_of
from trtstudio.model.build.profile import check_profile
from trtstudio.model.graph import Dim, ShapeRange, Tensor

IMAGES = Tensor("images", "float32", ("N", 3, "H", "W"), "input")
MASK = Tensor("mask", "bool", ("N", -1), "input")
FIXED = Tensor("scale", "float32", (2,), "input")


def test_a_symbol_is_one_size_wherever_it_is() -> None:
    assert free_sizes([IMAGES, MASK, FIXED, Tensor("u", "", None)]) == {
        "N": (Place("images", 0), Place("mask", 0)),
        "H": (Place("images", 2),),
        "W": (Place("images", 3),),
        "mask[1]": (Place("mask", 1),),
    }


def test_sizes_fill_a_profile() -> None:
    ranges = {
        "N": SizeRange(1, 2, 8),
        "H": SizeRange(32, 64, 96),
        "W": SizeRange(16, 16, 16),
        "mask[1]": SizeRange(1, 5, 9),
    }
    profile = expand([IMAGES, MASK, FIXED], ranges)
    assert profile == {
        "images": ShapeRange((1, 3, 32, 16), (2, 3, 64, 16), (8, 3, 96, 16)),
        "mask": ShapeRange((1, 1), (2, 5), (8, 9)),
    }
    assert ranges_of([IMAGES, MASK, FIXED], profile) == ranges


DIMS = st.one_of(st.integers(0, 9), st.just(-1), st.sampled_from("NHW?"))
SIZES = st.integers(1, 10**6)


@given(shapes=st.lists(st.lists(DIMS, max_size=4), max_size=4), data=st.data())
def test_what_is_filled_in_is_right_and_is_read_back(
    shapes: list[list[Dim]], data: st.DataObject
) -> None:
    inputs = [Tensor(f"x{i}", "float32", tuple(s), "input") for i, s in enumerate(shapes)]
    bounds = {
        name: sorted(data.draw(st.tuples(SIZES, SIZES, SIZES))) for name in free_sizes(inputs)
    }
    ranges = {name: SizeRange(*sizes) for name, sizes in bounds.items()}
    profile = expand(inputs, ranges)
    assert check_profile(inputs, profile) == []
    assert ranges_of(inputs, profile) == ranges


def test_a_profile_that_does_not_fit_is_read_as_far_as_it_does() -> None:
    assert ranges_of([IMAGES], {"images": ShapeRange((1,), (2,), (3,))}) == {
        "N": SizeRange(1, 2, 3)
    }
    assert ranges_of([IMAGES], {}) == {}

"""Which sizes can be swept."""

from trtstudio.model.graph import Tensor
from trtstudio.model.sweep_axes import dynamic_sizes, sizes_of

INPUTS = (
    Tensor("a", "float32", ("N", 3, "H", "W"), "input"),
    Tensor("b[1]", "float32", ("N", -1), "input"),
    Tensor("scalar", "float32", (), "input"),
)


def test_every_dynamic_size_has_a_name() -> None:
    names = ["batch", "N", "H", "W", "a[0]", "a[2]", "a[3]", "b[1][0]", "b[1][1]"]
    assert dynamic_sizes(INPUTS) == names
    assert dynamic_sizes(INPUTS[2:]) == []


def test_what_a_name_sets() -> None:
    assert sizes_of(INPUTS, "batch") == sizes_of(INPUTS, "N") == [("a", 0), ("b[1]", 0)]
    assert sizes_of(INPUTS, "H") == [("a", 2)]
    assert sizes_of(INPUTS, "b[1][1]") == [("b[1]", 1)]
    assert sizes_of(INPUTS, "a[1]") == sizes_of(INPUTS, "Z") == []

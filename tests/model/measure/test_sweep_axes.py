"""Which sizes can be swept, and where values stand in charts."""

from trtstudio.model.graph import Tensor
from trtstudio.model.measure.sweep_axes import across, dynamic_sizes, places, sizes_of, value_words

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


def test_numbers_stand_at_themselves_and_words_in_their_order() -> None:
    points = [{"batch": size, "precision": name} for name in ("keep", "fp16") for size in (4, 1)]
    assert places("batch", points) == {4: 4.0, 1: 1.0}
    assert places("precision", points) == {"keep": 1.0, "fp16": 2.0}


def test_charts_are_drawn_over_what_counts() -> None:
    assert across(("precision", "batch", "streams")) == "batch"
    assert across(("precision",)) == "precision"


def test_files_are_called_by_their_names() -> None:
    assert [value_words(v) for v in (4, "fp16", "/m/a b.plan")] == ["4", "fp16", "a b.plan"]

"""The order in which texts are read."""

import random

from hypothesis import given
from hypothesis import strategies as st

from trtstudio.vision.answer import Detection
from trtstudio.vision.tasks.reading_order import in_reading_order


def text(name: str, left: float, top: float, height: float = 20.0) -> Detection:
    return Detection(name, 0.9, (left, top, left + 50, top + height), 0)


def names(found: list[Detection]) -> list[str]:
    return [each.label for each in found]


def test_nothing_has_no_order() -> None:
    assert in_reading_order([]) == []


def test_a_line_is_read_from_the_left_though_it_is_not_level() -> None:
    line = [text("c", 200, 96), text("a", 0, 104), text("b", 100, 100)]
    below = [text("e", 90, 131), text("d", 10, 130)]
    assert names(in_reading_order([*below, *line])) == ["a", "b", "c", "d", "e"]


def test_a_large_text_does_not_swallow_the_small_lines_beside_it() -> None:
    large, small = text("large", 0, 0, 100), [text(f"{n}", 200, 24 * n) for n in range(4)]
    order = names(in_reading_order([large, *reversed(small)]))
    assert [name for name in order if name != "large"] == ["0", "1", "2", "3"]


@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=6),
    st.floats(-4, 4),
    st.randoms(use_true_random=False),
)
def test_a_page_of_lines_is_read_as_it_was_written(
    words: list[int], slope: float, shuffle: random.Random
) -> None:
    page = [
        text(f"{line} {word}", 60 * word, 30 * line + slope * word / 4)
        for line, count in enumerate(words)
        for word in range(count)
    ]
    mixed = list(page)
    shuffle.shuffle(mixed)
    assert names(in_reading_order(mixed)) == names(page)

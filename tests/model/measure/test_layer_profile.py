"""Times of layers, grouped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.measure.layer_profile import (
    LayerProfile,
    LayerTime,
    TimeGroup,
    by_node,
    by_type,
    node_times,
)


def profile(layers: list[LayerTime], whole_ms: float = 10.0) -> LayerProfile:
    return LayerProfile("TensorRT", "GPU", {}, 5, tuple(layers), whole_ms)


def layer(name: str, kind: str, ms: float, *origins: str) -> LayerTime:
    return LayerTime(name, kind, ms, ms, ms / 8, -1, origins)


LAYERS = [
    layer("k0", "conv", 4.0, "conv0", "relu0"),
    layer("k1", "conv", 1.0, "conv1"),
    layer("k2", "reformat", 0.5),
    layer("k3", "gemm", 0.5, "relu0", "conv0"),
    layer("k4", "reformat", 2.0),
]


def test_the_gap_is_what_the_layers_do_not_explain() -> None:
    assert profile(LAYERS).sum_ms == 8.0
    assert profile(LAYERS).gap_ms == 2.0
    assert profile(LAYERS, 7.0).gap_ms == -1.0
    assert profile([]).gap_ms == 10.0


def test_by_type_the_slowest_come_first() -> None:
    assert by_type(profile(LAYERS)) == (
        TimeGroup("conv", 2, 5.0, 0.625),
        TimeGroup("reformat", 2, 2.5, 0.3125),
        TimeGroup("gemm", 1, 0.5, 0.0625),
    )


def test_by_node_fused_nodes_are_one_group_in_whatever_order() -> None:
    assert [(g.name, g.layers, g.median_ms) for g in by_node(profile(LAYERS))] == [
        ("conv0 + relu0", 2, 4.5),
        ("k4", 1, 2.0),
        ("conv1", 1, 1.0),
        ("k2", 1, 0.5),
    ]


def test_a_node_has_the_time_of_every_layer_that_it_is_part_of() -> None:
    times = node_times(profile(LAYERS))
    assert set(times) == {"conv0", "relu0", "conv1"}
    assert times["conv0"] == times["relu0"]
    assert (times["conv0"].median_ms, times["conv0"].shared) == (4.5, True)
    assert (times["conv1"].median_ms, times["conv1"].share, times["conv1"].shared) == (
        1.0,
        0.125,
        False,
    )


def test_a_node_named_twice_counts_once() -> None:
    times = node_times(profile([layer("k", "conv", 1.0, "a", "a")]))
    assert (times["a"].median_ms, times["a"].shared) == (1.0, False)


names = st.text("abc", min_size=1, max_size=2)


@given(st.lists(st.tuples(names, names, st.floats(0, 100), st.lists(names, max_size=3))))
def test_groups_add_up_to_the_whole(layers: list[tuple[str, str, float, list[str]]]) -> None:
    timed = profile([layer(n, kind, ms, *origins) for n, kind, ms, origins in layers])
    for groups in (by_type(timed), by_node(timed)):
        assert sum(g.layers for g in groups) == len(layers)
        assert sum(g.median_ms for g in groups) == pytest.approx(timed.sum_ms)
        assert [g.median_ms for g in groups] == sorted((g.median_ms for g in groups), reverse=True)

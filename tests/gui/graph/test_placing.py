"""Where nodes and edges lie: nothing overlaps, whatever the graph."""

import sys
import threading
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.gui.graph.placed import Placing
from trtstudio.gui.graph.placing.layout import Placement, lay_out
from trtstudio.gui.graph.placing.ranks import ranks_of, without_cycles
from trtstudio.gui.graph.placing.sizes import BOX_HEIGHT, BOX_WIDTH, Edge
from trtstudio.model.errors import Cancelled, StudioError

Box = tuple[float, float, float, float]


def boxes(placement: Placement) -> list[Box]:
    across, down = BOX_WIDTH / 2, BOX_HEIGHT / 2
    return [(x - across, y - down, x + across, y + down) for x, y in placement.centers]


def overlaps(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def check(count: int, edges: list[Edge]) -> Placement:
    """Nothing lies on anything else, and edges lead from a box to a box past all others."""
    placement = lay_out(count, edges)
    placed = boxes(placement)
    for i, box in enumerate(placed):
        assert not any(overlaps(box, other) for other in placed[:i])
    for (source, target), route in zip(edges, placement.routes, strict=True):
        if source == target:
            assert route == []
            continue
        is_down = route[0][1] == placed[source][3]
        assert is_down or route[0][1] == placed[source][1]
        assert route[-1][1] == placed[target][1 if is_down else 3]
        assert placed[source][0] < route[0][0] < placed[source][2]
        assert placed[target][0] < route[-1][0] < placed[target][2]
        for (x0, y0), (x1, y1) in pairwise(route):
            around = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            assert not any(overlaps(around, box) for box in placed)
    return placement


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[Edge]]:
    count = draw(st.integers(1, 30))
    node = st.integers(0, count - 1)
    edges = draw(st.lists(st.tuples(node, node), unique=True, max_size=60))
    return count, edges


@given(graphs())
def test_any_graph(graph: tuple[int, list[Edge]]) -> None:
    check(*graph)


def chain(count: int) -> list[Edge]:
    return [(i, i + 1) for i in range(count - 1)]


def test_a_chain_goes_straight_down() -> None:
    placement = check(4, chain(4))
    assert len({x for x, _ in placement.centers}) == 1
    assert [y for _, y in placement.centers] == sorted(y for _, y in placement.centers)


def test_far_edges_of_one_node_share_a_rail() -> None:
    count = 80
    placement = check(count + 1, [*chain(count), *((count, i) for i in range(10, count, 2))])
    rails = {route[1][0] for route in placement.routes if len(route) == 4 and route[1][0] > 0}
    beyond = {x for x in rails if x > max(x for x, _ in placement.centers)}
    assert len(beyond) == 1


def test_a_skip_over_the_whole_graph_and_back() -> None:
    check(70, [*chain(70), (0, 69), (69, 0), (30, 30)])


def test_nodes_without_edges_fill_rows() -> None:
    placement = check(100, [])
    assert 1 < len({y for _, y in placement.centers}) < 100


def test_a_node_that_everything_feeds() -> None:
    placement = lay_out(2001, [(i, 2000) for i in range(2000)])
    ports = {route[-1] for route in placement.routes}
    assert len(ports) == 2000


@given(graphs())
def test_turned_edges_close_no_cycle(graph: tuple[int, list[Edge]]) -> None:
    count, edges = graph
    turned = without_cycles(count, edges)
    ranks = ranks_of(count, set(turned))
    assert all(s == t or ranks[s] < ranks[t] for s, t in turned)
    assert all(one in (edge, edge[::-1]) for one, edge in zip(turned, edges, strict=True))


def test_an_input_is_let_down_to_what_it_feeds() -> None:
    ranks = ranks_of(12, {*chain(11), (11, 9)})
    assert ranks[11] == 8


# The process


def arrays(edges: list[Edge]) -> tuple[np.ndarray, np.ndarray]:
    ends = np.array(edges, np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]


def test_the_process_answers_the_same() -> None:
    edges = [*chain(6), (0, 5), (3, 3), (5, 1)]
    placed = Placing().run(6, *arrays(edges))
    expected = lay_out(6, edges)
    assert placed.centers.tolist() == [list(center) for center in expected.centers]
    routes = [placed.points[a:b].tolist() for a, b in pairwise(placed.starts.tolist())]
    assert routes == [[list(point) for point in route] for route in expected.routes]


def test_a_chain_of_30_000_does_not_exhaust_the_stack() -> None:
    placed = Placing().run(30_000, *arrays(chain(30_000)))
    assert len(np.unique(placed.centers[:, 1])) == 30_000


def test_nothing_is_placed_without_a_process() -> None:
    assert Placing().run(0, *arrays([])).centers.shape == (0, 2)


def test_stop_ends_it_at_once() -> None:
    rng = np.random.default_rng(1)
    edges = rng.integers(0, 40_000, (2, 80_000))
    placing = Placing()
    threading.Timer(0.3, placing.stop).start()
    with pytest.raises(Cancelled):
        placing.run(40_000, *np.unique(edges, axis=1))
    with pytest.raises(Cancelled):
        placing.run(1, *arrays([]))


def test_a_process_that_dies_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no layout today')"]
    monkeypatch.setattr("trtstudio.gui.graph.placed._command", lambda: command)
    with pytest.raises(StudioError) as caught:
        Placing().run(2, *arrays([(0, 1)]))
    assert "no layout today" in caught.value.details
    assert caught.value.hint

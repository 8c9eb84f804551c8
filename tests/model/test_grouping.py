"""Groups from the scopes in names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.graph import Graph, Layer
from trtstudio.model.grouping import (
    ROOT,
    WIDEST,
    Grouping,
    group_layers,
    scope_of,
    unfolded_at_first,
)


def graph_of(*names: str) -> Graph:
    layers = [Layer(i, name, "Conv", (), ()) for i, name in enumerate(names)]
    return Graph("onnx", "named", layers, [], (), ())


def paths(grouping: Grouping) -> list[str]:
    return [group.path for group in grouping.groups]


def path_of(grouping: Grouping, layer: int) -> str:
    return grouping.groups[grouping.homes[layer]].path


@pytest.mark.parametrize(
    ("name", "origins", "scope"),
    [
        ("/blocks.0/conv/Conv", (), ("blocks.0", "conv")),
        ("model/block1/conv/Conv2D", (), ("model", "block1", "conv")),
        ("Conv_41", (), ()),
        ("", (), ()),
        ("/Reshape", (), ()),
        ("//a//b/Conv/", (), ("a", "b")),
        ("PWN(/a/sig/Sigmoid, /a/mul/Mul)", (), ("a",)),
        ("/a/b/Conv + /a/b/Relu", (), ("a", "b")),
        ("{ForeignNode[/a/b/x/MatMul.../a/b/y/Add]}", (), ("a", "b")),
        ("Reformatting CopyNode for Input Tensor 0 to /stem/conv/Conv", (), ("stem", "conv")),
        ("__myl_FcAdd_myl0_49", ("/a/b/MatMul", "/a/c/Add"), ("a",)),
        ("kernel", ("graph_input_cast0", "/stem/Conv"), ("stem",)),
        ("/stem/Conv_myl0_2", ("/stem/Conv", "/swish/Clip"), ()),
        ("/unrelated/Conv", ("Conv_1",), ("unrelated",)),
        ("", ("/layers[0] (a, b)/Conv",), ("layers[0] (a, b)",)),
        ("/", ("///",), ()),
    ],
)
def test_scope_of_names(name: str, origins: tuple[str, ...], scope: tuple[str, ...]) -> None:
    assert scope_of(Layer(0, name, "", (), (), origins=origins)) == scope


def test_groups_nest_and_know_their_size() -> None:
    grouping = group_layers(
        graph_of("/a/x/Conv", "/a/x/Relu", "/a/Add", "/b/Conv", "/b/Relu", "Last")
    )
    assert paths(grouping) == ["", "a", "b", "a/x"]
    assert [group.size for group in grouping.groups] == [6, 3, 2, 2]
    assert [(group.first, group.last) for group in grouping.groups] == [
        (0, 5),
        (0, 2),
        (3, 4),
        (0, 1),
    ]
    assert grouping.groups[ROOT].layers == (5,)
    assert [grouping.groups[g].path for g in grouping.around(0)] == ["a/x", "a", ""]
    assert sorted(grouping.layers_in(1)) == [0, 1, 2]


def test_a_scope_that_groups_nothing_is_no_group() -> None:
    grouping = group_layers(graph_of("/stem/conv/Conv", "/a/b/Conv", "/a/b/Relu", "/a/b/c/Add"))
    assert paths(grouping) == ["", "a/b"]
    assert grouping.groups[1].name == "a/b"
    assert path_of(grouping, 0) == ""
    assert path_of(grouping, 3) == "a/b"


def test_what_is_too_wide_is_cut_into_runs() -> None:
    count = WIDEST + 50
    grouping = group_layers(graph_of(*(f"Conv_{i}" for i in range(count))))
    runs = grouping.groups[1:]
    assert {run.name for run in runs} == {""}
    assert sum(run.size for run in runs) == count
    assert all(run.last - run.first == run.size - 1 for run in runs)
    assert grouping.groups[ROOT].layers == ()


def test_a_huge_name_makes_no_deep_tree() -> None:
    grouping = group_layers(graph_of("/a" * 10_000, "/a" * 10_000, "n" * 20_000))
    assert len(grouping.groups) < 20


def test_unfolding_goes_level_by_level() -> None:
    names = [f"/m/layer.{i}/{part}/Op{j}" for i in range(12) for part in "ab" for j in range(5)]
    grouping = group_layers(graph_of(*names, "/head/Conv", "/head/Relu"))
    unfolded = unfolded_at_first(grouping, 60)
    assert {grouping.groups[g].path for g in unfolded} == {
        "",
        "m",
        "head",
        *(f"m/layer.{i}" for i in range(12)),
    }
    assert unfolded_at_first(grouping, len(names) + 2) == frozenset(range(len(grouping.groups)))


def test_unfolding_does_not_stop_at_a_handful() -> None:
    names = [f"/m/layer.{i}/Op{j}" for i in range(200) for j in range(3)]
    grouping = group_layers(graph_of(*names))
    unfolded = unfolded_at_first(grouping, 60)
    assert {grouping.groups[g].path for g in unfolded} == {"", "m"}


def test_no_layers() -> None:
    grouping = group_layers(graph_of())
    assert len(grouping.groups) == 1
    assert unfolded_at_first(grouping, 60) == {ROOT}


names_of_layers = st.lists(
    st.lists(st.sampled_from(["a", "b", "c.0", ""]), max_size=4).map("/".join), max_size=60
)


@given(names_of_layers)
def test_every_layer_is_in_the_tree_once(names: list[str]) -> None:
    grouping = group_layers(graph_of(*names))
    assert sorted(grouping.layers_in(ROOT)) == list(range(len(names)))
    for position, group in enumerate(grouping.groups):
        assert sorted(group.groups) == [
            i for i, g in enumerate(grouping.groups) if g.parent == position and i != ROOT
        ]
        assert group.size == len(list(grouping.layers_in(position)))
        assert position == ROOT or group.parent < position
        assert position == ROOT or group.size > 1
    for layer, home in enumerate(grouping.homes):
        assert layer in grouping.groups[home].layers

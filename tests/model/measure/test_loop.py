"""Loops, presets, and the words for them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.measure.bench import BenchRequest, from_preset, method, point_words
from trtstudio.model.measure.loop import OPTIONS, PRESETS, Loop, loop_words, with_option

loops = st.builds(
    Loop,
    streams=st.integers(1, 64),
    transfers=st.booleans(),
    overlap=st.booleans(),
    cuda_graph=st.booleans(),
    spin=st.booleans(),
    pinned=st.booleans(),
)


@given(loops)
def test_a_loop_is_built_from_its_options(loop: Loop) -> None:
    built = Loop()
    for name in OPTIONS:
        built = with_option(built, name, int(getattr(loop, name)))
    assert built == loop
    assert all(isinstance(getattr(built, name), type(getattr(loop, name))) for name in OPTIONS)


@given(loops, loops)
def test_different_loops_have_different_words(one: Loop, other: Loop) -> None:
    assert (loop_words(one) == loop_words(other)) == (one == other)


def test_trtexecs_generations_differ_as_its_sources_say() -> None:
    ten, eleven = PRESETS["trtexec-10"], PRESETS["trtexec-11"]
    assert (ten.loop.transfers, ten.loop.cuda_graph, ten.loop.spin) == (True, False, False)
    assert (eleven.loop.transfers, eleven.loop.cuda_graph, eleven.loop.spin) == (False, True, True)
    for preset in (ten, eleven):
        assert preset.loop.overlap
        assert (preset.warmup_ms, preset.duration_s, preset.iterations) == (200, 3, 10)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_named_and_so_is_what_differs_from_it(name: str) -> None:
    request = from_preset(name, 4, {"x": (1, 2)})
    assert (request.session, request.shapes, method(request)) == (4, {"x": (1, 2)}, name)
    changed = replace(request, loop=replace(request.loop, streams=2, pinned=False), warmup_ms=5)
    assert method(changed) == f"{name} with 2 streams, pageable memory, 5 ms warm-up"
    assert method(replace(request, duration_s=0.3)) == f"{name} with 0.3 s duration"
    changed = replace(request, iterations=1, warmup_ms=0)
    assert method(changed) == f"{name} with 0 ms warm-up, 1 iteration"


def test_a_request_without_a_preset_has_all_its_words() -> None:
    assert from_preset("studio") == BenchRequest(0)
    assert method(BenchRequest(0, preset="")) == loop_words(Loop())
    with pytest.raises(KeyError):
        from_preset("trtexec-9")


def test_a_point_has_words() -> None:
    assert point_words({"batch": 4, "streams": 2}) == "batch 4, streams 2"

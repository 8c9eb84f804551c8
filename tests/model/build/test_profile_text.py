"""Profiles as text: every one is read back as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.build.profile_text import (
    format_profile,
    parse_profile,
    presets_from_json,
    presets_to_json,
)
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Profile, ShapeRange

SHAPES = st.lists(st.integers(0, 10**9), min_size=1, max_size=5).map(tuple)
VALUES = st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=5).map(tuple)
RANGES = st.one_of(
    st.builds(ShapeRange, SHAPES, SHAPES, SHAPES),
    st.builds(ShapeRange, VALUES, VALUES, VALUES, values=st.just(True)),
)
PROFILES = st.dictionaries(st.text(min_size=1), RANGES, max_size=3)


@given(PROFILES)
def test_a_profile_is_read_as_it_was_written(profile: Profile) -> None:
    assert parse_profile(format_profile(profile)) == profile


def test_values_of_a_shape_tensor() -> None:
    assert parse_profile(["size=@-1x64,128x128,256x256"]) == {
        "size": ShapeRange((-1, 64), (128, 128), (256, 256), values=True)
    }
    with pytest.raises(StudioError, match="no shape"):
        parse_profile(["size=-1x64"])


@given(st.dictionaries(st.text(), st.lists(PROFILES, max_size=2).map(tuple), max_size=3))
def test_presets_are_kept(presets: dict[str, tuple[Profile, ...]]) -> None:
    assert presets_from_json(presets_to_json(presets)) == presets


@given(st.one_of(st.text(), st.sampled_from(["[]", '{"a": 1}', '{"a": [{"x": {"min": [1]}}]}'])))
def test_other_text_is_refused(text: str) -> None:
    try:
        presets = presets_from_json(text)
    except StudioError as error:
        assert error.hint
        return
    assert presets_from_json(presets_to_json(presets)) == presets

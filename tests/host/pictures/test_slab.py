"""Arrays in memory that two processes use again and again, within one process."""

import errno
import os
import tempfile
from pathlib import Path

import hypothesis.extra.numpy as npst
import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trtstudio.host.pictures import slab
from trtstudio.host.pictures.slab import SlabReader, SlabWriter
from trtstudio.model.errors import StudioError

dtypes = st.sampled_from(("float32", "float16", "float64", "uint8", "int8", "int32", "int64"))
some_arrays = st.lists(
    dtypes.flatmap(lambda dtype: npst.arrays(dtype, npst.array_shapes(min_dims=0, min_side=0))),
    max_size=4,
)


def cross(writer: SlabWriter, reader: SlabReader, *arrays: np.ndarray) -> list[np.ndarray]:
    """A message from one to the other."""
    writer.begin(reader.next_region(), arrays)
    wire = msgspec.msgpack.encode(arrays, enc_hook=writer.pack)
    found: list[np.ndarray] = msgspec.msgpack.decode(
        wire, type=list[np.ndarray], dec_hook=reader.unpack
    )
    reader.end()
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=st.lists(some_arrays, max_size=5), keeps=st.booleans())
def test_any_arrays_arrive_unchanged_whatever_was_sent_before(
    messages: list[list[np.ndarray]], keeps: bool, tmp_path: Path
) -> None:
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    writer, reader = SlabWriter([folder]), SlabReader()
    kept = []
    for arrays in messages:
        found = cross(writer, reader, *arrays)
        kept.append((arrays, found))
        for sent, got in kept if keeps else kept[-1:]:
            for here, there in zip(sent, got, strict=True):
                assert (there.dtype, there.shape) == (here.dtype, here.shape)
                assert there.tobytes() == here.tobytes()


def test_memory_is_used_again_once_nobody_has_its_arrays(tmp_path: Path) -> None:
    writer, reader = SlabWriter([tmp_path]), SlabReader()
    for number in range(10):
        (array,) = cross(writer, reader, np.full(1000, number))
        assert array.sum() == 1000 * number
        del array
    assert len(list(tmp_path.iterdir())) == 1
    first, second = (cross(writer, reader, np.full(1000, number))[0] for number in (7, 8))
    part = first[10:20].reshape(2, 5)
    del first
    (third,) = cross(writer, reader, np.full(1000, 9))
    assert (part == 7).all() and (second == 8).all() and (third == 9).all()
    assert len(list(tmp_path.iterdir())) == 3


def test_what_needs_more_room_gets_a_new_file_in_place_of_the_old(tmp_path: Path) -> None:
    writer, reader = SlabWriter([tmp_path]), SlabReader()
    for size in (10, 10_000, 100):
        (array,) = cross(writer, reader, np.arange(size))
        assert array.tolist() == list(range(size))
        del array
    (file,) = tmp_path.iterdir()
    assert file.stat().st_size == 80_000


def test_a_file_that_cannot_be_removed_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows while it is mapped, or where somebody else has removed it."""

    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    writer, reader = SlabWriter([tmp_path]), SlabReader()
    for size in (10, 1000, 10_000, 100):
        (array,) = cross(writer, reader, np.arange(size))
        assert array.tolist() == list(range(size))
        del array


def test_a_full_folder_gives_way_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, other = tmp_path / "full", tmp_path / "other"
    full.mkdir()
    other.mkdir()
    reserve = slab._reserve

    def refuse(path: Path, size_bytes: int) -> None:
        reserve(path, size_bytes)
        if path.parent == full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(slab, "_reserve", refuse)
    (array,) = cross(SlabWriter([full, other]), SlabReader(), np.arange(5))
    assert array.tolist() == [0, 1, 2, 3, 4]
    with pytest.raises(StudioError, match="no room to hand over"):
        cross(SlabWriter([full]), SlabReader(), np.arange(5))
    assert not list(full.iterdir()), "nothing half-written stays"


def test_what_is_no_array_is_not_sent(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="object cannot be sent"):
        msgspec.msgpack.encode([object()], enc_hook=SlabWriter([tmp_path]).pack)
    with pytest.raises(TypeError, match="ndarray cannot be sent"):
        msgspec.msgpack.encode([np.ones(1)], enc_hook=SlabReader().pack)

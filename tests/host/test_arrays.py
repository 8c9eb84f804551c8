import errno
import mmap
import os
import tempfile
import time
from pathlib import Path

import hypothesis.extra.numpy as npst
import ml_dtypes
import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trtstudio.host import arrays
from trtstudio.host.arrays import ArrayCarrier, own_folders
from trtstudio.model.errors import StudioError


def cross(carrier: ArrayCarrier, array: np.ndarray) -> np.ndarray:
    wire = msgspec.msgpack.encode(array, enc_hook=carrier.pack)
    return msgspec.msgpack.decode(wire, type=np.ndarray, dec_hook=carrier.unpack)


def assert_same(there: np.ndarray, here: np.ndarray) -> None:
    assert type(there) is np.ndarray
    assert there.dtype == here.dtype
    assert there.shape == here.shape
    assert there.tobytes() == here.tobytes()  # bit for bit, NaN too


def files(folder: Path) -> list[Path]:
    return [f for f in folder.iterdir() if f.name not in ("owner", "free")]


dtypes = st.one_of(
    npst.boolean_dtypes(),
    npst.integer_dtypes(),
    npst.unsigned_integer_dtypes(),
    npst.floating_dtypes(endianness="?"),
    npst.unicode_string_dtypes(),
)
plain_arrays = dtypes.flatmap(lambda d: npst.arrays(d, npst.array_shapes(min_dims=0, min_side=0)))


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(array=plain_arrays, inline_bytes=st.sampled_from([-1, 1 << 20]), transpose=st.booleans())
def test_any_array_arrives_unchanged(array, inline_bytes, transpose, tmp_path, monkeypatch):
    monkeypatch.setattr(arrays, "INLINE_BYTES", max(inline_bytes, 0))
    array = array.T if transpose else array
    assert_same(cross(ArrayCarrier([tmp_path]), array), array)
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["bfloat16", "float8_e4m3fn", "float8_e5m2", "float4_e2m1fn", "int4", "float8_e8m0fnu"]
)
@pytest.mark.parametrize("size", [3, 100_000])
def test_dtypes_that_numpy_lacks(name, size, tmp_path):
    array = (np.arange(size) % 7).astype(getattr(ml_dtypes, name))
    assert_same(cross(ArrayCarrier([tmp_path]), array), array)


def test_strings_of_any_length(tmp_path):
    array = np.array([["cat", "a longer one"], ["", "für"]], dtype=object)
    there = cross(ArrayCarrier([tmp_path]), array)
    assert there.dtype == object
    assert there.tolist() == array.tolist()


def test_a_strided_array_arrives_in_c_order(tmp_path):
    array = np.arange(200_000, dtype=np.int64).reshape(400, 500)[::2, ::-3]
    there = cross(ArrayCarrier([tmp_path]), array)
    assert_same(there, array)
    assert there.flags.c_contiguous


@pytest.mark.parametrize("size", [8, 1_000_000])
def test_what_arrives_is_writable_and_its_own(size, tmp_path):
    array = np.zeros(size, np.float32)
    there = cross(ArrayCarrier([tmp_path]), array)
    there += 1
    assert there.sum() == size
    assert array.sum() == 0


def test_large_arrays_are_mapped_and_small_ones_are_not(tmp_path):
    carrier = ArrayCarrier([tmp_path])
    small = msgspec.msgpack.encode(np.zeros(16 * 1024, np.uint8), enc_hook=carrier.pack)
    assert files(tmp_path) == []
    assert len(small) > 16 * 1024
    large = msgspec.msgpack.encode(np.zeros(16 * 1024 + 1, np.uint8), enc_hook=carrier.pack)
    assert len(files(tmp_path)) == 1
    assert len(large) < 1024
    if os.name == "posix":
        array = msgspec.msgpack.decode(large, type=np.ndarray, dec_hook=carrier.unpack)
        assert isinstance(array.base.base.obj, mmap.mmap)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    sizes=st.lists(st.integers(16_385, 300_000), min_size=2, max_size=8),
    kept=st.sets(st.integers(0, 7)),
)
def test_what_is_kept_stays_whatever_comes_after_it(sizes, kept, tmp_path):
    carrier = ArrayCarrier([Path(tempfile.mkdtemp(dir=tmp_path))])
    there = {}
    for number, size in enumerate(sizes):
        found = cross(carrier, np.full(size, number, np.uint8))
        assert found.shape == (size,) and (found == number).all()
        if number in kept:
            there[number] = found
        del found
    for number, array in there.items():
        assert (array == number).all()


def test_a_file_is_used_again_once_nobody_has_its_array(tmp_path):
    carrier = ArrayCarrier([tmp_path])
    for number in range(5):
        found = cross(carrier, np.full(100_000, number))
        part = found[7:9]
        del found
        assert part.tolist() == [number, number]
        del part
    assert len(list((tmp_path / "free").iterdir())) == 1
    assert files(tmp_path) == []
    cross(carrier, np.zeros(20_000, np.uint8))
    assert len(list((tmp_path / "free").iterdir())) == 2, "it is not worth so large a file"


def test_not_all_that_was_ever_sent_is_held(tmp_path, monkeypatch):
    monkeypatch.setattr(arrays, "_MOST_FREE_BYTES", 250_000)
    carrier = ArrayCarrier([tmp_path])
    many = [cross(carrier, np.zeros(100_000, np.uint8)) for _ in range(5)]
    assert sum(array.sum() for array in many) == 0
    del many
    assert len(list((tmp_path / "free").iterdir())) == 2
    assert files(tmp_path) == []


def test_without_folders_everything_rides_inline():
    array = np.arange(100_000)
    assert_same(cross(ArrayCarrier([]), array), array)


def test_a_numpy_scalar_is_a_number():
    wire = msgspec.msgpack.encode({"mean": np.float64(0.5)}, enc_hook=ArrayCarrier([]).pack)
    assert msgspec.msgpack.decode(wire) == {"mean": 0.5}


def test_a_full_memory_falls_back_to_the_next_folder(tmp_path):
    (memory := tmp_path / "memory").touch()  # no folder: nothing can be written there
    (disk := tmp_path / "disk").mkdir()
    array = np.arange(100_000)
    carrier = ArrayCarrier([memory, disk])
    wire = msgspec.msgpack.encode(array, enc_hook=carrier.pack)
    assert len(files(disk)) == 1
    assert_same(msgspec.msgpack.decode(wire, type=np.ndarray, dec_hook=carrier.unpack), array)


def test_what_is_kept_free_makes_room(tmp_path, monkeypatch):
    carrier, open_file = ArrayCarrier([tmp_path]), Path.open

    def open_if_there_is_room(path, mode="r", **options):
        if mode == "xb" and any((tmp_path / "free").iterdir()):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return open_file(path, mode, **options)

    cross(carrier, np.zeros(1_000_000))
    monkeypatch.setattr(Path, "open", open_if_there_is_room)
    assert cross(carrier, np.ones(20_000)).sum() == 20_000
    assert files(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_no_room_anywhere_is_an_error_and_leaves_nothing(tmp_path):
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises(StudioError, match="no room") as raised:
            msgspec.msgpack.encode(np.zeros(100_000), enc_hook=ArrayCarrier([tmp_path]).pack)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert raised.value.hint
    assert "File too large" in raised.value.details
    assert files(tmp_path) == []


def test_folders_live_as_long_as_their_owner():
    with own_folders() as folders:
        assert all(folder.is_dir() for folder in folders)
        (folders[0] / "forgotten").write_bytes(b"x")
    assert not any(folder.exists() for folder in folders)


def test_what_is_freed_while_the_folders_go_does_not_stay(monkeypatch):
    remove = os.rmdir

    def remove_late(path, **options):
        if Path(path).name.startswith(folders[0].name):
            found.clear()
        remove(path, **options)

    with own_folders() as folders:
        found = [cross(ArrayCarrier(folders[:1]), np.zeros(100_000))]
        monkeypatch.setattr(os, "rmdir", remove_late)
    assert not found
    assert not list(folders[0].parent.glob(f"{folders[0].name}*"))


def test_folders_of_the_dead_are_swept_and_those_of_the_living_are_not(tmp_path, monkeypatch):
    monkeypatch.setattr(arrays.tempfile, "gettempdir", lambda: str(tmp_path))
    dead, unready, strange = (tmp_path / f"trtstudio-{n}" for n in ("1-dead", "2-new", "3-other"))
    for folder in (dead, unready, strange):
        folder.mkdir()
    for folder in (dead, unready):
        (folder / "owner").touch()
    with own_folders() as folders:
        long_ago = time.time() - 3600
        for folder in (dead, strange, folders[-1]):
            os.utime(folder, (long_ago, long_ago))
        with own_folders():
            pass
        assert not dead.exists()
        assert unready.exists()  # its owner may not have locked it yet
        assert strange.exists()
        assert folders[-1].exists()

"""Files of timing caches. TensorRT-RTX has none, so a builder is played here whose caches are sets
of lines; ``test_generations.py`` lets the real bindings be called.
"""

import hashlib
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from trtstudio.engine.build.timing_cache import load_cache, save_cache
from trtstudio.model import place_lock
from trtstudio.model.build.build_options import TimingCache
from trtstudio.model.errors import StudioError

HERE, ELSEWHERE = b"cache of this GPU\n", b"cache of another GPU\n"


class Cache:
    """Lines after a first one that says where they were measured."""

    def __init__(self, content: bytes) -> None:
        self.place = content.splitlines(keepends=True)[0] if content else HERE
        self.lines = set(content.splitlines(keepends=True)[1:])

    def combine(self, other: "Cache", ignore_mismatch: bool) -> bool:
        if other.place != self.place and not ignore_mismatch:
            return False
        self.lines |= other.lines
        return True

    def serialize(self) -> bytes:
        return self.place + b"".join(sorted(self.lines))


class Config:
    """As much of an ``IBuilderConfig`` as there is of timing caches in it."""

    def __init__(self) -> None:
        self.cache: Any = None

    def create_timing_cache(self, content: bytes) -> Cache | None:
        return Cache(content) if not content or content.startswith(b"cache") else None

    def set_timing_cache(self, cache: Cache, ignore_mismatch: bool) -> bool:
        if cache.place != HERE and not ignore_mismatch:
            return False
        self.cache = cache
        return True

    def get_timing_cache(self) -> Cache:
        assert isinstance(self.cache, Cache)
        return self.cache


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "my.cache"


def test_a_new_cache_is_written_after_the_build(path: Path) -> None:
    config, wanted = Config(), TimingCache(str(path))
    sha256 = load_cache(config, wanted)
    assert sha256 == hashlib.sha256(b"").hexdigest()
    config.cache.lines.add(b"conv 3x3\n")
    save_cache(config, wanted, sha256)
    assert path.read_bytes() == HERE + b"conv 3x3\n"
    assert load_cache(Config(), wanted) == hashlib.sha256(path.read_bytes()).hexdigest()
    assert list(path.parent.iterdir()) == [path]


def test_one_that_is_only_read_stays_as_it_is(path: Path) -> None:
    path.write_bytes(HERE + b"a\n")
    config, wanted = Config(), TimingCache(str(path), "read")
    sha256 = load_cache(config, wanted)
    config.cache.lines.add(b"b\n")
    save_cache(config, wanted, sha256)
    assert path.read_bytes() == HERE + b"a\n"
    path.unlink()
    with pytest.raises(StudioError, match="does not exist"):
        load_cache(Config(), wanted)


def test_others_are_combined_with_it(path: Path) -> None:
    other = path.with_name("other.cache")
    path.write_bytes(HERE + b"a\n")
    other.write_bytes(HERE + b"b\n")
    config = Config()
    load_cache(config, TimingCache(str(path), combine=(str(other),)))
    assert config.cache.lines == {b"a\n", b"b\n"}


def test_what_another_build_wrote_meanwhile_is_kept(path: Path) -> None:
    config, wanted = Config(), TimingCache(str(path))
    sha256 = load_cache(config, wanted)
    config.cache.lines.add(b"mine\n")
    path.write_bytes(HERE + b"theirs\n")
    save_cache(config, wanted, sha256)
    assert path.read_bytes() == HERE + b"mine\ntheirs\n"


def test_builds_that_end_at_once_keep_what_both_measured(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, wanted = Config(), Config(), TimingCache(str(path))
    loaded = [load_cache(config, wanted) for config in (first, second)]
    other = threading.Thread(target=save_cache, args=[second, wanted, loaded[1]])
    waits = threading.Event()

    class Slow(Cache):
        """Has itself written when the other build has come to its end too."""

        def serialize(self) -> bytes:
            other.start()
            while other.is_alive() and not waits.is_set():
                time.sleep(0.001)
            return super().serialize()

    monkeypatch.setattr(place_lock, "sleep", lambda _: (waits.set(), time.sleep(0.001)))
    first.cache = Slow(HERE + b"first\n")
    second.cache.lines.add(b"second\n")
    save_cache(first, wanted, loaded[0])
    other.join()
    assert path.read_bytes() == HERE + b"first\nsecond\n"


def test_a_damaged_file_is_refused(path: Path) -> None:
    path.write_bytes(b"\x00\x01 no cache")
    with pytest.raises(StudioError, match=r"my\.cache is no timing cache") as caught:
        load_cache(Config(), TimingCache(str(path)))
    assert caught.value.hint


@pytest.mark.parametrize("combined", [False, True])
def test_a_cache_of_another_gpu(path: Path, combined: bool) -> None:
    other = path.with_name("other.cache")
    path.write_bytes(HERE if combined else ELSEWHERE)
    other.write_bytes(ELSEWHERE)
    more = (str(other),) if combined else ()
    with pytest.raises(StudioError, match="another GPU") as caught:
        load_cache(Config(), TimingCache(str(path), combine=more))
    assert caught.value.hint
    load_cache(Config(), TimingCache(str(path), combine=more, ignore_mismatch=True))

"""Keeping compiled kernels, on a cache of Python."""

import os
from pathlib import Path

import pytest

from trtstudio.engine.run import kernel_cache


class Cache:
    """Holds bytes; refuses what does not begin with its release."""

    def __init__(self, release: bytes = b"1.6") -> None:
        self.release = release
        self.content = release

    def serialize(self) -> bytes:
        return self.content

    def deserialize(self, content: bytes) -> bool:
        if not content.startswith(self.release):
            return False
        self.content = content
        return True


class Config:
    """A runtime configuration with a cache."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.taken: Cache | None = None

    def create_runtime_cache(self) -> Cache:
        return self.cache

    def set_runtime_cache(self, cache: Cache) -> None:
        self.taken = cache


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "a.plan"
    path.write_bytes(b"plan")
    return path


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kernel_cache, "folder", lambda: tmp_path / "kernels")
    return tmp_path / "kernels"


def compile_into(plan: Path, kernels: bytes, release: bytes = b"1.6") -> Cache:
    config = Config(Cache(release))
    save = kernel_cache.attach(config, plan)
    assert config.taken is config.cache
    config.cache.content += kernels
    save()
    return config.cache


def test_kernels_come_back_at_the_next_start(plan: Path) -> None:
    compile_into(plan, b" conv")
    assert compile_into(plan, b" gemm").content == b"1.6 conv gemm"
    assert compile_into(plan, b"").content == b"1.6 conv gemm"


def test_saving_twice_writes_once(plan: Path, kept: Path) -> None:
    config = Config(Cache(b"1.6"))
    save = kernel_cache.attach(config, plan)
    config.cache.content += b" conv"
    save()
    (file,) = kept.iterdir()
    os.utime(file, (1, 1))
    save()
    assert file.stat().st_mtime == 1
    config.cache.content += b" gemm"
    save()
    assert file.read_bytes() == b"1.6 conv gemm"


def test_nothing_is_written_where_nothing_is_new(plan: Path, kept: Path) -> None:
    compile_into(plan, b" conv")
    (file,) = kept.iterdir()
    os.utime(file, (1, 1))
    compile_into(plan, b"")
    assert file.stat().st_mtime > 1, "it counts as used"
    inode = file.stat().st_ino
    compile_into(plan, b"")
    assert file.stat().st_ino == inode


def test_a_plan_that_was_built_again_starts_anew(plan: Path) -> None:
    compile_into(plan, b" conv")
    plan.write_bytes(b"another plan")
    assert compile_into(plan, b" gemm").content == b"1.6 gemm"


def test_what_another_release_compiled_is_replaced(plan: Path, kept: Path) -> None:
    compile_into(plan, b" conv")
    compile_into(plan, b" gemm", release=b"1.7")
    (file,) = kept.iterdir()
    assert file.read_bytes() == b"1.7 gemm"


def test_the_longest_unused_are_forgotten(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel_cache, "KEPT", 3)
    for index in range(5):
        plan = tmp_path / f"{index}.plan"
        plan.write_bytes(b"plan")
        compile_into(plan, f" {index}".encode())
        newest = max(kept.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        os.utime(newest, (100 + index, 100 + index))
    assert sorted(file.read_bytes() for file in kept.iterdir()) == [b"1.6 2", b"1.6 3", b"1.6 4"]


def test_without_a_place_for_it_nothing_is_kept(plan: Path, kept: Path) -> None:
    kept.write_bytes(b"a file where the folder should be")
    assert compile_into(plan, b" conv").content == b"1.6 conv"


def test_tensorrt_without_such_a_cache_needs_none(plan: Path) -> None:
    assert kernel_cache.attach(object(), plan) is kernel_cache.keep_nothing

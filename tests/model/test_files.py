"""Files are written whole or not at all."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from trtstudio.model.errors import StudioError
from trtstudio.model.files import check_writable, remove_leftovers, whole_file


def write(path: Path, content: bytes | memoryview = b"new") -> None:
    with whole_file(path) as file:
        file.write(content)


def test_writes_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "计划.plan"
    write(path, b"first")
    write(path, memoryview(b"second"))
    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


def test_check_leaves_nothing(tmp_path: Path) -> None:
    check_writable(tmp_path / "model.plan")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="is a folder"):
        check_writable(tmp_path)


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    write(tmp_path / "新" / "a" / "model.plan")
    assert (tmp_path / "新" / "a" / "model.plan").read_bytes() == b"new"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="there is no such folder") as caught:
        check_writable(tmp_path / "nowhere" / "model.plan")
    assert "nowhere" in caught.value.message
    assert caught.value.hint


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StudioError, match="cannot be written"):
        check_writable(tmp_path / "file" / "model.plan")


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="modes bind neither root nor Windows"
)
@pytest.mark.parametrize("act", [check_writable, write])
def test_a_closed_folder(tmp_path: Path, act: Callable[[Path], None]) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StudioError, match="writing there is not allowed"):
            act(tmp_path / "model.plan")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "writing there is not allowed"),
        (errno.EROFS, "writing there is not allowed"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_failures_keep_the_old_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    path = tmp_path / "model.plan"
    path.write_bytes(b"old")

    def fail(*_: Path) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(StudioError) as caught:
        write(path, b"new")
    assert words in caught.value.message
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


def test_a_disk_that_fills_up(small_disk: Path) -> None:
    path = small_disk / "model.plan"
    check_writable(path)
    path.write_bytes(b"old")
    with pytest.raises(StudioError, match="the disk is full") as caught:
        write(path, bytes(1 << 20))
    assert "space" in caught.value.hint
    assert list(small_disk.iterdir()) == [path]
    assert path.read_bytes() == b"old"


def test_an_exception_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.bin"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), whole_file(target) as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


KILLED = """
import os, pathlib, sys
from trtstudio.model.files import whole_file
with whole_file(pathlib.Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    os._exit(9)
"""


def test_what_a_killed_writer_left_is_removed(tmp_path: Path) -> None:
    target, other = tmp_path / "a.plan", tmp_path / ".a.plan.backup.part"
    other.write_bytes(b"not ours")
    subprocess.run([sys.executable, "-c", KILLED, target], check=False)
    assert len(list(tmp_path.iterdir())) == 2
    with whole_file(target) as file:
        file.write(b"whole")
        remove_leftovers(target)  # this process lives: its own part stays
    assert target.read_bytes() == b"whole"
    assert sorted(tmp_path.iterdir()) == [other, target]

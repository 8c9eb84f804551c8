"""Files are written whole or not at all, and only files are read."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from trtstudio.model import files
from trtstudio.model.errors import StudioError
from trtstudio.model.files import (
    address_of,
    check_writable,
    explained,
    open_file,
    read_file,
    remove_leftovers,
    unreadable,
    whole_file,
    written_place,
)


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


@pytest.mark.parametrize("begin", [check_writable, write])
def test_a_folder_is_no_file(tmp_path: Path, begin: Callable[[Path], None]) -> None:
    with pytest.raises(StudioError, match="is a folder") as caught:
        begin(tmp_path)
    assert caught.value.hint == "Name a file in it."
    assert list(tmp_path.iterdir()) == []


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
        (errno.ENAMETOOLONG, "the name is too long"),
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


def test_a_name_as_long_as_one_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    write(path, b"new")
    assert path.read_bytes() == b"new"
    longer = path.with_name(f"{path.name}n")
    for act in (lambda: write(longer, b""), lambda: check_writable(longer)):
        with pytest.raises(StudioError, match="the name is too long"):
            act()
    assert list(tmp_path.iterdir()) == [path]


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


def linked(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("no symbolic links here")


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    target, first, second = tmp_path / "there" / "a.csv", tmp_path / "1.csv", tmp_path / "2.csv"
    linked(first, target)
    linked(second, first)
    for content in (b"first", b"second"):  # once without a target, and once with one
        write(second, content)
        check_writable(second)
        assert first.is_symlink() and second.is_symlink()
        assert target.read_bytes() == content
    assert list(target.parent.iterdir()) == [target]


def test_what_is_left_behind_a_link_is_removed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    linked(tmp_path / "a.plan", tmp_path / "there" / "b.plan")
    subprocess.run([sys.executable, "-c", KILLED, tmp_path / "a.plan"], check=False)
    assert len(list((tmp_path / "there").iterdir())) == 1
    remove_leftovers(tmp_path / "a.plan")
    assert list((tmp_path / "there").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes on Windows")
def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    linked(tmp_path / "link", pipe)
    for path in (pipe, tmp_path / "link"):
        check_writable(path)
        remove_leftovers(path)
        with ThreadPoolExecutor(1) as reader:
            read = reader.submit(pipe.read_bytes)
            write(path, b"through")
            assert read.result(30) == b"through"
    assert pipe.is_fifo() and (tmp_path / "link").is_symlink()
    assert {path.name for path in tmp_path.iterdir()} == {"pipe", "link"}


@pytest.mark.skipif(sys.platform == "win32", reason="these devices are not on Windows")
def test_a_device_stays_a_device(tmp_path: Path) -> None:
    linked(tmp_path / "null", Path("/dev/null"))  # a link: what fails replaces nothing of /dev
    write(tmp_path / "null")
    assert (tmp_path / "null").is_symlink() and not Path("/dev/null").is_file()
    assert written_place(Path("/dev/null")) is None
    assert written_place(tmp_path / "a.csv") == tmp_path / "a.csv"


STDOUT = """
import pathlib, sys
from trtstudio.model.files import whole_file
with whole_file(pathlib.Path("/dev/stdout")) as file:
    file.write(b"said")
"""


@pytest.mark.skipif(not Path("/dev/stdout").is_symlink(), reason="no /dev/stdout here")
@pytest.mark.parametrize("is_file", [False, True])
def test_what_a_process_writes_to_is_written_to(tmp_path: Path, *, is_file: bool) -> None:
    here = Path("/dev/stdout").readlink()
    with (tmp_path / "out").open("wb") as out:
        said = subprocess.run(
            [sys.executable, "-c", STDOUT],
            stdout=out if is_file else subprocess.PIPE,
            check=True,
        ).stdout
    assert ((tmp_path / "out").read_bytes() if is_file else said) == b"said"
    assert Path("/dev/stdout").readlink() == here
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("name", "is_device"),
    [
        *(("NUL", True), ("con", True), ("COM1.txt", True), ("lpt9", True), ("CONOUT$", True)),
        *(("null.csv", False), ("console.txt", False), ("com.txt", False), ("a.nul", False)),
    ],
)
def test_windows_names_of_devices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_device: bool
) -> None:
    path = tmp_path / name
    monkeypatch.setattr(files, "_IS_WINDOWS", True)
    assert written_place(path) == (None if is_device else path)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FileNotFoundError(2, "No such file or directory"), "does not exist"),
        (PermissionError(13, "Permission denied"), "may not be read"),
        (OSError(errno.ELOOP, "Too many levels"), "is a link that leads back to itself"),
        (OSError(5, "Input/output error"), "cannot be read"),
    ],
)
def test_why_a_file_cannot_be_read_is_said_without_the_words_of_the_system(
    tmp_path: Path, error: OSError, words: str
) -> None:
    told = unreadable(tmp_path / "a.png", error)
    assert told.message == f"{tmp_path / 'a.png'} {words}."
    assert told.hint and error.strerror in told.details
    assert unreadable(tmp_path, error).message == f"{tmp_path} is a folder."


@pytest.mark.parametrize("folder", ["", "/home/me", "lists"])
@pytest.mark.parametrize("address", ["https://example.org/a/cat.jpg", "HTTP://[::1]:80/a.onnx?x=1"])
def test_what_is_somewhere_on_the_network_is_told(folder: str, address: str) -> None:
    path = Path(folder, address)
    assert address_of(path) == address
    told = unreadable(path, FileNotFoundError(2, "No such file or directory"))
    assert told.message.startswith(f"{address} is not on this machine")
    assert "Download it" in told.hint


@pytest.mark.parametrize(
    "path",
    ["a/http/cat.jpg", "C:/cat.jpg", "file:///cat.jpg", "http.jpg", "xhttp://a/b", "http://"],
)
def test_other_paths_are_no_addresses(path: str) -> None:
    assert address_of(Path(path)) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes on Windows")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path(os.devnull)):
        for read in (open_file, read_file):
            with pytest.raises(OSError, match="no ordinary file") as caught:
                read(path)
            told = unreadable(path, caught.value)
            assert (told.message, told.hint) == (
                f"{path.name} is no ordinary file.",
                "Copy it to a file first.",
            )


def test_a_file_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a", b"content")
    assert read_file(tmp_path / "a") == b"content"
    with open_file(tmp_path / "a") as file:
        assert file.read(3) == b"con"
    with pytest.raises(OSError):
        open_file(tmp_path)


def test_what_lies_in_a_folder_that_may_not_be_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "stat", refuse)
    assert "may not be read" in unreadable(tmp_path / "a.png", error).message


def test_a_full_disk_under_a_folder_is_no_folder_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(StudioError) as raised, explained(tmp_path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert "is a folder" not in raised.value.message
    assert "cannot be written" in raised.value.message

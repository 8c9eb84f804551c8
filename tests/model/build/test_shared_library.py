"""Symbols of libraries, against the compiler's and a PE file that is put together here."""

import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trtstudio.model.build.shared_library import read_symbols
from trtstudio.model.errors import StudioError


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of two functions, one of which calls a third."""
    if sys.platform != "linux" or not shutil.which("cc"):
        pytest.skip("there is no C compiler for Linux here")
    source, path = tmp_path / "a.c", tmp_path / "liba.so"
    source.write_text(
        "void *getPluginRegistry(void);"
        "void *getCreators(int *n) { return getPluginRegistry(); }"
        "static int hidden(void) { return 1; } int shown(void) { return hidden(); }",
        encoding="utf-8",
    )
    subprocess.run(["cc", "-shared", "-fPIC", "-o", path, source], check=True)
    return path


def test_a_library_of_linux(library: Path) -> None:
    symbols = read_symbols(library)
    assert {"getCreators", "shown"} <= symbols.exported
    assert "getPluginRegistry" in symbols.needed
    assert "hidden" not in symbols.exported | symbols.needed


def test_the_interpreters_own_modules() -> None:
    import numpy.random

    module = next(Path(numpy.random.__file__).parent.glob("mtrand*.*[od]"))
    assert "PyInit_mtrand" in read_symbols(module).exported


def pe_library() -> bytes:
    """A PE file of one section at 0x1000 that exports two names and imports one."""
    base, place = 0x1000, 0x200
    names = b"getCreators\0setLoggerFinder\0nvinfer.dll\0"
    hint = b"\0\0getPluginRegistry\0"
    text = base + 0x100
    data = bytearray(0x200)
    data[0x100 : 0x100 + len(names)] = names
    data[0x140 : 0x140 + len(hint)] = hint
    struct.pack_into("<6I", data, 0, 0, 0, 0, text, 1, 0)
    struct.pack_into("<4I", data, 20, 2, 2, 0, base + 0x40)
    struct.pack_into("<2I", data, 0x40, text, text + 12)
    struct.pack_into("<5I", data, 0x60, base + 0x90, 0, 0, text + 28, 0)
    struct.pack_into("<2Q", data, 0x90, base + 0x140, 0)
    head = bytearray(place)
    head[:2] = b"MZ"
    struct.pack_into("<I", head, 0x3C, 0x40)
    head[0x40:0x44] = b"PE\0\0"
    struct.pack_into("<HH12xHH", head, 0x44, 0x8664, 1, 240, 0x2022)
    struct.pack_into("<H", head, 0x58, 0x20B)
    struct.pack_into("<4I", head, 0x58 + 112, base, 0x60, base + 0x60, 0x28)
    struct.pack_into("<8sIIII", head, 0x58 + 240, b".rdata", len(data), base, len(data), place)
    return bytes(head + data)


def test_a_library_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "plugin.dll"
    path.write_bytes(pe_library())
    symbols = read_symbols(path)
    assert symbols.exported == {"getCreators", "setLoggerFinder"}
    assert symbols.needed == {"getPluginRegistry"}


@pytest.mark.parametrize(
    "content", [b"", b"MZ", b"\x7fELF\x02\x01", b"\x7fELF\x01\x01" + bytes(80), b"text", bytes(99)]
)
def test_no_library(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.so"
    path.write_bytes(content)
    with pytest.raises(StudioError, match=r"a\.so is no shared library") as caught:
        read_symbols(path)
    assert caught.value.hint


def test_a_library_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="does not exist"):
        read_symbols(tmp_path / "a.so")


@given(at=st.integers(0, 0x3FF), value=st.integers(0, 255), end=st.integers(0, 0x400))
def test_damage_is_no_crash(
    tmp_path_factory: pytest.TempPathFactory, at: int, value: int, end: int
) -> None:
    content = bytearray(pe_library())
    content[at] = value
    path = tmp_path_factory.getbasetemp() / "damaged.dll"
    path.write_bytes(content[:end])
    try:
        read_symbols(path)
    except StudioError as error:
        assert error.hint

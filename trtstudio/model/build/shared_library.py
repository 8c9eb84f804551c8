"""The symbols of a shared library, read from its file without loading it. Any thread.

ELF as in the System V gABI, 64 bits; PE as in Microsoft's specification, 64 bits.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.model.files import read_file, unreadable

_MOST_BYTES = 2 << 30
_SECTION = struct.Struct("<IIQQQQIIQQ")
_ELF_SYMBOL = struct.Struct("<IBBHQQ")
_DYNSYM = 11
_MOST_SYMBOLS = 1 << 20
_MOST_NAME_BYTES = 1 << 12


@dataclass(frozen=True, slots=True)
class Symbols:
    """The functions and variables that a library offers, and those that it takes from others."""

    exported: frozenset[str]
    needed: frozenset[str]


def read_symbols(path: Path) -> Symbols:
    """The dynamic symbols. Raises StudioError for a file that is no library of 64 bits."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError("it is larger than 2 GiB")
        content = read_file(path)
        if content.startswith(b"\x7fELF\x02\x01"):
            return _elf(content)
        if content.startswith(b"MZ"):
            return _pe(content)
    except OSError as error:
        raise unreadable(path, error) from error
    except (struct.error, IndexError, ValueError) as error:
        raise _no_library(path, str(error)) from error
    raise _no_library(path, "it begins like neither ELF nor PE")


def _no_library(path: Path, details: str) -> StudioError:
    return StudioError(
        f"{path.name} is no shared library of 64 bits.",
        hint="Choose a .so file on Linux, a .dll file on Windows.",
        details=details,
    )


def _elf(content: bytes) -> Symbols:
    (table,) = struct.unpack_from("<Q", content, 40)
    size, count = struct.unpack_from("<HH", content, 58)
    sections = [_SECTION.unpack_from(content, table + i * size) for i in range(count)]
    exported: set[str] = set()
    needed: set[str] = set()
    for section in sections:
        if section[1] == _DYNSYM:
            names = sections[section[6]]
            for name, is_here in _elf_symbols(content, section[4], section[5], names[4]):
                (exported if is_here else needed).add(name)
    return Symbols(frozenset(exported), frozenset(needed))


def _elf_symbols(content: bytes, start: int, size: int, names: int) -> Iterator[tuple[str, bool]]:
    """Every named symbol, and whether it is defined here."""
    for index in range(1, min(size // _ELF_SYMBOL.size, _MOST_SYMBOLS)):
        at = start + index * _ELF_SYMBOL.size
        name, _info, _other, section, _value, _size = _ELF_SYMBOL.unpack_from(content, at)
        if name:
            yield _text(content, names + name), section != 0


def _text(content: bytes, start: int) -> str:
    end = content.index(b"\0", start, start + _MOST_NAME_BYTES)
    return content[start:end].decode("utf-8", "replace")


class _Image:
    """A PE file by the addresses that its parts have in memory."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        (head,) = struct.unpack_from("<I", content, 0x3C)
        if content[head : head + 4] != b"PE\0\0":
            raise ValueError("the PE header is missing")
        count, optional_size = struct.unpack_from("<H12xH", content, head + 6)
        optional = head + 24
        if struct.unpack_from("<H", content, optional)[0] != 0x20B:
            raise ValueError("it is not of 64 bits")
        self.directories = optional + 112
        at = optional + optional_size
        places = range(at + 8, at + 8 + 40 * count, 40)
        self._sections = [struct.unpack_from("<IIII", content, place) for place in places]

    def place(self, address: int) -> int:
        """Where in the file something is."""
        for memory_size, begin, file_size, place in self._sections:
            if begin <= address < begin + max(memory_size, file_size):
                return int(place + address - begin)
        raise ValueError(f"nothing is at the address {address:#x}")

    def directory(self, number: int) -> int:
        """The address of a data directory, 0 where there is none."""
        (address,) = struct.unpack_from("<I", self.content, self.directories + 8 * number)
        return int(address)

    def text(self, address: int) -> str:
        """The text at an address."""
        return _text(self.content, self.place(address))


def _pe(content: bytes) -> Symbols:
    image = _Image(content)
    return Symbols(frozenset(_pe_exports(image)), frozenset(_pe_imports(image)))


def _pe_exports(image: _Image) -> Iterator[str]:
    if not (address := image.directory(0)):
        return
    count, names = struct.unpack_from("<I4xI", image.content, image.place(address) + 24)
    table = image.place(names) if count else 0
    for index in range(min(count, _MOST_SYMBOLS)):
        yield image.text(struct.unpack_from("<I", image.content, table + 4 * index)[0])


def _pe_imports(image: _Image) -> Iterator[str]:
    if not (address := image.directory(1)):
        return
    at = image.place(address)
    for index in range(_MOST_SYMBOLS):
        lookup, _, _, library, bound = struct.unpack_from("<5I", image.content, at + 20 * index)
        if not library:
            return
        yield from _pe_lookups(image, lookup or bound)


def _pe_lookups(image: _Image, address: int) -> Iterator[str]:
    at = image.place(address)
    for index in range(_MOST_SYMBOLS):
        (entry,) = struct.unpack_from("<Q", image.content, at + 8 * index)
        if not entry:
            return
        if not entry >> 63:  # by name, behind a hint of two bytes
            yield image.text(entry + 2)

"""The memory of this computer, as its system counts it. Any thread."""

import ctypes
import sys
from pathlib import Path


def host_memory() -> tuple[int, int]:
    """How many bytes programs can still have, and how many there are; 0 where nobody tells."""
    if sys.platform == "win32":
        return _windows()
    return _linux(Path("/proc/meminfo"))


def _linux(meminfo: Path) -> tuple[int, int]:
    try:
        lines = meminfo.read_text().splitlines()
        kilobytes = {
            name: int(rest.split()[0]) for name, _, rest in (x.partition(":") for x in lines)
        }
    except (OSError, ValueError, IndexError):
        return 0, 0
    return kilobytes.get("MemAvailable", 0) * 1024, kilobytes.get("MemTotal", 0) * 1024


class _MemoryStatus(ctypes.Structure):
    """``MEMORYSTATUSEX`` of the Windows API."""

    _fields_ = (
        ("length", ctypes.c_ulong),
        ("load", ctypes.c_ulong),
        ("total", ctypes.c_ulonglong),
        ("available", ctypes.c_ulonglong),
        ("rest", ctypes.c_ulonglong * 5),
    )


def _windows() -> tuple[int, int]:
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  it is there on Windows only
    if not kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
        return 0, 0
    return int(status.available), int(status.total)

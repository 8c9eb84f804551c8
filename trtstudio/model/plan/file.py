"""What a TensorRT plan says in its first bytes, without loading it, and why it cannot be run here.

Safe in any thread.
"""

import json
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from trtstudio.model import content
from trtstudio.model.errors import StudioError
from trtstudio.model.files import unreadable
from trtstudio.model.runtime import Device, Runtime

PlanKind = Literal["tensorrt", "tensorrt_rtx", "tensorrt_old"]

_KINDS: dict[bytes, PlanKind] = {
    b"ftrt": "tensorrt",
    b"vtrt": "tensorrt_rtx",
    b"ptrt": "tensorrt_old",
}
_OLD_VERSIONS = {205: "8.2", 211: "8.4", 213: "8.4", 232: "8.5"}
_TARGET_BITS = ("sm_75", "sm_80", "sm_86", "sm_89", "sm_120", "sm_121")
_SECTIONS_AT = {"tensorrt": 32, "tensorrt_rtx": 64}
_SECTION = struct.Struct("<4s4xQQ")
_MOST_SECTIONS = 64
_MOST_PREFIX_BYTES = 1 << 24
_REMAKE = "Copy it again from where it was built, or build it again from its ONNX model."


@dataclass(frozen=True, slots=True)
class PlanHeader:
    """The header of a plan; sizes are in bytes.

    ``kind`` ``tensorrt_old`` is TensorRT 8.5 and before. ``version`` has four parts, ``1.7.1.116``,
    for an old plan two or none. ``targets`` are the GPUs that a TensorRT-RTX plan was built for,
    ``sm_86``, or ``bit 6`` where the bit has no name; other plans do not say. ``offset`` is where
    the plan begins: behind Ultralytics' prefix, which ``metadata`` holds, and 0 otherwise.
    """

    kind: PlanKind
    version: str
    stated_bytes: int
    actual_bytes: int
    targets: tuple[str, ...] = ()
    cuda_version: str = ""
    weight_bytes: int = 0
    offset: int = 0
    metadata: dict[str, str] = field(default_factory=dict)

    @property
    def is_truncated(self) -> bool:
        """Whether the file ends before the plan does."""
        return self.actual_bytes < self.stated_bytes

    @property
    def label(self) -> str:
        """``TensorRT-RTX 1.7.1.116``: what built it."""
        name = "TensorRT-RTX" if self.kind == "tensorrt_rtx" else "TensorRT"
        return f"{name} {self.version or 'before 8.6'}"


def read_plan_header(path: Path) -> PlanHeader:
    """The header of the plan in the file, read alone.

    Raises StudioError for what is no plan, and for a header that is damaged or cut off; a plan that
    is cut off behind its header is no error here.
    """
    head = content.read_head(path)
    if not content.is_plan(head):
        content.refuse_foreign(path.name, head)
        raise StudioError(f"{path.name} is no TensorRT plan.", hint="Open a .plan or .engine file.")
    try:
        offset, metadata = _prefix(path, head)
        size = path.stat().st_size - offset
        with path.open("rb") as file:
            file.seek(offset)
            return _header(file.read(content.HEAD_BYTES * 4), size, offset, metadata)
    except OSError as error:  # it was there a moment ago
        raise unreadable(path, error) from error
    except (struct.error, ValueError) as error:
        raise StudioError(
            f"{path.name} is a TensorRT plan with a damaged header.",
            hint=_REMAKE,
            details=str(error),
        ) from error


def _prefix(path: Path, head: bytes) -> tuple[int, dict[str, str]]:
    """Where the plan begins, and the metadata that Ultralytics writes before it."""
    if head[:4] in content.PLAN_MAGIC:
        return 0, {}
    (length,) = struct.unpack_from("<I", head)
    if not 2 <= length <= _MOST_PREFIX_BYTES:
        raise ValueError(f"a prefix of {length} bytes")
    with path.open("rb") as file:
        file.seek(4)
        try:
            values = json.loads(file.read(length))
        except RecursionError as error:
            raise ValueError("a prefix nested too deeply") from error
    if not isinstance(values, dict):
        raise ValueError("a prefix that is no object")
    texts = {key: v if isinstance(v, str) else json.dumps(v) for key, v in values.items()}
    return 4 + length, texts


def _header(head: bytes, size: int, offset: int, metadata: dict[str, str]) -> PlanHeader:
    kind = _KINDS.get(head[:4])
    if kind is None:
        raise ValueError(f"no plan behind the prefix, but {head[:4]!r}")
    if kind == "tensorrt_old":
        serialization, stated = struct.unpack_from("<IQ", head, 8)
        version = _OLD_VERSIONS.get(serialization, "")
        return PlanHeader(kind, version, stated, size, offset=offset, metadata=metadata)
    sections, stated = struct.unpack_from("<QQ", head, 8)
    version_bytes = struct.unpack_from("4B", head, 24)
    if not 1 <= sections <= _MOST_SECTIONS or not any(version_bytes):
        raise ValueError(f"{sections} sections, version {version_bytes}")
    table = _SECTIONS_AT[kind]
    table_end = table + sections * _SECTION.size
    if not table_end <= min(stated, len(head)):
        raise ValueError(f"a stated size of {stated} bytes, {len(head)} of them in the header")
    entries = list(_SECTION.iter_unpack(head[table:table_end]))
    targets, cuda = struct.unpack_from("<I12xI", head, 32) if kind == "tensorrt_rtx" else (0, 0)
    return PlanHeader(
        kind=kind,
        version=".".join(map(str, version_bytes)),
        stated_bytes=stated,
        actual_bytes=size,
        targets=_target_names(targets),
        cuda_version=f"{cuda // 1000}.{cuda % 1000 // 10}" if cuda else "",
        weight_bytes=sum(length for tag, _, length in entries if tag == b"THGW"),
        offset=offset,
        metadata=metadata,
    )


def _target_names(mask: int) -> tuple[str, ...]:
    bits = (bit for bit in range(32) if mask >> bit & 1)
    return tuple(_TARGET_BITS[b] if b < len(_TARGET_BITS) else f"bit {b}" for b in bits)


def why_not(
    header: PlanHeader, runtime: Runtime | None, device: Device | None, no_device: str = ""
) -> StudioError | None:
    """Why this plan cannot be run with this runtime on this GPU and what to do; None where nothing
    in its header speaks against it. ``no_device`` is why there is no GPU, where that is known.
    """
    if header.is_truncated:
        return StudioError(
            f"This plan is cut off: it holds {header.actual_bytes:,} of its "
            f"{header.stated_bytes:,} bytes.",
            hint=_REMAKE,
        )
    return _runtime_problem(header, runtime) or _device_problem(header, device, no_device)


def _runtime_problem(header: PlanHeader, runtime: Runtime | None) -> StudioError | None:
    if runtime is not None and runtime.kind == header.kind and _reads(runtime.version, header):
        return None
    here = f"here is {runtime.label}" if runtime else "no TensorRT is installed here"
    package = {"tensorrt": "tensorrt", "tensorrt_rtx": "tensorrt-rtx"}.get(header.kind)
    old = package is None or (header.kind == "tensorrt" and _parts(header.version) < (10,))
    install = "" if old else f"Run 'pip install {package}=={header.version}', or build"
    exact = " exactly" if header.kind == "tensorrt_rtx" else ""
    return StudioError(
        f"This plan needs {header.label}{exact}, and {here}.",
        hint=f"{install or 'Build'} the plan again here from its ONNX model.",
    )


def _reads(version: str, header: PlanHeader) -> bool:
    """TensorRT-RTX reads plans of its own release only.

    TensorRT also reads earlier ones of its major version that were built to be version compatible;
    the header does not say whether they were, so they are let through.
    """
    have, need = _parts(version), _parts(header.version)
    if header.kind == "tensorrt_rtx":
        return have == need[: len(have)]
    return have[:1] == need[:1] and have >= need[: len(have)]


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _device_problem(
    header: PlanHeader, device: Device | None, no_device: str
) -> StudioError | None:
    if device is None or not device.sm:
        return StudioError(
            "A plan runs on an NVIDIA GPU, and none was found here.",
            hint="Check the driver with 'nvidia-smi', or run the ONNX model on the CPU instead.",
            details=no_device,
        )
    # A GPU without a bit of its own (sm_90) may still run what was built for those before it.
    if not header.targets or device.sm in header.targets or device.sm not in _TARGET_BITS:
        return None
    return StudioError(
        f"This plan was built for {', '.join(header.targets)}, and {device.name} is {device.sm}.",
        hint=f"Build the plan again from its ONNX model with {device.sm} among its targets.",
    )

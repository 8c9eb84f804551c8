"""``trtstudio doctor``: what is installed here, or whether a file can be used here."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from trtstudio import __version__
from trtstudio.cli.output import Report, error_json, table
from trtstudio.engine.runtime import installation
from trtstudio.model.errors import StudioError
from trtstudio.model.formats import ModelFile, read
from trtstudio.model.interpreters import OWN, KnownRuntime, find_fitting, read_interpreters
from trtstudio.model.plan.file import PlanHeader, why_not
from trtstudio.model.plan.record import verify
from trtstudio.model.quantities import format_bytes
from trtstudio.model.runtime import Installation


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was looked at, and what is wrong with it."""

    what: str
    problem: StudioError | None = None


def doctor(options: Namespace, _cancelled: Callable[[], bool]) -> Report:
    """Fails only where a file was given that cannot be used here."""
    found = installation()
    if options.file is None:
        data = {"trtstudio": __version__, **msgspec.to_builtins(found), "advice": advice(found)}
        return Report(0, data, _installation_text(found))
    return _examine(read(options.file), found)


def advice(found: Installation) -> list[str]:
    """What to do for what is missing, in words."""
    return list(_advice(found))


def _advice(found: Installation) -> Iterator[str]:
    if found.runtime is None:
        yield 'To build engines, install a TensorRT: pip install "trtstudio[rtx]"'
    if not found.devices:
        yield (
            "Without an NVIDIA GPU, models run on ONNX Runtime. Engines can be built for other "
            "GPUs, for example with --target sm_86, but not run."
        )
    for device in found.devices:
        known = found.runtime.targets if found.runtime else ()
        if known and device.sm not in known:
            yield (
                f"{found.runtime.label if found.runtime else ''} is not made for {device.name} "
                f'({device.sm}). Install TensorRT instead: pip install "trtstudio[tensorrt]"'
            )


def _installation_text(found: Installation) -> str:
    rows = [("TRT Studio", __version__), ("Python", found.python)]
    if found.runtime:
        rows.append(("TensorRT", found.runtime.label))
        rows.append(("builds for", ", ".join(found.runtime.targets) or "the GPU that is here"))
        rows.append(("precisions", ", ".join(found.runtime.precisions)))
    else:
        rows.append(("TensorRT", f"none: {_first_line(found.runtime_problem)}"))
    rows.append(("ONNX Runtime", found.onnxruntime or "none"))
    for device in found.devices:
        memory = f"{format_bytes(device.free_bytes)} of {format_bytes(device.memory_bytes)} free"
        rows.append(("GPU", f"{device.name}, {device.sm}, {memory}, driver {device.driver}"))
    if not found.devices:
        rows.append(("GPU", f"none: {_first_line(found.device_problem)}"))
    rows += (found.packages or {}).items()
    return "\n".join([table(rows), *(f"\n{words}" for words in advice(found))])


def _first_line(text: str) -> str:
    return (text.splitlines() or [""])[0]


def _examine(model: ModelFile, found: Installation) -> Report:
    checks = list(_plan_checks(model, found) if model.header else _onnx_checks(model.path, found))
    failed = any(check.problem for check in checks)
    data = {
        "file": model.path,
        "format": model.format,
        "size_bytes": model.size_bytes,
        "plan": msgspec.to_builtins(model.header),
        "usable": not failed,
        "checks": [_check_json(check) for check in checks],
    }
    return Report(int(failed), data, _file_text(model, checks))


def _plan_checks(model: ModelFile, found: Installation) -> Iterator[Check]:
    if model.header is not None:
        yield _run_check(model.header, found)
    if model.record is not None:
        record = model.record
        yield Check("it is as it was built", _problem(lambda: verify(model.path, record)))


def _run_check(header: PlanHeader, found: Installation) -> Check:
    """By the runtime that fits, which may be one of those that were added."""
    known = [KnownRuntime(OWN, found)]
    with suppress(StudioError):  # a damaged list is told of by ``trtstudio runtimes``
        known += read_interpreters()
    fitting = find_fitting(header, known) or known[0]
    there = fitting.installation or found
    device = there.devices[0] if there.devices else None
    by = f" by {fitting.runtime_label}, with --python {fitting.interpreter.python}"
    return Check(
        f"it can be run here{by if fitting.interpreter != OWN else ''}",
        why_not(header, there.runtime, device, there.device_problem),
    )


def _onnx_checks(path: Path, found: Installation) -> Iterator[Check]:
    """That the file is a whole ONNX model was found out by reading it."""
    from trtstudio.engine.build.network import read_network

    yield Check("it is a whole ONNX model")
    what = f"{found.runtime.label} parses it" if found.runtime else "TensorRT parses it"
    yield Check(what, _problem(lambda: read_network(path)))


def _problem(attempt: Callable[[], object]) -> StudioError | None:
    try:
        attempt()
    except StudioError as error:
        return error
    return None


def _check_json(check: Check) -> dict[str, Any]:
    problem = error_json(check.problem) if check.problem else None
    return {"check": check.what, "ok": check.problem is None, "problem": problem}


def _file_text(model: ModelFile, checks: list[Check]) -> str:
    kind = f"a plan of {model.header.label}" if model.header else "an ONNX model"
    lines = [f"{model.path.name} is {kind}, {format_bytes(model.size_bytes)}."]
    if model.header and model.header.targets:
        lines.append(f"It was built for {', '.join(model.header.targets)}.")
    for check in checks:
        lines.append(f"{'no' if check.problem else 'yes':>4}  {check.what}")
        if check.problem:
            lines += [f"      {check.problem.message}", f"      {check.problem.hint}"]
            lines += [f"        {line}" for line in check.problem.details.splitlines()[:10]]
    return "\n".join(lines)

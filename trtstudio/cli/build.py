"""``trtstudio build``."""

import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from trtstudio.cli.build_request import request_from
from trtstudio.cli.output import Phases, Report, say, table
from trtstudio.cli.remember import remember_build, remember_failure
from trtstudio.engine.build.build import build as build_engine
from trtstudio.engine.runtime import describe
from trtstudio.model.build.build import BuildRequest, BuildResult, LogLine
from trtstudio.model.build.commands import copy_as
from trtstudio.model.build.int8_layers import caution, weight_counts
from trtstudio.model.build.options import Option
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import format_shape
from trtstudio.model.onnx.file import read_onnx
from trtstudio.model.quantities import format_bytes, format_limit, format_percent
from trtstudio.model.runtime import Runtime
from trtstudio.vision import samples


def build(options: Namespace, cancelled: Callable[[], bool]) -> Report:
    """Build the plan, with progress and warnings on stderr; or tell what could be built, or how
    else.
    """
    if options.list_options:
        return list_options(describe(defaults=True))
    if options.model is None:
        options.wrong_usage("the following arguments are required: MODEL")
    runtime = describe()
    request = request_from(options, runtime.options, runtime.kind)
    if options.copy_as:
        text = copy_as(request, options.copy_as, runtime.kind)
        return Report(0, {"form": options.copy_as, "text": text}, text)
    if request.precision == "int8":
        _caution(request, runtime)
    result = _built(options, request, runtime.label, cancelled)
    for warning in result.warnings:
        say(f"warning: {warning}")
    return Report(0, build_json(result), build_text(result))


def _caution(request: BuildRequest, runtime: Runtime) -> None:
    counts = [count for _, count in weight_counts(read_onnx(Path(request.model)))]
    said = caution(counts, request.conversion.int8_from or 0, runtime.kind)
    if said:
        say(f"note: {said}")


def _built(
    options: Namespace, request: BuildRequest, runtime: str, cancelled: Callable[[], bool]
) -> BuildResult:
    """Build it, and keep in the history how that ended."""
    all_lines, said = bool(options.verbose or options.log_severity), set[str]()
    began = time.monotonic()
    try:
        result = build_engine(
            request,
            on_progress=Phases(),
            on_log=lambda line: _hear(line, said, all_lines=all_lines),
            cancelled=cancelled,
            pictures=samples,
        )
    except StudioError as error:
        remember_failure(options, request, error, time.monotonic() - began, runtime)
        raise
    remember_build(options, request, result)
    return result


def _hear(line: LogLine, said: set[str], *, all_lines: bool) -> None:
    """TensorRT repeats a warning for every layer: once is enough."""
    is_new = line.severity in ("warning", "error") and line.text not in said
    said.add(line.text)
    if all_lines or is_new:
        say(f"[{line.severity}] {line.text}")


def list_options(runtime: Runtime) -> Report:
    """What the installed TensorRT lets a build choose."""
    head = ("option", "kind", "default", "what it does")
    rows = [(o.name, o.kind, _default(o), o.sentence) for o in runtime.options]
    data = {
        "runtime": runtime.label,
        "precisions": runtime.precisions,
        "weak_precisions": runtime.weak_precisions,
        "abilities": runtime.abilities,
        "targets": runtime.targets,
        "options": msgspec.to_builtins(runtime.options),
    }
    choices = [(f"{o.name}:", ", ".join(o.members)) for o in runtime.options if o.members]
    parts = (f"{runtime.label} has these options.", table([head, *rows]), table(choices))
    return Report(0, data, "\n\n".join(parts))


def _default(option: Option) -> str:
    if option.default is None or option.kind == "flag":
        return ""
    if option.kind == "memory" and isinstance(option.default, int):
        return format_limit(option.default)
    if isinstance(option.default, tuple):
        return ",".join(option.default)
    return str(option.default)


def build_json(result: BuildResult) -> dict[str, Any]:
    """The result with the number of layers in place of the layers."""
    values: dict[str, Any] = {
        field: getattr(result, field)
        for field in ("plan", "plan_bytes", "sha256", "runtime", "build_seconds")
    }
    return {
        **values,
        "targets": result.targets,
        "profiles": msgspec.to_builtins(result.profiles),
        "precision": result.precision,
        "layers": len(result.engine.layers) if result.engine else None,
        "identical": result.identical,
        "warnings": result.warnings,
    }


def build_text(result: BuildResult) -> str:
    """The result as a table."""
    layers = str(len(result.engine.layers)) if result.engine else "not told by the builder"
    mix = ", ".join(f"{format_percent(share)} {dtype}" for dtype, share in result.precision.items())
    rows = [
        ("plan", f"{result.plan}"),
        ("size", format_bytes(result.plan_bytes)),
        ("built by", f"{result.runtime} in {result.build_seconds:.1f} s"),
        ("for", ", ".join(result.targets)),
        ("layers", layers),
        ("precision", mix),
    ]
    for profile in result.profiles:
        rows += [
            (
                "values" if r.values else "profile",
                f"{name}: {' | '.join(map(format_shape, (r.min, r.opt, r.max)))}",
            )
            for name, r in profile.items()
        ]
    rows += [("sha256", result.sha256), ("the same as before", _IDENTICAL[result.identical])]
    return table([row for row in rows if row[1]])


_IDENTICAL = {None: "", True: "yes", False: "no: this build made another plan of the same request"}

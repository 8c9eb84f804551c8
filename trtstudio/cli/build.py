"""``trtstudio build``."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from trtstudio.cli.output import Phases, Report, megabytes, say, table
from trtstudio.engine.build import build as build_engine
from trtstudio.model.build import BuildRequest, BuildResult, LogLine, Profile
from trtstudio.model.graph import format_shape
from trtstudio.model.onnx_file import read_onnx
from trtstudio.model.profile import parse_profile, suggest_profile


def build(options: Namespace, cancelled: Callable[[], bool]) -> Report:
    """Build the plan, with progress and warnings on stderr."""
    result = build_engine(
        request_from(options),
        on_progress=Phases(),
        on_log=lambda line: _hear(line, verbose=options.verbose),
        cancelled=cancelled,
    )
    for warning in result.warnings:
        say(f"warning: {warning}")
    return Report(0, build_json(result), build_text(result))


def request_from(options: Namespace) -> BuildRequest:
    """What the options ask for; without a profile the suggested one, which is said."""
    workspace = options.workspace_mib
    return BuildRequest(
        model=str(options.model),
        plan=str(options.output or options.model.with_suffix(".plan")),
        profiles=tuple(_profiles(options)),
        precision=options.precision,
        targets=tuple(options.target),
        flags=tuple(options.flag),
        optimization_level=options.optimization_level,
        workspace_bytes=None if workspace is None else workspace * 2**20,
    )


def _profiles(options: Namespace) -> Iterator[Profile]:
    if options.profile:
        yield from map(parse_profile, options.profile)
        return
    suggested = suggested_profile(options.model)
    if suggested:
        say("Suggested profile: " + " ".join(profile_words(suggested)))
        yield suggested


def suggested_profile(model: Path) -> Profile:
    """A profile for the model's dynamic inputs, empty where it has none."""
    return suggest_profile(read_onnx(model))


def profile_words(profile: Profile) -> list[str]:
    """The profile as ``--profile`` takes it."""
    return [
        f"{name}={','.join('x'.join(map(str, s)) for s in (allowed.min, allowed.opt, allowed.max))}"
        for name, allowed in profile.items()
    ]


def _hear(line: LogLine, *, verbose: bool) -> None:
    if verbose or line.severity in ("warning", "error"):
        say(f"[{line.severity}] {line.text}")


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
        "warnings": result.warnings,
    }


def build_text(result: BuildResult) -> str:
    """The result as a table."""
    layers = str(len(result.engine.layers)) if result.engine else "not told by the builder"
    mix = ", ".join(f"{share:.0%} {dtype}" for dtype, share in result.precision.items())
    rows = [
        ("plan", f"{result.plan}"),
        ("size", megabytes(result.plan_bytes)),
        ("built by", f"{result.runtime} in {result.build_seconds:.1f} s"),
        ("for", ", ".join(result.targets)),
        ("layers", layers),
        ("precision", mix),
    ]
    for profile in result.profiles:
        rows += [
            ("profile", f"{name}: {' | '.join(map(format_shape, (r.min, r.opt, r.max)))}")
            for name, r in profile.items()
        ]
    rows.append(("sha256", result.sha256))
    return table([row for row in rows if row[1]])
